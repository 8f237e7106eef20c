"""The complete examples of docs/log.md, section 12: what is said about them there is what the verifier says, for ever."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from allmende.lib.proof import Published, Report, Void, parse_leaf, verify
from allmende.lib.proof.pem import certificates_in
from allmende.lib.proof.tests.edits import edited
from allmende.lib.proof.tests.make_examples import LOG, WITNESSES
from allmende.lib.proof.tests.test_document import DOCUMENT_TEXT, WRITTEN
from allmende.lib.proof.tests.test_document import LOG as FIRST_LOG
from allmende.lib.tlog import check_files, open_checkpoint, read_entry

FOLDER = Path(__file__).with_name("examples")
CHAPTER = DOCUMENT_TEXT[DOCUMENT_TEXT.index("## 12.") :]
CHANGES: list[dict[str, Any]] = json.loads((FOLDER / "changed.json").read_text("utf-8"))["changes"]
LATER = datetime(2026, 12, 1, tzinfo=UTC)  # than all of them: only what lies ahead does not count


def rows(pattern: str) -> list[tuple[str, ...]]:
    return re.findall(rf"^{pattern}$", CHAPTER, re.MULTILINE)


def asked(file: str, given: str) -> Report:
    key = str((FIRST_LOG if file == "witnessed.zip" else LOG).key)
    trust: Mapping[str, Any] = {
        "nothing": {},
        "key, issuers": {"vkey": key, "issuers": certificates_in((FOLDER / "issuers.pem").read_bytes())},
        "policy": {"policy": WRITTEN["reader_policy"]},
    }[given]
    return verify((FOLDER / file).read_bytes(), now=LATER, **trust)


FACTS = rows(r"\| `(\w+\.zip)` \| (\d+), (\d+) \| `(\w+)` \| (\S+) \| .+ \|")
ANSWERS = rows(r"\| `(\w+\.zip)` \| ([a-z, ]+)" + 4 * r" \| (\w+ `\w+`)" + r" \|")


@pytest.mark.parametrize(("file", "index", "size", "level", "at"), FACTS)
def test_an_example_states_what_the_document_says(file: str, index: str, size: str, level: str, at: str) -> None:
    facts = asked(file, "nothing").as_dict()["facts"]

    assert (str(facts["index"]), str(facts["size"]), facts["seal_level"], facts["stamped_at"]) == (index, size, level, at)


@pytest.mark.parametrize(("file", "given", "seal", "time", "witness", "trust"), ANSWERS)
def test_an_example_holds_for_ever(file: str, given: str, seal: str, time: str, witness: str, trust: str) -> None:
    """A bundle that somebody kept: no later version may refuse it."""
    said = {check.code: f"{check.state} `{check.reason}`" for check in asked(file, given).checks}

    fine = dict.fromkeys(("bundle", "content", "log"), "ok `ok`")
    assert said == {**fine, "seal": seal, "time": time, "witness": witness, "trust": trust}


def test_every_example_is_in_the_document() -> None:
    files = {path.name for path in FOLDER.glob("*.zip")}

    assert {row[0] for row in FACTS} == files
    assert sorted(row[:2] for row in ANSWERS) == sorted((file, given) for file in files for given in ("nothing", "key, issuers", "policy"))


def test_the_witness_with_an_impossible_time_is_named_and_does_not_count() -> None:
    report = asked("cosigned.zip", "policy")

    assert [witness.name for witness in report.facts.witnesses] == ["wiesenmark.example/witness"] * 2
    assert [other.name for other in report.facts.cosigners] == ["übersee.example/zeuge"]
    witness = report.check("witness")
    assert witness is not None
    assert "archiv.example/zeuge" in witness.detail.en


def test_the_log_of_the_examples_takes_its_first_entry_back() -> None:
    files = {str(path.relative_to(FOLDER / "log")): path.read_bytes() for path in (FOLDER / "log").rglob("*") if path.is_file()}
    opened = open_checkpoint(files.pop("checkpoint"), [LOG.key], [witness.key for witness in WITNESSES])
    head = opened.checkpoint
    entries = [parse_leaf(read_entry(files.get, index, head.size)) for index in range(head.size)]

    check_files(files.get, head.size, head.root)
    assert len(opened.cosigned) == len(WITNESSES)
    assert [type(entry) for entry in entries] == [Published, Void, Published, Published, Published]
    assert entries[1] == Void(0, "day_passed")
    assert asked("void.zip", "key, issuers").trusted  # the proof of an entry cannot know what the log says later


@pytest.mark.parametrize("change", CHANGES, ids=[change["name"] for change in CHANGES])
def test_one_thing_changed_is_found_by_these_checks(change: dict[str, Any]) -> None:
    report = verify(edited((FOLDER / change["from"]).read_bytes(), change), now=LATER)

    assert [f"{check.code}:{check.reason}" for check in report.failed] == change["answer"]
    assert report.exit_status == (1 if change["answer"] else 0)


def test_the_document_lists_every_change_and_what_it_breaks() -> None:
    told = rows(r"\| ([a-z0-9-]+) \| `(\w+\.zip)` \| (.+) \|")

    assert told == [(change["name"], change["from"], ", ".join(f"`{one}`" for one in change["answer"]) or "nothing") for change in CHANGES]
