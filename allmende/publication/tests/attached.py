"""Files as a module would hand them over."""

import hashlib
from dataclasses import replace
from pathlib import Path

from allmende.core.models import Body, Person, Record
from allmende.publication.attachments import Attached
from allmende.publication.models import Publication
from allmende.publication.services import approve
from allmende.publication.tests.page import page
from conftest import NOW

PLAN = b"%PDF-1.7\nLageplan von Kunigunde Unverwechselbar\n"
TABLE = "Flurstück;Eigentum\n12/3;Kunigunde Unverwechselbar\n".encode()


def attached(folder: Path, name: str, data: bytes, *, title: str, media_type: str = "application/pdf") -> Attached:
    folder.mkdir(exist_ok=True)
    path = folder / hashlib.sha256(data).hexdigest()
    path.write_bytes(data)
    return Attached(title, media_type, name, path.name, len(data), path)


def two(folder: Path) -> list[Attached]:
    return [
        attached(folder, "Lageplan Blatt 2.PDF", PLAN, title="Lageplan"),
        attached(folder, "C:\\Akten\\Flurstücke.csv", TABLE, title="Verzeichnis der Flurstücke", media_type="text/csv"),
    ]


def approved(
    body: Body, files: list[Attached], *, author: Person, by: Person, number: int = 1, title: str = "Auslegung eines Plans"
) -> Publication:
    """A notice with these attachments, approved."""
    path = f"bekanntmachungen/2026/{number}/"
    record = Record.objects.create(body=body, kind=Record.Kind.NOTICE, titles={"de": title}, path=path)
    listed = replace(page(body, number), title=title, attachments=tuple(one.listed for one in files))
    return approve(record, listed, images={}, attachments=files, authors=[author], by=by, at=NOW)
