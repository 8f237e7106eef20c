"""What the kind asks for: filled where it must be, fitting together, and no name where everybody looks."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from allmende.notices import kinds
from allmende.notices.checks.point import Check, lacking, wrong
from allmende.notices.detail_fields import anchor

if TYPE_CHECKING:
    from allmende.notices.services import Draft

# Words of a name that are no name; what has two letters is none either.
_NO_NAMES: Final = frozenset(
    (
        *("herr", "herrn", "frau", "firma", "familie", "eheleute", "von", "vom", "van", "und", "der", "die", "das", "den", "dem", "des"),
        *("zur", "zum", "gmbh", "mbh", "ohg", "gbr", "verein", "stiftung", "gesellschaft", "erben", "erbengemeinschaft"),
        *("unbekannt", "verstorben", "verstorbene"),
    )
)


def of_details(kind: kinds.Kind, values: "Draft") -> list[Check]:
    """The points of the fields, open ones first; one that is done stands for all of them."""
    found = [*_fields(kind, values.details), *_findings(kind, values.details), *_names(kind, values)]
    if kind.fields and not found:
        found.append(Check("done", _("Angaben: %(kind)s") % {"kind": kind.name}, "", anchor(kind.fields[0])))
    return found


def _fields(kind: kinds.Kind, details: kinds.Details) -> Iterator[Check]:
    for field in kind.fields:
        filled = field.name in details
        if not filled and field.is_required(details):
            yield lacking(str(field.label), _advice(field), anchor(field))
        elif filled and not field.is_meant(details):
            other = kind.field(field.only.field) if field.only else None
            advice = _("Diese Angabe passt nicht zu „%(other)s“. Leeren Sie das Feld, oder ändern Sie die andere Angabe.")
            yield wrong(str(field.label), advice % {"other": other.label if other else ""}, anchor(field))


def _advice(field: kinds.Field) -> str:
    match field:
        case kinds.Choice():
            return _("Wählen Sie eine der Möglichkeiten.")
        case kinds.Day():
            return _("Tragen Sie den Tag ein.")
        case kinds.Moment():
            return _("Tragen Sie Tag und Uhrzeit ein.")
        case kinds.Lines():
            return _("Schreiben Sie mindestens eine Zeile.")
    return _("Füllen Sie dieses Feld aus.")


def _findings(kind: kinds.Kind, details: kinds.Details) -> Iterator[Check]:
    for name, sentence in kind.findings(kind.read(details)):
        if field := kind.field(name):
            yield wrong(str(field.label), str(sentence), anchor(field))


def _names(kind: kinds.Kind, values: "Draft") -> Iterator[Check]:
    """Title and summary stand in lists, mails and the history of browsers; a name is in none of them."""
    names = {word for name in kind.names for word in _words(str(values.details.get(name, ""))) if len(word) > 2} - _NO_NAMES
    places = (
        (_("Titel"), values.title, "id_title"),
        (_("Titel auf Englisch"), values.title_en, "id_title_en"),
        (_("Kurz gesagt"), values.summary, "id_summary"),
    )
    for label, said, place in places:
        if found := [word for word in re.findall(r"[\w.-]+", said) if names & set(_words(word))]:
            advice = _("Hier steht ein Name: „%(name)s“. Er gehört nur in das Feld dafür; Titel und Kurzfassung lesen alle.")
            yield wrong(label, advice % {"name": " ".join(found)}, place)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
