"""Attachments: the rows are those that the page lists, the files those that the leaf binds."""

from collections.abc import Iterator, Sequence

from allmende.lib.commitment import NotCanonical, parse_canonical_json
from allmende.publication import attachments as attached
from allmende.publication import store
from allmende.publication.models import Attachment, AttachmentSalt, Attempt, Publication


def commitments(attempt: Attempt, attachments: Sequence[Attachment]) -> dict[str, bytes]:
    """What the leaf of a sealed attempt must say about its attachments. 1 query, none where there are none."""
    if not attachments:
        return {}
    rows = AttachmentSalt.objects.for_body(attempt.body).filter(attempt=attempt).values_list("attachment__number", "salt")
    salts = {number: bytes(salt) for number, salt in rows if salt is not None}
    return attached.commitments([one for one in attachments if one.number in salts], salts)


def problems(publication: Publication, found: Sequence[Attachment], *, thorough: bool) -> Iterator[str]:
    """`found`: its attachments; `thorough`: also read every file. No query."""
    try:
        listed = parse_canonical_json(bytes(publication.payload or b"")).get("attachments", [])
    except NotCanonical:
        yield "the payload cannot be read"
        return
    rows = [{"title": one.title, "type": one.media_type, "size": one.size} for one in found]
    same = len(listed) == len(found) and all(one.erased_at or row == said for one, row, said in zip(found, rows, listed, strict=True))
    if [one.number for one in found] != list(range(1, len(found) + 1)) or not same:
        yield "the attachments are others than the page lists"
    for one in found:
        if one.erased_at is None and not _is_there(publication, one, thorough=thorough):
            yield f"{one.name} is missing or another file"


def _is_there(publication: Publication, one: Attachment, *, thorough: bool) -> bool:
    path = store.attachment_file(publication.record, one.number)
    try:
        if thorough:
            return store.sha256_of(path) == (one.sha256, one.size)
        return path.stat().st_size == one.size
    except OSError:
        return False
