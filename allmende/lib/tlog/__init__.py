"""A transparency log in the formats of the Community Cryptography Specification Project (https://c2sp.org).

    hashes      Merkle tree of RFC 6962: leaf, node, root
    tiles       tlog-tiles: the files of a log, `extend`, `root`, `check_files`
    proofs      inclusion and consistency: prove from tiles, verify
    keys, note  signed-note: keys, signatures, text with signatures
    checkpoint  tlog-checkpoint and tlog-cosignature
    proof       tlog-proof: one text that proves an entry offline
    policy      tlog-policy: whom to trust
    witness     tlog-witness: the rules of a witness, and what a log needs to ask one

Plain functions over bytes: no network, no clock, no files of its own. Everything is read strictly (what is read has
exactly one spelling) and everything that is refused is a `TlogError` with a stable code.
"""

from allmende.lib.tlog.checkpoint import (
    Checkpoint,
    Cosigned,
    Opened,
    add_signatures,
    cosign_checkpoint,
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
)
from allmende.lib.tlog.errors import TlogError
from allmende.lib.tlog.hashes import EMPTY_ROOT, leaf_hash, node_hash, tree_root
from allmende.lib.tlog.keys import COSIGNER, LOG, Cosigner, Signature, Signer, VerifierKey, parse_skey, parse_vkey
from allmende.lib.tlog.note import Note, open_note, parse_note
from allmende.lib.tlog.policy import Evaluation, Group, Log, Policy, Witness, parse_policy
from allmende.lib.tlog.proof import TlogProof, parse_proof
from allmende.lib.tlog.proofs import inclusion_root, prove_consistency, prove_inclusion, verify_consistency, verify_inclusion
from allmende.lib.tlog.tiles import Extension, Read, Tile, check_files, extend, parse_path, read_entry, root, tiles_of
from allmende.lib.tlog.witness import (
    AddCheckpoint,
    Answer,
    Head,
    bad_request,
    conflict,
    decide,
    monitoring_path,
    read_cosignatures,
    read_request,
    read_size,
)

__all__ = [
    "COSIGNER",
    "EMPTY_ROOT",
    "LOG",
    "AddCheckpoint",
    "Answer",
    "Checkpoint",
    "Cosigned",
    "Cosigner",
    "Evaluation",
    "Extension",
    "Group",
    "Head",
    "Log",
    "Note",
    "Opened",
    "Policy",
    "Read",
    "Signature",
    "Signer",
    "Tile",
    "TlogError",
    "TlogProof",
    "VerifierKey",
    "Witness",
    "add_signatures",
    "bad_request",
    "check_files",
    "conflict",
    "cosign_checkpoint",
    "decide",
    "extend",
    "inclusion_root",
    "leaf_hash",
    "monitoring_path",
    "node_hash",
    "open_checkpoint",
    "open_note",
    "parse_checkpoint",
    "parse_note",
    "parse_path",
    "parse_policy",
    "parse_proof",
    "parse_skey",
    "parse_vkey",
    "prove_consistency",
    "prove_inclusion",
    "read_cosignatures",
    "read_entry",
    "read_request",
    "read_size",
    "root",
    "sign_checkpoint",
    "tiles_of",
    "tree_root",
    "verify_consistency",
    "verify_inclusion",
]
