"""What a notice still lacks before it can be submitted. The same rules on the server and, by asking it, while writing."""

from allmende.notices.checks.listing import checklist, missing, summary
from allmende.notices.checks.point import Check

__all__ = ["Check", "checklist", "missing", "summary"]
