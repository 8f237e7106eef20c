"""The form without JavaScript: nothing is lost, whatever happens."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from allmende.core.models import Body, District, Office, Person
from allmende.lib import richtext
from allmende.notices import services, text
from allmende.notices.models import Notice
from allmende.notices.services import Draft, pictures
from allmende.notices.tests.conftest import LogIn, MakeDraft, wording
from conftest import NOW

RICH = (
    "## Abfuhr\n\nWer *früh* kommt, hat **Recht**. Siehe [Satzung der Stadt](https://example.org/satzung).\n\n"
    "Tabelle: Tage\n| Straße | Tag |\n|---|---|\n| Markt | Montag |\n\n1. eins\n2. zwei\n   a) innen"
)


def fields_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back for the form as it is shown."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "") and name != "html"}


def test_typed_text_comes_back_as_it_was(log_in: LogIn, editor: Person, town: Body, office: Office, district: District) -> None:
    client = log_in(editor)
    sent = {
        "version": 0,
        "kind": "general",
        "title": " Abfuhr  der\nTonnen ",
        "text": RICH,
        "office": office.pk,
        "districts": [district.pk],
    }

    answer = client.post(reverse("notices_staff:new"), sent)

    notice = Notice.objects.for_body(town).select_related("record").get()
    assert answer["Location"] == reverse("notices_staff:edit", args=[notice.pk])
    assert notice.record.title == "Abfuhr der Tonnen"
    assert text.read(notice.content) == richtext.from_plain(RICH)
    assert list(notice.districts.all()) == [district]
    again = fields_of(client, answer["Location"])
    assert richtext.from_plain(again["text"]) == richtext.from_plain(RICH)
    client.post(answer["Location"], again)
    assert Notice.objects.for_body(town).get().version == 1, "nothing was changed, so nothing is saved"


def test_a_draft_may_be_saved_with_nothing_but_a_thought(log_in: LogIn, editor: Person, town: Body) -> None:
    answer = log_in(editor).post(reverse("notices_staff:new"), {"version": 0, "kind": "general", "text": "Erster Gedanke"}, follow=True)

    assert answer.status_code == 200
    assert "Ohne Titel" in answer.content.decode()


def test_two_at_once_both_texts_are_shown_and_the_second_can_be_saved_knowingly(
    make_draft: MakeDraft, log_in: LogIn, editor: Person, approver: Person, town: Body
) -> None:
    notice = make_draft()
    address = reverse("notices_staff:edit", args=[notice.pk])
    erikas = fields_of(log_in(editor), address) | {"text": "Erikas neuer Satz."}
    log_in(approver).post(address, erikas | {"text": "Annas neuer Satz.", "title": "Von Anna"})

    answer = log_in(editor).post(address, erikas)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<title>Fehler:" in page
    assert "Erikas neuer Satz." in page
    assert "Annas neuer Satz." in page
    assert "Von Anna" in page
    assert Notice.objects.for_body(town).get().version == 2
    seen = re.search(r'name="version" value="(\d+)"', page)
    assert seen is not None
    answer = log_in(editor).post(address, erikas | {"version": seen[1]})
    assert answer.status_code == 302
    assert "Erikas neuer Satz." in richtext.plain_text(text.read(Notice.objects.for_body(town).get().content))


def test_too_long_a_title_is_named_at_its_field(make_draft: MakeDraft, log_in: LogIn, editor: Person) -> None:
    address = reverse("notices_staff:edit", args=[make_draft().pk])
    client = log_in(editor)

    answer = client.post(address, fields_of(client, address) | {"title": "x" * 301})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_title"' in page
    assert "x" * 301 in page


def test_hostile_html_becomes_plain_text(log_in: LogIn, editor: Person, town: Body) -> None:
    hostile = (
        "<p onclick=alert(1)>Ruhig<script>alert(2)</script></p><img src=x onerror=alert(3)><a href='javascript:alert(4)'>Weg</a>"
        "<svg onload=alert(5)></svg><iframe src='https://evil.example'></iframe><p style='position:fixed'>Ende</p>"
        "<img data-image='../../x' src='/x'><math><mtext></p><style>p{}</style>"
    )
    client = log_in(editor)
    answer = client.post(reverse("notices_staff:new"), {"version": 0, "kind": "general", "title": "<b>T</b>", "html": hostile}, follow=True)

    stored = richtext.to_html(text.read(Notice.objects.for_body(town).get().content))
    for trace in ("script", "onclick", "onerror", "alert", "javascript", "iframe", "svg", "style", "<img"):
        assert trace not in stored
    page = answer.content.decode()
    assert "&lt;b&gt;T&lt;/b&gt;" in page
    assert "<b>T</b>" not in page


def test_autosave_follows_the_same_rules(make_draft: MakeDraft, log_in: LogIn, editor: Person, approver: Person, auditor: Person) -> None:
    notice = make_draft()
    address = reverse("notices_staff:autosave", args=[notice.pk])
    sent = fields_of(log_in(editor), reverse("notices_staff:edit", args=[notice.pk])) | {"text": "Weiter."}

    saved = log_in(editor).post(address, sent).json()
    assert saved["version"] == 2
    assert saved["saved"].startswith("Gespeichert um ")
    assert "erledigt" in saved["checks"]
    late = log_in(approver).post(address, sent | {"text": "Zu spät."})
    assert (late.status_code, late.json()["conflict"]) == (409, True)
    assert log_in(auditor).post(address, sent | {"version": 2}).status_code == 403


def test_the_first_autosave_gives_a_new_notice_its_address(log_in: LogIn, editor: Person, town: Body) -> None:
    sent = {"version": 0, "kind": "general", "html": "<p>Neu</p>"}
    answer = log_in(editor).post(reverse("notices_staff:new"), sent, headers={"Accept": "application/json"}).json()

    notice = Notice.objects.for_body(town).get()
    assert (answer["version"], answer["edit"]) == (1, reverse("notices_staff:edit", args=[notice.pk]))


def test_the_check_list_leads_to_what_is_open(make_draft: MakeDraft, log_in: LogIn, editor: Person) -> None:
    broken = "| a | b |\n|---|---|\n| c |\n\n![](11111111-1111-4111-8111-111111111111)"
    notice = make_draft(title="", office=None, content=wording(broken))

    page = log_in(editor).get(reverse("notices_staff:submit", args=[notice.pk, 1])).content.decode()

    for anchor in ("#id_title", "#id_office", "#id_text"):
        assert f"{reverse('notices_staff:edit', args=[notice.pk])}{anchor}" in page
    for words in (
        "Bitte ändern: Tabelle 1, Zeile 2",
        "In der Zeile fehlen Zellen",
        "Bitte ändern: Bild 1",
        "?stelle=table-1-2-0#id_text",
        "fehlt die Beschreibung",
        "gehört nicht zu dieser Bekanntmachung",
    ):
        assert words in page
    assert "notices_staff:submit" not in page
    assert log_in(editor).post(reverse("notices_staff:submit", args=[notice.pk, 1])).status_code == 422


def test_a_form_sent_twice_begins_one_notice(log_in: LogIn, editor: Person, approver: Person, town: Body) -> None:
    address = f"{reverse('notices_staff:new')}?kind=general"
    sent = fields_of(log_in(editor), address) | {"title": "Einmal", "text": "Erster Satz."}

    first, second = log_in(editor).post(address, sent), log_in(editor).post(address, sent)
    again = log_in(editor).post(address, sent | {"text": "Zweiter Satz."}, headers={"Accept": "application/json"})

    notice = Notice.objects.for_body(town).get()
    assert first["Location"] == second["Location"] == reverse("notices_staff:edit", args=[notice.pk])
    assert (again.status_code, again.json()["version"]) == (200, 2)
    late = log_in(editor).post(address, sent | {"text": "Von vorhin."})
    assert "schon angelegt" in late.content.decode()
    assert "Von vorhin." in late.content.decode(), "what was written stays in the form"
    assert log_in(approver).post(address, sent).status_code == 409
    assert Notice.objects.for_body(town).get().version == 2


def test_a_log_in_that_ended_costs_no_text(make_draft: MakeDraft, client: Client, town: Body) -> None:
    notice = make_draft()
    address = reverse("notices_staff:edit", args=[notice.pk])

    typed = client.post(address, {"version": 1, "title": "Gehwege", "title_en": "Pavements", "text": "## Neu\n\nMein Satz."})
    edited = client.post(address, {"version": 1, "html": "<p>Aus dem <strong>Editor</strong>.</p>"})

    assert (typed.status_code, edited.status_code) == (403, 403)
    assert "Mein Satz." in typed.content.decode()
    assert "Pavements" in typed.content.decode()
    assert "Aus dem **Editor**." in edited.content.decode()
    assert Notice.objects.for_body(town).get().version == 1
    assert client.post(address, {"version": 1}).status_code == 302


@pytest.mark.parametrize("name", ["edit", "new"])
def test_an_expired_form_gives_everything_back_that_was_written(make_draft: MakeDraft, editor: Person, name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    address = reverse(f"notices_staff:{name}", args=[make_draft().pk] if name == "edit" else [])
    lines = {"title": "Gehwege", "title_en": "Pavements", "summary": "Räumen Sie Schnee."}
    table = "<table><tr><th>Straße</th></tr><tr><td>Ringweg</td></tr></table>"

    typed = client.post(address, {"version": 1, "text": "Lang geschrieben."} | lines)
    edited = client.post(
        address, {"version": 1, "html": f"<h2>Neu</h2><p>Aus dem <strong>Editor</strong>.</p>{table}", "text": "Alt."} | lines
    )

    assert (typed.status_code, edited.status_code) == (403, 403)
    for page, words in ((typed, ["Lang geschrieben."]), (edited, ["## Neu\n\nAus dem **Editor**.", "Ringweg"])):
        shown = page.content.decode()
        assert [word for word in (*lines.values(), *words) if word not in shown] == []
    assert "Alt." not in edited.content.decode()


def test_an_expired_decision_gives_the_note_back(make_draft: MakeDraft, approver: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(approver)

    page = client.post(reverse("notices_staff:decide", args=[make_draft().pk, 1]), {"reason": "Bitte den Tag nennen."})

    assert page.status_code == 403
    assert "Bitte den Tag nennen.</textarea>" in page.content.decode()


def test_a_second_click_on_a_decision_changes_nothing(
    make_draft: MakeDraft, log_in: LogIn, editor: Person, approver: Person, town: Body
) -> None:
    notice = make_draft()
    submit, decide, show = (
        reverse(f"notices_staff:{name}", args=[notice.pk, *rest]) for name, *rest in (("submit", 1), ("decide", 1), ("show",))
    )

    assert [log_in(editor).post(submit)["Location"] for _ in range(2)] == [show, show]
    assert [log_in(approver).post(decide, {"reason": "Ab wann?"})["Location"] for _ in range(2)] == [show, show]
    log_in(editor).post(submit)
    approve = reverse("notices_staff:approve", args=[notice.pk, 1])
    assert log_in(approver).post(decide, {"freigeben": "1"})["Location"] == approve
    assert [log_in(approver).post(approve, {"freigeben": "1"})["Location"] for _ in range(2)] == [show, show]
    assert "Ist schon freigegeben (Anna, " in log_in(approver).get(show).content.decode()
    assert log_in(approver).post(decide, {"reason": "Doch nicht."}).status_code == 409


def test_the_preview_says_which_picture_is_lost(make_draft: MakeDraft, log_in: LogIn, editor: Person, town: Body) -> None:
    notice = make_draft()
    out = io.BytesIO()
    Image.new("RGB", (9, 9), "navy").save(out, "PNG")
    out.seek(0)
    picture = pictures.add(notice.pk, body=town, file=out, name="plan.png", by=editor, at=NOW)
    services.edit(
        notice.pk,
        body=town,
        version=1,
        values=Draft(title="Plan", content=wording(f"Text\n\n![Ein Plan]({picture.pk})")),
        by=editor,
        at=NOW,
    )
    address = reverse("notices_staff:preview_pdf", args=[notice.pk, 2])
    assert log_in(editor).get(address)["Content-Type"] == "application/pdf"

    (pictures.folder(town) / str(picture.pk)).unlink()

    page = log_in(editor).get(address, follow=True)
    assert "Ein Bild lässt sich nicht in das Dokument übernehmen." in page.content.decode()


def test_a_form_that_comes_too_late_says_what_has_happened_and_keeps_the_text(
    make_draft: MakeDraft, log_in: LogIn, editor: Person, approver: Person, town: Body
) -> None:
    notice = make_draft()
    address = reverse("notices_staff:edit", args=[notice.pk])
    late = fields_of(log_in(editor), address) | {"text": "Zu spät geschrieben."}
    services.submit(notice.pk, body=town, version=1, by=editor, at=NOW)
    saving = reverse("notices_staff:autosave", args=[notice.pk])

    def sent() -> tuple[str, dict[str, Any]]:
        answer = log_in(editor).post(address, late)
        by_itself = log_in(editor).post(saving, late, headers={"accept": "application/json"})
        assert (answer.status_code, by_itself.status_code) == (409, 409)
        page = answer.content.decode()
        assert "Zu spät geschrieben." in page
        assert 'id="entwurf"' not in page, "nothing there looks as if it could be saved"
        assert by_itself.json()["link"] in page
        return page, by_itself.json()

    page, answer = sent()
    assert "liegt zur Freigabe. Eingereicht hat sie Erika" in page
    assert answer["link"] == reverse("notices_staff:show", args=[notice.pk])
    services.withdraw(notice.pk, body=town, by=editor, at=NOW)
    services.discard(notice.pk, body=town, version=1, by=editor, at=NOW)
    page, answer = sent()
    assert "ist inzwischen verworfen worden" in page
    assert answer["error"].startswith("Dieser Entwurf ist inzwischen verworfen worden.")
    assert answer["link"] == reverse("notices_staff:list")


def test_the_check_list_counts_what_is_open(make_draft: MakeDraft, log_in: LogIn, editor: Person) -> None:
    notice = make_draft(title="", office=None, plain="## Kopf\n\nTabelle: T\n| a | b |\n| c | |\n\n[hier](https://a.example)")

    edit = log_in(editor).get(reverse("notices_staff:edit", args=[notice.pk])).content.decode()
    submit = log_in(editor).get(reverse("notices_staff:submit", args=[notice.pk, 1])).content.decode()

    for page in (edit, submit):
        assert "2 fehlen, 1 ist zu ändern, 1 Hinweis" in page
        assert page.index("Fehlt: Titel") < page.index("Hinweis zu Tabelle 1")


def test_a_heading_that_says_the_title_again_is_named(make_draft: MakeDraft, log_in: LogIn, editor: Person) -> None:
    notice = make_draft(title="Sperrung der Mühlgasse im Dezember", plain="## Sperrung der Mühlgasse\n\nVom 1. bis 3. Dezember.")
    other = make_draft(title="Sperrung der Mühlgasse im Dezember", plain="## Umleitung\n\nVom 1. bis 3. Dezember.")
    said = [log_in(editor).get(reverse("notices_staff:edit", args=[draft.pk])).content.decode() for draft in (notice, other)]

    assert ["Die erste Überschrift wiederholt den Titel." in page for page in said] == [True, False]


def test_the_button_that_submits_stands_after_the_text_and_the_preview_leads_there(
    make_draft: MakeDraft, log_in: LogIn, editor: Person, auditor: Person
) -> None:
    notice = make_draft()
    preview = reverse("notices_staff:preview", args=[notice.pk, 1])
    submit = reverse("notices_staff:submit", args=[notice.pk, 1])

    page = log_in(editor).get(preview).content.decode()
    assert f'href="{submit}"' in page
    assert "wird beim Veröffentlichen eingesetzt" in page
    page = log_in(editor).get(submit).content.decode()
    assert page.index('href="#einreichen"') < page.index("n-preview") < page.index('id="einreichen"') < page.index("kern-btn--primary")
    assert f'href="{submit}"' not in log_in(auditor).get(preview).content.decode()
