"""Keys of signed notes (C2SP signed-note): Ed25519 of a log (type 0x01) and of a cosigner (type 0x04, C2SP tlog-cosignature).

A verifier key is written `name+key ID in hex+base64 of type and public key`; a signer key has the form that
Go's sumdb/note gives it, with the 32-byte seed in place of the public key.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from allmende.lib.tlog.encoding import LIMIT, from_base64, to_base64
from allmende.lib.tlog.errors import TlogError

LOG: Final = 0x01
COSIGNER: Final = 0x04

_SKEY = "PRIVATE+KEY+"


def check_name(name: str) -> str:
    """Return `name` if it may name a key: not empty, no Unicode space, no plus, no control character. Raises TlogError: `bad_key`."""
    if not name or any(char.isspace() or char == "+" or ord(char) < 0x20 or 0xD800 <= ord(char) < 0xE000 for char in name):
        raise TlogError("bad_key", "a name that no key may have")
    return name


def key_id(name: str, kind: int, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


@dataclass(frozen=True)
class Signature:
    """One signature line of a note: who, with which key, and the bytes of the signature after the key ID."""

    name: str
    key_id: bytes
    data: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note, with its newline."""
        return f"— {self.name} {to_base64(self.key_id + self.data)}\n"

    @property
    def time(self) -> int:
        """When a cosigner signed, in seconds since 1970. Only for signatures of cosigners."""
        return int.from_bytes(self.data[:8], "big")


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name; `str(key)` is the vkey."""

    name: str
    kind: int
    public: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        if self.kind not in (LOG, COSIGNER):
            raise TlogError("unknown_key_type", f"0x{self.kind:02x}")
        if len(self.public) != 32:
            raise TlogError("bad_key", "an Ed25519 key has 32 bytes")

    @property
    def id(self) -> bytes:
        return key_id(self.name, self.kind, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{to_base64(bytes([self.kind]) + self.public)}"

    def made(self, signature: Signature) -> bool:
        """True if the signature names this key. It still has to be verified."""
        return (signature.name, signature.key_id) == (self.name, self.id)

    def verifies(self, text: str, signature: Signature) -> bool:
        """True if this key made the signature over the text of a note."""
        message, raw = text.encode(), signature.data
        if self.kind == COSIGNER:
            if len(raw) != 72 or signature.time >= LIMIT:
                return False
            message, raw = cosigned_message(text, signature.time), raw[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(raw, message)
        except InvalidSignature:
            return False
        return True


def parse_vkey(text: str) -> VerifierKey:
    """Read a vkey; surrounding space is not part of it. Raises TlogError: `bad_key`, `unknown_key_type`, `encoding`."""
    name, kid, kind, public = _parts(text)
    key = VerifierKey(name, kind, public)
    if key.id.hex() != kid:
        raise TlogError("bad_key", "the key ID belongs to another name or key")
    return key


def _parts(text: str) -> tuple[str, str, int, bytes]:
    parts = text.split("+", 2)  # base64 may contain a plus, a name may not
    if len(parts) != 3:
        raise TlogError("bad_key", "expected name+key ID+key")
    data = from_base64(parts[2])
    if len(data) < 2:
        raise TlogError("bad_key", "no key")
    return parts[0], parts[1], data[0], data[1:]


def cosigned_message(text: str, time: int) -> bytes:
    """What a cosigner signs: two lines before the text of the checkpoint."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


@dataclass(frozen=True)
class _PrivateKey:
    name: str
    seed: bytes = field(repr=False)

    _kind = LOG

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.seed) != 32:
            raise TlogError("bad_key", "the seed of an Ed25519 key has 32 bytes")

    @property
    def key(self) -> VerifierKey:
        return VerifierKey(self.name, self._kind, self._private.public_key().public_bytes_raw())

    @property
    def skey(self) -> str:
        """The secret key as one line of text. Keep it as such."""
        return f"{_SKEY}{self.name}+{self.key.id.hex()}+{to_base64(bytes([self._kind]) + self.seed)}"

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


class Signer(_PrivateKey):
    """The secret key of a log (type 0x01)."""

    _kind = LOG

    def sign(self, text: str) -> Signature:
        return Signature(self.name, self.key.id, self._private.sign(text.encode()))


class Cosigner(_PrivateKey):
    """The secret key of a witness (type 0x04). A key has one cosigner name for ever: the signature does not cover it."""

    _kind = COSIGNER

    def cosign(self, text: str, *, time: int) -> Signature:
        """Sign the text of a checkpoint; `time` in whole seconds since 1970. Raises TlogError: `bad_range`."""
        if not 0 <= time < LIMIT:
            raise TlogError("bad_range", "a time that does not exist")
        raw = self._private.sign(cosigned_message(text, time))
        return Signature(self.name, self.key.id, time.to_bytes(8, "big") + raw)


def parse_skey(text: str) -> Signer | Cosigner:
    """Read what `skey` wrote. Raises TlogError: `bad_key`, `unknown_key_type`, `encoding`; the message never holds the key."""
    if not text.startswith(_SKEY):
        raise TlogError("bad_key", "not a secret key")
    name, kid, kind, seed = _parts(text.removeprefix(_SKEY))
    classes: dict[int, type[Signer | Cosigner]] = {LOG: Signer, COSIGNER: Cosigner}
    if kind not in classes:
        raise TlogError("unknown_key_type", f"0x{kind:02x}")
    secret = classes[kind](name, seed)
    if secret.key.id.hex() != kid:
        raise TlogError("bad_key", "the key ID belongs to another name or key")
    return secret
