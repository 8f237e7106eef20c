"""The audit trail as CSV (for spreadsheets) and JSON Lines (for programs), streamed row by row."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from allmende.administration.audit_words import WORDS
from allmende.core.audit import is_intact
from allmende.core.models import AuditEntry
from allmende.lib import german

CHUNK = 500  # rows fetched at a time


def sentence(entry: AuditEntry) -> str:
    """Anna Weber hat freigegeben."""
    words = WORDS.get(entry.act)
    said = str(words) if words else _("hat vermerkt: %(act)s") % {"act": entry.act}
    return f"{entry.actor.name if entry.actor else _('Die Plattform')} {said}."


def values(entry: AuditEntry) -> dict[str, Any] | None:
    """Before and after, or None once they are erased."""
    stored = getattr(entry, "stored", None)
    return stored.values if stored else None


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"): an apostrophe before the signs that begin one."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text


class _Line:
    """What csv writes to: hands each line on."""

    def write(self, line: str) -> str:
        return line


def _row(entry: AuditEntry) -> list[str]:
    held = values(entry)
    local = german.local(entry.at)
    return [
        str(entry.pk),
        local.strftime("%d.%m.%Y %H:%M:%S"),
        sentence(entry),
        entry.act,
        entry.record.titles["de"] if entry.record else "",
        entry.record.path if entry.record else "",
        json.dumps(held, ensure_ascii=False, sort_keys=True) if held is not None else _("gelöscht"),
        (_("ja") if is_intact(entry) else _("nein")) if held is not None else _("gelöscht"),
    ]


def csv_lines(entries: QuerySet[AuditEntry]) -> Iterator[str]:
    """With byte order mark and semicolons, as German spreadsheets expect."""
    writer: Any = csv.writer(_Line(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(
        [_("Nummer"), _("Zeit"), _("Was geschah"), _("Code"), _("Titel"), _("Adresse"), _("Werte"), _("unverändert")]
    )
    for entry in entries.iterator(chunk_size=CHUNK):
        yield writer.writerow([safe_cell(cell) for cell in _row(entry)])


def json_lines(entries: QuerySet[AuditEntry]) -> Iterator[str]:
    """One object a line; times in ISO 8601 with UTC, `values` null once erased."""
    for entry in entries.iterator(chunk_size=CHUNK):
        held = values(entry)
        line = {
            "id": entry.pk,
            "at": entry.at.isoformat(),
            "actor": entry.actor.name if entry.actor else None,
            "act": entry.act,
            "record": entry.record.path if entry.record else None,
            "values": held,
            "values_hash": bytes(entry.values_hash).hex(),
            "intact": is_intact(entry) if held is not None else None,
        }
        yield json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n"
