"""Last year's notice as the beginning of this year's."""

from datetime import datetime

import pytest
from django.urls import reverse

from allmende.core.models import Body, Person
from allmende.notices import services
from allmende.notices.models import Notice
from allmende.notices.tests.conftest import LogIn, Publish
from allmende.notices.tests.samples import DETAILS
from allmende.notices.tests.test_public_pages import queries

NEW = "notices_staff:new"


def patterns(kind: str) -> str:
    return f"{reverse('notices_staff:patterns')}?kind={kind}"


def test_last_years_notice_is_found_by_its_kind_and_begins_a_draft(
    make_public: Publish, log_in: LogIn, editor: Person, town: Body, at: datetime
) -> None:
    old = make_public(
        7,
        year=2025,
        kind="bylaw",
        title="Haushaltssatzung 2025",
        plain="Der Haushalt 2025 und 2026.\n\nSeit 1998.",
        details=DETAILS["bylaw"],
    )
    make_public(1, year=2026, kind="bylaw", title="Von diesem Jahr")
    client = log_in(editor)
    choice = client.get(reverse(NEW)).content.decode()
    assert f'href="{patterns("bylaw")}"' in choice
    assert patterns("meeting") not in choice
    page = client.get(patterns("bylaw")).content.decode()
    assert "Haushaltssatzung 2025" in page
    assert "Von diesem Jahr" not in page

    answer = client.post(reverse("notices_staff:copy", args=[old.pk]), follow=True)

    draft = Notice.objects.for_body(town).get(state="draft")
    kept = ("signed_by", "entry", "fines", "approval_authority")
    assert draft.details == {name: DETAILS["bylaw"][name] for name in kept}
    shown = answer.content.decode()
    assert "Nr. 7/2025" in shown
    for label in ("Beschlossen am", "Ausgefertigt am", "Tag des Inkrafttretens, den der Text nennt", "Genehmigt am"):
        assert label in shown.partition("Leer geblieben sind:")[2].partition("</p>")[0]
    assert "„1998“ steht noch an 1 Stelle." in shown
    assert "„2025“ steht noch an 2 Stellen." in shown
    assert "„2026“" not in shown


def test_the_reminder_goes_when_all_is_done(make_public: Publish, log_in: LogIn, editor: Person, town: Body, at: datetime) -> None:
    old = make_public(7, year=2025, kind="meeting", title="Sitzung", details=DETAILS["meeting"])
    draft = services.copy(old.pk, body=town, by=editor, at=at)
    address = reverse("notices_staff:edit", args=[draft.pk])
    assert draft.details == {name: DETAILS["meeting"][name] for name in ("committee", "place")}
    assert "Leer geblieben sind:" in log_in(editor).get(address).content.decode()

    values = services.Draft(title="Sitzung", kind="meeting", details=DETAILS["meeting"])
    services.edit(draft.pk, body=town, version=1, values=values, by=editor, at=at)

    page = log_in(editor).get(address).content.decode()
    assert "Leer geblieben sind:" not in page
    assert "2027“ steht noch" not in page, "a year after the one of the pattern is none of it"


def test_of_a_service_nothing_of_the_person_is_copied(make_public: Publish, editor: Person, town: Body, at: datetime) -> None:
    old = make_public(3, year=2025, kind="service", title="Zustellung", plain="An Herrn Quandt.", details=DETAILS["service"])

    draft = services.copy(old.pk, body=town, by=editor, at=at)

    assert draft.details.keys() == {"inspection_place", "reason", "ordered_by"}
    assert "Quandt" not in str(draft.content)


def test_a_correction_is_about_the_same_matter_and_takes_all_over(make_public: Publish, editor: Person, town: Body, at: datetime) -> None:
    old = make_public(3, kind="service", title="Zustellung", plain="An Herrn Quandt.", details=DETAILS["service"])

    draft = services.copy(old.pk, body=town, by=editor, at=at, before="Berichtigung")

    assert draft.details == DETAILS["service"]
    assert "Quandt" in str(draft.content)
    assert draft.pattern_id is None


def test_where_there_is_no_pattern_it_says_so(log_in: LogIn, editor: Person) -> None:
    assert "Aus früheren Jahren gibt es dazu noch nichts." in log_in(editor).get(patterns("plan")).content.decode()
    assert log_in(editor).get(patterns("unsinn")).status_code == 404


@pytest.mark.parametrize("address", ["neu/", "neu/vorjahr/?kind=bylaw"])
def test_choosing_costs_the_same_for_one_and_for_nine(
    address: str, make_public: Publish, log_in: LogIn, editor: Person, at: datetime
) -> None:
    client = log_in(editor)
    here = f"/schreibtisch/bekanntmachungen/{address}"
    make_public(1, year=2025, kind="bylaw")
    one = queries(client, here)
    for number in range(2, 10):
        make_public(number, year=2025, kind="bylaw")

    assert queries(client, here) == one
