"""Stored values of the audit trail, said in the words of the forms they came from."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allmende.administration.models import LegalFacts
from allmende.core.language import page_language
from allmende.core.models import Body, Membership, Office
from allmende.lib import german
from allmende.lib.legalcalendar.keys import KEYS
from allmende.lib.legalcalendar.kinds import NoticeKind

LABELS: dict[str, str | Promise] = {
    "address": gettext_lazy("Fundstelle"),
    "answer_days": gettext_lazy("Tage für die Antwort"),
    "archive": gettext_lazy("Archiv"),
    "after": gettext_lazy("nachher"),
    "before": gettext_lazy("vorher"),
    "bytes": gettext_lazy("Bytes"),
    "captions": gettext_lazy("Untertitel"),
    "change": gettext_lazy("Änderung"),
    "checked_by": gettext_lazy("Prüfgruppe"),
    "checked_on": gettext_lazy("Gelesen am"),
    "deputy_for": gettext_lazy("In Vertretung für"),
    "entries": gettext_lazy("Einträge"),
    "form": gettext_lazy("Form"),
    "format": gettext_lazy("Format"),
    "from": gettext_lazy("Von"),
    "host": gettext_lazy("Rechnername"),
    "kinds": gettext_lazy("Nur für"),
    "language": gettext_lazy("Sprache"),
    "lead_days": gettext_lazy("Tage vorher"),
    "law": gettext_lazy("Gesetz oder Satzung"),
    "number": gettext_lazy("Nummer"),
    "of_version": gettext_lazy("Zur Fassung"),
    "page": gettext_lazy("Seite"),
    "person": gettext_lazy("Nummer der Person"),
    "primary": gettext_lazy("zuerst"),
    "profile": gettext_lazy("Regeln"),
    "reason": gettext_lazy("Grund"),
    "role": gettext_lazy("Rolle"),
    "roles": gettext_lazy("Rollen"),
    "rule": gettext_lazy("Regel"),
    "section": gettext_lazy("Paragraf"),
    "source": gettext_lazy("Grundlage"),
    "text": gettext_lazy("Text"),
    "title": gettext_lazy("Titel"),
    "until": gettext_lazy("Bis einschließlich"),
    "value": gettext_lazy("Wert"),
    "version": gettext_lazy("Fassung"),
}


@cache
def _fields() -> Mapping[str, str | Promise]:
    named: dict[str, str | Promise] = {
        field.name: field.verbose_name for model in (LegalFacts, Office, Body) for field in model._meta.fields
    }
    return named | {"name": gettext_lazy("Name")}


def _label(key: str) -> str:
    return str(LABELS.get(key) or _fields().get(key) or key)


def _text(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, list):
        return ", ".join(_text(key, item) for item in value)
    if key in ("role", "roles") and value in Membership.Role.values:
        return str(Membership.Role(value).label)
    if key == "rule" and value in KEYS:
        return KEYS[value].words.capital.in_language(page_language())
    if key == "kinds" and value in list(NoticeKind):
        return NoticeKind(value).words.in_language(page_language())
    return "–" if value in (None, "") else str(value)


def readable(values: dict[str, Any], act: str) -> Iterator[tuple[str, str]]:
    """(label, text) of each value; of nested ones the labels follow each other: 'vorher, Telefon'."""
    return _lines(_with_named_version(values) if act.startswith("notice.") else values)


def _with_named_version(values: dict[str, Any]) -> dict[str, Any]:
    """People call a version of a notice by who saved it and when (notices/history.py); its number serves the machine."""
    shown = {key: value for key, value in values.items() if key not in ("version", "saved")}
    if saved := values.get("saved"):
        moment = german.table_moment(datetime.fromisoformat(saved["at"]), page_language())
        return {"version": _("von %(name)s, %(moment)s") % {"name": saved["by"], "moment": moment}} | shown
    return shown


def _lines(values: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        label = f"{above}, {_label(key)}" if above else _label(key)
        if isinstance(value, dict):
            yield from _lines(value, label)
        else:
            yield label, _text(key, value)
