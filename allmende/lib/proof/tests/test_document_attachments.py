"""docs/log.md, section 13: its test vectors are computed here and compared."""

import hashlib
import re
from pathlib import Path

import pytest

from allmende.lib.commitment import ARTEFACT, canonical_json, commit
from allmende.lib.proof import Detached, Given, LeafError, Relation, erased, parse_leaf, published, related, removed, verify
from allmende.lib.proof.bundle import manifest_text
from allmende.lib.proof.tests.bundles import LOG as BUNDLES_LOG
from allmende.lib.proof.tests.test_document import ARTEFACTS, DOCUMENT_TEXT, SALTS
from allmende.lib.proof.texts.attachments import CHECKS

CHAPTER = DOCUMENT_TEXT[DOCUMENT_TEXT.index("## 13.") : DOCUMENT_TEXT.index("## 14.")]
WRITTEN = dict(re.findall(r"<!-- further: (\w+) -->\n\n```\n(.*?\n)```\n", CHAPTER, re.DOTALL))
REFUSED = re.findall(r"<!-- refused further: entry -->\n\n```\n(.*?)\n```\n", CHAPTER, re.DOTALL)[0].split("\n")
EXAMPLE = Path(__file__).with_name("examples") / "attachments"

PLAN, LIST = b"Plan\n", b"Liste\n"
FURTHER = {"attachment-1": (bytes(range(128, 160)), PLAN), "attachment-2": (bytes(range(160, 192)), LIST)}


def vectors() -> dict[str, str]:
    commitments = {name: commit(ARTEFACT, SALTS[name], data) for name, data in ARTEFACTS.items()}
    attached = {name: commit(ARTEFACT, salt, data) for name, (salt, data) in FURTHER.items()}
    salts = {name: salt.hex() for name, salt in SALTS.items()} | {name: salt.hex() for name, (salt, _) in FURTHER.items()}
    members = {**ARTEFACTS, "attachments/1.pdf": PLAN}
    detached = {"attachments/2.csv": Detached(hashlib.sha256(LIST).digest(), len(LIST))}
    entries = [
        removed(index=0, artefacts=["attachment-2"], reason="personal_data"),
        erased(index=0, artefacts=[*commitments, *attached]),
        related(index=0, later=3, relation=Relation.CORRECTS),
    ]
    return {
        "commitments": "".join(f"{value.hex()}\n" for value in attached.values()),
        "leaf": published(kind="notice", artefacts=commitments | attached).decode() + "\n",
        "salts": canonical_json(salts).decode() + "\n",
        "manifest": manifest_text(members, detached).decode() + "\n",
        "withheld": manifest_text(members, {}).decode() + "\n",
        "entries": "".join(f"{entry.decode()}\n" for entry in entries),
    }


@pytest.mark.parametrize("name", sorted(vectors()))
def test_a_vector_in_the_document_is_what_the_code_computes(name: str) -> None:
    assert WRITTEN[name] == vectors()[name]


def test_every_vector_of_the_section_is_checked() -> None:
    assert set(WRITTEN) == set(vectors())
    assert CHAPTER.count("<!-- further:") == len(WRITTEN)


@pytest.mark.parametrize("line", REFUSED)
def test_what_the_document_says_is_refused_is_refused(line: str) -> None:
    with pytest.raises(LeafError):
        parse_leaf(line.encode())


def test_the_section_names_every_reason_with_its_state() -> None:
    told = set(re.findall(r"^\| ?(?:attachments)? ?\| ([a-z]+) \| `(\w+)` \|", CHAPTER, re.MULTILINE))

    assert told == {(state.value, reason) for (_, reason), (state, *_) in CHECKS.items()}


def test_the_complete_example_holds_for_ever() -> None:
    """A bundle that somebody kept: no later version may refuse it."""
    bundle, beside = (EXAMPLE / "attachments.zip").read_bytes(), (EXAMPLE / "2.csv").read_bytes()
    file = Given("2.csv", hashlib.sha256(beside).digest(), len(beside))
    alone, both = verify(bundle, vkey=str(BUNDLES_LOG.key)), verify(bundle, vkey=str(BUNDLES_LOG.key), files=[file])

    assert alone.trusted
    assert both.trusted
    assert [found.standing.value for found in alone.facts.attachments] == ["contained", "not_at_hand", "withheld"]
    assert [found.standing.value for found in both.facts.attachments] == ["contained", "matched", "withheld"]
    assert [report.check("attachments").reason for report in (alone, both)] == ["not_at_hand", "withheld"]  # type: ignore[union-attr]
