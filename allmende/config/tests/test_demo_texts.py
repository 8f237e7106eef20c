"""The texts of the demo: complete and lawful on their day, as a clerk of today would have to write them."""

import re
from datetime import date

import pytest

from allmende.config.demo import world
from allmende.config.demo.told import Told, drafts, published
from allmende.lib.german.dates import MONTHS
from allmende.notices import checks
from allmende.notices.calendar.decision import outlook_of

DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
NAMED = re.compile(rf"({'|'.join(DAYS)}), (\d+)\. ({'|'.join(MONTHS['de'])}) (\d{{4}})")


def all_of(told: Told) -> str:
    return "\n".join((told.wording, *told.head.values(), *(line for lines in told.lists.values() for line in lines)))


def test_a_weekday_is_the_one_of_its_day() -> None:
    for told in (*published(), *drafts()):
        for day, number, month, year in NAMED.findall(all_of(told)):
            found = date(int(year), list(MONTHS["de"]).index(month) + 1, int(number))
            assert DAYS[found.weekday()] == day, (told.name, found)


@pytest.mark.django_db
def test_each_text_can_be_submitted_on_its_day() -> None:
    demo = world.build()

    for told in (*published(), *drafts()):
        if "Copy" in told.head or told.head.get("State") == "draft":
            continue
        body = demo.bodies[told.head["Body"]]
        values = told.values(body)
        found = outlook_of(values.kind, values.details, body=body, at=told.at)

        assert [point.title for point in checks.missing(values, pictures=())] == [], told.name
        assert found is None or found.blocking == (), told.name
        assert told.at.weekday() < 5, told.name
