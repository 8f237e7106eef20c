"""Opening a PKCS#12 file for a trial, in a child process with limits (see lib/limited).

Such a file names the rounds of arithmetic that its password has to go through, up to two thousand million for each of its parts,
some of which show only when the part around them is open. How long it takes is best found out by a process that may be stopped.
"""

from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs12


def answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """`outcome`: opened, unsupported or wrong (the password, or a damaged file). Nothing of what was found inside."""
    try:
        pkcs12.load_key_and_certificates(data, request["password"].encode())
    except UnsupportedAlgorithm as error:
        return {"outcome": "unsupported", "detail": str(error)}
    except ValueError as error:
        return {"outcome": "wrong", "detail": str(error)}
    return {"outcome": "opened"}
