"""The code that proves, at the first run, that one may see the server: it stands in a file and in the server's output.

Gone as soon as the first body exists.
"""

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without signs that look alike
GROUPS, LENGTH = 4, 4  # 31^16: 79 bits


def _file() -> Path:
    return Path(settings.DATA_DIR) / "setup-code"


def current() -> str:
    """The code of this installation; the first call makes it (mode 600). Safe with several processes."""
    if not _file().exists():
        code = "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
        made = _file().with_name(f"setup-code.{os.getpid()}")
        with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(code)
        with suppress(FileExistsError):
            os.link(made, _file())  # whole or not at all, and the first process wins
        made.unlink()
    return _file().read_text(encoding="ascii")


def fits(typed: str) -> bool:
    """Whether `typed` is the code; blanks, dashes and small letters do not matter."""
    plain = typed.upper().replace(" ", "").replace("-", "").replace("–", "")
    return hmac.compare_digest(plain.encode(), current().replace("-", "").encode())


def discard() -> None:
    """Take the file away: the installation is set up."""
    _file().unlink(missing_ok=True)
