"""The verifier as one file to download: its source, what specifies it, and nothing else of the platform.

It is made of the files of this installation. The same version gives the same bytes everywhere, so that whoever distrusts one town
can take it from another and compare.
"""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from allmende.lib.proof.way import FILE, PROGRAM, REPLAY, indented

_LIB: Final = "allmende/lib"
_PACKAGES: Final = ("german", "proof", "seal", "tlog")
_SINGLE: Final = (
    "allmende/__init__.py",
    *(f"{_LIB}/{name}.py" for name in ("__init__", "commitment", "limited", "outgoing", "pkcs12", "plain")),
    "requirements/verify.txt",
    "docs/log.md",
    "LICENSE",
)
_TYPES: Final = frozenset({".py", ".toml"})
_DATE: Final = (1980, 1, 1, 0, 0, 0)

README: Final = f"""\
PRÜFPROGRAMM FÜR NACHWEISE (ALLMENDE)

Es prüft ohne Netz und ohne die Stelle, die veröffentlicht hat, ob ein Nachweis (ZIP) stimmt. Es ist freie Software
(EUPL-1.2, siehe LICENSE); dies ist sein ganzer Quelltext. Wie Nachweis und Protokoll aufgebaut sind, steht in
docs/log.md (englisch): Danach kann jeder ein eigenes Prüfprogramm schreiben.

Sie brauchen Python ab 3.11 und Linux oder macOS. Legen Sie {FILE} und den Nachweis in einen Ordner:

{indented("de")}

Nur der vierte Schritt braucht ein Netz: Er holt einige Pakete, deren Prüfsummen in requirements/verify.txt stehen.
Mehr sagt der letzte Befehl mit --help. Ein ganzes Protokoll rechnet nach:

  {REPLAY.de}

Den Schlüssel nennt Ihnen die Verwaltung am Telefon oder am Schalter, oder er steht im Amtsblatt. Jede Stelle, die
dieselbe Fassung von Allmende einsetzt, gibt genau dieselbe Datei aus: Sie können sie anderswo holen und die Prüfsumme
(SHA-256) vergleichen.


VERIFIER OF PROOFS (ALLMENDE)

It checks without network and without the body that has published whether a proof (ZIP) is right. It is free software
(EUPL-1.2, see LICENSE); this is all of its source. How proof and log are built says docs/log.md: anybody can write a
verifier of their own from it.

You need Python 3.11 or newer and Linux or macOS. Put {FILE} and the proof into one folder:

{indented("en")}

Only the fourth step needs a network: it fetches a few packages whose check sums stand in requirements/verify.txt. The
last command says more with --help. A whole log is computed again by:

  {REPLAY.en}

The administration tells you the key by telephone or at the counter, or it is printed in the official gazette.
Everybody who uses the same version of Allmende gives out exactly the same file: you can fetch it elsewhere and compare
the check sum (SHA-256).
"""


@dataclass(frozen=True)
class Program:
    data: bytes
    sha256: str

    @property
    def size(self) -> int:
        return len(self.data)


@cache
def program() -> Program:
    """Made once in a process, from files that do not change while it runs."""
    data = packed(settings.BASE_DIR)
    return Program(data, hashlib.sha256(data).hexdigest())


def packed(root: Path) -> bytes:
    """The ZIP. Stored and dated alike, as what a compressor writes is its own business."""
    members = {"readme.txt": README.encode()} | {name: (root / name).read_bytes() for name in names(root)}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for name in sorted(members):
            info = zipfile.ZipInfo(f"{PROGRAM}/{name}", _DATE)
            info.create_system, info.external_attr = 3, 0o644 << 16
            made.writestr(info, members[name])
    return file.getvalue()


def names(root: Path) -> list[str]:
    """Which files of the installation belong to it."""
    found = [
        path.relative_to(root).as_posix()
        for package in _PACKAGES
        for path in (root / _LIB / package).rglob("*")
        if path.suffix in _TYPES and "tests" not in path.relative_to(root).parts
    ]
    return sorted([*found, *_SINGLE])
