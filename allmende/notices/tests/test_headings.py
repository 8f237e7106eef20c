"""The heading that repeats the title: said, left out by one button, and what stood below it needs no further mending."""

import pytest
from django.urls import reverse

from allmende.core.models import Body, Person
from allmende.lib import richtext
from allmende.notices import checks, headings
from allmende.notices.models import Notice
from allmende.notices.services import Draft
from allmende.notices.tests.conftest import LogIn, MakeDraft, stored, wording
from allmende.notices.tests.test_form import fields_of

TITLE = "Sperrung der Gartenstraße vom 7. bis 18. Dezember"
TEXT = f"## {TITLE} 2026\n\nDie Straße ist gesperrt.\n\n### Bauabschnitte\n\nZwei.\n\n#### Der zweite\n\nEr ist kurz."
WITHOUT = "<p>Die Straße ist gesperrt.</p>\n<h2>Bauabschnitte</h2>\n<p>Zwei.</p>\n<h3>Der zweite</h3>\n<p>Er ist kurz.</p>"


def titles(draft: Draft) -> list[str]:
    return [check.title for check in checks.checklist(draft, pictures=())]


def test_what_stood_below_the_heading_that_goes_is_never_blamed() -> None:
    left = headings.without_title(TITLE, richtext.from_plain(TEXT))

    assert richtext.to_html(left) == WITHOUT
    assert richtext.problems(left) == []
    assert headings.without_title(TITLE, left) == left, "pressed twice"
    assert headings.without_title(TITLE, richtext.from_plain(f"## {TITLE}")) == richtext.Document()


def test_another_heading_stays(make_draft: MakeDraft) -> None:
    other = richtext.from_plain("## Zeiten\n\nVon 7 bis 8 Uhr.\n\n### Abends\n\nNie.")

    assert headings.without_title(TITLE, other) == other


@pytest.mark.parametrize("by_editor", [False, True])
def test_one_button_of_the_form_leaves_it_out(make_draft: MakeDraft, log_in: LogIn, editor: Person, by_editor: bool) -> None:
    notice = make_draft(plain=TEXT, title=TITLE)
    address = reverse("notices_staff:edit", args=[notice.pk])
    client = log_in(editor)
    page = client.get(address).content.decode()
    form = page.partition('id="entwurf"')[2].partition("</form>")[0]
    assert '<button class="n-mend" type="submit" name="ohne_titel" value="1">Überschrift weglassen</button>' in form
    sent = fields_of(client, address) | {"ohne_titel": "1"} | ({"html": richtext.to_html(richtext.from_plain(TEXT))} if by_editor else {})

    answer = client.post(address, sent, follow=True)

    assert answer.redirect_chain == [(address, 302)]
    assert "ohne die Überschrift, die den Titel wiederholt hat" in answer.content.decode()
    assert stored(notice) == WITHOUT
    assert "ohne_titel" not in answer.content.decode()


def test_a_new_notice_can_be_begun_with_that_button(log_in: LogIn, editor: Person, town: Body) -> None:
    sent = {"version": 0, "kind": "general", "title": TITLE, "text": TEXT, "ohne_titel": "1"}

    log_in(editor).post(reverse("notices_staff:new"), sent)

    assert stored(Notice.objects.for_body(town).select_related("record__body").get()) == WITHOUT


def test_every_line_of_the_check_list_says_what_it_wants() -> None:
    missing_cell = f"Tabelle: T\n| a | b |\n| c | {richtext.MISSING_CELL} |"
    for plain in ("", "## Nur das", "### Zu tief\n\nText", "WIR SPERREN DIE STRASSE HEUTE", missing_cell):
        begins = ("Fehlt: ", "Bitte ändern: ", "Hinweis zu ", "Titel", "Zuständiges Amt")
        assert [title for title in titles(Draft(content=wording(plain))) if not title.startswith(begins)] == []
    assert "Fehlt: Amtlicher Text" in titles(Draft())
    assert checks.summary([]) == "Nichts fehlt"
