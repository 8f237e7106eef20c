"""Complete details of each kind, as they are stored. Plainly fictional."""

from typing import Any, Final

from allmende.core.written import PREFIX
from allmende.lib import german
from allmende.notices import kinds

BYLAW: Final[dict[str, Any]] = {
    "adopted_on": "2026-11-03",
    "signed_on": "2026-11-05",
    "signed_by": "Marianne Hollweg, Bürgermeisterin",
    "entry": "stated_day",
    "entry_on": "2027-01-01",
    "fines": True,
    "approval_authority": "Landkreis Erlenland",
    "approval_on": "2026-11-17",
}
WEIGHED: Final[dict[str, Any]] = {
    "necessity": "§ 10 Abs. 2 VwZG verlangt den Namen.\nOhne ihn erkennt niemand, dass er gemeint ist.",
}
DETAILS: Final[dict[str, dict[str, Any]]] = {
    "general": {},
    "bylaw": BYLAW,
    "replacement": BYLAW
    | {
        "part": "Lageplan im Maßstab 1:2.000, Anlage 1 der Satzung",
        "description": "Der Plan zeigt die Grenzen des Schutzgebiets.\nBetroffen sind die Grundstücke zwischen Bahn und Mühlgraben.",
        "places": ["Rathaus, Am Markt 1, Zimmer 12, montags bis freitags 9 bis 12 Uhr", "Bürgerhaus Lindenbach, dienstags 14 bis 18 Uhr"],
        "begins_on": "2026-12-07",
        "last_on": "2026-12-21",
    },
    "emergency": {
        "form": "notice_board",
        "could_know_on": "2026-11-20",
        "reason": "Nach dem Hochwasser war das Rechenzentrum zwei Tage ohne Strom.",
        "entry": "next_day",
    },
    "meeting": {
        "committee": "Stadtrat",
        "session_at": "2026-12-10T19:00:00+01:00",
        "place": "Rathaus, Ratssaal, Am Markt 1",
        "agenda": ["Eröffnung und Feststellung der Tagesordnung", "Haushaltssatzung 2027", "Anfragen und Mitteilungen"],
        "closed_agenda": ["Grundstücksangelegenheit"],
    },
    "election": {"election": "Wahl des Stadtrats", "election_on": "2027-06-13", "names": True, "erase_on": "2027-12-13"} | WEIGHED,
    "plan": {
        "plan_type": "preparatory",
        "plan_name": "Flächennutzungsplan, 3. Änderung „Am Mühlgraben“",
        "area": "Das Gebiet liegt zwischen Bahn und Mühlgraben.",
        "procedure_step": "draft",
        "begins_on": "2026-12-14",
        "last_on": "2027-01-22",
        "documents_address": "https://quellstedt.example/plan14",
        "portal_address": "https://planung.land.example/quellstedt/14",
        "places": ["Rathaus, Bauamt, Zimmer 21, montags bis freitags 9 bis 12 Uhr"],
        "environment": ["Artenschutzgutachten zu Feldlerche und Zauneidechse", "Stellungnahme zum Hochwasserschutz"],
        "second_form": "gazette",
        "second_on": "2026-12-09",
    },
    "plan_in_force": {
        "plan_name": "Bebauungsplan Nr. 14 „Am Mühlgraben“",
        "area": "Das Gebiet liegt zwischen Bahn und Mühlgraben.",
        "decided_on": "2026-11-03",
        "places": ["Rathaus, Bauamt, Zimmer 21, montags bis freitags 9 bis 12 Uhr"],
        "second_form": "notice_board",
        "second_on": "2026-11-25",
    },
    "service": {
        "addressee": "Leopold Quandt",
        "last_address": "Mühlgraben 3, 39999 Quellstedt",
        "document_date": "2026-11-12",
        "file_number": "32-17/2026",
        "inspection_place": "Ordnungsamt, Am Markt 1, Zimmer 12, dienstags 9 bis 18 Uhr",
        "summons": True,
        "reason": "address_unknown",
        "ordered_by": "Jonas Wille",
    }
    | WEIGHED,
    "order": {
        "order_date": "2026-11-19",
        "file_number": "39-4/2026",
        "effect_on": "2026-11-28",
        "inspection_place": "Veterinäramt, Am Markt 1, Zimmer 30",
        "remedy": "Gegen diese Verfügung kann Widerspruch erhoben werden.\nDer Widerspruch geht an das Veterinäramt.",
    },
    "tender": {
        "procedure": "Öffentliche Ausschreibung nach VOB/A",
        "deadline_at": "2026-12-15T11:00:00+01:00",
        "submission_place": "Vergabestelle, Am Markt 1, Zimmer 5",
    },
    "job": {"apply_by": "2026-12-31", "apply_to": "Personalamt, bewerbung@quellstedt.example"},
}


def typed(code: str, details: dict[str, Any] | None = None) -> dict[str, str]:
    """The details as a clerk types them into the form."""
    sent = {}
    for name, stored in (DETAILS[code] if details is None else details).items():
        field = kinds.get(code).field(name)
        if isinstance(field, kinds.Day):
            sent[name] = german.short_date(field.read(stored))
        elif isinstance(field, kinds.Moment):
            sent[name] = f"{field.read(stored):%d.%m.%Y, %H:%M} Uhr"
        elif isinstance(field, kinds.Lines):
            sent[name] = "\n".join(stored)
        else:
            sent[name] = "on" if stored is True else str(stored)
    return {f"{PREFIX}{name}": value for name, value in sent.items()}
