"""The table of kinds, and the values of their fields."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from allmende.core.models import Body, Person
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices import kinds, services
from allmende.notices.models import Notice
from allmende.notices.services import Draft
from allmende.notices.tests.conftest import MakeDraft
from allmende.notices.tests.samples import DETAILS
from conftest import NOW

CODES = (
    "bylaw",
    "replacement",
    "emergency",
    "meeting",
    "election",
    "plan",
    "plan_in_force",
    "service",
    "order",
    "tender",
    "job",
    "general",
)


def test_the_decision_names_the_fields_of_each_kind() -> None:
    told = (Path(__file__).parents[3] / "docs/adr/0013-a-notice-as-an-act.md").read_text("utf-8")
    for kind in kinds.all_kinds():
        row = re.search(rf"^\| [^|]+ \| `{kind.code}` \| \w+ \| (.*) \|$", told, re.MULTILINE)
        assert row, kind.code
        named = set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", row[1])))
        if "bylaw" in named:  # "those of `bylaw`"
            named = named - {"bylaw"} | {field.name for field in kinds.get("bylaw").fields}
        assert named == {field.name for field in kind.fields}, kind.code


def test_words_with_two_meanings_are_translated_by_what_they_mean() -> None:
    """'Ort' is the place of a meeting and the town of an address."""
    place = next(field for field in kinds.get("meeting").fields if field.name == "place")
    with translation.override("en"):
        assert (str(place.label), str(Body._meta.get_field("city").verbose_name)) == ("Place", "Town")


def test_the_kinds_are_those_of_the_decision() -> None:
    assert tuple(kind.code for kind in kinds.all_kinds()) == CODES
    assert {kind.law for kind in kinds.all_kinds()} == set(NoticeKind)
    with pytest.raises(kinds.KindTaken):
        kinds.register(replace(kinds.BYLAW, name="Anderes"))


@pytest.mark.parametrize("code", CODES)
def test_details_are_read_and_written_alike(code: str) -> None:
    kind = kinds.get(code)

    values = kind.read(DETAILS[code])

    assert kind.write(values) == DETAILS[code]
    assert values.keys() == {field.name for field in kind.fields}
    assert kind.shared(DETAILS[code]) == DETAILS[code]


def test_values_are_what_python_has_for_them() -> None:
    values = kinds.MEETING.read(DETAILS["meeting"])

    assert values["session_at"] == datetime(2026, 12, 10, 18, 0, tzinfo=UTC)
    assert values["agenda"][1] == "Haushaltssatzung 2027"
    bylaw = kinds.BYLAW.read({"entry_on": "2027-01-01"})
    assert (bylaw["entry_on"], bylaw["adopted_on"], bylaw["fines"], bylaw["signed_by"]) == (date(2027, 1, 1), None, False, "")


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("general", {"adopted_on": "2027-01-01"}),
    ("bylaw", {"adopted_on": "1.1.2027"}),
    ("bylaw", {"adopted_on": "20270101"}),
    ("bylaw", {"signed_by": " Erika "}),
    ("bylaw", {"signed_by": ""}),
    ("bylaw", {"signed_by": "x" * 201}),
    ("bylaw", {"entry": "sometimes"}),
    ("bylaw", {"entry": ["silent"]}),
    ("bylaw", {"fines": False}),
    ("bylaw", {"fines": "on"}),
    ("meeting", {"session_at": "2026-12-10T19:00:00"}),
    ("meeting", {"session_at": "2026-12-10T18:00:00+00:00"}),
    ("meeting", {"session_at": "2026-12-10T19:00:01+01:00"}),
    ("meeting", {"agenda": []}),
    ("meeting", {"agenda": "Haushalt"}),
    ("meeting", {"agenda": ["Haushalt", ""]}),
    ("meeting", {"agenda": ["eins\nzwei"]}),
    ("plan", {"documents_address": "javascript:alert(1)"}),
    ("plan", {"documents_address": "mailto:bau@example.org"}),
    ("plan", {"area": "eins\n\nzwei"}),
]


@pytest.mark.parametrize(("code", "details"), WRONG)
def test_what_no_form_sends_is_refused_by_the_service(
    code: str, details: dict[str, Any], make_draft: MakeDraft, town: Body, editor: Person
) -> None:
    with pytest.raises(services.DetailsInvalid):
        make_draft(kind=code, details=details)

    assert not Notice.objects.for_body(town).exists()


def test_the_database_takes_nothing_but_an_object(make_draft: MakeDraft, town: Body) -> None:
    notice = make_draft()
    for nothing in ("[]", '"x"', "1"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.for_body(town).filter(pk=notice.pk).update(details=json.loads(nothing))


def test_a_draft_from_before_the_kinds_is_read() -> None:
    old = Draft(title="Alt").as_json()
    del old["details"]

    assert Draft.of_json(old) == Draft(title="Alt")


def test_names_are_known_to_the_database(make_draft: MakeDraft, town: Body, editor: Person) -> None:
    notice = make_draft(kind="election", details=DETAILS["election"])
    assert notice.names_people

    unnamed = {name: value for name, value in DETAILS["election"].items() if name not in ("names", "erase_on", "necessity")}
    values = Draft(kind="election", details=unnamed)
    services.edit(notice.pk, body=town, version=1, values=values, by=editor, at=NOW)
    assert not Notice.objects.for_body(town).get(pk=notice.pk).names_people
