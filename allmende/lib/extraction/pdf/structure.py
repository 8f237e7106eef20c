"""What a PDF carries beside its pages: protection, programs, further files, structure for screen readers, signatures."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from allmende.lib.extraction.findings import Finding, Refused
from allmende.lib.extraction.limits import MAX_DEPTH, MAX_OBJECTS

# Actions that run, fetch or change something (ISO 32000-1, table 198). URI, GoTo and Named wait for a click and are harmless.
_ACTIVE: Final = {
    "/JavaScript": "JavaScript",
    "/Launch": "Programmaufruf",
    "/ImportData": "Datenabruf",
    "/SubmitForm": "Formularversand",
    "/Rendition": "Medien",
    "/Movie": "Medien",
    "/Sound": "Medien",
    "/GoToE": "eingebettete Datei",
    "/GoToR": "andere Datei",
}
_MEDIA: Final = ("/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")  # annotations that play something


@dataclass(slots=True)
class About:
    """`accessible`: True where the file says it follows PDF/UA and nothing speaks against it, False where it cannot be read
    aloud in order, None where nobody knows.
    """

    pages: int = 0
    findings: list[Finding] = field(default_factory=list)
    tagged: bool = False
    accessible: bool | None = None


def look_at(file: BinaryIO) -> About:
    """Raises Refused: encrypted, broken, active, not examined."""
    import pikepdf

    try:
        with pikepdf.open(file) as pdf:
            if pdf.is_encrypted:
                raise Refused("encrypted")
            return _about(pdf)
    except pikepdf.PasswordError as error:
        raise Refused("encrypted") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, RecursionError) as error:
        raise Refused("broken", detail=f"{type(error).__name__}: {error}") from error


def _about(pdf: Any) -> About:
    counts: Counter[str] = Counter()
    active: set[str] = set()
    inside: list[str] = []
    if len(pdf.objects) > MAX_OBJECTS:
        raise Refused("not_examined", detail=f"{len(pdf.objects)} objects")
    for found in pdf.objects:
        for entries in _dictionaries(found):
            _look(entries, counts, active, inside)
    if active:
        raise Refused("active", sorted(active))
    about = About(pages=len(pdf.pages))
    root = pdf.Root
    marked = root.get("/MarkInfo")
    about.tagged = "/StructTreeRoot" in root and bool(marked is not None and marked.get("/Marked"))
    if inside:
        about.findings.append(Finding("embedded_files", len(inside), names=tuple(dict.fromkeys(inside))))
    if counts["fields"]:
        about.findings.append(Finding("form_fields", counts["fields"]))
    if counts["signatures"]:
        about.findings.append(Finding("signed"))
    if author := str(pdf.docinfo.get("/Author", "") if pdf.docinfo is not None else "").strip():
        about.findings.append(Finding("people", names=(author[:100],)))
    _accessibility(pdf, about, counts)
    return about


def _accessibility(pdf: Any, about: About, counts: Counter[str]) -> None:
    with pdf.open_metadata(update_docinfo=False) as metadata:
        declared = str(metadata.get("pdfuaid:part", "")).strip() in ("1", "2")
        titled = bool(str(metadata.get("dc:title", "")).strip())
    language = bool(str(pdf.Root.get("/Lang", "")).strip())
    if not about.tagged:
        about.findings.append(Finding("untagged"))
        about.accessible = False
        return
    if not language:
        about.findings.append(Finding("without_language"))
    if counts["undescribed"]:
        about.findings.append(Finding("pictures_undescribed", counts["undescribed"]))
    if counts["undescribed"] or not language:
        about.accessible = False
    elif declared and titled:
        about.accessible = True


def _dictionaries(found: Any) -> Iterator[Any]:
    """The dictionaries of an object, down to those that are objects of their own."""
    import pikepdf

    waiting: list[tuple[Any, int]] = [(found, 0)]
    while waiting:
        one, depth = waiting.pop()
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            entries = one.stream_dict if isinstance(one, pikepdf.Stream) else one
            yield entries
            inner = [value for _key, value in entries.items()]
        elif isinstance(one, pikepdf.Array):
            inner = list(one)
        else:
            continue
        if depth < MAX_DEPTH:
            waiting.extend((value, depth + 1) for value in inner if isinstance(value, pikepdf.Object) and not value.is_indirect)


def _look(entries: Any, counts: Counter[str], active: set[str], inside: list[str]) -> None:
    kind, action, part = (str(entries.get(name, "")) for name in ("/Type", "/S", "/Subtype"))
    if "/JS" in entries or "/JavaScript" in entries:
        active.add("JavaScript")
    if action in _ACTIVE and kind in ("", "/Action"):
        active.add(_ACTIVE[action])
    if "/XFA" in entries:
        active.add("XFA-Formular")
    if part in _MEDIA and (kind == "/Annot" or "/Rect" in entries):
        active.add("Medien")
    if "/EF" in entries:
        name = str(entries.get("/UF", "") or entries.get("/F", "") or "ohne Namen")
        inside.append(name)
    if part == "/Widget" or ("/FT" in entries and part != "/Widget"):
        if str(entries.get("/FT", "")) == "/Sig":
            counts["signatures"] += "/V" in entries
        elif "/FT" in entries:
            counts["fields"] += 1
    if action == "/Figure" and kind in ("", "/StructElem") and "/P" in entries:
        counts["undescribed"] += not str(entries.get("/Alt", "") or entries.get("/ActualText", "")).strip()
