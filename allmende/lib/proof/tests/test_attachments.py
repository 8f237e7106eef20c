"""Attachments in a bundle: contained, detached, withheld; and everything somebody could do to them."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from allmende.lib.commitment import canonical_json, parse_canonical_json
from allmende.lib.proof import Bundle, BundleError, Detached, Given, Report, read, verify, verify_limited, write
from allmende.lib.proof.bundle import MANIFEST, SALTS
from allmende.lib.proof.command import main
from allmende.lib.proof.container import pack, unpack
from allmende.lib.proof.tests.bundles import LOG, PLAN, TABLE, WITNESS, Notice, packed, salt_of

BOTH = Notice(attachments=(PLAN, TABLE), contained=(1,), detached=(2,))


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return BOTH.bundle(WITNESS)


def given(data: bytes, name: str = "verzeichnis.csv") -> Given:
    return Given(name, hashlib.sha256(data).digest(), len(data))


def asked(bundle: Bundle | bytes, *files: Given) -> Report:
    return verify(bundle if isinstance(bundle, bytes) else write(bundle), vkey=str(LOG.key), files=files)


def told(report: Report) -> tuple[str, str]:
    check = report.check("attachments")
    assert check is not None
    return check.state.value, check.reason


def standings(report: Report) -> list[str]:
    return [found.standing.value for found in report.facts.attachments]


def test_a_bundle_with_attachments_is_read_as_it_was_written(bundle: Bundle) -> None:
    data = write(bundle)

    assert read(data) == bundle
    assert write(read(data)) == data
    assert list(bundle.members())[:4] == ["page.html", "document.pdf", "attachments/1.pdf", "salts.json"]


def test_a_bundle_without_any_is_written_as_ever() -> None:
    manifest = parse_canonical_json(_manifest(Notice().bundle(WITNESS)))

    assert (manifest["v"], "detached" in manifest) == (1, False)


def _manifest(bundle: Bundle) -> bytes:

    return dict(unpack(write(bundle)))[MANIFEST]


def test_a_detached_attachment_is_not_checked_without_its_file(bundle: Bundle) -> None:
    report = asked(bundle)

    assert (report.ok, report.trusted, told(report)) == (True, True, ("open", "not_at_hand"))
    assert standings(report) == ["contained", "not_at_hand"]
    assert report.facts.attachments[1].sha256 == hashlib.sha256(TABLE).hexdigest()


def test_the_file_beside_the_bundle_is_the_attachment(bundle: Bundle) -> None:
    report = asked(bundle, given(TABLE))

    assert (report.trusted, told(report), standings(report)) == (True, ("ok", "ok"), ["contained", "matched"])
    assert told(asked(bundle, given(TABLE), given(PLAN))) == ("ok", "ok")  # also one that is in there


def test_another_file_is_named_and_the_proof_is_still_right(bundle: Bundle) -> None:
    report = asked(bundle, given(TABLE + b"1", "falsch.csv"))

    assert (report.ok, report.exit_status, told(report)) == (False, 1, ("bad", "foreign"))
    assert "falsch.csv" in report.checks[2].title.de
    assert report.headline.de == "Eine Datei gehört nicht zu diesem Nachweis"
    assert told(asked(Notice().bundle(WITNESS), given(TABLE))) == ("bad", "foreign")


def test_a_withheld_attachment_says_nothing_more_and_the_rest_still_holds() -> None:
    report = asked(replace(BOTH, detached=()).bundle(WITNESS))
    none = replace(BOTH, detached=(), contained=()).bundle(WITNESS)

    assert (report.trusted, told(report), standings(report)) == (True, ("open", "withheld"), ["contained", "withheld"])
    assert (asked(none).trusted, standings(asked(none))) == (True, ["withheld", "withheld"])
    assert "attachment" not in none.members()[SALTS].decode()


def test_absent_and_withheld_are_both_named() -> None:
    report = asked(Notice(attachments=(PLAN, TABLE), detached=(1,)).bundle(WITNESS))
    check = report.check("attachments")

    assert check is not None
    assert (check.reason, "Anlage 1" in check.title.de, "Anlage 2" in check.detail.de) == ("not_at_hand", True, True)


def test_a_changed_attachment_is_found(bundle: Bundle) -> None:
    members = bundle.members() | {"attachments/1.pdf": PLAN[:-1] + b"?"}
    report = asked(packed(members, dict(bundle.detached or {})))

    assert (report.ok, told(report), standings(report)) == (False, ("bad", "changed"), ["changed", "not_at_hand"])
    assert report.headline.de == "Diese Datei wurde verändert"


@pytest.mark.parametrize("stated", [Detached(hashlib.sha256(b"x").digest(), len(TABLE)), Detached(hashlib.sha256(TABLE).digest(), 7)])
def test_a_changed_checksum_or_size_is_found(bundle: Bundle, stated: Detached) -> None:
    report = asked(packed(bundle.members(), {"attachments/2.pdf": stated}), given(TABLE))

    assert not report.ok
    assert told(report)[0] == "bad"


def test_who_strips_the_attachments_cannot_make_the_entry_forget_them(bundle: Bundle) -> None:
    members = {name: data for name, data in bundle.members().items() if not name.startswith("attachments/")}
    salts = {name: salt for name, salt in parse_canonical_json(members[SALTS]).items() if not name.startswith("attachment")}
    report = asked(packed(members | {SALTS: canonical_json(salts)}))

    assert [(check.code, check.reason) for check in report.failed] == [("bundle", "form")]


def test_an_entry_without_attachments_stands_in_no_bundle_that_has_a_place_for_them() -> None:
    report = asked(replace(Notice().bundle(WITNESS), detached={}))

    assert [(check.code, check.reason) for check in report.failed] == [("bundle", "form")]


def test_if_the_entry_was_changed_it_is_not_said_that_the_attachment_was(bundle: Bundle) -> None:
    other = replace(BOTH, attachments=(TABLE, PLAN)).leaf

    assert told(asked(replace(bundle, leaf=other))) == ("bad", "entry")


def _error(members: dict[str, bytes], detached: dict[str, Detached] | None) -> tuple[str, tuple[str, ...]]:
    with pytest.raises(BundleError) as error:
        read(packed(members, detached))
    return error.value.code, error.value.names


def test_every_other_spelling_is_refused(bundle: Bundle) -> None:
    members, stated = bundle.members(), dict(bundle.detached or {})
    order = list(members)
    order.remove("attachments/1.pdf")
    twice = {name: members[name] for name in ("page.html", "document.pdf", "attachments/1.pdf")}
    twice |= {"attachments/1.csv": b"x"} | {name: data for name, data in members.items() if name not in twice}

    assert _error(members, None) == ("extra", ("attachments/1.pdf",))
    assert _error({name: members[name] for name in [*order, "attachments/1.pdf"]}, stated)[0] == "order"
    assert _error(twice, stated)[0] == "order"
    assert _error(members, stated | {"attachments/1.pdf": stated["attachments/2.pdf"]}) == ("form", (MANIFEST, SALTS))
    assert _error(members, {}) == ("form", (SALTS,))
    for name in ("attachments/0.pdf", "attachments/21.pdf", "attachments/01.pdf", "attachments/1.PDF", "attachments/../1.pdf"):
        assert _error({**members, name: b"x"}, stated) == ("extra", (name,))


@pytest.mark.parametrize(
    "stated",
    [
        {"attachments/2.pdf": {"sha256": "00" * 32, "size": 0}},
        {"attachments/2.pdf": {"sha256": "00" * 31, "size": 1}},
        {"attachments/2.pdf": {"sha256": "00" * 32, "size": 1, "title": "Einwender"}},
        {"Einwender.pdf": {"sha256": "00" * 32, "size": 1}},
        {"attachments/2.pdf": {"sha256": "00" * 32, "size": True}},
        [],
    ],
)
def test_a_manifest_that_states_it_in_another_way_is_refused(bundle: Bundle, stated: object) -> None:

    members = dict(unpack(write(bundle)))
    said = parse_canonical_json(members[MANIFEST]) | {"detached": stated}
    report = asked(pack((members | {MANIFEST: canonical_json(said)}).items()))

    assert report.failed[0].code == "bundle"


def test_the_child_process_gives_the_same_answer(bundle: Bundle) -> None:
    files = [given(TABLE)]

    assert verify_limited(write(bundle), vkey=str(LOG.key), files=files) == asked(bundle, *files)


@pytest.mark.parametrize(
    ("names", "status", "words"), [([], 0, "nicht vorliegt"), (["t"], 0, "Anlagen unverändert"), (["p", "x"], 1, "falsch")]
)
def test_the_command_takes_files_beside_the_bundle(
    bundle: Bundle, names: Sequence[str], status: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contents = {"t": ("tabelle.csv", TABLE), "p": ("plan.pdf", PLAN), "x": ("falsch.pdf", b"x")}
    (tmp_path / "17.zip").write_bytes(write(bundle))
    arguments = [str(tmp_path / "17.zip"), "--vkey", str(LOG.key), "--language", "de"]
    for name, data in map(contents.__getitem__, names):
        (tmp_path / name).write_bytes(data)
        arguments += ["--attachment", str(tmp_path / name)]

    assert main(arguments) == status
    assert words in " ".join(capsys.readouterr().out.split())


def test_a_file_that_cannot_be_read_is_named(bundle: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "17.zip").write_bytes(write(bundle))

    assert main([str(tmp_path / "17.zip"), "--attachment", str(tmp_path / "fehlt.pdf"), "--language", "de"]) == 2
    assert "fehlt.pdf" in capsys.readouterr().err


def test_salts_are_those_of_what_is_stated() -> None:
    assert parse_canonical_json(BOTH.bundle().members()[SALTS])["attachment-2"] == salt_of(2).hex()
