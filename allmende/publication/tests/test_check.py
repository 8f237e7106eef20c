"""Each invariant, broken by force: the check names it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from allmende.core import outbox
from allmende.core.models import Body, Record
from allmende.lib import tlog
from allmende.lib.proof import leaf as leaves
from allmende.publication import keys, log, store
from allmende.publication.bundle import build
from allmende.publication.check import problems, rows
from allmende.publication.errors import LogDamaged
from allmende.publication.models import Attempt, Author, Checkpoint, Cosignature, Log, LogEntry, Publication, SealUse, State
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.cosigning import cosign
from allmende.publication.tests.test_midnight import EVENING, MORNING
from allmende.publication.worker import advance
from conftest import NOW, append_only_triggers

pytestmark = pytest.mark.usefixtures("one_seal")
Change = Callable[[], object]
FIRST, SECOND, SEALED = (f"bekanntmachungen/2026/{number}/" for number in (1, 2, 3))
X = b"x" * 32


@pytest.fixture
def busy(ready: Body, make_approved: MakeApproved) -> Body:
    """Entries 0 to 3: a notice, one whose day passed, the word that it is void, and its second attempt. A third notice is sealed, a
    neighbour has cosigned. The guards of the database are off."""
    make_approved()
    outbox.work(NOW)
    late = make_approved(at=EVENING)
    while advance(late.pk, body=ready, clock=lambda: EVENING) is not State.PROVIDED:
        pass
    outbox.work(MORNING)
    cosign(ready, MORNING)
    sealed = make_approved(at=MORNING)
    while advance(sealed.pk, body=ready, clock=lambda: MORNING) is not State.SEALED:
        pass
    assert list(problems(ready)) == []
    connection.check_constraints()  # PostgreSQL drops no trigger of a table for which others still wait
    append_only_triggers("drop")
    return ready


def said_after(change: Change, body: Body, *, thorough: bool = False) -> list[str]:
    """What the check says after `change`, which is undone afterwards."""
    before = {path: path.read_bytes() for path in Path(settings.PUBLIC_DIR).rglob("*") if path.is_file()}
    with transaction.atomic():
        change()
        said = list(problems(body, thorough=thorough))
        transaction.set_rollback(True)
    for path in [path for path in Path(settings.PUBLIC_DIR).rglob("*") if path.is_file()]:
        if path not in before:
            path.unlink()
    for path, data in before.items():
        path.write_bytes(data)
    return said


def unnoticed(changes: dict[str, Change], body: Body, *, thorough: bool = False) -> dict[str, list[str]]:
    """The sentences that a change should bring forth and does not, with what is said instead."""
    said = {sentence: said_after(change, body, thorough=thorough) for sentence, change in changes.items()}
    assert list(problems(body, thorough=thorough)) == []
    return {sentence: found for sentence, found in said.items() if sentence not in found}


def test_what_is_wrong_with_entries_is_named(busy: Body) -> None:
    entries, logs = LogEntry.objects.for_body(busy), Log.objects.for_body(busy)

    def add(entry: bytes) -> None:
        LogEntry.objects.create(body=busy, index=4, entry=entry, leaf_hash=tlog.leaf_hash(entry), at=NOW)
        logs.update(size=5)

    changes: dict[str, Change] = {
        "entry 3 stands where entry 2 should": lambda: entries.filter(index=2).delete(),
        "entry 1: the leaf hash is another one": lambda: entries.filter(index=1).update(leaf_hash=X),
        "entry 4: not canonical JSON": lambda: add(b"{ }"),
        "entry 4 belongs to no attempt": lambda: add(leaves.published(kind="notice", artefacts={"page.html": X})),
        "entry 4 voids 2, which was not published before": lambda: add(log.void_leaf(2, "day_passed")),
        "entry 4 voids 4, which was not published before": lambda: add(log.void_leaf(4, "day_passed")),
        "the log has 4 entries, its head says 5": lambda: logs.update(size=5),
        "the log has 3 entries, its head says 4": lambda: entries.filter(index=3).delete(),
        "checkpoint 4 is beyond the log": lambda: entries.filter(index=3).delete(),
    }
    assert unnoticed(changes, busy) == {}


def test_what_is_wrong_with_checkpoints_is_named(busy: Body) -> None:
    heads, signer = Checkpoint.objects.for_body(busy), keys.log_key(keys.log_of(busy))
    others = tlog.Signer("log.anders.example", X)

    def sign(size: int, of: int, root: bytes, by: tlog.Signer = signer) -> None:
        note = tlog.sign_checkpoint(tlog.Checkpoint(by.name, size, root), by)
        heads.filter(size=of).update(note=note, root=root)

    def add(size: int) -> None:
        Checkpoint.objects.create(body=busy, size=size, root=X, note=b"", at=NOW)

    root = bytes(heads.get(size=2).root)
    cosignatures = Cosignature.objects.for_body(busy)
    line = cosignatures.get().line
    changes: dict[str, Change] = {
        "there is a checkpoint of an empty log": lambda: add(0),
        "checkpoint 5 is beyond the log": lambda: add(5),
        "checkpoint 2: malformed: a note without an empty line": lambda: heads.filter(size=2).update(note=b"x"),
        "checkpoint 2: no_known_signature": lambda: sign(2, 2, root, others),
        "checkpoint 2 says something else than its row": lambda: sign(3, 2, root),
        "checkpoint 2 is not consistent with the entries": lambda: sign(2, 2, X),
        "the files give another root for checkpoint 2": lambda: sign(2, 2, X),
        "checkpoint 4: bad_signature: nachbar.example/witness": lambda: cosignatures.update(line=line.replace(line[-9:-5], "AAAA")),
        "checkpoint 4 says something else than its row": lambda: cosignatures.update(
            line=tlog.Cosigner("kreis.example/witness", X).cosign("", time=1).line
        ),
        "checkpoint 4: bad_key: no key": lambda: cosignatures.update(vkey="+1+AA=="),
    }
    assert unnoticed(changes, busy) == {}


def test_what_is_wrong_with_files_of_the_log_is_named(busy: Body) -> None:
    folder = store.log_dir(busy)
    other = tlog.sign_checkpoint(tlog.Checkpoint("log.anders.example", 4, X), tlog.Signer("log.anders.example", X))

    def change(name: str) -> None:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))

    changes: dict[str, Change] = {
        "tile/entries/000.p/4 is missing": (folder / "tile/entries/000.p/4").unlink,
        "tile/0/000.p/4 is missing": (folder / "tile/0/000.p/4").unlink,
        "tile/entries/000.p/2 is missing for checkpoint 2": (folder / "tile/entries/000.p/2").unlink,
        "tile/0/000.p/2 is missing for checkpoint 2": (folder / "tile/0/000.p/2").unlink,
        "checkpoint 2: missing: tile/0/000.p/2": (folder / "tile/0/000.p/2").unlink,
        "tile/0/000.p/2 is not what follows from the entries": lambda: change("tile/0/000.p/2"),
        "tile/entries/000.p/2 is not what follows from the entries": lambda: change("tile/entries/000.p/2"),
        "the files give another root for checkpoint 2": lambda: change("tile/0/000.p/2"),
        "the files give another root for checkpoint 4": lambda: change("tile/0/000.p/4"),
        "tile/0/000.p/9 does not belong to the log": lambda: (folder / "tile/0/000.p/9").write_bytes(X * 9),
        "the file checkpoint: encoding: a control character": lambda: change("checkpoint"),
        "the file checkpoint is none of the checkpoints": lambda: (folder / "checkpoint").write_bytes(other),
    }
    assert unnoticed(changes, busy) == {}


def test_what_is_wrong_with_publications_is_named(busy: Body) -> None:
    attempts, records = Attempt.objects.for_body(busy), Record.objects.for_body(busy)
    publications = Publication.objects.for_body(busy)
    first, second, sealed = (publications.get(record__path=path) for path in (FIRST, SECOND, SEALED))
    void, valid = attempts.filter(publication=second, number=1), attempts.filter(publication=second, number=2)
    mine = attempts.filter(publication=first)
    writes = Author.objects.for_body(busy).filter(publication=first)
    uses, entries = SealUse.objects.for_body(busy), LogEntry.objects.for_body(busy)
    checkpoints = Checkpoint.objects.for_body(busy)
    changes: dict[str, Change] = {
        f"{FIRST}: approved by someone who wrote it, or nobody wrote it": lambda: writes.update(person=first.approved_by),
        f"{SEALED}: approved by someone who wrote it, or nobody wrote it": lambda: (
            Author.objects.for_body(busy).filter(publication=sealed).delete()
        ),
        f"{SECOND}: the attempts are not numbered through": lambda: valid.update(number=3),
        f"{FIRST}: visible is internal, the attempt is PUBLIC": lambda: records.filter(path=FIRST).update(visibility="internal"),
        f"{SEALED}: visible is public, the attempt is SEALED": lambda: records.filter(path=SEALED).update(visibility="public"),
        f"{FIRST}: the publication is approved, the attempt is PUBLIC": lambda: publications.filter(pk=first.pk).update(state="approved"),
        f"{SEALED}: the publication is public, the attempt is SEALED": lambda: publications.filter(pk=sealed.pk).update(state="public"),
        f"{SECOND}: attempt 1: page, document or attachments differ from the leaf": lambda: void.update(page=b"x"),
        f"{FIRST}: attempt 1: page, document or attachments differ from the leaf": lambda: mine.update(document=b"x"),
        f"{SEALED}: attempt 1: page, document or attachments differ from the leaf": lambda: attempts.filter(publication=sealed).update(
            page_salt=X
        ),
        f"{FIRST}: attempt 1: the use of the seal was not noted": lambda: uses.filter(attempt__in=mine).update(document_hash=X),
        f"{SEALED}: attempt 1: the use of the seal was not noted": lambda: uses.filter(attempt__publication=sealed).delete(),
        f"{FIRST}: attempt 1: leaf 0 is another one": lambda: entries.filter(index=0).update(entry=b"x"),
        f"{FIRST}: attempt 1: leaf 7 is another one": lambda: mine.update(leaf_index=7),
        f"{SECOND}: attempt 2: its checkpoint does not cover it, or is not shown": lambda: valid.update(checkpoint=checkpoints.get(size=3)),
        f"{FIRST}: attempt 1: its checkpoint does not cover it, or is not shown": log.checkpoint_file(busy).unlink,
        f"{FIRST}: attempt 1: provided on 2026-03-01, printed is 2026-03-02": lambda: mine.update(provided_at=NOW - timedelta(days=1)),
        f"{SECOND}: attempt 1: void, but the log does not say so": lambda: void.update(void_index=3),
    }
    changes_of_body = said_after(lambda: records.filter(path=SEALED).update(body=_neighbour()), busy)

    assert unnoticed(changes, busy) == {}
    assert f"{SEALED}: the record belongs to another body" in changes_of_body


def _neighbour() -> Body:
    return Body.objects.create(slug="nebenan", name="Nebenan", short_name="Nebenan", kind=Body.Kind.MUNICIPALITY, ars="150990010002")


def test_what_is_wrong_with_public_files_is_named(busy: Body) -> None:
    first = Publication.objects.for_body(busy).get(record__path=FIRST).record
    late = Publication.objects.for_body(busy).get(record__path=SECOND).record
    sealed = Publication.objects.for_body(busy).get(record__path=SEALED).record
    pdf, bundle, other = store.file_of(first, "pdf"), store.file_of(first, "zip"), store.file_of(late, "zip").read_bytes()
    mine = Attempt.objects.for_body(busy).filter(publication=first.pk)

    def put(data: bytes, suffix: str = "zip") -> None:
        store.write(store.file_of(sealed, suffix), data, body=busy)

    changes: dict[str, Change] = {
        f"{SEALED}: files are there before the checkpoint": lambda: put(b"x", "pdf"),
        f"{FIRST}: the document is missing or another one": pdf.unlink,
        f"{SECOND}: the document is missing or another one": lambda: store.file_of(late, "pdf").write_bytes(b"x"),
        f"{FIRST}: the bundle is missing": bundle.unlink,
        f"{FIRST}: the bundle cannot be read: unreadable": lambda: bundle.write_bytes(b"x"),
        f"{FIRST}: the bundle holds something else": lambda: bundle.write_bytes(other),
        f"{FIRST}: the bundle is not the one that follows from the rows": lambda: mine.update(token=b"x"),
        f"{FIRST}: the bundle shows fewer witnesses than its edition has": lambda: mine.update(bundle_witnesses=1),
        f"{SECOND}: the bundle cannot be built again: {LogDamaged.message}": (store.log_dir(busy) / "tile/0/000.p/4").unlink,
    }
    assert unnoticed(changes, busy) == {}

    def forge() -> None:
        """Row and bundle agree, but the time stamp is none."""
        mine.update(token=b"x")
        attempt = mine.select_related("body", "bundle_checkpoint").get()
        assert attempt.bundle_checkpoint is not None
        bundle.write_bytes(build(attempt, attempt.bundle_checkpoint))

    assert said_after(forge, busy) == []
    assert said_after(forge, busy, thorough=True) == [f"{FIRST}: the bundle does not verify: time other_token"]
    changed = said_after(lambda: mine.update(stamped_at=NOW - timedelta(hours=1)), busy, thorough=True)
    assert f"{FIRST}: the bundle verifies, but for something else" in changed


def test_what_a_worker_does_during_the_check_is_no_problem(
    ready: Body, make_approved: MakeApproved, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It publishes something new while the entries are read, and goes on with what has just been read."""
    monkeypatch.setattr(rows, "STEP", 1)
    for _ in range(3):
        make_approved()
    outbox.work(NOW)
    waiting = make_approved(at=NOW + timedelta(seconds=1))
    began: list[str] = []

    def work(what: str, done: int, total: int) -> None:
        if what not in began:
            began.append(what)
            if what == "entries":
                make_approved(at=NOW - timedelta(seconds=1))
            outbox.work(NOW)
        if what == "publications":
            outbox.work(NOW + timedelta(seconds=2))

    assert list(problems(ready, thorough=False, progress=work)) == []
    assert Publication.objects.for_body(ready).get(pk=waiting.pk).state == Publication.State.PUBLIC
    assert began == ["entries", "files", "publications"]
