"""Offered to the archive before erasure: nothing public waits, the office's copy no longer than the rule says, the answer stays."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from allmende.core import housekeeping, outbox
from allmende.core.errors import NotAllowed
from allmende.core.models import AuditEntry, Body, Person
from allmende.lib.proof import verify
from allmende.notices.models import ArchiveRule, LegalDay, Notice, Offer
from allmende.notices.offering import rules, services
from allmende.notices.offering.rules import RuleIncomplete
from allmende.notices.tests.conftest import LATER, LogIn, Publish, wording
from allmende.notices.tests.lawful import make_lawful, stated
from allmende.notices.tests.samples import DETAILS
from allmende.publication.check import problems
from allmende.publication.keys import log_of
from allmende.publication.models import Removal
from allmende.publication.tests.test_erasing import files_with, rows_with
from allmende.tasks import services as tasks
from allmende.tasks.kinds import Evidence
from allmende.tasks.models import Task
from conftest import NOW

NAME = "Unverwechselbar"
DAY = NOW + timedelta(days=15)  # the day of erasure of a service that was provided on NOW
SOURCE = "Archivsatzung § 4"
Answer = Offer.Answer


@pytest.fixture
def served(publish: Publish, town: Body, administrator: Person) -> Notice:
    make_lawful(town, administrator)
    details = DETAILS["service"] | {"addressee": f"Kunigunde {NAME}"}
    content = wording(f"Zugestellt wird ein Bescheid an Kunigunde {NAME}.")
    return publish(kind="service", details=details, content=content, said=stated("service", details, body=town))


def enter(town: Body, by: Person, *, answer_days: int | None = 30, wanted: tuple[str, ...] = ("service",)) -> ArchiveRule:
    return rules.enter(archive="Stadtarchiv", wanted=wanted, lead_days=21, answer_days=answer_days, source=SOURCE, body=town, by=by, at=NOW)


def again(notice: Notice) -> Notice:
    return Notice.objects.for_body(notice.record.body).get(pk=notice.pk)


def work(at: object) -> None:
    for chore in ("archive_offers", "erasure"):
        housekeeping.do(chore, at)  # type: ignore[arg-type]
    outbox.work(at)  # type: ignore[arg-type]


def task(town: Body, kind: str) -> Task:
    return Task.objects.for_body(town).get(kind=f"notices.archive_{kind}")


def address(notice: Notice) -> str:
    return reverse("notices:page", args=[notice.year, notice.number])


def test_without_a_rule_nothing_is_offered_and_nothing_waits(served: Notice, town: Body) -> None:
    work(LATER)
    assert not Offer.objects.for_body(town).exists()
    work(DAY)
    assert again(served).state == Notice.State.ERASED


def test_the_task_comes_before_the_day_and_its_answer_is_kept(
    committed: None, served: Notice, town: Body, administrator: Person, editor: Person, client: Client
) -> None:
    enter(town, administrator)
    work(LATER)
    offer, first = Offer.objects.for_body(town).get(), task(town, "offer")
    erase_on = LegalDay.objects.for_body(town).filter(code__startswith="erase").order_by("day")[0].day
    assert (offer.erase_on, offer.wait_until) == (erase_on, erase_on + timedelta(days=30))
    assert first.due_at is not None
    assert first.due_at.date() == erase_on
    work(LATER)
    assert Task.objects.for_body(town).filter(kind="notices.archive_offer").count() == 1

    tasks.finish(first.pk, Evidence(day=date(2026, 3, 2), text=f"Bote {NAME}"), body=town, by=editor, at=LATER)
    assert Offer.objects.for_body(town).get().offered_on == date(2026, 3, 2)
    second = task(town, "answer")
    tasks.finish(second.pk, Evidence(day=date(2026, 3, 9), medium="taken_over"), body=town, by=editor, at=LATER)
    offer.refresh_from_db()
    assert offer.answer == Answer.TAKEN_OVER
    assert again(served).state == Notice.State.PUBLIC  # never before its day

    work(DAY)
    assert again(served).state == Notice.State.ERASED
    assert client.get(address(served)).status_code == 410
    assert list(rows_with(NAME)) == []
    assert files_with(NAME) == []
    offer.refresh_from_db()
    assert (offer.answer, offer.offered_on) == (Answer.TAKEN_OVER, date(2026, 3, 2))
    assert list(problems(town)) == []


def test_the_public_copies_go_at_the_day_and_the_office_waits_as_long_as_the_rule_says(
    committed: None, served: Notice, town: Body, administrator: Person, approver: Person, client: Client, log_in: LogIn
) -> None:
    enter(town, administrator)
    work(LATER)
    erasing = reverse("notices_staff:erase", args=[served.pk])
    assert "Das Archiv hat noch nicht geantwortet" in log_in(approver).get(erasing).content.decode()
    work(DAY)

    assert again(served).state == Notice.State.REMOVED
    assert client.get(address(served)).status_code == 410
    removal = Removal.objects.for_body(town).get()
    assert (removal.reason, removal.by) == ("period_over", None)
    assert not any(name.endswith((".pdf", ".zip", ".html")) for name in files_with(NAME))
    assert list(problems(town)) == []
    work(DAY + timedelta(days=29))
    assert again(served).state == Notice.State.REMOVED

    work(DAY + timedelta(days=30))
    assert again(served).state == Notice.State.ERASED
    assert Offer.objects.for_body(town).get().answer == Answer.NO_ANSWER
    assert task(town, "offer").state == Task.State.DROPPED
    assert list(rows_with(NAME)) == []
    assert list(problems(town)) == []


def test_an_answer_while_it_waits_ends_the_waiting(served: Notice, town: Body, administrator: Person, editor: Person) -> None:
    enter(town, administrator)
    work(LATER)
    tasks.finish(task(town, "offer").pk, Evidence(day=date(2026, 3, 2)), body=town, by=editor, at=LATER)
    work(DAY)
    assert again(served).state == Notice.State.REMOVED

    tasks.finish(task(town, "answer").pk, Evidence(day=date(2026, 3, 18), medium="not_wanted"), body=town, by=editor, at=DAY)
    work(DAY + timedelta(days=1))
    assert again(served).state == Notice.State.ERASED


@pytest.mark.parametrize(("answer_days", "wanted", "offers"), [(None, ("service",), 1), (30, ("election",), 0)])
def test_no_time_for_the_archive_or_another_kind_makes_nothing_wait(
    served: Notice, town: Body, administrator: Person, answer_days: int | None, wanted: tuple[str, ...], offers: int
) -> None:
    enter(town, administrator, answer_days=answer_days, wanted=wanted)
    work(LATER)
    assert Offer.objects.for_body(town).count() == offers
    work(DAY)
    assert again(served).state == Notice.State.ERASED


def test_a_rule_that_changes_moves_no_day_that_runs(served: Notice, town: Body, administrator: Person) -> None:
    enter(town, administrator)
    work(LATER)
    before = Offer.objects.for_body(town).get().wait_until
    enter(town, administrator, answer_days=300)
    work(LATER)
    assert Offer.objects.for_body(town).get().wait_until == before


def test_the_package_is_checked_without_us(served: Notice, town: Body, administrator: Person, editor: Person, log_in: LogIn) -> None:
    enter(town, administrator)
    work(LATER)
    client, page = log_in(editor), reverse("notices_staff:handover", args=[served.pk])
    assert page in client.get(reverse("tasks:show", args=[task(town, "offer").pk])).content.decode()
    assert page in client.get(reverse("notices_staff:show", args=[served.pk])).content.decode()
    for _moment in range(2):  # public, then off the net and waiting
        answer = client.get(page)
        assert answer["Cache-Control"] == "no-store"
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.namelist() == ["bekanntmachung.pdf", "nachweis.zip", "uebergabe.txt"]
            assert archive.read("bekanntmachung.pdf").startswith(b"%PDF-")
            report = verify(archive.read("nachweis.zip"), vkey=log_of(town).vkey)
            assert "gesiegelte Dokument" in archive.read("uebergabe.txt").decode()
        assert report.ok
        work(DAY)
    work(DAY + timedelta(days=30))
    assert client.get(page).status_code == 404


def test_the_administration_enters_the_rule_with_its_source(town: Body, administrator: Person, editor: Person, log_in: LogIn) -> None:
    make_lawful(town, administrator)
    page = reverse("notices_staff:archive_settings")
    assert log_in(editor).get(page).status_code == 403
    client = log_in(administrator)
    empty = client.get(page).content.decode()
    assert "Bisher wird nichts angeboten" in empty
    assert "ArchG LSA § 9a Abs. 4" in empty
    values = {"archive": "Stadtarchiv", "kinds": ["service"], "source": SOURCE, "lead_days": "14", "answer_days": "30"}
    for name in ("archive", "kinds", "source"):
        assert client.post(page, {**values, name: ""}).status_code == 422, name
    assert client.post(page, values).status_code == 302
    rule = ArchiveRule.objects.for_body(town).get()
    assert (rule.archive, rule.kinds, rule.lead_days, rule.answer_days, rule.source) == ("Stadtarchiv", ["service"], 14, 30, SOURCE)
    assert AuditEntry.objects.for_body(town).filter(act="archive.rule_entered", actor=administrator).exists()
    assert client.post(page, {"end": "1"}).status_code == 302
    assert rules.of(town) is None


def test_what_is_incomplete_or_not_allowed_is_refused(town: Body, administrator: Person, editor: Person) -> None:
    with pytest.raises(NotAllowed):
        enter(town, editor)
    with pytest.raises(RuleIncomplete):
        enter(town, administrator, wanted=("general",))  # has no day of erasure
    enter(town, administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArchiveRule.objects.for_body(town).update(source="")


def test_finding_what_comes_up_costs_the_same_for_many(served: Notice, town: Body, administrator: Person) -> None:
    enter(town, administrator)
    assert [due.notice for due in services.to_offer(LATER)] == [served.pk]
    assert services.waiting(town, LATER) == frozenset()
    assert all(one.words.de and one.words.en for one in rules.known())
