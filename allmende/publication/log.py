"""The log of one body: append in the database, then tiles and entry bundles as files, then the checkpoint, last.

Rows come first, files follow from them. All functions are idempotent, and when they return, the result is durable:
the same leaf has one index for ever, the same size has one checkpoint, the same size gives the same files. The file
`checkpoint` never goes back, whoever writes it: not to a smaller size, and at the same size not to fewer cosignatures.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from allmende.core.models import Body
from allmende.lib import tlog
from allmende.lib.proof import leaf as leaves
from allmende.publication import installation, keys, store
from allmende.publication.errors import LogDamaged
from allmende.publication.models import Checkpoint, Cosignature, Log, LogEntry

CHECKPOINT = "checkpoint"
BATCH = 10_000  # entries that are read and hashed at once


def reader(body: Body) -> tlog.Read:
    """Reads the files of the log by their path inside it."""
    folder = store.log_dir(body)
    return lambda path: store.read(folder / path)


def append(body: Body, entry: bytes, *, at: datetime) -> int:
    """Return the index of the entry, adding it if it is new. Safe with several workers.

    Raises:
        NoLog: the body has none.
    """
    leaf = tlog.leaf_hash(entry)
    while True:  # who loses a round has seen another one win: the log as a whole always moves on
        size = keys.log_of(body).size
        known = LogEntry.objects.for_body(body).filter(leaf_hash=leaf).values_list("index", flat=True).first()
        if known is not None:
            return known
        with transaction.atomic():
            # Anything appended since `size` was read makes this UPDATE find no row.
            if Log.objects.for_body(body).filter(size=size).update(size=size + 1):
                LogEntry.objects.create(body=body, index=size, entry=entry, leaf_hash=leaf, at=at)
                return size


def void_leaf(index: int, reason: str) -> bytes:
    """The entry that says: the entry at `index` was never valid."""
    return leaves.void(index=index, reason=reason)


def last_checkpoint(body: Body) -> Checkpoint | None:
    return Checkpoint.objects.for_body(body).order_by("-size").first()


def integrate(body: Body, *, at: datetime, on_batch: Callable[[int], None] | None = None) -> Checkpoint:
    """Write the files for all entries there are now, sign their root, and show the checkpoint. Returns it.

    Starts from the last checkpoint, whose files are complete. Killed anywhere, it does the same once more.

    Raises:
        NoLog, KeyMissing.
        LogDamaged: the files are not those that the last checkpoint was made for.
    """
    log = keys.log_of(body)
    signer = keys.log_key(log)
    newest = last_checkpoint(body)
    while newest is None or newest.size < log.size:
        newest = _extend(log, signer, newest, at)
        if on_batch:
            on_batch(newest.size)
    show(body, newest)
    return newest


def _extend(log: Log, signer: tlog.Signer, old: Checkpoint | None, at: datetime) -> Checkpoint:
    body = log.body
    start, before = (old.size, bytes(old.root)) if old else (0, tlog.EMPTY_ROOT)
    rows = LogEntry.objects.for_body(body).filter(index__gte=start, index__lt=log.size).order_by("index")
    entries = [bytes(entry) for entry in rows.values_list("entry", flat=True)[:BATCH]]
    try:
        grown = tlog.extend(reader(body), start, entries, old_root=before)
    except tlog.TlogError as error:
        raise LogDamaged from error
    write_files(body, grown.files)
    note = tlog.sign_checkpoint(tlog.Checkpoint(log.origin, grown.size, grown.root), signer)
    # Ed25519 signs the same text with the same bytes: whoever is first, the row is the same.
    values = {"root": grown.root, "note": note, "at": at}
    return Checkpoint.objects.for_body(body).get_or_create(body=body, size=grown.size, defaults=values)[0]


def write_files(body: Body, files: dict[str, bytes]) -> None:
    folder = store.log_dir(body)
    for path, data in files.items():
        file = folder / path
        if store.read(file) != data:
            store.write(file, data, body=body)
        else:
            # It may have been put there by someone who was killed before the folder was safe on disk.
            store.sync_folder(file.parent)


def show(body: Body, checkpoint: Checkpoint) -> None:
    """Put the checkpoint, with the cosignatures there are by now, where everyone reads it; unless a longer one is there.

    The row of a checkpoint is made after its files, so whatever is shown can be proven. The rows of cosignatures are read while
    nobody else writes and are never deleted: whoever comes later finds at least as many.
    """
    path = checkpoint_file(body)
    with store.alone(body, CHECKPOINT):
        shown = store.read(path)
        size = -1 if shown is None else tlog.parse_checkpoint(shown)[0].size
        if size > checkpoint.size:
            return
        complete = with_cosignatures(checkpoint)
        if shown != complete:
            store.write(path, complete, body=body)


def show_heads() -> None:
    """Show the newest checkpoint of every log with its cosignatures. Called at the start of the worker: somebody may have been killed
    between storing a cosignature and showing it. A damaged log is left for `allmende check` to name and stops no other."""
    for found in installation.logs():
        newest = last_checkpoint(found.body)
        if newest is not None:
            with suppress(tlog.TlogError):
                show(found.body, newest)


class Cosigned(NamedTuple):
    """The signature line of a witness under a checkpoint, with its newline, and the key that made it."""

    vkey: str
    line: str


def cosigned(checkpoint: Checkpoint) -> list[Cosigned]:
    """The cosignatures of one checkpoint, in the order of their keys. 1 query."""
    return [Cosigned(*row) for row in checkpoint.cosignatures.order_by("vkey").values_list("vkey", "line")]


def all_cosigned(body: Body) -> dict[int, list[Cosigned]]:
    """The cosignatures of all checkpoints of a body by the id of their checkpoint, in the order of their keys. 1 query."""
    rows = Cosignature.objects.for_body(body).order_by("vkey").values_list("checkpoint_id", "vkey", "line")
    found: dict[int, list[Cosigned]] = {}
    for checkpoint, vkey, line in rows.iterator():
        found.setdefault(checkpoint, []).append(Cosigned(vkey, line))
    return found


def signed_note(checkpoint: Checkpoint, signatures: Sequence[Cosigned]) -> bytes:
    """The checkpoint as it is shown: what the log has signed, and the lines of these witnesses."""
    return bytes(checkpoint.note) + "".join(one.line for one in signatures).encode()


def with_cosignatures(checkpoint: Checkpoint) -> bytes:
    """The signed note with the lines of all witnesses that have cosigned it, in the order of their keys. 1 query."""
    return signed_note(checkpoint, cosigned(checkpoint))


def checkpoint_file(body: Body) -> Path:
    return store.log_dir(body) / CHECKPOINT


def prove(body: Body, index: int, checkpoint: Checkpoint, note: bytes) -> tlog.TlogProof:
    """The proof that the entry at `index` is under the checkpoint; `note` is the checkpoint with the signatures to show.

    Raises:
        LogDamaged: files are missing or wrong.
    """
    try:
        return tlog.TlogProof(index, tuple(tlog.prove_inclusion(reader(body), index, checkpoint.size)), note)
    except tlog.TlogError as error:
        raise LogDamaged from error
