"""From a kind of notice, the rules that hold and the moment of provision to the days that follow, each with its reason."""

from allmende.lib.legalcalendar.computation.engine import compute
from allmende.lib.legalcalendar.computation.facts import Appearance, Display, EntryClause, Facts
from allmende.lib.legalcalendar.computation.results import (
    Code,
    DayChange,
    Problem,
    Severity,
    Step,
    Timeline,
    changed_days,
    timeline_of_json,
)

__all__ = [
    "Appearance",
    "Code",
    "DayChange",
    "Display",
    "EntryClause",
    "Facts",
    "Problem",
    "Severity",
    "Step",
    "Timeline",
    "changed_days",
    "compute",
    "timeline_of_json",
]
