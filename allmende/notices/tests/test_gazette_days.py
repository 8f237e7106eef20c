"""Where the electronic gazette is the form of publication, the day of its issue is the day that counts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from allmende.core import outbox
from allmende.core.models import Body, Person
from allmende.lib import german
from allmende.lib.legalcalendar.computation import Code
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices import services
from allmende.notices.calendar.statement import Statement
from allmende.notices.gazette import days, selectors
from allmende.notices.gazette import services as gazette
from allmende.notices.gazette.errors import IssueDayDiffers
from allmende.notices.models import Calendar, Issue, LegalDay, Notice
from allmende.notices.tests.conftest import LATER, LogIn, MakeDraft, Publish
from allmende.notices.tests.lawful import APPROVED, BYLAW, WAYS, make_lawful, stated
from allmende.publication.check import problems
from allmende.publication.models import Publication
from conftest import NOW

TODAY = NOW.date()  # Monday, 2 March 2026
GAZETTE = Form.ELECTRONIC_GAZETTE
# Adopted, signed and confirmed by supervision long enough ago (§ 21 Abs. 3 ThürKO).
CONFIRMED = {"adopted_on": "2025-12-02", "signed_on": "2025-12-03", "supervision_confirmed_on": "2025-12-10"}
IN_GAZETTE = replace(WAYS, form=GAZETTE)


@pytest.fixture
def thuringia(town: Body, administrator: Person) -> Body:
    """There a publication in the electronic gazette is complete on the day of provision (§ 6 Abs. 3 ThürBekVO)."""
    town.ars = "160990010001"
    town.save()
    return make_lawful(town, administrator, IN_GAZETTE)


def said(town: Body, details: dict[str, Any], day: date) -> Statement:
    return replace(stated("bylaw", details, body=town), days={GAZETTE: day})


def public(make_draft: MakeDraft, town: Body, editor: Person, approver: Person, day: date, details: dict[str, Any] = BYLAW) -> Notice:
    details = details | CONFIRMED
    draft = make_draft(kind="bylaw", details=details)
    services.submit(draft.pk, body=town, version=draft.version, by=editor, at=NOW, statement=said(town, details, day))
    services.approve(draft.pk, body=town, version=draft.version, by=approver, at=NOW, statement=APPROVED)
    outbox.work(NOW)
    return Notice.objects.for_body(town).select_related("record__body").get(pk=draft.pk)


def issue_of(town: Body, editor: Person, *notices: Notice, at: datetime = LATER) -> Issue:
    issue = gazette.begin(body=town, by=editor, at=at)
    gazette.arrange(issue.pk, [notice.pk for notice in notices], body=town, version=issue.version, by=editor, at=at)
    return Issue.objects.for_body(town).get(pk=issue.pk)


def legal_days(notice: Notice) -> dict[str, date]:
    return dict(LegalDay.objects.for_body(notice.record.body).filter(notice=notice).values_list("code", "day"))


CASES = [
    # day of the issue; by-law says; complete; enters into force
    (TODAY, {"entry": "next_day"}, date(2026, 3, 2), date(2026, 3, 3)),
    (date(2026, 3, 6), {"entry": "next_day"}, date(2026, 3, 6), date(2026, 3, 7)),  # a Friday: entry never moves
    (date(2026, 4, 3), {"entry": "next_day"}, date(2026, 4, 3), date(2026, 4, 4)),  # Good Friday
    (date(2026, 12, 31), {"entry": "next_day"}, date(2026, 12, 31), date(2027, 1, 1)),
    (date(2028, 2, 29), {"entry": "next_day"}, date(2028, 2, 29), date(2028, 3, 1)),
    (date(2026, 3, 6), {"entry": "stated_day", "entry_on": "2026-04-01"}, date(2026, 3, 6), date(2026, 4, 1)),
]


@pytest.mark.parametrize(("day", "entry", "complete", "in_force"), CASES)
def test_the_day_of_the_issue_is_the_day_of_publication(
    publish: Publish,
    make_draft: MakeDraft,
    thuringia: Body,
    editor: Person,
    approver: Person,
    day: date,
    entry: dict[str, Any],
    complete: date,
    in_force: date,
) -> None:
    notice = public(make_draft, thuringia, editor, approver, day, BYLAW | entry)
    planned = legal_days(notice)
    assert (planned[Code.COMPLETION.value], planned[Code.ENTRY.value]) == (complete, in_force)

    issue = issue_of(thuringia, editor, notice)
    gazette.approve(issue.pk, body=thuringia, version=issue.version, by=approver, at=LATER)
    on_the_day = LATER.replace(year=day.year, month=day.month, day=day.day)
    outbox.work(LATER)
    if day != TODAY:
        waiting = Publication.objects.for_body(thuringia).get(pk=issue.pk)
        assert waiting.waiting_code == "publication_day_refused"
        from allmende.publication.models import SealKey

        until = on_the_day + timedelta(days=1)
        SealKey.objects.for_body(thuringia).update(unlocked_until=until, valid_until=until)
        outbox.work(on_the_day)

    issued_at = selectors.issued_at(notice.pk, thuringia)
    assert issued_at is not None
    assert german.local(issued_at).date() == day
    calendar = Calendar.objects.for_body(thuringia).get(notice=notice)
    assert (calendar.issued_at, calendar.provided_at) == (issued_at, notice.provided_at)
    assert legal_days(notice) == planned  # what was sealed in the notice is so
    assert list(problems(thuringia)) == []


def test_an_issue_does_not_appear_on_another_day(
    publish: Publish, make_draft: MakeDraft, thuringia: Body, editor: Person, approver: Person
) -> None:
    soon = public(make_draft, thuringia, editor, approver, date(2026, 3, 6))
    late = public(make_draft, thuringia, editor, approver, date(2026, 3, 10))
    issue = issue_of(thuringia, editor, soon, late)
    with pytest.raises(IssueDayDiffers, match=late.label):
        gazette.approve(issue.pk, body=thuringia, version=issue.version, by=approver, at=LATER)
    with pytest.raises(IssueDayDiffers, match=soon.label):  # its day is over
        gazette.approve(issue.pk, body=thuringia, version=issue.version, by=approver, at=LATER + timedelta(days=6))


def test_other_notices_are_in_any_issue(publish: Publish, town: Body, editor: Person, approver: Person) -> None:
    notice = publish()
    assert days.check([notice], on=TODAY) is None
    issue = issue_of(town, editor, notice)
    gazette.approve(issue.pk, body=town, version=issue.version, by=approver, at=LATER)
    outbox.work(LATER)
    assert Issue.objects.for_body(town).get(pk=issue.pk).state == Issue.State.PUBLIC


def test_the_planned_day_is_offered_before_publishing(
    publish: Publish, make_draft: MakeDraft, thuringia: Body, editor: Person, approver: Person, log_in: LogIn
) -> None:
    draft = make_draft(kind="bylaw", details=BYLAW | CONFIRMED)
    submit = reverse("notices_staff:submit", args=[draft.pk, draft.version])
    issue = issue_of(thuringia, editor)
    client, arrange = log_in(editor), reverse("gazette_staff:arrange", args=[issue.pk])
    assert "Vorgesehen ist der Tag der nächsten Ausgabe" not in client.get(submit).content.decode()

    assert client.post(arrange, {"plan": "1", "appears_on": "irgendwann"}).status_code == 422
    assert client.post(arrange, {"plan": "1", "appears_on": "6.3.2026"}).status_code == 302
    page = client.get(submit).content.decode()
    assert "Vorgesehen ist der Tag der nächsten Ausgabe" in page
    assert "6.3.2026" in page

    notice = public(make_draft, thuringia, editor, approver, date(2026, 3, 6))
    current = Issue.objects.for_body(thuringia).get(pk=issue.pk)
    gazette.arrange(issue.pk, [notice.pk], body=thuringia, version=current.version, by=editor, at=LATER)
    page = client.get(arrange).content.decode()
    assert "genau an dem Tag, den sie nennen" in page
    assert "6. März 2026" in page.replace("\xa0", " ")


def test_the_moment_of_the_issue_is_filled_in_once(
    publish: Publish, make_draft: MakeDraft, thuringia: Body, editor: Person, approver: Person, client: Client
) -> None:
    notice = public(make_draft, thuringia, editor, approver, TODAY)
    issue = issue_of(thuringia, editor, notice)
    gazette.approve(issue.pk, body=thuringia, version=issue.version, by=approver, at=LATER)
    outbox.work(LATER)
    rows = Calendar.objects.for_body(thuringia).filter(notice=notice)
    assert rows.get().issued_at is not None
    refused: list[dict[str, Any]] = [{"content": {}}, {"provided_at": LATER}, {"provided_at": NOW - timedelta(days=1), "issued_at": LATER}]
    for changes in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changes)
