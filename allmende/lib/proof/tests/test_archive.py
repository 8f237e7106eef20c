"""The archive time stamp: what it covers, what must be refused, and which evidence it keeps fresh."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.proof import algorithms, archive, write
from allmende.lib.proof.archive import Archive, ArchiveError
from allmende.lib.proof.limited import verify_limited
from allmende.lib.proof.report import Fresh, Report
from allmende.lib.proof.tests.bundles import KEY, LOG, OTHER_LOG, Notice, sealed, states
from allmende.lib.proof.verification import verify
from allmende.lib.seal import DemoAuthority, make_demo_authority, stamp_data
from allmende.lib.tlog import Checkpoint, Signer, leaf_hash, sign_checkpoint, tree_root

NOTICE = Notice(index=2, size=4)
LATER = datetime.now(UTC).replace(microsecond=0) + timedelta(days=365 * 8)  # while the first certificates still hold
LATE = LATER + timedelta(days=365 * 4)  # when they have ended


@cache
def bundle() -> bytes:
    return write(NOTICE.bundle())


@cache
def made(size: int = 6, *, signer: Signer = LOG, at: datetime = LATER, other: bytes | None = None) -> Archive:
    """Over a tree of `size` entries, stamped by the demo at `at`; `other`: what stands in the place of the notice."""
    entries = [b"entry %d" % number for number in range(size)]
    if size > NOTICE.index:
        entries[NOTICE.index] = other or NOTICE.leaf
    leaves = [leaf_hash(entry) for entry in entries]
    checkpoint = sign_checkpoint(Checkpoint(signer.name, size, tree_root(leaves)), signer)
    authority = make_demo_authority(password="x", at=at - timedelta(days=1))
    stamp = stamp_data(
        checkpoint, DemoAuthority(authority.pkcs12, "x", clock=lambda: at), certificates=authority.certificates, clock=lambda: at
    )
    return Archive(checkpoint, b"".join(leaves), str(signer.key), stamp.token, stamp.certificates, (authority.crl,))


def said(file: bytes | None, now: datetime = LATER) -> Report:
    return verify(bundle(), vkey=KEY, archive=file, now=now)


def lasting(report: Report) -> dict[str, Fresh]:
    return {one.what: one.state for one in report.lasting}


@pytest.fixture
def _no_day_of_an_algorithm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only certificates end."""
    table = {key: replace(one, until=None) for key, one in algorithms.known().items()}
    monkeypatch.setattr(algorithms, "known", lambda: table)


def test_it_covers_every_entry_of_its_tree() -> None:
    report = said(archive.write(made()))

    assert states(report)["archive"] == "demo:demo"
    assert report.ok


def test_what_is_written_is_read_again() -> None:
    assert archive.read(archive.write(made())) == made()


def test_an_older_one_does_not_cover_a_later_entry() -> None:
    report = said(archive.write(made(2)))

    assert states(report)["archive"] == "bad:entry"
    assert report.exit_status == 1
    assert report.headline.en == "The archive time stamp does not belong to it"


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (made(signer=OTHER_LOG), "other_log"),
        (made(other=b"something else"), "entry"),
        (replace(made(), leaves=made().leaves[:-1] + b"\0"), "tree"),
        (replace(made(), leaves=made().leaves[:-32]), "tree"),
        (replace(made(), vkey=str(OTHER_LOG.key)), "tree"),
        (replace(made(), token=made(at=LATER + timedelta(days=1)).token), "stamp"),
        (replace(made(), certificates=made().certificates[:1]), "stamp"),
        (replace(made(), revocation=(b"\x30\x00",)), "stamp"),
        (replace(made(), checkpoint=b"nonsense\n"), "tree"),
    ],
)
def test_what_does_not_belong_together_is_named(file: Archive, reason: str) -> None:
    assert states(said(archive.write(file)))["archive"] == f"bad:{reason}"


@pytest.mark.parametrize("spoil", [lambda data: data + b"x", lambda data: data[:-1], lambda data: b"PK\x03\x04", lambda data: b""])
def test_a_file_that_is_none_is_refused(spoil: object) -> None:
    data = spoil(archive.write(made()))  # type: ignore[operator]

    assert states(said(data))["archive"] == "bad:form"


@given(st.binary(max_size=200), st.integers(0, 10_000))
def test_no_file_makes_the_reader_fall(junk: bytes, at: int) -> None:
    whole = archive.write(made())
    place = at % len(whole)
    for data in (junk, whole[:place] + junk + whole[place + len(junk) :]):
        with suppress(ArchiveError):
            assert archive.write(archive.read(data)) == data


def test_while_certificates_hold_everything_is_fresh() -> None:
    assert lasting(said(None)) == {"seal": Fresh.FRESH, "time": Fresh.FRESH, "log": Fresh.FRESH}


@pytest.mark.usefixtures("_no_day_of_an_algorithm")
def test_what_has_ended_is_covered_by_what_was_stamped_before() -> None:
    assert lasting(said(None, LATE)) == {"seal": Fresh.ENDED, "time": Fresh.ENDED, "log": Fresh.FRESH}
    covered = {"seal": Fresh.COVERED, "time": Fresh.COVERED, "archive": Fresh.FRESH, "log": Fresh.FRESH}
    assert lasting(said(archive.write(made()), LATE)) == covered


@pytest.mark.usefixtures("_no_day_of_an_algorithm")
def test_an_archive_time_stamp_that_came_too_late_covers_nothing() -> None:
    late = archive.write(made(at=LATE - timedelta(days=1)))

    assert lasting(said(late, LATE)) == {"seal": Fresh.ENDED, "time": Fresh.ENDED, "archive": Fresh.FRESH, "log": Fresh.FRESH}


def test_nothing_is_said_of_a_seal_that_does_not_hold() -> None:
    assert verify(bundle().replace(b"%PDF-1", b"%PDF-2"), vkey=KEY).lasting == ()


def test_an_algorithm_that_is_held_to_be_unfit_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    table = algorithms.known() | {"ecdsa": replace(algorithms.known()["ecdsa"], until=LATER.date())}
    monkeypatch.setattr(algorithms, "known", lambda: table)
    soon = LATER + timedelta(days=2)

    assert lasting(said(None, soon))["time"] == Fresh.ENDED
    assert algorithms.unfit_from(["ecdsa", "sha256"]) == table["ecdsa"].ends


def test_every_row_of_the_table_has_a_source() -> None:
    known = algorithms.known().values()

    assert [one.key for one in known if not one.source or one.seen not in ("text", "report", "unconfirmed")] == []
    assert [one.key for one in known if (one.seen == "report") != bool(one.report)] == []
    assert [one.key for one in known if one.seen == "unconfirmed" and one.until] == []
    assert set(algorithms.of_path(sealed().certificates)) <= set(algorithms.known())


def test_the_child_process_says_the_same() -> None:
    file = archive.write(made())

    assert verify_limited(bundle(), vkey=KEY, archive=file) == verify(bundle(), vkey=KEY, archive=file)
