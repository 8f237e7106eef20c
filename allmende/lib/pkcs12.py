"""Opening a PKCS#12 file for a trial, in a child process with limits (see lib/limited).

Such a file names the rounds of arithmetic that its password has to go through, up to two thousand million for each of its parts,
some of which show only when the part around them is open. How long it takes is best found out by a process that may be stopped.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs12

from allmende.lib.plain import of_plain, to_plain


class Outcome(StrEnum):
    OPENED = "opened"
    UNSUPPORTED = "unsupported"
    WRONG = "wrong"  # the password, or a damaged file


@dataclass(frozen=True)
class Opened:
    """What became of it; nothing of what was found inside."""

    outcome: Outcome
    detail: str = ""


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What the child does."""
    said: dict[str, Any] = to_plain(_opened(request["password"].encode(), data))
    return said


def _opened(password: bytes, data: bytes) -> Opened:
    try:
        pkcs12.load_key_and_certificates(data, password)
    except UnsupportedAlgorithm as error:
        return Opened(Outcome.UNSUPPORTED, str(error))
    except ValueError as error:
        return Opened(Outcome.WRONG, str(error))
    return Opened(Outcome.OPENED)


def read_answer(said: dict[str, Any]) -> Opened:
    """What `answer` said. Raises ValueError: something else."""
    return of_plain(Opened, said)
