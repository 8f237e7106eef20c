"""The kinds of notices (docs/adr/0013-a-notice-as-an-act.md): one module per kind, one table, fields as data.

A later module adds a kind of its own in AppConfig.ready(): `kinds.register(kinds.Kind(…))`. Nothing else has to be touched.
"""

from allmende.notices.kinds.bylaw import BYLAW
from allmende.notices.kinds.conditions import Condition, Unless, When
from allmende.notices.kinds.election import ELECTION
from allmende.notices.kinds.emergency import EMERGENCY
from allmende.notices.kinds.fields import Address, Choice, Day, Field, Line, Lines, Moment, Paragraph, Tick, WrongValue
from allmende.notices.kinds.general import GENERAL
from allmende.notices.kinds.job import JOB
from allmende.notices.kinds.meeting import MEETING
from allmende.notices.kinds.order import ORDER
from allmende.notices.kinds.plan import PLAN
from allmende.notices.kinds.plan_in_force import PLAN_IN_FORCE
from allmende.notices.kinds.registry import (
    Details,
    Finding,
    Group,
    Kind,
    KindTaken,
    Personal,
    Told,
    all_kinds,
    get,
    grouped,
    known,
    local_law,
    register,
)
from allmende.notices.kinds.replacement import REPLACEMENT
from allmende.notices.kinds.service import SERVICE
from allmende.notices.kinds.tender import TENDER

# In the order in which a clerk finds them.
for kind in (BYLAW, REPLACEMENT, EMERGENCY, MEETING, ELECTION, PLAN, PLAN_IN_FORCE, SERVICE, ORDER, TENDER, JOB, GENERAL):
    register(kind)

__all__ = [
    "BYLAW",
    "ELECTION",
    "EMERGENCY",
    "GENERAL",
    "JOB",
    "MEETING",
    "ORDER",
    "PLAN",
    "PLAN_IN_FORCE",
    "REPLACEMENT",
    "SERVICE",
    "TENDER",
    "Address",
    "Choice",
    "Condition",
    "Day",
    "Details",
    "Field",
    "Finding",
    "Group",
    "Kind",
    "KindTaken",
    "Line",
    "Lines",
    "Moment",
    "Paragraph",
    "Personal",
    "Tick",
    "Told",
    "Unless",
    "When",
    "WrongValue",
    "all_kinds",
    "get",
    "grouped",
    "known",
    "local_law",
    "register",
]
