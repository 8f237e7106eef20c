"""An approved notice that cannot appear becomes a draft again, with its number, its rules and its place free for the next approval."""

import pytest
from django.urls import reverse

from allmende.core import outbox
from allmende.core.models import AuditEntry, Body, Person, Record
from allmende.core.tests.threads import at_once
from allmende.notices import services
from allmende.notices.models import Amendment, Basis, Comment, Notice, NumberSeries
from allmende.notices.services.errors import ReasonMissing
from allmende.notices.tests.conftest import LATER, LogIn, MakeDraft, Publish
from allmende.notices.tests.lawful import APPROVED, BYLAW, make_lawful, stated
from allmende.publication.check import problems
from allmende.publication.errors import TooLateToTakeBack
from allmende.publication.models import Relation, SealKey
from conftest import NOW


def again(notice: Notice) -> Notice:
    return Notice.objects.for_body(notice.record.body).select_related("record__body").get(pk=notice.pk)


def approved(notice: Notice, editor: Person, approver: Person) -> Notice:
    body = notice.record.body
    said = stated("bylaw", BYLAW, body=body)
    services.submit(notice.pk, body=body, version=notice.version, by=editor, at=NOW, statement=said)
    services.approve(notice.pk, body=body, version=notice.version, by=approver, at=NOW, statement=APPROVED)
    return again(notice)


@pytest.fixture
def stuck(publish: Publish, make_draft: MakeDraft, town: Body, administrator: Person, editor: Person, approver: Person) -> Notice:
    """A by-law whose seal is locked; it corrects an earlier notice."""
    make_lawful(town, administrator)
    earlier = publish()
    SealKey.objects.for_body(town).update(unlocked_until=NOW)
    draft = make_draft(kind="bylaw", details=BYLAW)
    Amendment.objects.create(notice=draft, earlier=earlier, word=Amendment.Word.CORRECTS)
    notice = approved(draft, editor, approver)
    outbox.work(NOW)
    return notice


def test_it_is_a_draft_again_and_can_be_approved_anew(stuck: Notice, town: Body, editor: Person, approver: Person) -> None:
    services.take_back(stuck.pk, body=town, reason="Das Siegel bleibt gesperrt.", by=approver, at=LATER)

    draft = again(stuck)
    assert (draft.state, draft.label, draft.approved_by, draft.submitted_at) == (Notice.State.DRAFT, "", None, None)
    assert draft.record.path == f"entwuerfe/{draft.pk}/"
    assert NumberSeries.objects.for_body(town).get().last == 1
    assert not Basis.objects.for_body(town).filter(notice=draft).exists()
    assert not Relation.objects.for_body(town).exists()
    assert Comment.objects.for_body(town).get(notice=draft).text == "Das Siegel bleibt gesperrt."
    assert AuditEntry.objects.for_body(town).filter(record=draft.pk, act="notice.approval_taken_back", actor=approver).exists()

    until = LATER.replace(hour=23)
    SealKey.objects.for_body(town).update(unlocked_until=until)
    public = approved(draft, editor, approver)
    outbox.work(LATER)
    assert (again(public).state, public.label) == (Notice.State.PUBLIC, stuck.label)
    assert Relation.objects.for_body(town).get().later_id == stuck.pk
    assert list(problems(town)) == []


def test_what_is_public_is_not_taken_back(publish: Publish, town: Body, approver: Person) -> None:
    notice = publish()
    with pytest.raises(TooLateToTakeBack):
        services.take_back(notice.pk, body=town, reason="Doch nicht.", by=approver, at=LATER)
    assert again(notice).state == Notice.State.PUBLIC


def test_not_without_a_reason(stuck: Notice, town: Body, approver: Person) -> None:
    with pytest.raises(ReasonMissing):
        services.take_back(stuck.pk, body=town, reason=" ", by=approver, at=LATER)


def test_an_administrator_does_it_on_a_page(stuck: Notice, administrator: Person, editor: Person, log_in: LogIn) -> None:
    page, show = (reverse(f"notices_staff:{name}", args=[stuck.pk]) for name in ("take_back", "show"))
    assert "Freigabe zurücknehmen" not in log_in(editor).get(show).content.decode()
    client = log_in(administrator)
    assert page in client.get(show).content.decode()
    assert "Siegel" in client.get(page).content.decode()
    refused = client.post(page, {"reason": ""})
    assert (refused.status_code, "warum Sie die Freigabe zurücknehmen" in refused.content.decode()) == (422, True)
    assert client.post(page, {"reason": "Das Siegel kommt erst im Juni."}).status_code == 302
    assert again(stuck).state == Notice.State.DRAFT
    assert "Freigabe zurückgenommen: Adam" in client.get(show).content.decode()
    late = client.get(page, follow=True).content.decode()
    assert "nicht mehr zurücknehmen" in late


def test_eight_try_while_the_worker_goes_on(
    committed: None, make_draft: MakeDraft, town: Body, administrator: Person, editor: Person, approver: Person, publish: Publish
) -> None:
    make_lawful(town, administrator)
    notice = approved(make_draft(kind="bylaw", details=BYLAW), editor, approver)

    def act(i: int) -> str:
        if i % 2:
            outbox.work(NOW)
            return "worked"
        try:
            services.take_back(notice.pk, body=town, reason="Doch nicht.", by=approver, at=NOW)
        except TooLateToTakeBack:
            return "too late"
        return "back"

    result = at_once(act)
    outbox.work(NOW + outbox.LEASE * 2)

    state = again(notice).state
    assert (result["back"], state) in {(1, Notice.State.DRAFT), (0, Notice.State.PUBLIC)}
    assert sum(result[word] for word in ("back", "too late", "worked")) == 8
    assert Record.objects.for_body(town).get(pk=notice.pk).path.startswith("entwuerfe" if result["back"] else "bekannt")
    assert list(problems(town)) == []
