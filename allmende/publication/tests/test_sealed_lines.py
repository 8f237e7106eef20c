"""The module adds to the sealed page what follows from its day, or says that it may not appear on that day."""

from dataclasses import replace
from datetime import date, timedelta

from allmende.core.models import Record
from allmende.core.outbox import work
from allmende.lib.official import Fact, OfficialPage
from allmende.publication import kinds, sealing
from allmende.publication.errors import DayRefused
from allmende.publication.models import Attempt, State
from allmende.publication.selectors import state_of
from allmende.publication.tests.conftest import MakeApproved
from conftest import NOW


def add(record: Record, page: OfficialPage, day: date) -> OfficialPage:
    return replace(page, follows=(Fact("In Kraft", f"{day + timedelta(days=1):%d.%m.%Y}"),), notes=(Fact("Rügen", record.title),))


def refuse_today(record: Record, page: OfficialPage, day: date) -> OfficialPage:
    if day == NOW.date():
        raise DayRefused
    return page


def test_the_lines_stand_in_page_and_document_and_a_later_copy_says_the_same(make_approved: MakeApproved) -> None:
    kinds.register(kinds.PublishedKind(Record.Kind.NOTICE, on_sealing=add))
    publication = make_approved()
    work(NOW)

    attempt = Attempt.objects.for_body(publication.body).get()
    assert attempt.state == State.PUBLIC
    assert b"03.03.2026" in bytes(attempt.page or b"")
    assert sealing.render(publication, attempt.day).page == bytes(attempt.page or b"")


def test_a_day_that_is_not_allowed_holds_the_publication_up_in_words(make_approved: MakeApproved) -> None:
    kinds.register(kinds.PublishedKind(Record.Kind.NOTICE, on_sealing=refuse_today))
    publication = make_approved()
    work(NOW)

    progress = state_of(publication.record)
    assert progress is not None
    assert (progress.step, progress.error_code, progress.error) == (State.SEALING, DayRefused.code, DayRefused.message)


def test_it_goes_on_by_itself_on_a_day_that_is_allowed(make_approved: MakeApproved) -> None:
    kinds.register(kinds.PublishedKind(Record.Kind.NOTICE, on_sealing=refuse_today))
    publication = make_approved()
    work(NOW)
    work(NOW + timedelta(days=1))

    attempt = Attempt.objects.for_body(publication.body).get()
    assert (attempt.state, attempt.day) == (State.PUBLIC, NOW.date() + timedelta(days=1))
    publication.refresh_from_db()
    assert publication.waiting_code == ""
