"""The proof bundle of an attempt, and its later editions with the cosignatures that came meanwhile."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from allmende.core import audit
from allmende.core.models import Body, Record
from allmende.lib.proof.bundle import DOCUMENT, PAGE, bundle_of, write
from allmende.lib.proof.readme import readme_of
from allmende.publication import attachments, encoded, files, keys, log, store
from allmende.publication.models import VALID, Attempt, Checkpoint, State


def build(attempt: Attempt, checkpoint: Checkpoint) -> bytes:
    """The ZIP that proves `attempt` under `checkpoint`, with the cosignatures known by now. The same input, the same bytes.

    Raises:
        LogDamaged: the files of the log are missing or wrong.
        TlogError: a cosignature is not what its row says.
        AttachmentDamaged: the file of an attachment is missing or another one.
    """
    return build_with(attempt, checkpoint, log.cosigned(checkpoint), vkey=keys.log_of(attempt.body).vkey)


def build_with(
    attempt: Attempt, checkpoint: Checkpoint, cosigned: Sequence[log.Cosigned], *, vkey: str, readme: bytes | None = None
) -> bytes:
    """The same with these cosignatures and, to make an earlier edition again, the readme of an earlier version. `vkey`: of the log.

    1 query, 2 with attachments. Raises as `build`.
    """
    assert attempt.leaf_index is not None
    note = log.signed_note(checkpoint, cosigned)
    proof = log.prove(attempt.body, attempt.leaf_index, checkpoint, note)
    enclosed = attachments.enclosed(attempt)
    bundle = bundle_of(
        page=bytes(attempt.page or b""),
        document=bytes(attempt.document or b""),
        salts={PAGE: bytes(attempt.page_salt or b""), DOCUMENT: bytes(attempt.document_salt or b""), **enclosed.salts},
        leaf=bytes(attempt.leaf or b""),
        index=attempt.leaf_index,
        hashes=proof.hashes,
        checkpoint=note,
        vkey=vkey,
        witnesses=[one.vkey for one in cosigned],
        seal_certificates=encoded.from_pem(attempt.seal_certificates),
        timestamp=bytes(attempt.token or b""),
        timestamp_certificates=encoded.from_pem(attempt.stamp_certificates),
        revocation=encoded.from_json(attempt.revocation),
        attachments=enclosed.contained,
        detached=enclosed.detached,
    )
    return write(replace(bundle, readme=readme or readme_of(attachments=enclosed.detached is not None)))


def renew_bundle(record: Record, at: datetime) -> int | None:
    """Write a new edition if more witnesses have cosigned than the present one shows. Returns its number, or None.

    Earlier editions stay valid wherever they are. Killed in between, the next call writes the same file once more.
    """
    attempt = _provided(record, State.PUBLIC)
    best = best_checkpoint(record.body, attempt.leaf_index) if attempt and attempt.leaf_index is not None else None
    if attempt is None or best is None or best[1] <= attempt.bundle_witnesses:
        return None
    return _next_edition(attempt, *best, at)


def renew_without_removed(record: Record, at: datetime) -> int | None:
    """Write the edition that holds nothing more of what was taken down, if one is due. Returns its number, or None. As above."""
    attempt = _provided(record, *VALID)
    if attempt is None or attempt.bundle_due_at is None or attempt.leaf_index is None or attempt.bundle_checkpoint is None:
        return None
    best = best_checkpoint(record.body, attempt.leaf_index) or (attempt.bundle_checkpoint, attempt.bundle_witnesses)
    return _next_edition(attempt, *best, at)


def _provided(record: Record, *states: State) -> Attempt | None:
    mine = Attempt.objects.for_body(record.body).filter(publication=record.pk, state__in=states)
    return mine.select_related("body", "publication__record__body", "bundle_checkpoint").first()


def _next_edition(attempt: Attempt, checkpoint: Checkpoint, witnesses: int, at: datetime) -> int | None:
    """None: somebody else was faster, or more was taken down meanwhile; then another call follows."""
    assert attempt.bundle_edition is not None
    record = attempt.publication.record
    proof, edition = build(attempt, checkpoint), attempt.bundle_edition + 1
    with store.alone(attempt.body, files.lock_of(record)):
        present = Attempt.objects.for_body(attempt.body).filter(
            pk=attempt.pk, state__in=VALID, bundle_edition=attempt.bundle_edition, bundle_due_at=attempt.bundle_due_at
        )
        if not present.exists():
            return None
        files.put_bundle(attempt, proof)
        with transaction.atomic():
            changes = {"bundle_edition": edition, "bundle_checkpoint": checkpoint, "bundle_witnesses": witnesses}
            if not present.update(**changes, bundle_due_at=None):
                return None
            values: dict[str, object] = {"edition": edition, "size": checkpoint.size, "witnesses": witnesses}
            audit.note(record, "publication.bundle_renewed", values, by=None, at=at)
    return edition


def best_checkpoint(body: Body, index: int) -> tuple[Checkpoint, int] | None:
    """The checkpoint over the entry at `index` with the most cosignatures, the earliest of these; and how many."""
    rows = Checkpoint.objects.for_body(body).filter(size__gt=index).annotate(seen=Count("cosignatures")).filter(seen__gt=0)
    best = rows.order_by("-seen", "size").first()
    return (best, best.seen) if best else None
