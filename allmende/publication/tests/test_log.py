"""The log in rows and in files."""

import hashlib
from dataclasses import replace

import pytest

from allmende.core import outbox
from allmende.core.models import Body
from allmende.lib import tlog
from allmende.lib.proof import Hosted, read, verify, write
from allmende.publication import keys, log, selectors, store
from allmende.publication.bundle import renew_bundle
from allmende.publication.check import files, problems, public
from allmende.publication.errors import KeyMissing, LogDamaged, LogExists, NoLog, OriginNotUsable, OriginTaken
from allmende.publication.models import Attempt, Checkpoint, Log, LogEntry
from allmende.publication.setup import set_up_log
from allmende.publication.tests.conftest import MakeApproved
from allmende.publication.tests.cosigning import cosign
from conftest import NOW


def grow(body: Body, entries: int) -> None:
    """As many entries, the rows at once: only their files matter here. One by one they are appended in every other test."""
    logs = Log.objects.for_body(body)
    start = logs.get().size
    leaves = [(number, log.void_leaf(number, "day_passed")) for number in range(start, start + entries)]
    LogEntry.objects.bulk_create(LogEntry(body=body, index=n, entry=leaf, leaf_hash=tlog.leaf_hash(leaf), at=NOW) for n, leaf in leaves)
    logs.update(size=start + entries)


def test_files_of_many_sizes_are_those_of_the_library(ready: Body) -> None:
    for step in (1, 1, 3, 250, 1, 1, 255):
        grow(ready, step)
        log.integrate(ready, at=NOW)
    size = Log.objects.for_body(ready).get().size
    newest = log.last_checkpoint(ready)

    assert newest is not None
    assert (size, newest.size) == (512, 512)
    tlog.check_files(log.reader(ready), size, bytes(newest.root))
    for checkpoint in Checkpoint.objects.for_body(ready):
        assert tlog.root(log.reader(ready), checkpoint.size) == bytes(checkpoint.root)


def test_integrating_again_changes_nothing(ready: Body) -> None:
    grow(ready, 3)
    first = log.integrate(ready, at=NOW)
    before = {path: path.stat().st_mtime_ns for path in store.log_dir(ready).rglob("*") if path.is_file()}

    assert log.integrate(ready, at=NOW) == first
    assert {path: path.stat().st_mtime_ns for path in store.log_dir(ready).rglob("*") if path.is_file()} == before


def test_a_damaged_file_stops_the_log_instead_of_growing_on_it(ready: Body) -> None:
    grow(ready, 3)
    log.integrate(ready, at=NOW)
    tile = store.log_dir(ready) / "tile/0/000.p/3"
    tile.write_bytes(bytes(96))
    grow(ready, 1)

    with pytest.raises(LogDamaged):
        log.integrate(ready, at=NOW)


def test_the_check_finds_what_is_missing_changed_or_foreign(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    record = make_approved().record
    outbox.work(NOW)
    folder = store.log_dir(ready)
    kept = {path: path.read_bytes() for path in [*folder.rglob("*"), store.file_of(record, "pdf")] if path.is_file()}
    assert len(kept) == 4
    assert list(problems(ready)) == []

    for path, data in kept.items():
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        assert list(problems(ready)), path
        path.unlink()
        assert list(problems(ready)), path
        path.write_bytes(data)
    (folder / "notiz.txt").write_text("x")
    assert list(problems(ready)) == ["notiz.txt does not belong to the log"]


@pytest.mark.parametrize("step", [256, 4096])
def test_the_check_reads_every_file_of_earlier_sizes_too(ready: Body, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    monkeypatch.setattr(files, "STEP", step)
    for entries in (3, 1, 252, 1, 3):
        grow(ready, entries)
        log.integrate(ready, at=NOW)
    folder = store.log_dir(ready)
    kept = {path: path.read_bytes() for path in (folder / "tile").rglob("*") if path.is_file()}
    assert {path.relative_to(folder).as_posix() for path in kept} >= {"tile/entries/000.p/3", "tile/0/000.p/3", "tile/0/001.p/1"}
    files_only = list(files.problems(ready, lambda *_: None))
    assert files_only == []

    for path, data in kept.items():
        name = path.relative_to(folder).as_posix()
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        found = list(files.problems(ready, lambda *_: None))
        assert found == [f"{name} is not what follows from the entries"]
        path.write_bytes(data)


@pytest.mark.parametrize(
    "name", ["tile/entries/000.p/5", "tile/0/000", "tile/0/007", "tile/3/000.p/1", "tile/entries/000.p/notiz", "tile/x"]
)
def test_the_check_names_files_that_no_tree_of_the_log_has(ready: Body, name: str) -> None:
    grow(ready, 4)
    log.integrate(ready, at=NOW)
    file = store.log_dir(ready) / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"x")

    assert f"{name} does not belong to the log" in list(files.problems(ready, lambda *_: None))


def test_files_that_a_killed_worker_has_written_ahead_are_no_problem(ready: Body) -> None:
    grow(ready, 3)
    log.integrate(ready, at=NOW)
    grow(ready, 2)
    ahead = tlog.extend(log.reader(ready), 3, [log.void_leaf(number, "day_passed") for number in (3, 4)])
    log.write_files(ready, ahead.files)

    assert list(files.problems(ready, lambda *_: None)) == []


def test_the_key_of_another_log_signs_nothing(ready: Body) -> None:
    (store.key_dir(ready) / keys.LOG_KEY).write_text(tlog.Signer("log.musterstedt.example/amtlich", bytes(32)).skey)
    grow(ready, 1)

    with pytest.raises(KeyMissing):
        log.integrate(ready, at=NOW)
    (store.key_dir(ready) / keys.LOG_KEY).unlink()
    with pytest.raises(KeyMissing):
        log.integrate(ready, at=NOW)


@pytest.mark.parametrize(
    "origin", ["", "https://log.example", "log example.de", "log+1.example", "log.example/", "ohnepunkt", "lög.example"]
)
def test_an_origin_is_an_address_without_scheme(town: Body, origin: str) -> None:
    with pytest.raises(OriginNotUsable):
        set_up_log(town, origin=origin, at=NOW, by=None)


def test_a_log_is_set_up_once_and_its_name_is_its_own(ready: Body, neighbour: Body) -> None:
    with pytest.raises(LogExists):
        set_up_log(ready, origin="anders.example", at=NOW, by=None)
    with pytest.raises(OriginTaken):
        set_up_log(neighbour, origin="log.musterstedt.example/amtlich", at=NOW, by=None)
    with pytest.raises(NoLog):
        log.append(neighbour, b"{}", at=NOW)


def test_a_setup_that_was_cut_off_goes_on_with_the_same_keys(town: Body) -> None:
    made = keys.make_log_key(town, "log.musterstedt.example")

    assert set_up_log(town, origin="log.musterstedt.example", at=NOW, by=None).vkey == str(made.key)


def test_late_cosignatures_make_a_new_edition_and_the_old_one_stays_valid(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    record = make_approved().record
    outbox.work(NOW)
    vkey = Log.objects.for_body(ready).get().vkey
    first = store.read(store.file_of(record, "zip")) or b""
    assert renew_bundle(record, NOW) is None
    cosign(ready, NOW)
    make_approved()
    outbox.work(NOW)
    keys_of_both = (cosign(ready, NOW).vkey, cosign(ready, NOW, name="kreis.example/witness").vkey)

    assert renew_bundle(record, NOW) == 2
    assert renew_bundle(record, NOW) is None
    second = store.read(store.file_of(record, "zip")) or b""
    proof = selectors.proof_of(record)
    assert proof is not None
    assert (proof.edition, {w.operator for w in proof.witnesses}) == (2, {"nachbar", "kreis"})
    assert verify(first, vkey=vkey).trusted
    hosted = {Log.objects.for_body(ready).get().origin: Hosted(vkey, keys_of_both)}
    assert len(verify(second, hosted=hosted).facts.witnesses) == 2
    assert verify(second, vkey=vkey).trusted
    assert list(problems(ready)) == []


def test_a_bundle_with_the_readme_of_an_earlier_version_stays_as_it_is(
    ready: Body, make_approved: MakeApproved, one_seal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = make_approved().record
    outbox.work(NOW)
    path = store.file_of(record, "zip")
    bundle = read(path.read_bytes())
    path.write_bytes(write(replace(bundle, readme=b"Nachweispaket\n")))
    assert list(problems(ready, thorough=False)) == [f"{record.path}: the bundle is not the one that follows from the rows"]

    monkeypatch.setattr(public, "EARLIER", {hashlib.sha256(b"Nachweispaket\n").hexdigest()})
    assert list(problems(ready)) == []


def test_a_forged_cosignature_is_found(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    make_approved()
    outbox.work(NOW)
    row = cosign(ready, NOW)
    type(row)._unscoped.filter(pk=row.pk).update(line=row.line.replace("A", "B"))

    assert list(problems(ready))


def test_an_attempt_that_says_something_else_is_found(ready: Body, make_approved: MakeApproved, one_seal: None) -> None:
    record = make_approved().record
    outbox.work(NOW)
    Attempt.objects.for_body(ready).update(provided_at=NOW.replace(day=5))

    assert list(problems(ready, thorough=False)) == [f"{record.path}: attempt 1: provided on 2026-03-05, printed is 2026-03-02"]
