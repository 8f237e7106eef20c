"""Office files as containers (ZIP): looked over before a part of them is unpacked.

ECMA-376 part 2 (OPC) for DOCX and XLSX, OASIS OpenDocument 1.3 part 2 for ODT and ODS.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import IO, Any, BinaryIO, Final

from allmende.lib.extraction.findings import Finding, Refused
from allmende.lib.extraction.limits import MAX_PART, MAX_PARTS, MAX_RATIO, MAX_UNPACKED
from allmende.lib.extraction.media import ABOUT, Media

_ROOM: Final = 100 * 1024 * 1024  # bytes below which a container is no bomb, however well it packs
_CONTENT_TYPE: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MAIN: Final = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Media.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Media.XLSX,
}
_OPEN: Final = {ABOUT[kind].mime: kind for kind in (Media.ODT, Media.ODS)}
_INSIDE: Final = re.compile(r"/embeddings/[^/]+$|^Object [^/]+/content\.xml$")
_LINKS: Final = ("/hyperlink",)  # the only relation to the world outside that does nothing by itself
_LOCAL_TEMPLATE: Final = "/attachedTemplate"  # C:\\…\\Normal.dotm stands in nearly every letter; from a server it is a way in


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str  # last part of its type
    target: str  # name of the part, or the address outside
    outside: bool


class Container:
    """An Office file, or any other archive (Media.ZIP). Every part is bounded, and no XML of it has a document type.

    Raises (on opening and on reading):
        Refused: broken, encrypted, a bomb, macros, or nothing we take.
    """

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise Refused("broken", detail=str(error)) from error
        self.parts = parts
        self.names = [part.filename for part in parts]
        if len(parts) > MAX_PARTS:
            raise Refused("bomb", detail=f"{len(parts)} parts")
        unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
        if unpacked > MAX_UNPACKED or (unpacked > _ROOM and unpacked > MAX_RATIO * max(packed, 1)):
            raise Refused("bomb", detail=f"{unpacked} bytes from {packed}")
        if len(set(self.names)) != len(parts):
            raise Refused("broken", detail="a name twice")
        if any(part.flag_bits & 0x1 for part in parts):
            raise Refused("encrypted")
        self.media = self._media()

    def read(self, name: str) -> bytes | None:
        """A part, or None. Raises Refused."""
        if name not in self.names:
            return None
        with self.opened(self._zip.getinfo(name)) as part:
            data = part.read(MAX_PART + 1)
        if len(data) > MAX_PART:
            raise Refused("too_large", detail=name)
        return data

    @contextmanager
    def opened(self, part: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
        """A part as a stream. Raises Refused, also while it is read."""
        try:
            with self._zip.open(part) as found:
                yield found
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            raise Refused("broken", detail=f"{part.filename}: {error}") from error

    def head(self, part: zipfile.ZipInfo, most: int) -> bytes:
        """The beginning of a part. Raises Refused."""
        with self.opened(part) as found:
            return found.read(most)

    def xml(self, name: str) -> Any:
        """The root element of a part (lxml), or None. No entity is ever resolved, nothing is fetched.

        Raises:
            Refused: not XML, or with a document type, which neither standard allows and which entity bombs need.
        """
        data = self.read(name)
        if data is None:
            return None
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused("broken", detail=f"{name}: {error}") from error
        if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
            raise Refused("broken", detail=f"{name}: document type")
        return root

    def _media(self) -> Media:
        stated = self.read("mimetype")
        if stated is not None and (kind := _OPEN.get(stated.decode("ascii", "replace").strip())):
            return kind
        types = self.xml("[Content_Types].xml")
        if types is None:
            return Media.ZIP
        self.types = {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in types.iter(f"{_CONTENT_TYPE}Override")}
        stated_types = [one.get("ContentType", "") for one in types]
        if any("macroEnabled" in kind or "vbaProject" in kind for kind in stated_types):
            raise Refused("macros")
        found = next((media for kind, media in _MAIN.items() if kind in self.types.values()), None)
        if found is None:
            raise Refused("unknown_type")
        return found

    @cached_property
    def main(self) -> str:
        """Name of the main part of an OOXML file. Raises Refused."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.target in self.names:
                return relation.target
        raise Refused("broken", detail="no main part")

    def relations(self, part: str) -> list[Relation]:
        """Where `part` leads to; "" is the container itself."""
        return [relation for _id, relation in self.relations_by_id(part)]

    def relations_by_id(self, part: str) -> Iterator[tuple[str, Relation]]:
        folder = dirname(part)
        root = self.xml(join(folder, "_rels", f"{part[len(folder) :].lstrip('/')}.rels"))
        for one in root.iter(f"{RELATIONSHIP}Relationship") if root is not None else ():
            outside, target = one.get("TargetMode") == "External", one.get("Target", "")
            if not outside:
                target = normpath(target.lstrip("/") if target.startswith("/") else join(folder, target))
            yield one.get("Id", ""), Relation(one.get("Type", "").rpartition("/")[2], target, outside)

    def look(self) -> list[Finding]:
        """Raises Refused where the file does something by itself."""
        lowered = [name.lower() for name in self.names]
        if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith(("basic/", "scripts/")) for name in lowered):
            raise Refused("macros")
        active = [name for name in self.names if "/activex/" in name.lower()]
        for name in self.names:
            if name.endswith(".rels"):
                folder, _, file = name.rpartition("_rels/")
                active += [r.target for r in self.relations(folder + file.removesuffix(".rels")) if r.outside and _acts(r)]
        if active:
            raise Refused("active", active)
        people = self._people()
        inside = [name.removesuffix("/content.xml").rpartition("/")[2] for name in self.names if _INSIDE.search(name)]
        return [
            *([Finding("embedded_files", len(inside), names=tuple(inside))] if inside else []),
            *([Finding("people", len(people), names=tuple(people))] if people else []),
        ]

    def _people(self) -> list[str]:
        """Who the properties say has made or changed the file."""
        found: list[str] = []
        for part in ("docProps/core.xml", "meta.xml"):
            root = self.xml(part)
            for one in root.iter() if root is not None else ():
                local = str(one.tag).rpartition("}")[2]
                if local in ("creator", "lastModifiedBy", "initial-creator") and (name := " ".join("".join(one.itertext()).split())):
                    found.append(name)
        return list(dict.fromkeys(found))


def _acts(relation: Relation) -> bool:
    """Whether opening the file may fetch the target."""
    if f"/{relation.kind}" in _LINKS:
        return False
    target = relation.target.lower()
    remote = target.startswith(("http:", "https:", "ftp:", "\\\\", "//", "file://")) and not target.startswith("file:///")
    return remote if f"/{relation.kind}" == _LOCAL_TEMPLATE else True
