from allmende.core.models.audit import AuditEntry, AuditValues
from allmende.core.models.body import RESERVED_NAMES, Body, District, Host, Membership, Office, Person
from allmende.core.models.outbox import Lease, OutboxRow
from allmende.core.models.record import Link, Record, Visibility

__all__ = [
    "RESERVED_NAMES",
    "AuditEntry",
    "AuditValues",
    "Body",
    "District",
    "Host",
    "Lease",
    "Link",
    "Membership",
    "Office",
    "OutboxRow",
    "Person",
    "Record",
    "Visibility",
]
