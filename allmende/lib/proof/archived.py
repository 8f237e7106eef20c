"""Whether an archive time stamp covers the entry of a bundle. Nothing is raised for what stands in the file."""

from collections.abc import Collection

from allmende.lib.proof import archive as archives
from allmende.lib.proof import texts
from allmende.lib.proof.archive import ArchiveError
from allmende.lib.proof.document import is_vouched
from allmende.lib.proof.lasting import Covering
from allmende.lib.proof.report import Check
from allmende.lib.seal import DEMO_MARK, TimeStampFailed, check_token, read_revocation
from allmende.lib.tlog import VerifierKey, leaf_hash


def archive_check(
    data: bytes, *, key: VerifierKey | None, index: int | None, leaf: bytes, issuers: Collection[bytes]
) -> tuple[Check, Covering | None]:
    """The check, and what covers if it holds. `key`, `index`, `leaf`: log, place and entry of the bundle; `issuers`: as the asker knows."""
    if key is None or index is None:
        return texts.check("archive", "unchecked"), None
    try:
        archive = archives.read(data)
    except ArchiveError as error:
        return texts.check("archive", error.code), None
    if archive.key != key:
        return texts.check("archive", "other_log"), None
    if archive.leaf_hash(index) != leaf_hash(leaf):
        return texts.check("archive", "entry"), None
    try:
        stamp = check_token(archive.token, data=archive.checkpoint, certificates=archive.certificates)
    except TimeStampFailed:
        return texts.check("archive", "stamp"), None
    said = read_revocation(archive.revocation, [stamp.certificates], at=stamp.stamped_at)
    if said.unusable or said.irrelevant or said.revoked:
        return texts.check("archive", "stamp"), None
    how = "demo" if DEMO_MARK in stamp.authority else "ok" if is_vouched(archive.certificates, issuers) else "claimed"
    check = texts.check("archive", how, when=texts.moment(stamp.stamped_at), authority=stamp.authority)
    return check, Covering(stamp.stamped_at, archive.certificates)
