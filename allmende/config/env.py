"""Read settings from the environment; fail loudly, naming the variable and what to write."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent


def data_dir() -> Path:
    """The folder of all data, whether it is there or not."""
    return Path(env_str("ALLMENDE_DATA", str(ROOT / "data"))).absolute()


def env_str(name: str, default: str | None = None) -> str:
    """Return `name`, or the content of the file named by `name_FILE` (secrets)."""
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={file!r} cannot be read: {error.strerror}. Name a readable file.") from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE). See docs/guide-operators/settings.md")
    return value


def env_bool(name: str, default: bool) -> bool:
    raw = os.environ.get(name, "1" if default else "0")
    if raw not in ("1", "0"):
        raise ImproperlyConfigured(f"{name}={raw!r}: write 1 or 0")
    return raw == "1"


def env_int(name: str, default: int) -> int:
    raw = os.environ.get(name, str(default))
    if not raw.isdigit():
        raise ImproperlyConfigured(f"{name}={raw!r}: write a whole number, e.g. {default}")
    return int(raw)


def port(raw: str) -> int:
    """Return a port that can be listened on. Raises ValueError, as argparse expects of a type."""
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 5 and 1 <= int(raw) <= 65535):
        raise ValueError(raw)
    return int(raw)


def env_port(name: str, default: int) -> int:
    raw = os.environ.get(name, str(default))
    try:
        return port(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={raw!r}: write a number from 1 to 65535, e.g. {default}") from None


def env_secret(name: str, kept_in: Path) -> str:
    """Return the secret from the environment, else from `kept_in`, which the first start fills (mode 600)."""
    if name in os.environ or f"{name}_FILE" in os.environ:
        return env_str(name)
    try:
        with open(os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        pass
    secret = kept_in.read_text(encoding="ascii")
    if len(secret) < 50:
        raise ImproperlyConfigured(
            f"{kept_in} is empty or cut off. Restore it from the backup; without it sessions and unlocked seals are lost."
        )
    return secret


def database(url: str, sqlite_file: Path) -> dict[str, object]:
    """Django's settings for `url`; empty means SQLite in `sqlite_file`.

    SQLite: IMMEDIATE takes the write lock at BEGIN, so a read-then-write transaction cannot fail
    half-way with "database is locked". What is deleted or replaced is overwritten with zeros (secure_delete), since some of it has to be
    gone by law (docs/adr/0014). The test database is a file: in memory, race tests prove nothing.
    """
    if not url or url.startswith("sqlite:"):
        name = Path(unquote(urlsplit(url).path)) if url else sqlite_file
        if name.parent.is_dir():
            # Drafts, sessions and secrets of second factors are in it; SQLite gives its other files the same mode.
            os.close(os.open(name, os.O_RDONLY | os.O_CREAT, 0o600))
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "CONN_MAX_AGE": None,  # opening a file and its pragmas costs more than most queries
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,  # seconds
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
            },
            "TEST": {"NAME": sqlite_file.with_name("test.sqlite3")},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL: write postgresql://USER:PASSWORD@HOST:PORT/NAME, sqlite:///PATH, or leave it out for SQLite"
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "HOST": unquote(query.pop("host", parts.hostname or "")),  # a folder: the Unix socket
        "PORT": str(parts.port or ""),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "CONN_MAX_AGE": 60,  # seconds
        "OPTIONS": {key: unquote(value) for key, value in query.items()},
    }
