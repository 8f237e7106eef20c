"""The Ed25519 keys of a body's log and witness, as files only this installation's user can read."""

import secrets
from functools import lru_cache
from pathlib import Path

from allmende.core.models import Body
from allmende.lib.tlog import Cosigner, Signer, TlogError, parse_skey, parse_vkey
from allmende.publication import store
from allmende.publication.errors import KeyMissing, NoLog
from allmende.publication.models import Log

LOG_KEY, WITNESS_KEY = "log.key", "witness.key"


def make_log_key(body: Body, origin: str) -> Signer:
    """The log key of the body, made if there is none yet. Idempotent; a key that is there is never replaced.

    Raises:
        KeyMissing: what is there is the key of another origin, or unreadable.
    """
    path = store.key_dir(body) / LOG_KEY
    store.create(path, Signer(origin, secrets.token_bytes(32)).skey.encode() + b"\n", body=body)
    key = _read(path, _stamp(path))
    if not isinstance(key, Signer) or key.name != origin:
        raise KeyMissing
    return key


def make_witness_key(body: Body, origin: str) -> Cosigner:
    """The same for the key under which other logs are cosigned. It has a name of its own."""
    path, name = store.key_dir(body) / WITNESS_KEY, f"{origin}/witness"
    store.create(path, Cosigner(name, secrets.token_bytes(32)).skey.encode() + b"\n", body=body)
    key = _read(path, _stamp(path))
    if not isinstance(key, Cosigner) or key.name != name:
        raise KeyMissing
    return key


def log_key(log: Log) -> Signer:
    """Raises KeyMissing: no file, unreadable, or not the key whose public half the log was set up with."""
    path = store.key_dir(log.body) / LOG_KEY
    key = _read(path, _stamp(path))
    if not isinstance(key, Signer) or key.key != parse_vkey(log.vkey):
        raise KeyMissing
    return key


def witness_key(log: Log) -> Cosigner:
    """Raises KeyMissing, as log_key."""
    path = store.key_dir(log.body) / WITNESS_KEY
    key = _read(path, _stamp(path))
    if not isinstance(key, Cosigner) or key.key != parse_vkey(log.witness_vkey):
        raise KeyMissing
    return key


def log_of(body: Body) -> Log:
    """The log of the body. Raises NoLog."""
    log = Log.objects.for_body(body).select_related("body").first()
    if log is None:
        raise NoLog
    return log


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        raise KeyMissing from None
    return found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=512)
def _read(path: Path, stamp: tuple[int, int]) -> Signer | Cosigner:
    """Read once per version of the file."""
    try:
        return parse_skey(path.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError, TlogError):
        raise KeyMissing from None
