"""The log at a million leaves: append and proof against bare SHA-256."""

import hashlib
import random
from collections.abc import Iterator

from allmende.lib import tlog
from tools.bench.timing import Samples, row, verdict

LEAVES = 1_000_000
BATCH = 10_000
PROOFS = 500
SEED = 7


def entries(start: int, count: int) -> list[bytes]:
    """Entries of the size that a publication has, about 200 bytes."""
    return [b'{"n":%d,"filler":"%s"}' % (n, b"x" * 170) for n in range(start, start + count)]


def grow(files: dict[str, bytes]) -> Iterator[tuple[Samples, Samples]]:
    """Append in batches; yields the samples of our log and of the two hashes a leaf that nothing can avoid."""
    ours, bare = Samples(), Samples()
    for start in range(0, LEAVES, BATCH):
        batch = entries(start, BATCH)

        def append(start: int = start, batch: list[bytes] = batch) -> None:
            files.update(tlog.extend(files.get, start, batch).files)

        def hashes(batch: list[bytes] = batch) -> None:
            for entry in batch:
                hashlib.sha256(b"\x00" + entry).digest()
                hashlib.sha256(b"\x01" + entry[:64]).digest()

        ours.run(append)
        bare.run(hashes)
    yield ours, bare


def main() -> None:
    files: dict[str, bytes] = {}
    [(ours, bare)] = grow(files)
    a_leaf, least = sum(ours.cpu) / LEAVES * 1e6, sum(bare.cpu) / LEAVES * 1e6
    print(f"Log of {LEAVES:,} leaves, appended in batches of {BATCH:,}")
    print(f"  append, a leaf                {a_leaf:8.2f} µs cpu;  two bare SHA-256 {least:.2f} µs;  ratio {a_leaf / least:.1f}")

    one, proofs, verifying = Samples(), Samples(), Samples()
    for n in range(50):
        one.run(lambda n=n: tlog.extend(files.get, LEAVES, entries(LEAVES + n, 1)))  # type: ignore[misc]
    print(row("append of a single entry at a million", one))

    chosen = random.Random(SEED)  # noqa: S311 (which leaves are proven, not a secret)
    root = tlog.root(files.get, LEAVES)
    for _ in range(PROOFS):
        index = chosen.randrange(LEAVES)
        found: list[list[bytes]] = []
        proofs.run(lambda index=index, found=found: found.append(list(tlog.prove_inclusion(files.get, index, LEAVES))))  # type: ignore[misc]
        leaf = tlog.leaf_hash(entries(index, 1)[0])
        verifying.run(lambda leaf=leaf, index=index, found=found: tlog.verify_inclusion(leaf, index, LEAVES, root, found[0]))  # type: ignore[misc]
    print(row("proof of inclusion", proofs, f"p99 {proofs.worst_ms():.3f} ms"))
    print(row("its verification (20 hashes)", verifying))
    print(verdict("append of a leaf against two bare hashes", a_leaf / least, "≤ 6", a_leaf / least <= 6))
    print(verdict("proof, p99 in ms", proofs.worst_ms(), "≤ 2", proofs.worst_ms() <= 2))
