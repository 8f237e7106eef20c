"""Taken down in one page from a telephone; erased at its day, so that nothing that runs here holds the name any more."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from allmende.core import housekeeping, mails, outbox
from allmende.core.models import Body, Person
from allmende.notices.after import amending
from allmende.notices.models import Amendment, Notice, PrintRequest, Revision
from allmende.notices.paper.printouts import services as printouts
from allmende.notices.paper.printouts.services import Wanted
from allmende.notices.tests.conftest import LogIn, Publish, wording
from allmende.notices.tests.lawful import make_lawful, stated
from allmende.notices.tests.samples import DETAILS
from allmende.publication.check import problems
from allmende.publication.models import Removal
from allmende.publication.tests.test_erasing import files_with, rows_with
from allmende.tasks import services as tasks
from allmende.tasks.kinds import Evidence
from allmende.tasks.models import Task
from conftest import NOW

NAME = "Unverwechselbar"
PHONE = PrintRequest.Channel.PHONE
SERVED = NOW + timedelta(days=15)


@pytest.fixture
def served(publish: Publish, town: Body, administrator: Person) -> Notice:
    """An öffentliche Zustellung with a name that stands nowhere else."""
    make_lawful(town, administrator)
    details = DETAILS["service"] | {"addressee": f"Kunigunde {NAME}"}
    return publish(
        kind="service",
        details=details,
        content=wording(f"Zugestellt wird ein Bescheid an Kunigunde {NAME}."),
        said=stated("service", details, body=town),
    )


def again(notice: Notice) -> Notice:
    return Notice.objects.for_body(notice.record.body).select_related("record__body").get(pk=notice.pk)


def test_a_service_is_erased_at_its_day_and_nothing_holds_the_name(committed: None, served: Notice, town: Body, client: Client) -> None:
    assert set(rows_with(NAME)) >= {"notices_notice", "notices_revision", "publication_publication"}
    housekeeping.do("erasure", SERVED - timedelta(days=1))
    assert again(served).state == Notice.State.PUBLIC

    housekeeping.do("erasure", SERVED)
    outbox.work(SERVED)

    assert list(rows_with(NAME)) == []
    assert files_with(NAME) == []
    assert list(problems(town)) == []
    assert again(served).state == Notice.State.ERASED
    assert client.get(reverse("notices:page", args=[served.year, served.number])).status_code == 410


def test_requests_mails_and_corrections_of_it_hold_the_name_no_more(committed: None, served: Notice, town: Body, editor: Person) -> None:
    """Around a notice there are more places than its own rows."""
    task = printouts.ask(served, Wanted(True, PrintRequest.Delivery.COLLECT, f"Kunigunde {NAME}"), at=NOW, by=editor, channel=PHONE)
    draft = amending.begin(served.pk, Amendment.Word.CORRECTS, body=town, by=editor, at=NOW)
    hint = tasks.open(kind="notices.service_record", record=served.record, at=NOW, once="again")
    tasks.finish(hint.pk, Evidence(day=NOW.date(), text=f"Akte {NAME}"), body=town, by=editor, at=NOW)
    folder = Path(settings.MAIL_DIR)
    folder.mkdir(parents=True)
    (folder / "1.log").write_text(f"{mails.HEADER}: {served.pk}\n\nZustellung an {NAME}")
    (folder / "2.log").write_text("Subject: etwas anderes\n\nbleibt")
    assert {"notices_printrequest", "tasks_words"} <= set(rows_with(NAME))

    housekeeping.do("erasure", SERVED)
    outbox.work(SERVED)

    assert list(rows_with(NAME)) == []
    assert files_with(NAME) == []
    assert [path.name for path in folder.iterdir()] == ["2.log"]
    task.refresh_from_db()
    assert (task.state, task.closed_by) == (Task.State.DROPPED, None)
    assert again(draft).state == Notice.State.DISCARDED
    assert list(problems(town)) == []


def test_a_leak_is_off_the_net_with_one_page_and_the_seventy_two_hours_run(
    publish: Publish, log_in: LogIn, editor: Person, town: Body
) -> None:
    notice = publish()
    address = reverse("notices:page", args=[notice.year, notice.number])
    clerk = log_in(editor)
    assert clerk.get(address).status_code == 200

    page = reverse("notices_staff:take_down", args=[notice.pk])
    assert clerk.get(page).status_code == 200
    assert clerk.post(page, {"what": "all", "reason": "personal_data"}, follow=True).status_code == 200

    assert clerk.get(address).status_code == 410
    assert again(notice).state == Notice.State.REMOVED
    task = Task.objects.for_body(town).get(kind="breach")
    assert task.due_at is not None
    assert task.due_at - Removal.objects.for_body(town).get().at == timedelta(hours=72)
    assert "vom Netz genommen" in clerk.get(reverse("notices_staff:show", args=[notice.pk])).content.decode()


def test_without_reason_nothing_is_taken_down(publish: Publish, log_in: LogIn, editor: Person) -> None:
    notice = publish()
    clerk = log_in(editor)
    refused = clerk.post(reverse("notices_staff:take_down", args=[notice.pk]), {"what": "all"})
    assert refused.status_code == 422
    assert "Wählen Sie den Grund." in refused.content.decode()
    assert again(notice).state == Notice.State.PUBLIC


def test_other_reasons_open_no_task(publish: Publish, log_in: LogIn, editor: Person, town: Body) -> None:
    notice = publish()
    log_in(editor).post(reverse("notices_staff:take_down", args=[notice.pk]), {"what": "all", "reason": "mistake"})
    assert again(notice).state == Notice.State.REMOVED
    assert not Task.objects.for_body(town).filter(kind="breach").exists()


def test_the_approver_erases_and_the_editor_may_not(publish: Publish, log_in: LogIn, approver: Person, editor: Person, town: Body) -> None:
    notice = publish()
    page = reverse("notices_staff:erase", args=[notice.pk])
    assert log_in(editor).post(page).status_code == 403
    approved = log_in(approver)
    assert approved.get(page).status_code == 200
    assert approved.post(page, follow=True).status_code == 200
    assert again(notice).state == Notice.State.ERASED
    assert not Revision.objects.for_body(town).filter(notice=notice).exists()
