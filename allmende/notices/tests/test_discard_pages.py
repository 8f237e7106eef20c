"""Giving up a draft: asked once, and whoever comes too late reads what has happened and goes on from there."""

from typing import Any

import pytest
from django.urls import reverse

from allmende.core.models import AuditEntry, Body, Person
from allmende.notices import services
from allmende.notices.models import Notice
from allmende.notices.tests.conftest import LogIn, MakeDraft
from allmende.notices.tests.test_approve import approved, submitted
from allmende.notices.tests.test_drafts import edited
from conftest import NOW


def address(notice: Notice, version: int = 1) -> str:
    return reverse("notices_staff:discard", args=[notice.pk, version])


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def state_of(notice: Notice) -> str:
    return Notice.objects.for_body(notice.record.body).get(pk=notice.pk).state


def test_a_draft_is_discarded_after_one_question(make_draft: MakeDraft, log_in: LogIn, editor: Person) -> None:
    notice, client = make_draft(), log_in(editor)

    assert "Ja, verwerfen" in said(client.get(address(notice)))
    assert state_of(notice) == "draft"
    assert "Der Entwurf ist verworfen." in said(client.post(address(notice), follow=True))
    assert state_of(notice) == "discarded"


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_waits_for_approval_is_not_discarded_and_the_page_leads_to_withdrawing(
    make_draft: MakeDraft, log_in: LogIn, editor: Person, method: str
) -> None:
    notice = submitted(make_draft(), editor)
    page = said(getattr(log_in(editor), method)(address(notice), follow=True))

    assert "Es wurde nichts verworfen. Diese Bekanntmachung liegt zur Freigabe. Eingereicht hat sie Erika, " in page
    assert "Ja, verwerfen" not in page
    assert f'action="{reverse("notices_staff:withdraw", args=[notice.pk])}"' in page
    assert state_of(notice) == "submitted"


def test_what_is_approved_is_not_discarded_and_the_page_says_by_whom(
    make_draft: MakeDraft, log_in: LogIn, editor: Person, approver: Person
) -> None:
    notice = approved(submitted(make_draft(), editor), approver)
    page = said(log_in(editor).post(address(notice), follow=True))

    assert "Es wurde nichts verworfen. Diese Bekanntmachung hat Anna freigegeben, " in page
    assert "Ja, verwerfen" not in page


def test_who_presses_twice_or_comes_second_reads_that_it_is_gone(make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person) -> None:
    notice, client = make_draft(), log_in(editor)
    client.post(address(notice))
    again = client.post(address(notice), follow=True)

    assert again.redirect_chain == [(reverse("notices_staff:list"), 302)]
    assert "Dieser Entwurf ist schon verworfen." in said(again)
    assert AuditEntry.objects.for_body(town).filter(act="notice.discarded").count() == 1


def test_what_is_submitted_in_the_last_moment_is_not_discarded(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice, discard = make_draft(), services.discard

    def too_late(*args: Any, **given: Any) -> None:
        services.submit(notice.pk, body=town, version=1, by=editor, at=NOW)
        discard(*args, **given)

    monkeypatch.setattr(services, "discard", too_late)
    page = said(log_in(editor).post(address(notice), follow=True))

    assert "Es wurde nichts verworfen. Diese Bekanntmachung liegt zur Freigabe." in page
    assert state_of(notice) == "submitted"


def test_what_somebody_has_changed_is_asked_about_again_as_it_is_now(
    make_draft: MakeDraft, log_in: LogIn, editor: Person, approver: Person
) -> None:
    notice, client = make_draft(), log_in(editor)
    edited(notice, 1, approver, title="Neuer Titel")
    page = client.post(address(notice))

    assert page.status_code == 409
    assert "Neuer Titel" in said(page)
    assert f'action="{address(notice, 2)}"' in said(page)
    client.post(address(notice, 2))
    assert state_of(notice) == "discarded"


def test_a_draft_without_title_is_called_so(make_draft: MakeDraft, log_in: LogIn, editor: Person) -> None:
    assert "„Ohne Titel“" in said(log_in(editor).get(address(make_draft(title=""))))
