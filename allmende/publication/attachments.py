"""Attachments on their way from the upload of a module to the leaf: taken over by name, never copied through memory."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from allmende.core.models import Record
from allmende.lib import official
from allmende.lib.commitment import ARTEFACT, commit_digest
from allmende.lib.official.attachment import KINDS
from allmende.lib.proof import Detached
from allmende.publication import store
from allmende.publication.errors import AttachmentDamaged, AttachmentMissing
from allmende.publication.models import Attachment, AttachmentSalt, Attempt, Publication

_SPELT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
IN_BUNDLE: Final = 20_000_000  # bytes of all attachments that a bundle holds
LONGEST_STEM: Final = 80  # characters


@dataclass(frozen=True)
class Enclosed:
    """What a bundle holds and states of attachments, as lib.proof has it. Nothing at all of one that was taken down."""

    contained: dict[str, bytes]
    detached: dict[str, Detached] | None
    salts: dict[str, bytes]


@dataclass(frozen=True)
class Attached:
    """One file that is approved with a page. `path`: where the module keeps it; nobody writes to it any more. `size` in bytes.

    `file_name`: as its author called it; the public one is `file_name_of` that.
    """

    title: str
    media_type: str
    file_name: str
    sha256: str
    size: int
    path: Path

    @property
    def listed(self) -> official.Attachment:
        """The line of the page. Raises official.AttachmentInvalid."""
        return official.Attachment(self.title, self.media_type, self.size)


def file_name_of(name: str, media_type: str) -> str:
    """A name that is safe in an address, in a header and on any disk, with the ending of its type: 'Lageplan-Blatt-2.pdf'."""
    stem = PurePosixPath(name.replace("\\", "/")).stem.translate(_SPELT)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:LONGEST_STEM].strip("-")
    return f"{plain or 'Anlage'}.{KINDS[media_type][0]}"


def check(page: official.OfficialPage, attached: Sequence[Attached]) -> None:
    """Raises AttachmentMissing: the page lists others than these, or a file is not there with its size."""
    try:
        fits = page.attachments == tuple(one.listed for one in attached)
        fits = fits and all(re.fullmatch("[0-9a-f]{64}", one.sha256) and one.path.stat().st_size == one.size for one in attached)
    except (official.AttachmentInvalid, OSError):
        fits = False
    if not fits:
        raise AttachmentMissing


def take_over(publication: Publication, attached: Sequence[Attached]) -> None:
    """Store rows and files of what has just been approved. Inside the transaction of the approval: quick, whatever the size."""
    record = publication.record
    rows = []
    for number, one in enumerate(attached, start=1):
        store.adopt(one.path, store.attachment_file(record, number), body=record.body)
        rows.append(
            Attachment(
                publication=publication,
                number=number,
                title=one.listed.title,
                media_type=one.media_type,
                file_name=file_name_of(one.file_name, one.media_type),
                sha256=one.sha256,
                size=one.size,
            )
        )
    Attachment.objects.bulk_create(rows)


def of(record: Record) -> list[Attachment]:
    """All attachments of a record in their order, also those that were taken down or erased. 1 query."""
    return list(Attachment.objects.for_body(record.body).filter(publication=record.pk).order_by("number"))


def confirmed(publication: Publication) -> list[Attachment]:
    """All attachments, each file read once. 1 query.

    Raises:
        AttachmentDamaged: a file is missing or another one than was approved.
    """
    found = of(publication.record)
    for attachment in found:
        try:
            read = store.sha256_of(store.attachment_file(publication.record, attachment.number))
        except OSError as error:
            raise AttachmentDamaged from error
        if read != (attachment.sha256, attachment.size):
            raise AttachmentDamaged
    return found


def new_salts(attachments: Sequence[Attachment]) -> dict[int, bytes]:
    """Number of the attachment → a salt."""
    return {attachment.number: secrets.token_bytes(32) for attachment in attachments}


def commitments(attachments: Sequence[Attachment], salts: Mapping[int, bytes]) -> dict[str, bytes]:
    """Name of the artefact → commitment, as the leaf has it."""
    return {one.name: commit_digest(ARTEFACT, salts[one.number], bytes.fromhex(one.sha256)) for one in attachments}


def keep_salts(attempt: Attempt, attachments: Sequence[Attachment], salts: Mapping[int, bytes]) -> None:
    """In the transaction that stores the sealed attempt."""
    AttachmentSalt.objects.bulk_create(AttachmentSalt(attempt=attempt, attachment=one, salt=salts[one.number]) for one in attachments)


def enclosed(attempt: Attempt) -> Enclosed:
    """The attachments of an attempt for its bundle: in their order, each contained that still fits in. 1 query, 2 if there are any.

    Raises:
        AttachmentDamaged: a file is missing or another one than was approved.
    """
    record = attempt.publication.record
    found = of(record)
    if not found:
        return Enclosed({}, None, {})
    salts = AttachmentSalt.objects.for_body(attempt.body).filter(attempt=attempt).values_list("attachment__number", "salt")
    salt_of = {number: bytes(salt) for number, salt in salts if salt is not None}
    contained: dict[str, bytes] = {}
    detached: dict[str, Detached] = {}
    shown = [one for one in found if one.removed_at is None]
    room = IN_BUNDLE
    for one in shown:
        member = f"attachments/{one.number}.{KINDS[one.media_type][0]}"
        if one.size > room:
            detached[member] = Detached(bytes.fromhex(one.sha256), one.size)
            continue
        room -= one.size
        data = store.read(store.attachment_file(record, one.number))
        if data is None or hashlib.sha256(data).hexdigest() != one.sha256:
            raise AttachmentDamaged
        contained[member] = data
    return Enclosed(contained, detached, {one.name: salt_of[one.number] for one in shown})
