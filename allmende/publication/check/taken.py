"""What was taken down, erased or related: entries, rows, columns and files tell the same story."""

from collections.abc import Iterator, Mapping, Sequence

from allmende.core.models import Body
from allmende.lib.proof import leaf as leaves
from allmende.publication import removing, store
from allmende.publication.files import LARGE_PRINT
from allmende.publication.models import CONTENT, Attachment, AttachmentSalt, Attempt, Image, Publication, Relation, Removal, State


class Entries:
    """The entries of a log one after the other: each that points back points to something that can bear it."""

    def __init__(self, body: Body) -> None:
        self._names: dict[int, set[str]] = {}  # of each entry `published`
        self._void: set[int] = set()
        self._removed: dict[int, set[str]] = {}
        self._erased: dict[int, set[str]] = {}
        self._lines: dict[int, bytes] = {}  # what rows say about an entry
        self._meant: set[bytes] = set()  # and what they will say, where a worker was killed before it stored the place
        for index, leaf in _claims(body):
            self._meant.add(leaf)
            if index is not None:
                self._lines[index] = leaf
        self._body, self._strange = body, dict[int, bytes]()

    def problems(self, index: int, entry: bytes, said: leaves.Leaf | None) -> Iterator[str]:
        match said:
            case leaves.Published():
                self._names[index] = set(said.artefacts)
            case leaves.Void():
                if said.index not in self._names:
                    yield f"entry {index} voids {said.index}, which was not published before"
                elif said.index in self._void:
                    yield f"entry {index} voids {said.index} once more"
                self._void.add(said.index)
            case leaves.Removed() | leaves.Erased():
                yield from self._taken(index, said)
            case leaves.Related():
                for other in (said.index, said.later):
                    if other not in self._names or other in self._void:
                        yield f"entry {index} relates {other}, which does not count"
        if isinstance(said, leaves.Removed | leaves.Erased | leaves.Related) and entry not in self._meant:
            self._strange[index] = entry
        if self._lines.pop(index, entry) != entry:
            yield f"entry {index} is not the one of its removal or relation"

    def _taken(self, index: int, said: leaves.Removed | leaves.Erased) -> Iterator[str]:
        removed = isinstance(said, leaves.Removed)
        before = (self._removed if removed else self._erased).setdefault(said.index, set())
        names = set(said.artefacts)
        if not names <= self._names.get(said.index, set()):
            yield f"entry {index} takes away what entry {said.index} does not name"
        if names & before or (removed and names & self._erased.get(said.index, set())):
            yield f"entry {index} takes away what is gone already"
        if removed and said.index in self._void:
            yield f"entry {index} takes down {said.index}, which is void"
        before |= names

    def rest(self) -> Iterator[str]:
        """What the rows claim about entries that are not there, and entries that no row claims."""
        meant = {leaf for _, leaf in _claims(self._body)} if self._strange else set()  # something may have been taken away meanwhile
        for index, entry in self._strange.items():
            if entry not in meant:
                yield f"entry {index} belongs to nothing that was taken away or related"
        yield from (f"entry {index} is missing, a removal or relation stands there" for index in sorted(self._lines))


def _claims(body: Body) -> Iterator[tuple[int | None, bytes]]:
    """Place, if it is stored already, and entry of all that was taken away or related."""
    yield from _removals(body)
    yield from _relations(body)


def _removals(body: Body) -> Iterator[tuple[int | None, bytes]]:
    rows = Removal.objects.for_body(body).select_related("attempt").defer(*(f"attempt__{column}" for column in CONTENT))
    return ((row.entry_index, removing.leaf_of(row)) for row in rows.iterator())


def _relations(body: Body) -> Iterator[tuple[int | None, bytes]]:
    """Of two that have been public."""
    rows = Relation.objects.for_body(body).exclude(later__state=Publication.State.APPROVED)
    rows = rows.select_related("earlier__record__body", "later__record__body")
    return ((row.entry_index, removing.relation_leaf(row)) for row in rows.iterator())


def problems(publication: Publication, attempts: Sequence[Attempt], attachments: Sequence[Attachment]) -> Iterator[str]:
    """That what is gone is gone everywhere, and that nothing is gone without a line. 1 query, more where something was taken away."""
    body = publication.body
    rows = list(Removal.objects.for_body(body).filter(attempt__in=[attempt.pk for attempt in attempts]).order_by("pk"))
    taken: dict[tuple[int, str], set[str]] = {}
    for row in rows:
        taken.setdefault((row.attempt_id, row.event), set()).update(row.artefacts)
    valid = next((attempt for attempt in attempts if attempt.state != State.VOID), None)
    if valid is not None:
        yield from _closed(publication, valid, attachments, taken)
        if all(row.entry_index is not None for row in rows):  # else the worker has it in hand
            yield from _left(publication, valid, attachments)
    for attempt in attempts:
        erased = taken.get((attempt.pk, "erased"), set())
        if attempt.erased_at and {"page.html", "document.pdf"} - erased:
            yield f"attempt {attempt.number} was erased, and no line says so"
        if not attempt.erased_at and {"page.html", "document.pdf"} & erased:
            yield f"attempt {attempt.number} was erased, and its content is there"
        if not attempt.erased_at and publication.erased_at:
            yield f"attempt {attempt.number} is still there"
    if attachments:
        yield from _attachments(publication, valid, attachments, taken)
    if publication.erased_at and Image.objects.for_body(body).filter(publication=publication).exists():
        yield "its pictures are still there"


def _closed(
    publication: Publication, valid: Attempt, attachments: Sequence[Attachment], taken: Mapping[tuple[int, str], set[str]]
) -> Iterator[str]:
    """Whether it answers, and what the rows say about it."""
    gone = taken.get((valid.pk, "removed"), set()) | taken.get((valid.pk, "erased"), set())
    if (valid.state == State.REMOVED) != ({"page.html", "document.pdf"} <= gone):
        yield f"the attempt is {State(valid.state).name}, taken away is {', '.join(sorted(gone)) or 'nothing'}"
    closed = publication.state in (Publication.State.REMOVED, Publication.State.ERASED)
    if (valid.state == State.REMOVED) != closed:
        yield f"the publication is {publication.state}, the attempt is {State(valid.state).name}"
    for one in attachments:
        if (one.removed_at is not None) != (one.name in gone):
            yield f"{one.name} was taken down without a line, or has a line and is there"


def _attachments(
    publication: Publication, valid: Attempt | None, attachments: Sequence[Attachment], taken: Mapping[tuple[int, str], set[str]]
) -> Iterator[str]:
    salts = AttachmentSalt.objects.for_body(publication.body).filter(attachment__in=[one.pk for one in attachments])
    kept = set(salts.filter(salt__isnull=False).values_list("attachment__number", flat=True))
    for one in attachments:
        if one.erased_at and one.number in kept:
            yield f"{one.name} was erased, and a salt of it is there"
        if one.erased_at and valid and one.name not in taken.get((valid.pk, "erased"), set()):
            yield f"{one.name} was erased, and no line says so"


def _left(publication: Publication, valid: Attempt, attachments: Sequence[Attachment]) -> Iterator[str]:
    """Files that should have gone."""
    record = publication.record
    closed = [store.file_of(record, suffix) for suffix in ("pdf", "zip", LARGE_PRINT)] if valid.state == State.REMOVED else []
    erased = [store.attachment_file(record, one.number) for one in attachments if one.erased_at]
    yield from (f"{path.name} is still there" for path in [*closed, *erased] if path.exists())
