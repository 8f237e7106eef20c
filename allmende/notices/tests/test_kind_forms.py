"""The forms of the kinds without JavaScript, and what their check list asks for."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django import forms
from django.urls import reverse
from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st

from allmende.core.models import Body, Office, Person
from allmende.core.templatetags.allmende import together
from allmende.core.written import PREFIX
from allmende.notices import checks, kinds
from allmende.notices.detail_fields import form_field
from allmende.notices.models import Notice, Revision
from allmende.notices.services import Draft
from allmende.notices.tests.conftest import WORDING, LogIn, MakeDraft, wording
from allmende.notices.tests.lawful import make_lawful
from allmende.notices.tests.samples import DETAILS, typed
from conftest import NOW

NEW = "notices_staff:new"
CODES = list(DETAILS)


def everything_confirmed(form: forms.Form) -> dict[str, str]:
    """Every tick set, every day today, every choice the first one."""
    sent = {}
    for field in form:
        match field.field:
            case forms.BooleanField():
                sent[field.html_name] = "on"
            case forms.ChoiceField():
                sent[field.html_name] = next(option.data["value"] for option in field if option.data["value"])
            case _:
                sent[field.html_name] = f"{NOW:%d.%m.%Y}"
    return sent


@pytest.mark.parametrize("code", CODES)
def test_a_notice_of_each_kind_from_the_empty_form_to_the_approver(
    code: str, log_in: LogIn, editor: Person, town: Body, administrator: Person, office: Office, at: datetime
) -> None:
    make_lawful(town, administrator)
    client, kind = log_in(editor), kinds.get(code)
    page = client.get(reverse(NEW)).content.decode()
    assert f'href="{reverse(NEW)}?kind={code}"' in page
    assert escape(together(kind.hint)) in page
    form = client.get(f"{reverse(NEW)}?kind={code}").context["form"]
    assert [field.name for field in form.details] == [f"{PREFIX}{field.name}" for field in kind.fields]
    sent = {"version": 0, "kind": code, "key": form["key"].value(), "title": "Amtliches", "text": WORDING, "office": office.pk}

    answer = client.post(reverse(NEW), sent | typed(code) | {"einreichen": "1"})

    notice = Notice.objects.for_body(town).get()
    assert (notice.kind, notice.details) == (code, DETAILS[code])
    assert answer["Location"] == reverse("notices_staff:submit", args=[notice.pk, 1])
    asked = client.get(answer["Location"]).context["form"]
    client.post(answer["Location"], everything_confirmed(asked))
    assert Notice.objects.for_body(town).get().state == "submitted"


@pytest.mark.parametrize("code", [code for code in CODES if DETAILS[code]])
def test_what_is_missing_leads_to_its_field(code: str, make_draft: MakeDraft, log_in: LogIn, editor: Person) -> None:
    notice = make_draft(kind=code)
    address = reverse("notices_staff:edit", args=[notice.pk])

    page = log_in(editor).get(reverse("notices_staff:submit", args=[notice.pk, 1])).content.decode()
    form = log_in(editor).get(address).content.decode()

    needed = [field for field in kinds.get(code).fields if field.is_required({})]
    anchors = [check.anchor for check in checks.missing(Draft(title="T", office=1, kind=code, content=wording()), pictures=[])]
    assert len(anchors) == len(needed)
    for anchor in anchors:
        assert f'href="{address}#{anchor}"' in page
        assert f'id="{anchor}"' in form


def asked(code: str, **changes: Any) -> list[str]:
    """Names of fields at which something is open; a change to None takes a value away."""
    details = {name: value for name, value in (DETAILS[code] | changes).items() if value is not None}
    values = Draft(title="Titel", office=1, kind=code, content=wording(), details=details)
    return [check.anchor.removeprefix(f"id_{PREFIX}") for check in checks.missing(values, pictures=[])]


@pytest.mark.parametrize(
    ("code", "changes", "expected"),
    [
        ("bylaw", {"entry_on": None}, ["entry_on"]),
        ("bylaw", {"entry": "silent"}, ["entry_on"]),
        ("bylaw", {"entry": "next_day", "entry_on": None}, []),
        ("bylaw", {"approval_on": None}, ["approval_on"]),
        ("bylaw", {"approval_authority": None}, ["approval_authority"]),
        ("bylaw", {"approval_authority": None, "approval_on": None}, []),
        ("bylaw", {"supervision_allows_earlier": True}, ["supervision_allows_earlier"]),
        ("bylaw", {"signed_on": "2026-11-02"}, ["signed_on"]),
        ("bylaw", {"approval_on": "2026-11-02"}, ["approval_on"]),
        ("replacement", {"last_on": "2026-12-06"}, ["last_on"]),
        ("replacement", {"last_on": "2026-12-07"}, []),
        ("emergency", {"entry": None}, []),
        ("emergency", {"entry": "stated_day"}, ["entry_on"]),
        ("plan", {"last_on": "2026-12-01"}, ["last_on"]),
        ("plan_in_force", {"second_on": None}, ["second_on"]),
        ("plan_in_force", {"second_on": None, "second_form": None}, []),
        ("order", {"inspection_place": None}, ["inspection_place"]),
        ("order", {"inspection_place": None, "printed_whole": True}, []),
        ("order", {"effect_on": "2026-11-18"}, ["effect_on"]),
        ("election", {"names": None}, ["necessity", "erase_on"]),
        ("election", {"result_on": "2027-06-12"}, ["result_on"]),
        ("election", {"erase_on": "2027-06-12"}, ["erase_on"]),
    ],
)
def test_what_one_field_says_decides_about_others(code: str, changes: dict[str, Any], expected: list[str]) -> None:
    assert asked(code, **changes) == expected


@pytest.mark.parametrize(
    ("place", "said", "open_"),
    [
        ("title", "Öffentliche Zustellung an Leopold Quandt", "id_title"),
        ("title", "Zustellung QUANDT", "id_title"),
        ("title_en", "Service: Quandt", "id_title_en"),
        ("summary", "Ein Bescheid für L. Quandt liegt bereit.", "id_summary"),
        ("title", "Öffentliche Zustellung eines Bescheids", None),
        ("summary", "Quandtitäten sind kein Name.", None),
    ],
)
def test_no_name_stands_where_everybody_looks(place: str, said: str, open_: str | None) -> None:
    changes: dict[str, Any] = {place: said}
    values = replace(Draft(title="Zustellung", office=1, kind="service", details=DETAILS["service"]), **changes)

    assert [check.anchor for check in checks.missing(values, pictures=[])] == ([open_] if open_ else [])


def test_the_name_of_a_company_is_found_by_what_is_its_own() -> None:
    details = DETAILS["service"] | {"addressee": "Firma Bau und Boden Quandt GmbH"}
    values = Draft(title="Bescheid an eine Firma und GmbH", office=1, kind="service", details=details)
    assert checks.missing(values, pictures=[]) == []


def test_a_meeting_and_a_service_need_no_text_of_their_own(log_in: LogIn, editor: Person, office: Office, town: Body) -> None:
    for code in ("meeting", "service"):
        values = Draft(title="Titel", office=1, kind=code, details=DETAILS[code])
        assert checks.missing(values, pictures=[]) == []
    assert checks.missing(Draft(title="Titel", office=1, kind="general"), pictures=[])


MISTYPED = [
    ("bylaw", "adopted_on", "31.2.2026", "Den Tag „31.2.2026“ gibt es nicht im Kalender."),
    ("bylaw", "adopted_on", "1.1.0202", "Der früheste Tag ist der 1.1.1900."),
    ("bylaw", "signed_by", "x" * 201, "Kürzen Sie auf höchstens 200 Zeichen."),
    ("meeting", "session_at", "1.3.2027", "Bei „1.3.2027“ fehlt die Uhrzeit."),
    ("meeting", "session_at", "1.3.2027, 24 Uhr", "Statt 24 Uhr schreiben Sie 23.59 Uhr"),
    ("meeting", "session_at", "abends", "„abends“ lässt sich nicht lesen."),
    ("meeting", "agenda", f"eins\n{'x' * 501}", "Zeile 2 ist zu lang."),
    ("meeting", "agenda", "x\n" * 201, "Höchstens 200 sind möglich."),
    ("plan", "documents_address", "im Rathaus", "„im Rathaus“ ist keine Internetadresse."),
    ("plan", "documents_address", "mailto:a@example.org", "ist keine Internetadresse."),
]


@pytest.mark.parametrize(("code", "name", "text", "sentence"), MISTYPED)
def test_a_slip_is_said_at_its_field_and_nothing_is_lost(
    code: str, name: str, text: str, sentence: str, log_in: LogIn, editor: Person, office: Office
) -> None:
    answer = log_in(editor).post(reverse(NEW), {"version": 0, "kind": code, "text": WORDING} | typed(code) | {f"{PREFIX}{name}": text})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'href="#id_{PREFIX}{name}"' in page
    assert escape(text.strip()) in page
    assert WORDING.split("\n")[0] in page
    other = next(value for field, value in typed(code).items() if field != f"{PREFIX}{name}")
    assert escape(other.split("\n")[0]) in page


def test_the_form_is_saved_by_itself_with_its_details(make_draft: MakeDraft, log_in: LogIn, editor: Person, town: Body) -> None:
    notice = make_draft(kind="meeting", title="Sitzung")
    address = reverse("notices_staff:autosave", args=[notice.pk])
    sent = {"version": 1, "kind": "meeting", "title": "Sitzung", "html": "<p>Text</p>"} | typed("meeting")

    answer = log_in(editor).post(address, sent, headers={"Accept": "application/json"}).json()

    assert answer["version"] == 2
    assert "Angaben: Sitzung" in answer["checks"]
    assert Notice.objects.for_body(town).get().details == DETAILS["meeting"]


def test_a_log_in_that_ended_gives_the_details_back(make_draft: MakeDraft, client: Any) -> None:
    notice = make_draft(kind="meeting")
    sent = {"version": 1, "kind": "meeting", "title": "Sitzung"} | typed("meeting")

    page = client.post(reverse("notices_staff:edit", args=[notice.pk]), sent).content.decode()

    assert "Tagesordnung, öffentlicher Teil" in page
    assert "Haushaltssatzung 2027" in page


def test_the_kind_is_changed_and_what_both_share_stays(make_draft: MakeDraft, log_in: LogIn, editor: Person, town: Body) -> None:
    notice = make_draft(kind="bylaw", details=DETAILS["bylaw"])
    client, address = log_in(editor), reverse("notices_staff:kind", args=[notice.pk])
    page = client.get(address).content.decode()
    assert "Entfällt:" in page

    client.post(address, {"version": 1, "kind": "replacement"})
    changed = Notice.objects.for_body(town).get()
    assert (changed.kind, changed.details, changed.version) == ("replacement", DETAILS["bylaw"], 2)
    late = client.post(address, {"version": 1, "kind": "general"})
    assert (late.status_code, Notice.objects.for_body(town).get().kind) == (409, "replacement")
    client.post(address, {"version": 2, "kind": "plan_in_force"})
    changed = Notice.objects.for_body(town).get()
    assert changed.details == {name: DETAILS["bylaw"][name] for name in ("approval_authority", "approval_on")}
    assert Revision.objects.for_body(town).get(version=2).values["details"] == DETAILS["bylaw"], "what fell away is kept"


def test_the_button_for_another_kind_saves_first(log_in: LogIn, editor: Person, town: Body) -> None:
    answer = log_in(editor).post(reverse(NEW), {"version": 0, "kind": "meeting", "title": "Sitzung", "art": "1"} | typed("meeting"))

    notice = Notice.objects.for_body(town).get()
    assert answer["Location"] == reverse("notices_staff:kind", args=[notice.pk])
    assert notice.details == DETAILS["meeting"]


def test_the_comparison_names_what_has_changed(make_draft: MakeDraft, log_in: LogIn, editor: Person, town: Body) -> None:
    notice = make_draft(kind="meeting", details=DETAILS["meeting"])
    agenda = {"agenda": [*DETAILS["meeting"]["agenda"], "Neuer Punkt"], "session_at": "2026-12-10T18:30:00+01:00"}
    sent = {"version": 1, "kind": "meeting", "title": "Winterdienst auf Gehwegen", "text": WORDING}
    log_in(editor).post(reverse("notices_staff:edit", args=[notice.pk]), sent | typed("meeting", DETAILS["meeting"] | agenda))

    page = log_in(editor).get(reverse("notices_staff:compare", args=[notice.pk, 1])).content.decode()

    assert "<ins>Neuer Punkt</ins>" in page
    assert "18.30" in page
    assert "Ort</h3>" not in page


ODD = (
    "1.3.2026",
    "29.3.2026, 2:30",
    "25.10.2026 2.30 Uhr",
    "1.1.1900, 0 Uhr",
    "31.12.2199 23:59",
    "www.beispiel.de/ä b",
    "a\n\u2028b\r\n c ",
)
ANYTHING = st.text(max_size=60) | st.sampled_from(ODD)


def form_of(kind: kinds.Kind, **arguments: Any) -> forms.Form:
    form: forms.Form = type("DetailsForm", (forms.Form,), {field.name: form_field(field) for field in kind.fields})(**arguments)
    return form


def as_shown(field: forms.BoundField) -> Any:
    """What a browser would send back for the field as it stands on the page."""
    shown = field.field.widget.format_value(field.value())
    return field.value() if shown is None else shown[0] if isinstance(shown, list) else shown


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_whatever_a_form_accepts_reads_back_equal(code: str, data: st.DataObject) -> None:
    kind = kinds.get(code)
    choices = {field.name: [code for code, _words in getattr(field, "options", ())] for field in kind.fields}
    sent = {name: data.draw(st.one_of(ANYTHING, *([st.sampled_from(codes)] if codes else []))) for name, codes in choices.items()}

    first = form_of(kind, data=sent)
    first.is_valid()
    details = kind.write({name: value for name, value in first.cleaned_data.items() if name not in first.errors})
    shown = form_of(kind, initial=kind.read(details))
    again = form_of(kind, data={field.name: as_shown(field) for field in shown})

    assert again.is_valid(), again.errors
    assert kind.write(again.cleaned_data) == details
