"""The one way to check without anybody's help: site, README and the read-me of bundle and program name exactly these commands."""

from typing import Final

from allmende.lib.proof.report import Text

PROGRAM: Final = "allmende-pruefprogramm"  # the folder that the ZIP of the program unpacks into
FILE: Final = f"{PROGRAM}.zip"

#: in the folder where program and proof were downloaded to; only the fourth needs a network
STEPS: Final = (
    f"python3 -m zipfile -e {FILE} .",
    f"cd {PROGRAM}",
    "python3 -m venv v",
    "v/bin/pip install --require-hashes -r requirements/verify.txt",
)
CHECK: Final = Text(
    "v/bin/python -m allmende.lib.proof ../NACHWEIS.zip --vkey 'SCHLÜSSEL'",
    "v/bin/python -m allmende.lib.proof ../PROOF.zip --vkey 'KEY' --language en",
)
REPLAY: Final = Text(
    "v/bin/python -m allmende.lib.proof replay ADRESSE --vkey 'SCHLÜSSEL'",
    "v/bin/python -m allmende.lib.proof replay ADDRESS --vkey 'KEY' --language en",
)


def steps(language: str) -> tuple[str, ...]:
    """All commands, in their order."""
    return (*STEPS, CHECK.in_language(language))


def indented(language: str) -> str:
    return "\n".join(f"  {step}" for step in steps(language))
