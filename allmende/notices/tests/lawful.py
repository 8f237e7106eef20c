"""A town whose rules and form of publication are entered, and what people state: for notices to which the law attaches something."""

from datetime import date
from typing import Any

from allmende.administration.publishing import services as publishing
from allmende.administration.publishing.values import Publishing
from allmende.administration.rules import services as rules
from allmende.core.models import Body, Person
from allmende.lib.legalcalendar.computation import Appearance
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices import kinds
from allmende.notices.calendar.decision import outlook_of
from allmende.notices.calendar.duties import EQUALS_ORIGINAL
from allmende.notices.calendar.statement import Statement
from conftest import NOW

WAYS = Publishing(
    form=Form.INTERNET,
    law="Hauptsatzung",
    section="§ 22",
    valid_from=date(2020, 1, 1),
    address="www.musterstedt.example",
    inspection="Rathaus, Markt 1, Zimmer 12",
    copies="Stadt Musterstedt, Markt 1, 06999 Musterstedt. 0,50 € je Seite",
)
BYLAW: dict[str, Any] = {
    "adopted_on": "2026-02-10",
    "signed_on": "2026-02-12",
    "signed_by": "Marianne Hollweg, Bürgermeisterin",
    "entry": "next_day",
}
APPROVED = Statement(confirmed=frozenset({EQUALS_ORIGINAL}))


def make_lawful(town: Body, administrator: Person, ways: Publishing = WAYS) -> Body:
    """Rules of the Land adopted, form of publication entered."""
    rules.begin(body=town, by=administrator, at=NOW)
    publishing.enter(ways, reason="Beschluss", body=town, by=administrator, at=NOW)
    return town


def stated(kind: str, details: dict[str, Any], *, body: Body) -> Statement:
    """Everything that is asked, confirmed and stated for today."""
    found = outlook_of(kind, details, body=body, at=NOW)
    assert found is not None, f"{kinds.get(kind).name}: nothing is asked"
    return Statement(
        confirmed=frozenset(duty.code for duty in found.confirm),
        days={form: NOW.date() for form in found.days},
        hint=Appearance(Form.NOTICE_BOARD, NOW.date()) if found.hint else None,
    )
