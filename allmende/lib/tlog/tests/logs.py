"""Logs in memory for the tests."""

from collections.abc import Iterable

from allmende.lib.tlog import Checkpoint, Cosigner, Signer, extend, leaf_hash, sign_checkpoint, tree_root

ORIGIN = "quellstedt.example/log"
SIGNER = Signer(ORIGIN, bytes(range(32)))
COSIGNER = Cosigner("wiesenmark.example/witness", bytes(range(32, 64)))
OTHER = Cosigner("landkreis.example/witness", bytes(range(64, 96)))


def entry(index: int) -> bytes:
    return b'{"n":%d}' % index


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(entry(index)) for index in range(size)]


class Files(dict[str, bytes]):
    """The files of a log: written once each, never changed."""

    size = 0

    def grow(self, size: int) -> bytes:
        """Append entries up to `size`; return the root."""
        extension = extend(self.get, self.size, [entry(index) for index in range(self.size, size)])
        for path, data in extension.files.items():
            assert self.get(path, data) == data, path
            self[path] = data
        self.size = size
        return extension.root

    def with_flip(self, path: str, at: int) -> "Files":
        """The same log with one byte of one file changed."""
        data = self[path]
        return Files({**self, path: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]})


def grown(*sizes: int) -> Files:
    files = Files()
    for size in sizes:
        files.grow(size)
    return files


def checkpoint(size: int, *, signer: Signer = SIGNER, root: bytes | None = None) -> bytes:
    return sign_checkpoint(Checkpoint(signer.name, size, root or tree_root(leaves(size))), signer)


def lines(*rows: str) -> bytes:
    return "".join(row + "\n" for row in rows).encode()


def flips(data: bytes) -> Iterable[bytes]:
    """The data with each byte changed in turn, in two ways."""
    for index in range(len(data)):
        for mask in (0x01, 0x20):
            yield data[:index] + bytes([data[index] ^ mask]) + data[index + 1 :]
