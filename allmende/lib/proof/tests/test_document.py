"""docs/log.md is what others implement: its test vectors are computed here and compared."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from allmende.lib.commitment import ARTEFACT, NotCanonical, canonical_json, commit, parse_canonical_json
from allmende.lib.proof import DOCUMENT, PAGE, published, void
from allmende.lib.proof.archive import Archive, manifest
from allmende.lib.proof.bundle import FIXED, manifest_text, policy_text
from allmende.lib.proof.container import MAX_BUNDLE, MAX_MEMBERS, pack
from allmende.lib.proof.leaf import LeafError, parse_leaf
from allmende.lib.proof.tests.make_examples import LOG as EXAMPLES_LOG
from allmende.lib.proof.tests.make_examples import WITNESSES
from allmende.lib.proof.texts.checks import CHECKS
from allmende.lib.proof.texts.trust import CHECKS as TRUST_CHECKS
from allmende.lib.tlog import (
    EMPTY_ROOT,
    AddCheckpoint,
    Checkpoint,
    Cosigner,
    Group,
    Log,
    Policy,
    Signer,
    TlogError,
    TlogProof,
    Witness,
    add_signatures,
    cosign_checkpoint,
    extend,
    leaf_hash,
    parse_vkey,
    prove_consistency,
    prove_inclusion,
    sign_checkpoint,
    tiles_of,
)
from allmende.lib.tlog.encoding import from_base64, from_decimal

ROOT = Path(__file__).parents[4]
DOCUMENT_TEXT = (ROOT / "docs" / "log.md").read_text(encoding="utf-8")
WRITTEN = dict(re.findall(r"<!-- vector: (\w+) -->\n\n```\n(.*?\n)```\n", DOCUMENT_TEXT, re.DOTALL))

LOG = Signer("quellstedt.example/log", bytes(range(32)))
WITNESS = Cosigner("wiesenmark.example/witness", bytes(range(32, 64)))
BY_SEED = sorted(WITNESSES, key=lambda witness: (0x20, 0xC0, 0xE0, 0xA0).index(witness.seed[0]))
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
        "leaves": in_hex(b"".join(map(leaf_hash, entries))),
        "archive": manifest(dict(archived(signed, entries).members()[1:])).decode() + "\n",
        "paths": "".join(path + "\n" for path in last.values()),
        "example_keys": "".join(f"{key}\n" for key in (EXAMPLES_LOG.key, *(witness.key for witness in BY_SEED))),
        "reader_policy": reader_policy().format().decode(),
    }


def archived(checkpoint: bytes, entries: list[bytes]) -> Archive:
    """Of the log of the vectors, without token and certificates, which are others each time."""
    return Archive(checkpoint, b"".join(map(leaf_hash, entries)), str(LOG.key), b"", ())


def reader_policy() -> Policy:
    """Two of the witnesses that a reader knows."""
    named = tuple(Witness(called, witness.key) for called, witness in zip("ABC", BY_SEED, strict=False))
    return Policy((Log(LOG.key), Log(EXAMPLES_LOG.key)), named, (Group("two", 2, ("A", "B", "C")),), "two")


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


REFUSED = dict(re.findall(r"<!-- refused: (\w+) -->\n\n```\n(.*?)\n```\n", DOCUMENT_TEXT, re.DOTALL))
READERS: dict[str, Callable[[str], object]] = {
    "json": lambda line: parse_canonical_json(line.encode()),
    "base64": from_base64,
    "number": from_decimal,
    "vkey": parse_vkey,
    "entry": lambda line: parse_leaf(line.encode()),
}


@pytest.mark.parametrize(("reader", "line"), [(reader, line) for reader, lines in REFUSED.items() for line in lines.split("\n")])
def test_what_the_document_says_is_refused_is_refused(reader: str, line: str) -> None:
    with pytest.raises((NotCanonical, TlogError, LeafError)):
        READERS[reader](line)


def test_every_reader_of_the_document_is_tried() -> None:
    assert set(REFUSED) == set(READERS)
    assert parse_canonical_json('{"～":1,"😀":2}'.encode()) == {"～": 1, "😀": 2}
    for entry in REFUSED["entry"].split("\n"):
        parse_canonical_json(entry.encode())


def test_the_document_names_every_reason_with_its_state() -> None:
    chapter = DOCUMENT_TEXT[DOCUMENT_TEXT.index("The reasons of a bundle") : DOCUMENT_TEXT.index("### A log\n")]
    told: set[tuple[str, str, str]] = set()
    check = ""
    for named, state, reasons in re.findall(r"^\| ?([a-z]*) ?\| ([a-z]+) \| ([`a-z_, ]+) \|", chapter, re.MULTILINE):
        check = named or check
        told |= {(check, state, reason) for reason in re.findall(r"`(\w+)`", reasons)}

    known = {(check, state.value, reason) for (check, reason), (state, *_) in (CHECKS | TRUST_CHECKS).items()}
    assert told == known
