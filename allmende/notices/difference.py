"""What has changed between two versions: field by field, in the text line by line, and within a line word by word."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from allmende.core.models import Body, District
from allmende.lib import richtext
from allmende.notices import kinds, text
from allmende.notices.models.file import Role
from allmende.notices.selectors.versions import offices_of

if TYPE_CHECKING:
    from allmende.notices.services import Draft

Kind = Literal["same", "gone", "new", "changed"]
ALIKE = 0.5  # share of common words from which two lines count as one that was changed
KEPT = 0.75  # share of the words of the shorter one, from which the longer one counts as the same with something added
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """Some words of a changed line."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Part:
    """A line in a comparison; `pieces` where it was changed."""

    kind: Kind
    text: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Field:
    """A field that has changed, by the name that it has in the form."""

    name: str
    parts: list[Part]
    marks_only: bool = False  # the words are the same; bold, italic, head cells or levels of headings are not


def difference(before: "Draft", after: "Draft", *, body: Body) -> list[Field]:
    """Field by field, in the order of the form; what is the same for long stays short. Empty: nothing has changed. 4 queries at most."""
    fields = [
        Field(name, _compared(old, new))
        for name, old, new in (
            (_("Titel"), [before.title], [after.title]),
            (_("Kurz gesagt"), [before.summary], [after.summary]),
            (_("Was bedeutet das für mich?"), [before.meaning], [after.meaning]),
            (_("Art"), [str(kinds.get(before.kind).name)], [str(kinds.get(after.kind).name)]),
            *_details(before, after),
            (_("Amtlicher Text"), _lines(before), _lines(after)),
            (_("Zuständiges Amt"), _office(before, body), _office(after, body)),
            (_("Ortsteile"), _districts(before, body), _districts(after, body)),
            (_("Titel auf Englisch"), [before.title_en], [after.title_en]),
            (_("Dateien"), _files(before), _files(after)),
        )
        if old != new
    ]
    old_text, new_text = text.read(before.content), text.read(after.content)
    if richtext.lines_of(old_text) == richtext.lines_of(new_text) and richtext.marks_of(old_text) != richtext.marks_of(new_text):
        fields.append(Field(_("Amtlicher Text"), [], marks_only=True))
    return fields


def _files(values: "Draft") -> list[str]:
    """Each file with its purpose, and as much of its checksum as tells two of them apart."""
    names = {Role.ATTACHMENT: _("Anlage"), Role.ORIGINAL: _("Unterzeichnetes Original"), Role.SOURCE: pgettext("Datei", "Vorlage")}
    return [f"{names[Role(one['role'])]}: {one['title']} ({one['name']}, SHA-256 {one['sha256'][:8]})" for one in values.files]


def _compared(old: list[str], new: list[str]) -> list[Part]:
    parts: list[Part] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            same = old[a:b]
            shown = same if len(same) <= 4 else [*same[:2], "…", *same[-2:]]
            parts += [Part("same", line) for line in shown if line]
        else:
            parts += _replaced([line for line in old[a:b] if line], [line for line in new[c:d] if line])
    return parts


def _office(values: "Draft", body: Body) -> list[str]:
    return list(offices_of(body).filter(pk=values.office).values_list("name", flat=True)) if values.office is not None else []


def _districts(values: "Draft", body: Body) -> list[str]:
    names = District.objects.for_body(body).filter(pk__in=values.districts).order_by("name").values_list("name", flat=True)
    return list(names) if values.districts else [_("die ganze Kommune")]


def _replaced(old: list[str], new: list[str]) -> list[Part]:
    """Each new line beside the first old one that is like it; in the order in which they stand."""
    parts: list[Part] = []
    for line in new:
        like = next((n for n, gone in enumerate(old) if _is_like(gone, line)), None)
        if like is None:
            parts.append(Part("new", line))
            continue
        parts += [Part("gone", gone) for gone in old[:like]]
        parts.append(Part("changed", line, _pieces(_WORD.findall(old[like]), _WORD.findall(line))))
        old = old[like + 1 :]
    rest = [Part("gone", gone) for gone in old]
    return parts + rest if any(part.kind == "changed" for part in parts) else rest + parts


def _is_like(old: str, new: str) -> bool:
    """One is the other with some words changed, or with a sentence more or less. Of three words at least: "Die" begins any line."""
    before, after = (re.findall(r"\w+", line.casefold()) for line in (old, new))
    fewer, most = min(len(before), len(after)), (Counter(before) & Counter(after)).total()  # `most`: in whatever order
    if not fewer or (most / (len(before) + len(after)) * 2 < ALIKE and most / fewer < KEPT):
        return False
    common = sum(block.size for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks())
    return 2 * common / (len(before) + len(after)) >= ALIKE or (common >= 3 and common / fewer >= KEPT)


def _pieces(old: list[str], new: list[str]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("gone", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("new", "".join(new[c:d])))
    return tuple(pieces)


def _details(before: "Draft", after: "Draft") -> Iterator[tuple[str, list[str], list[str]]]:
    """Label, old and new lines of each field of either kind, in the order of the new one."""
    fields = {field.name: field for field in (*kinds.get(after.kind).fields, *kinds.get(before.kind).fields)}
    for name, field in fields.items():
        yield str(field.label), _shown(before, name), _shown(after, name)


def _shown(values: "Draft", name: str) -> list[str]:
    field = kinds.get(values.kind).field(name)
    return field.shown(values.details[name], get_language() or "de") if field and name in values.details else []


def _lines(values: "Draft") -> list[str]:
    """The text as one reads it aloud: nobody who compares has to know the signs of the typed notation."""
    names = {"heading": _("Überschrift: %(text)s"), "caption": _("Tabellenüberschrift: %(text)s"), "figure": _("Bild: %(text)s")}
    return [names.get(line.kind, "%(text)s") % {"text": line.text} for line in richtext.lines_of(text.read(values.content))]
