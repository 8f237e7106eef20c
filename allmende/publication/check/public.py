"""The document and the proof bundle that everyone can fetch: there from the checkpoint on, and those that follow from the rows."""

import hashlib
from collections.abc import Iterator, Sequence

from allmende.core.models import Record
from allmende.lib import tlog
from allmende.lib.proof import BundleError, read, verify
from allmende.lib.proof.readme import EARLIER
from allmende.publication import bundle, log, store
from allmende.publication.errors import AttachmentDamaged, LogDamaged
from allmende.publication.models import VALID, Attempt, Log, State


def problems(record: Record, valid: Attempt | None, found: Log, cosigned: Sequence[log.Cosigned], thorough: bool) -> Iterator[str]:
    """`valid`: the attempt that is not void, if there is one; `cosigned`: of the checkpoint of its bundle."""
    document, proof = (store.read(store.file_of(record, suffix)) for suffix in ("pdf", "zip"))
    if valid is None or valid.state < State.CHECKPOINTED:
        if document is not None or proof is not None:
            yield "files are there before the checkpoint"
        return
    if valid.state not in VALID:
        return  # in the middle of writing them, or taken down
    if document != bytes(valid.document or b""):
        yield "the document is missing or another one"
    if valid.bundle_due_at:
        return  # it is answered to nobody until the next edition is there
    if proof is None:
        yield "the bundle is missing"
        return
    try:
        opened = read(proof)
    except BundleError as error:
        yield f"the bundle cannot be read: {error}"
        return
    if (opened.page, opened.document, opened.leaf, opened.vkey) != (
        bytes(valid.page or b""),
        bytes(valid.document or b""),
        bytes(valid.leaf or b""),
        found.vkey,
    ):
        yield "the bundle holds something else"
    if len(opened.witnesses) < valid.bundle_witnesses:
        yield "the bundle shows fewer witnesses than its edition has"
    try:
        checkpoint = valid.bundle_checkpoint
        earlier = hashlib.sha256(opened.readme).hexdigest() in EARLIER
        readme = opened.readme if earlier else None
        shown = [one for one in cosigned if one.vkey in opened.witnesses]
        if checkpoint is None or proof != bundle.build_with(valid, checkpoint, shown, vkey=found.vkey, readme=readme):
            yield "the bundle is not the one that follows from the rows"
    except (AttachmentDamaged, LogDamaged, tlog.TlogError) as error:
        yield f"the bundle cannot be built again: {error}"
    if thorough:
        yield from _proof(valid, proof, found)


def _proof(valid: Attempt, proof: bytes, found: Log) -> Iterator[str]:
    """What anyone would find who checks the bundle offline with our key; the seal is examined there."""
    report = verify(proof, vkey=found.vkey)
    if not report.trusted:
        yield f"the bundle does not verify: {', '.join(f'{c.code} {c.reason}' for c in report.failed) or report.headline.en}"
    facts = report.facts
    if (facts.index, facts.origin, facts.stamped_at) != (valid.leaf_index, found.origin, valid.stamped_at):
        yield "the bundle verifies, but for something else"
