"""Publications: four eyes, attempts, and that exactly what is provided can be seen."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from django.db.models import Prefetch

from allmende.core.models import Visibility
from allmende.lib import tlog
from allmende.lib.commitment import ARTEFACT, commit
from allmende.lib.proof import DOCUMENT, PAGE
from allmende.lib.proof import leaf as leaves
from allmende.publication import log, store
from allmende.publication.attachments import of as attached_to
from allmende.publication.check import attached, public, taken
from allmende.publication.check.reporting import Progress
from allmende.publication.models import VALID, Attachment, Attempt, Author, Log, LogEntry, Publication, SealUse, State
from allmende.publication.steps.move import day_of

Cosignatures = Mapping[int, list[log.Cosigned]]  # by the id of their checkpoint


def problems(found: Log, cosigned: Cosignatures, thorough: bool, only: Collection[UUID] | None, tell: Progress) -> Iterator[str]:
    """`cosigned`: of all checkpoints, or of as many as there were a while ago."""
    mine = Publication.objects.for_body(found.body).select_related("record__body")
    mine = mine.prefetch_related(Prefetch("authors", Author.objects.for_body(found.body)))
    mine = mine if only is None else mine.filter(pk__in=only)
    total = mine.count()
    for number, publication in enumerate(mine.order_by("approved_at").iterator(chunk_size=50), start=1):
        if any(_publication(publication, found, cosigned, thorough)):
            # It may have gone on since it was read together with others: what is wrong still is so when it is read alone.
            for alone in mine.filter(pk=publication.pk):
                yield from (f"{alone.record.path}: {problem}" for problem in _publication(alone, found, None, thorough))
        tell("publications", number, total)


def _publication(publication: Publication, found: Log, cosigned: Cosignatures | None, thorough: bool) -> Iterator[str]:
    """`cosigned` None: to be read."""
    record, body = publication.record, found.body
    authors = {author.person_id for author in publication.authors.all()}
    if not authors or publication.approved_by_id in authors:
        yield "approved by someone who wrote it, or nobody wrote it"
    if record.body_id != publication.body_id:
        yield "the record belongs to another body"
    rows = Attempt.objects.for_body(body).filter(publication=publication).order_by("number")
    attempts = list(rows.select_related("body", "checkpoint", "bundle_checkpoint", "seal_use"))
    size = _shown(found)
    if [a.number for a in attempts] != list(range(1, len(attempts) + 1)):
        yield "the attempts are not numbered through"
    attachments = attached_to(record)
    if not publication.erased_at:
        yield from attached.problems(publication, attachments, thorough=thorough)
    valid = next((a for a in attempts if a.state != State.VOID), None)
    # A provided attempt is closed before it is declared void: its page answers no more, its files go.
    closing = valid is not None and valid.state == State.PROVIDED and record.visibility == Visibility.INTERNAL
    provided = valid is not None and valid.state in VALID and not closing
    yield from taken.problems(publication, attempts, attachments)
    if (record.visibility == Visibility.REMOVED) != (valid is not None and valid.state == State.REMOVED):
        yield f"visible is {record.visibility}, the attempt is {valid and State(valid.state).name}"
    if (record.visibility == Visibility.PUBLIC) != provided:
        yield f"visible is {record.visibility}, the attempt is {valid and State(valid.state).name}"
    if (publication.state == Publication.State.PUBLIC) != provided:
        yield f"the publication is {publication.state}, the attempt is {valid and State(valid.state).name}"
    for attempt in attempts:
        attempt.publication = publication
        yield from (f"attempt {attempt.number}: {problem}" for problem in _attempt(attempt, attachments, size))
    if not closing:
        head = valid.bundle_checkpoint if valid else None
        signatures = [] if head is None else log.cosigned(head) if cosigned is None else cosigned.get(head.pk, [])
        yield from public.problems(record, valid, found, signatures, thorough)


def _shown(found: Log) -> int:
    """The size of the checkpoint that is shown."""
    try:
        return tlog.parse_checkpoint(store.read(log.checkpoint_file(found.body)) or b"")[0].size
    except tlog.TlogError:
        return 0


def _attempt(attempt: Attempt, attachments: Sequence[Attachment], size: int) -> Iterator[str]:
    """Commitments, leaf, checkpoint, day, note of the seal's use."""
    body, state = attempt.body, State(attempt.state)
    if state == State.SEALING:
        return
    document, erased = bytes(attempt.document or b""), {one.name for one in attachments if one.erased_at}
    said = leaves.parse_leaf(bytes(attempt.leaf or b""))
    expected = attached.commitments(attempt, attachments)
    if attempt.erased_at:
        erased |= {PAGE, DOCUMENT}
    else:
        expected[PAGE] = commit(ARTEFACT, bytes(attempt.page_salt or b""), bytes(attempt.page or b""))
        expected[DOCUMENT] = commit(ARTEFACT, bytes(attempt.document_salt or b""), document)
    if not isinstance(said, leaves.Published) or {n: c for n, c in said.artefacts.items() if n not in erased} != expected:
        yield "page, document or attachments differ from the leaf"
    use: SealUse | None = getattr(attempt, "seal_use", None)
    if use is None or (not attempt.erased_at and bytes(use.document_hash) != hashlib.sha256(document).digest()):
        yield "the use of the seal was not noted"
    entries = LogEntry.objects.for_body(body)
    if attempt.leaf_index is not None and not entries.filter(index=attempt.leaf_index, entry=bytes(attempt.leaf or b"")).exists():
        yield f"leaf {attempt.leaf_index} is another one"
    if attempt.checkpoint and (attempt.checkpoint.size <= (attempt.leaf_index or 0) or attempt.checkpoint.size > size):
        yield "its checkpoint does not cover it, or is not shown"
    if attempt.provided_at and state in VALID and day_of(attempt.provided_at) != attempt.day:
        yield f"provided on {day_of(attempt.provided_at)}, printed is {attempt.day}"
    if state == State.VOID:
        voided = log.void_leaf(attempt.leaf_index or 0, attempt.void_reason)
        if not entries.filter(index=attempt.void_index or 0, entry=voided).exists():
            yield "void, but the log does not say so"
