"""What the operator of an installation looks at: the logs and seals of all bodies. Hands out no content of any body."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from allmende.core.models import Body, Record
from allmende.core.prepared import AT, Prepared
from allmende.lib.proof import Hosted
from allmende.publication.models import Attachment, Attempt, Log, Removal, SealKey, State, Witness


def logs() -> QuerySet[Log]:
    """Every log, with its body, by the name of the body in addresses."""
    return Log._unscoped.select_related("body").order_by("body__slug")


def seals() -> QuerySet[SealKey]:
    """Every seal that has not been stopped, with its body, in the same order."""
    return SealKey._unscoped.exclude(state=SealKey.State.STOPPED).select_related("body").order_by("body__slug")


def witnesses() -> QuerySet[Witness]:
    """Every witness that is asked, of all bodies, by the name of who runs it."""
    return Witness._unscoped.filter(is_active=True).order_by("operator")


def hosted() -> dict[str, Hosted]:
    """Every log that is kept here, by its origin: its true key, and the keys of all witnesses it asks or has asked. 2 queries."""
    witnesses: dict[int, list[str]] = {}
    for body, vkey in Witness._unscoped.order_by("vkey").values_list("body", "vkey"):
        witnesses.setdefault(body, []).append(vkey)
    rows = Log._unscoped.values_list("origin", "vkey", "body")
    return {origin: Hosted(vkey, tuple(witnesses.get(body, ()))) for origin, vkey, body in rows}


def is_origin_taken(origin: str) -> bool:
    """Whether a log of this installation has the name: two logs of one name could be passed off as one another. 1 query."""
    return Log._unscoped.filter(origin=origin).exists()


def unlocked_seals(at: datetime) -> dict[int, bytes]:
    """Seals, of all bodies, that may be used at `at`, with the encrypted password of the unlocking. 1 query."""
    rows = SealKey._unscoped.filter(state=SealKey.State.ACTIVE, unlocked_until__gt=at).values_list("pk", "secret")
    return {pk: bytes(secret or b"") for pk, secret in rows}


def sealed_as(document_hash: bytes) -> QuerySet[Attempt]:
    """Whose sealed document, of all bodies, has this SHA-256. Whether it may be shown is for the caller to ask."""
    return Attempt._unscoped.filter(seal_use__document_hash=document_hash)


def attached_as(sha256: str) -> QuerySet[Attempt]:
    """Attempts, of all bodies, at notices with an attachment that has this SHA-256 (hex) and was not taken down; as above."""
    files = Attachment._unscoped.filter(sha256=sha256, removed_at=None)
    return Attempt._unscoped.filter(publication__in=files.values("publication")).order_by("pk")


def body_of(origin: str) -> Body | None:
    """Whose log has this name. 1 query."""
    found = Log._unscoped.select_related("body").filter(origin=origin).first()
    return found.body if found else None


def with_removals() -> QuerySet[Record]:
    """Records of all bodies of which something was taken down or erased, with their bodies. 1 query."""
    taken = Removal._unscoped.values("attempt__publication")
    return Record._unscoped.filter(pk__in=taken).select_related("body").order_by("pk")


def has_attachments(record: UUID) -> bool:
    """Whether the record was approved with attachments that have not all been erased. 1 query."""
    return Attachment._unscoped.filter(publication=record, erased_at=None).exists()


def titled(title: str) -> QuerySet[Attempt]:
    """Attempts, of all bodies, at notices with this German title, newest first; as above."""
    return Attempt._unscoped.filter(publication__record__titles__de=title).order_by("-pk")


_NEXT: Prepared[tuple[datetime | None]] = Prepared(
    lambda: (
        Attempt._unscoped.filter(provided_at__gt=AT, state__in=(State.PROVIDED, State.PUBLIC))
        .order_by("provided_at")
        .values_list("provided_at")[:1]
    )
)


def next_provided_at(at: datetime) -> datetime | None:
    """The next moment, after `at`, from which a page of any body answers; None if none is announced. 1 query."""
    row = _NEXT.first(at=at)
    return row[0] if row else None
