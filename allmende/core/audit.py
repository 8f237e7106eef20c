"""Write side of the audit trail."""

import secrets
from datetime import datetime

from django.db import transaction

from allmende.core.models import AuditEntry, AuditValues, Body, Person, Record
from allmende.lib.commitment import AUDIT, canonical_json, commit


@transaction.atomic
def note(about: Record | Body, act: str, values: dict[str, object], *, by: Person | None, at: datetime) -> AuditEntry:
    """Write one entry about a record, or about a body itself (people, settings, keys). Call it in the transaction of the act."""
    salt = secrets.token_bytes(32)
    record = about if isinstance(about, Record) else None
    body_id = about.body_id if isinstance(about, Record) else about.pk
    entry = AuditEntry.objects.create(
        body_id=body_id, record=record, actor=by, act=act, at=at, values_hash=commit(AUDIT, salt, canonical_json(values))
    )
    AuditValues.objects.create(entry=entry, salt=salt, values=values)
    return entry


@transaction.atomic
def erase_values(record: Record, *, by: Person | None, at: datetime) -> int:
    """Erase the values of all entries of a record, and note that. Returns how many."""
    erased, _ = AuditValues.objects.for_body(record.body).filter(entry__record=record).delete()
    note(record, "audit.values_erased", {"entries": erased}, by=by, at=at)
    return erased


def is_intact(entry: AuditEntry) -> bool:
    """True if the values are those that were written, or have been erased."""
    stored: AuditValues | None = getattr(entry, "stored", None)  # no query where it was fetched along
    return stored is None or commit(AUDIT, bytes(stored.salt), canonical_json(stored.values)) == bytes(entry.values_hash)
