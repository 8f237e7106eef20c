"""What is saved by itself while one field cannot be read: the others, and the check list says which one is not."""

from typing import Any

import pytest
from django.urls import reverse

from allmende.core.models import Body, Person
from allmende.notices.models import Notice
from allmende.notices.services.draft import MAX_TITLE
from allmende.notices.tests.conftest import LogIn, MakeDraft
from allmende.notices.tests.samples import DETAILS, typed

JSON = {"Accept": "application/json"}


def sent(**changes: Any) -> dict[str, Any]:
    return {"version": 1, "kind": "meeting", "title": "Sitzung", "html": "<p>Neu</p>"} | typed("meeting") | changes


def test_one_day_that_cannot_be_read_stops_nothing_else(make_draft: MakeDraft, log_in: LogIn, editor: Person, town: Body) -> None:
    notice = make_draft(kind="meeting", title="Alt", details=DETAILS["meeting"])
    new = {"details-session_at": "übermorgen", "details-committee": "Hauptausschuss"}

    answer = log_in(editor).post(reverse("notices_staff:autosave", args=[notice.pk]), sent(**new), headers=JSON)

    assert answer.status_code == 200
    said = answer.json()
    stored = Notice.objects.for_body(town).select_related("record").get()
    assert (stored.record.title, stored.details["committee"]) == ("Sitzung", "Hauptausschuss")
    assert stored.details["session_at"] == DETAILS["meeting"]["session_at"]
    assert said["unread"] is True
    assert "aber nicht: " in said["saved"]
    assert "„übermorgen“ lässt sich nicht lesen" in said["checks"]
    assert "#id_details-session_at" in said["checks"]
    assert "Fehlt: Gremium" not in said["checks"]


def test_the_first_save_goes_on_too(log_in: LogIn, editor: Person, town: Body) -> None:
    new = sent(version=0, **{"details-session_at": "übermorgen"})
    answer = log_in(editor).post(reverse("notices_staff:new"), new, headers=JSON)

    assert answer.status_code == 200
    assert Notice.objects.for_body(town).get().details["committee"] == "Stadtrat"
    assert "Fehlt: " not in answer.json()["checks"].split("session_at")[0]


def test_a_title_that_is_too_long_is_told_and_never_cut(make_draft: MakeDraft, log_in: LogIn, editor: Person, town: Body) -> None:
    notice = make_draft(kind="meeting", title="Alt")
    page = log_in(editor).get(reverse("notices_staff:edit", args=[notice.pk])).content.decode()
    assert "maxlength" not in page.split('id="id_title"')[0].rsplit("<", 1)[1] + page.split('id="id_title"')[1].split(">")[0]

    long = "Sitzung " * MAX_TITLE
    said = log_in(editor).post(reverse("notices_staff:autosave", args=[notice.pk]), sent(title=long), headers=JSON).json()

    assert f"Kürzen Sie auf höchstens {MAX_TITLE} Zeichen" in said["checks"]
    assert Notice.objects.for_body(town).select_related("record").get().record.title == "Alt"


def test_the_page_lists_a_field_that_cannot_be_read_not_as_missing(make_draft: MakeDraft, log_in: LogIn, editor: Person) -> None:
    notice = make_draft(kind="meeting", title="Sitzung")
    page = log_in(editor).post(reverse("notices_staff:edit", args=[notice.pk]), sent(**{"details-session_at": "übermorgen"}))

    assert page.status_code == 422
    checks = page.content.decode().split('id="pruefliste"')[1]
    assert "Fehlt: Gremium" not in checks
    assert "übermorgen" in checks


@pytest.mark.parametrize("hour", ["25 Uhr", "19:61", "24 Uhr"])
def test_an_hour_that_no_day_has_is_not_called_missing(make_draft: MakeDraft, log_in: LogIn, editor: Person, hour: str) -> None:
    notice = make_draft(kind="meeting", title="Sitzung")
    answer = log_in(editor).post(
        reverse("notices_staff:autosave", args=[notice.pk]), sent(**{"details-session_at": f"1.3.2027, {hour}"}), headers=JSON
    )

    assert "gibt es an diesem Tag nicht" in answer.json()["checks"]


def test_what_cannot_be_saved_at_all_names_its_field(make_draft: MakeDraft, log_in: LogIn, editor: Person) -> None:
    notice = make_draft(kind="meeting", title="Sitzung")
    answer = log_in(editor).post(reverse("notices_staff:autosave", args=[notice.pk]), sent(version="x"), headers=JSON)

    assert answer.status_code == 422
    assert "Schreiben Sie eine ganze Zahl" in answer.json()["error"]
