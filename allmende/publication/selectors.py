"""Read side: what a page, a proof panel and the desk show of a publication."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Exists, Min, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from allmende.core import addresses
from allmende.core.errors import DomainError
from allmende.core.models import Body, OutboxRow, Record, Visibility
from allmende.core.prepared import BODY, Hole, Prepared
from allmende.lib.official.attachment import KINDS
from allmende.lib.seal import DEMO_MARK, SealError, SealLevel
from allmende.publication import attachments, errors
from allmende.publication.models import VALID, Attempt, Checkpoint, Cosignature, Log, Publication, Removal, State
from allmende.publication.services import TOPIC
from allmende.publication.worker import MIDNIGHT

# Up to megabytes: read only where they are shown.
LARGE = ("page", "fragment", "document", "token", "seal_certificates", "stamp_certificates", "revocation")


def answers(at: datetime, prefix: str = "") -> Q:
    """Condition on a record (path `prefix`): its page answers at `at`. For use in queries of modules."""
    attempts = Attempt.objects.of_outer(publication=OuterRef(f"{prefix}pk")).filter(state__in=VALID, provided_at__lte=at)
    return Q(Exists(attempts), **{f"{prefix}visibility": Visibility.PUBLIC})


def is_public(record: Record, *, at: datetime) -> bool:
    """Whether page, document and bundle of `record` answer at `at`. 1 query."""
    return Record.objects.for_body(record.body).filter(answers(at), pk=record.pk).exists()


@dataclass(frozen=True)
class Seen:
    """A witness that cosigned a head which covers the notice."""

    operator: str
    vkey: str
    at: datetime
    size: int


@dataclass(frozen=True)
class Proof:
    """Everything a proof panel says. Addresses are absolute. `void`: indices of earlier attempts that were declared void."""

    provided_at: datetime
    day: date
    approved_at: datetime
    acting_body: str
    seal_level: SealLevel
    sealed_by: str
    stamped_at: datetime
    stamp_authority: str
    origin: str
    vkey: str
    index: int
    size: int
    checkpoint_at: datetime
    witnesses: tuple[Seen, ...]
    edition: int
    pdf: str
    zip: str
    void: tuple[int, ...]

    @property
    def line(self) -> int:
        """The place in the log as people count, from 1."""
        return self.index + 1

    @property
    def void_lines(self) -> tuple[int, ...]:
        return tuple(index + 1 for index in self.void)

    @property
    def seal_is_demo(self) -> bool:
        """It shows nobody who sealed: no tick for it, and no word that it is genuine."""
        return self.seal_level is SealLevel.ADVANCED_DEMO

    @property
    def stamp_is_demo(self) -> bool:
        return DEMO_MARK in self.stamp_authority

    @property
    def is_demo(self) -> bool:
        return self.seal_is_demo or self.stamp_is_demo

    @property
    def seal_label(self) -> str:
        return self.seal_level.label(get_language() or "de")

    @property
    def seal_text(self) -> str:
        return self.seal_level.text(get_language() or "de")


def file_address(record: Record, suffix: str, language: str = "de") -> str:
    """Absolute public address of the document ('pdf') or the bundle ('zip')."""
    return f"{addresses.of_record(record, language).rstrip('/')}.{suffix}"


@dataclass(frozen=True)
class Offered:
    """An attachment as a page lists it. `address` is absolute; empty from the moment on at which it was taken down.

    `title` is empty once it has been erased. `size` in bytes.
    """

    number: int
    title: str
    media_type: str
    kind: str
    size: int
    address: str
    removed_at: datetime | None
    erased_at: datetime | None


def attachments_of(record: Record) -> list[Offered]:
    """The attachments of a record in their order, also those that were taken down. 1 query."""
    root = f"{addresses.of_record(record, get_language() or 'de').rstrip('/')}/anlagen"
    return [
        Offered(
            number=one.number,
            title=one.title,
            media_type=one.media_type,
            kind=KINDS[one.media_type][1],
            size=one.size,
            address="" if one.removed_at else f"{root}/{one.number}/{one.file_name}",
            removed_at=one.removed_at,
            erased_at=one.erased_at,
        )
        for one in attachments.of(record)
    ]


_OF = Hole("record", Record._meta.pk)
_VALID: Prepared[tuple[Any, ...]] = Prepared(
    lambda: (
        Attempt.objects.for_body(BODY)
        .filter(publication=_OF, state__in=VALID)
        .order_by("pk")
        .values_list(
            "provided_at",
            "day",
            "publication__approved_at",
            "publication__acting_body__name",
            "seal_level",
            "seal_subject",
            "stamped_at",
            "stamp_authority",
            "leaf_index",
            "checkpoint__size",
            "checkpoint__at",
            "bundle_edition",
        )[:1]
    )
)
_VOID: Prepared[tuple[int | None]] = Prepared(
    lambda: Attempt.objects.for_body(BODY).filter(publication=_OF, state=State.VOID).order_by("pk").values_list("leaf_index")
)
_LOG: Prepared[tuple[str, str]] = Prepared(lambda: Log.objects.for_body(BODY).values_list("origin", "vkey"))
_SEEN: Prepared[tuple[str, str, datetime, int]] = Prepared(
    lambda: (
        Cosignature.objects.for_body(BODY)
        .filter(checkpoint__size__gt=Hole("index", BigIntegerField()))
        .values("operator", "vkey")
        .annotate(first=Min("at"), size=Min("checkpoint__size"))  # a witness signs heads in their order
        .order_by("size", "operator")
        .values_list("operator", "vkey", "first", "size")
    )
)
_FRAGMENT: Prepared[tuple[Any]] = Prepared(
    lambda: Attempt.objects.for_body(BODY).filter(publication=_OF, state__in=VALID).order_by("pk").values_list("fragment")[:1]
)


def proof_of(record: Record) -> Proof | None:
    """What proves `record`; None until it is provided. 4 queries."""
    row = _VALID.first(body=record.body_id, record=record.pk)
    if row is None or row[-2] is None:
        return None
    provided_at, day, approved_at, acting_body, level, subject, stamped_at, authority, index, size, checkpoint_at, edition = row
    ((origin, vkey),) = _LOG.rows(body=record.body_id)
    address = addresses.of_record(record, get_language() or "de").rstrip("/")
    return Proof(
        provided_at=provided_at,
        day=day,
        approved_at=approved_at,
        acting_body=acting_body,
        seal_level=SealLevel(level),
        sealed_by=subject,
        stamped_at=stamped_at,
        stamp_authority=authority,
        origin=origin,
        vkey=vkey,
        index=index,
        size=size,
        checkpoint_at=checkpoint_at,
        witnesses=witnesses_of(record.body, index),
        edition=edition or 0,
        pdf=f"{address}.pdf",
        zip=f"{address}.zip",
        void=tuple(number for (number,) in _VOID.rows(body=record.body_id, record=record.pk) if number is not None),
    )


def witnesses_of(body: Body, index: int) -> tuple[Seen, ...]:
    """Each witness that cosigned a head over the entry at `index`, with its first such head. 1 query."""
    found: dict[str, Seen] = {}
    for operator, vkey, at, size in _SEEN.rows(body=body.pk, index=index):
        found.setdefault(vkey, Seen(operator, vkey, at, size))  # whose operator has changed its name counts once
    return tuple(found.values())


def fragment_of(record: Record) -> str:
    """The text of the published page: safe, canonical HTML. Empty until it is provided. 1 query."""
    row = _FRAGMENT.first(body=record.body_id, record=record.pk)
    return bytes(row[0]).decode() if row else ""


@dataclass(frozen=True)
class Progress:
    """How far a publication is. `error`: what holds it up and what to do; empty if nothing does."""

    step: State | None
    label: str | Promise
    since: datetime
    error_code: str = ""
    error: str | Promise = ""
    parked: bool = False
    provided_at: datetime | None = None
    void: int = 0
    sealed_at: datetime | None = None
    logged_at: datetime | None = None  # the checkpoint that covers its line

    @property
    def is_public(self) -> bool:
        return self.step in VALID


_UNKNOWN = _("Es hat nicht geklappt und wird wieder versucht. Dauert das an, wenden Sie sich an den Betrieb.")
_PARKED = _("Es hat mehrmals nicht geklappt und ruht jetzt. Wenden Sie sich an den Betrieb.")
_MIDNIGHT = _("Es ist kurz vor Mitternacht. Um null Uhr geht es mit dem neuen Tag weiter.")


def in_words(code: str) -> str | Promise:
    """The sentence for the code of an error: what is the matter, and what to do."""
    if code == MIDNIGHT:
        return _MIDNIGHT
    for known in vars(errors).values():
        if isinstance(known, type) and issubclass(known, DomainError) and getattr(known, "code", "") == code and hasattr(known, "message"):
            return known.message
    for kind in _all(SealError):
        if kind.code == code:
            return kind.english if get_language() == "en" else kind.german
    return _UNKNOWN


def _all(kind: type[SealError]) -> list[type[SealError]]:
    return [kind, *(deeper for sub in kind.__subclasses__() for deeper in _all(sub))]


def is_unsealed(record: Record) -> bool:
    """Whether its approval can still be taken back: nothing of it was ever sealed. 2 queries."""
    approved = Publication.objects.for_body(record.body).filter(pk=record.pk, state=Publication.State.APPROVED)
    sealed = Attempt.objects.for_body(record.body).filter(publication=record.pk).exclude(state=State.SEALING)
    return approved.exists() and not sealed.exists()


def state_of(record: Record) -> Progress | None:
    """For the desk; None if it was never approved. 3 queries."""
    return states_of(record.body, [record.pk]).get(record.pk)


def states_of(body: Body, records: Collection[UUID]) -> dict[UUID, Progress]:
    """The same for many records of one body: record id → progress. 3 queries, whatever the number."""
    publications = list(Publication.objects.for_body(body).filter(record__in=records).defer("payload"))
    attempts: dict[UUID, list[Attempt]] = {}
    light = Attempt.objects.for_body(body).filter(publication__in=records).defer(*LARGE).order_by("number")
    for attempt in light.select_related("checkpoint"):
        attempts.setdefault(attempt.publication_id, []).append(attempt)
    rows = {row.record_id: row for row in OutboxRow.objects.for_body(body).filter(topic=TOPIC, record__in=records)}
    return {p.pk: _progress(p, attempts.get(p.pk, []), rows.get(p.pk)) for p in publications}


def _progress(publication: Publication, attempts: list[Attempt], row: OutboxRow | None) -> Progress:
    attempt = next((a for a in attempts if a.state != State.VOID), None)
    step = State(attempt.state) if attempt else None
    code, error, since = publication.waiting_code, "", publication.waiting_since
    parked = row is not None and row.state == OutboxRow.State.PARKED
    told: str | Promise = error
    if code:
        told = in_words(code)
    elif row is not None and row.last_error and row.state != OutboxRow.State.DONE:
        code, told = row.last_error.split(" ")[-1], _PARKED if parked else _UNKNOWN
    return Progress(
        step=step,
        label=step.label if step else Publication.State.APPROVED.label,
        since=since or (attempt.sealed_at if attempt and attempt.sealed_at else publication.approved_at),
        error_code=code,
        error=told,
        parked=parked,
        provided_at=attempt.provided_at if attempt and step in VALID else None,
        void=sum(a.state == State.VOID for a in attempts),
        sealed_at=attempt.sealed_at if attempt else None,
        logged_at=attempt.checkpoint.at if attempt and attempt.checkpoint else None,
    )


def log_facts(body: Body) -> tuple[Log, Checkpoint | None, int]:
    """Log, newest checkpoint, and how many witnesses cosigned it. Raises Log.DoesNotExist. 3 queries."""
    log = Log.objects.for_body(body).select_related("body").get()
    newest = Checkpoint.objects.for_body(body).order_by("-size").first()
    return log, newest, Cosignature.objects.for_body(body).filter(checkpoint=newest).count() if newest else 0


def removals_of(record: Record) -> list[Removal]:
    """What was taken down and erased of a record, oldest first. 1 query."""
    return list(Removal.objects.for_body(record.body).filter(attempt__publication=record.pk).order_by("at", "pk"))
