"""docs/log.md is what others implement: its test vectors are computed here and compared."""

import re
from pathlib import Path

import pytest

from allmende.lib.commitment import ARTEFACT, canonical_json, commit
from allmende.lib.proof import DOCUMENT, PAGE, published, verify, void
from allmende.lib.proof.bundle import FIXED, manifest_text, policy_text
from allmende.lib.proof.container import MAX_BUNDLE, MAX_MEMBERS, pack
from allmende.lib.tlog import (
    EMPTY_ROOT,
    AddCheckpoint,
    Checkpoint,
    Cosigner,
    Signer,
    TlogProof,
    add_signatures,
    cosign_checkpoint,
    extend,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    sign_checkpoint,
    tiles_of,
)

ROOT = Path(__file__).parents[4]
DOCUMENT_TEXT = (ROOT / "docs" / "log.md").read_text(encoding="utf-8")
WRITTEN = dict(re.findall(r"<!-- vector: (\w+) -->\n\n```\n(.*?\n)```\n", DOCUMENT_TEXT, re.DOTALL))

LOG = Signer("quellstedt.example/log", bytes(range(32)))
WITNESS = Cosigner("wiesenmark.example/witness", bytes(range(32, 64)))
SALTS = {PAGE: bytes(range(64, 96)), DOCUMENT: bytes(range(96, 128))}
ARTEFACTS = {PAGE: b"<title>Probe</title>\n", DOCUMENT: b"%PDF-1.7\n"}


def vectors() -> dict[str, str]:
    commitments = {name: commit(ARTEFACT, SALTS[name], data) for name, data in ARTEFACTS.items()}
    entries = [published(kind="notice", artefacts=commitments), void(index=0, reason="day_passed"), void(index=1, reason="day_passed")]
    files: dict[str, bytes] = {}
    roots = [EMPTY_ROOT]
    for size, entry in enumerate(entries):
        extension = extend(files.get, size, [entry], old_root=roots[-1])
        files.update(extension.files)
        roots.append(extension.root)
    signed = sign_checkpoint(Checkpoint(LOG.name, 3, roots[3]), LOG)
    cosigned = add_signatures(signed, [cosign_checkpoint(signed, WITNESS, time=1_800_000_000)])
    last = {tile.level: tile.path for tile in tiles_of(70_000)}
    return {
        "keys": f"{LOG.key}\n{LOG.skey}\n{WITNESS.key}\n{WITNESS.skey}\n",
        "commitments": "".join(commitments[name].hex() + "\n" for name in (PAGE, DOCUMENT)),
        "leaf": entries[0].decode() + "\n",
        "void": entries[1].decode() + "\n",
        "tree": "".join(value.hex() + "\n" for value in [*map(leaf_hash, entries), *roots]),
        "entries": in_hex(files["tile/entries/000.p/2"]),
        "checkpoint": cosigned.decode(),
        "consistency": AddCheckpoint(2, tuple(prove_consistency(files.get, 2, 3)), b"").format().decode(),
        "proof": TlogProof(0, tuple(prove_inclusion(files.get, 0, 3)), cosigned).format().decode(),
        "policy": policy_text(str(LOG.key), [str(WITNESS.key)]).decode(),
        "salts": canonical_json({name: salt.hex() for name, salt in SALTS.items()}).decode() + "\n",
        "manifest": manifest_text(ARTEFACTS).decode() + "\n",
        "zip": in_hex(pack([("a.txt", b"eins"), ("b/c.txt", b"")])),
        "paths": "".join(path + "\n" for path in last.values()),
    }


def in_hex(data: bytes) -> str:
    text = data.hex(" ").upper()
    return "".join(text[start : start + 96].strip() + "\n" for start in range(0, len(text), 96))


@pytest.mark.parametrize("name", sorted(vectors()))
def test_a_vector_in_the_document_is_what_the_code_computes(name: str) -> None:
    assert WRITTEN[name] == vectors()[name]


def test_every_vector_of_the_document_is_checked() -> None:
    assert set(WRITTEN) == set(vectors())
    assert DOCUMENT_TEXT.count("<!-- vector:") == len(WRITTEN)


def test_the_document_names_every_member_in_its_order() -> None:
    named = re.findall(r"^\| `([a-z.-]+)` \|", DOCUMENT_TEXT[DOCUMENT_TEXT.index("## 7.") : DOCUMENT_TEXT.index("## 8.")], re.MULTILINE)

    assert named == list(FIXED)
    assert f"at most {MAX_BUNDLE // 2**20} MiB and {MAX_MEMBERS} members" in DOCUMENT_TEXT


def test_the_complete_example_holds_for_ever() -> None:
    """A bundle that somebody kept: no later version may refuse it."""
    policy = f"log {LOG.key}\nwitness w {WITNESS.key}\nquorum w\n"
    report = verify(Path(__file__).with_name("example.zip").read_bytes(), vkey=str(LOG.key), policy=policy)

    assert report.trusted, [check for check in report.checks if check.state == "bad"]
    assert report.facts.title == "Bekanntmachung Nr. 17/2026"
