"""ZIP archives, as plans come in them: every member is looked at by its content, and nothing that runs or hides is in there.

Taken are geodata (GML and further XML, GeoJSON, shapefiles, DXF, world files), tables, texts, PDF and pictures. No archive in an archive.
"""

import io
from posixpath import normpath
from typing import Final
from zipfile import ZipInfo

from allmende.lib.extraction.container import Container
from allmende.lib.extraction.data import look_at_csv, look_at_xml
from allmende.lib.extraction.findings import NOT_FOR_THE_PUBLIC, Finding, Refused
from allmende.lib.extraction.limits import MAX_PART
from allmende.lib.extraction.media import by_sign

_TEXTS: Final = frozenset({"gml", "xml", "xsd", "json", "geojson", "csv", "txt", "md", "prj", "cpg", "dxf", "qpj", "wkt"})
_WORLD: Final = frozenset({"tfw", "pgw", "jgw", "wld"})
_SHAPES: Final = frozenset({"shp", "shx", "sbn", "sbx"})
_SHAPE: Final = b"\x00\x00\x27\x0a"
_DBF: Final = frozenset({0x02, 0x03, 0x30, 0x31, 0x83, 0x8B, 0xF5})  # versions of dBase tables
_HEAD: Final = 4096
_LOOKED_THROUGH: Final = frozenset({"pdf", "docx", "xlsx", "odt", "ods"})  # by the same eyes as when they come alone


def look_at_archive(archive: Container) -> list[Finding]:
    """Findings of the members. Raises Refused: a member that is not taken, with its name."""
    findings: list[Finding] = []
    wrong = [part.filename for part in archive.parts if not _is_tame(part)]
    if wrong:
        raise Refused("archive", wrong)
    for part in archive.parts:
        if part.is_dir():
            continue
        suffix = part.filename.rpartition(".")[2].lower()
        if suffix in _LOOKED_THROUGH:
            findings += _inside(archive, part)
        elif not _fits(suffix, archive.head(part, _HEAD)) or not _harmless(archive, part, suffix):
            raise Refused("archive", [part.filename])
    return findings


def _is_tame(part: ZipInfo) -> bool:
    """A name that stays in the folder where somebody unpacks it, of a plain file or a folder."""
    name = part.filename
    if name.startswith(("/", "\\")) or ":" in name or "\\" in name or normpath(name).startswith(".."):
        return False
    kind = part.external_attr >> 16 & 0o170000  # as Unix has it; 0 where another system made it
    return kind in (0, 0o100000, 0o040000)


def _fits(suffix: str, head: bytes) -> bool:
    """Whether the beginning is what the ending of the name says."""
    if suffix in _TEXTS or suffix in _WORLD:
        plain = head.removeprefix(b"\xef\xbb\xbf")
        wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
        lowered = plain.lstrip()[:200].lower()
        return (wide or b"\0" not in plain) and not lowered.startswith((b"#!", b"<html", b"<!doctype", b"<script", b"<svg"))
    if suffix == "dbf":
        return bool(head) and head[0] in _DBF
    if suffix in _SHAPES:
        return head.startswith(_SHAPE)
    found = by_sign(head)
    return found is not None and suffix in {"png": ("png",), "jpeg": ("jpg", "jpeg"), "tiff": ("tif", "tiff")}.get(found.value, ())


def _harmless(archive: Container, part: ZipInfo, suffix: str) -> bool:
    """XML and tables are read through: the same of them is refused as when they come alone."""
    look = look_at_xml if suffix in ("gml", "xml", "xsd") else look_at_csv if suffix == "csv" else None
    if look is None:
        return True
    try:
        with archive.opened(part) as file:
            look(file)
    except Refused:
        return False
    return True


def _inside(archive: Container, part: ZipInfo) -> list[Finding]:
    """A document in the archive, examined as if it came alone. What nobody should publish is named with the document."""
    from allmende.lib.extraction.examination import examine

    if part.file_size > MAX_PART:
        raise Refused("archive", [part.filename])
    try:
        found = examine(io.BytesIO(archive.read(part.filename) or b""))
    except Refused as refused:
        raise Refused("archive", [part.filename], detail=str(refused)) from refused
    if found.media.value != part.filename.rpartition(".")[2].lower():
        raise Refused("archive", [part.filename])
    unfit = [finding for finding in found.findings if finding.code in NOT_FOR_THE_PUBLIC]
    return [Finding(finding.code, finding.n, names=(part.filename, *finding.names)) for finding in unfit]
