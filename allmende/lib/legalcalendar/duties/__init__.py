"""What has to be done for a notice besides the days: before it is published and after, per Land and federally.

A duty follows from a rule that says yes, names a value, or is open. Only duties of confirmed rules must be met; the others are
listed as unconfirmed, so that nobody takes a gap in the research for a permission.
"""

from allmende.lib.legalcalendar.duties.catalogue import When
from allmende.lib.legalcalendar.duties.listing import Duty, State, duties, unmet

__all__ = ["Duty", "State", "When", "duties", "unmet"]
