"""An emergency publication and its repeat in the usual form: both pages name each other, and the task is done with it."""

import pytest
from django.test import Client
from django.urls import reverse

from allmende.core import outbox
from allmende.core.models import Body, Link, Person
from allmende.notices import services
from allmende.notices.after import amending, repeating
from allmende.notices.models import Amendment, Notice
from allmende.notices.tests.conftest import LATER, LogIn, Publish
from allmende.notices.tests.lawful import APPROVED, BYLAW, make_lawful, stated
from allmende.notices.tests.samples import DETAILS
from allmende.tasks.models import Task
from conftest import NOW

EMERGENCY = DETAILS["emergency"] | {"could_know_on": "2026-02-28"}


@pytest.fixture
def emergency(publish: Publish, town: Body, administrator: Person) -> Notice:
    town.ars = "050990010001"  # in Nordrhein-Westfalen: § 4 (4) BekanntmVO NRW
    town.save()
    make_lawful(town, administrator)
    notice = publish(kind="emergency", details=EMERGENCY, said=stated("emergency", EMERGENCY, body=town))
    outbox.work(LATER)
    return notice


def repeat(emergency: Notice, town: Body, editor: Person, approver: Person) -> Notice:
    later = amending.begin(emergency.pk, Amendment.Word.RENEWS, body=town, by=editor, at=NOW)
    values = services.Draft.of_json(later.revisions.get(version=1).values)
    assert (values.kind, values.details) == ("bylaw", {"entry": "next_day"})
    details = values.details | BYLAW
    changed = services.Draft(**(vars(values) | {"details": details}))
    version = services.edit(later.pk, body=town, version=1, values=changed, by=editor, at=NOW)
    services.submit(later.pk, body=town, version=version, by=editor, at=NOW, statement=stated("bylaw", details, body=town))
    services.approve(later.pk, body=town, version=version, by=approver, at=NOW, statement=APPROVED)
    outbox.work(NOW)
    outbox.work(LATER)
    return Notice.objects.for_body(town).select_related("record__body").get(pk=later.pk)


def test_the_repeat_closes_what_was_open(
    emergency: Notice, town: Body, editor: Person, approver: Person, client: Client, log_in: LogIn
) -> None:
    office = reverse("notices_staff:show", args=[emergency.pk])
    page = log_in(editor).get(office).content.decode()
    assert "noch nicht in der üblichen Form nachgeholt" in page
    assert "In der üblichen Form nachholen" in page
    task = Task.objects.for_body(town).get(kind="notices.catch_up")
    assert (task.state, task.due_at is not None) == (Task.State.OPEN, True)

    later = repeat(emergency, town, editor, approver)

    task.refresh_from_db()
    assert (task.state, task.closed_by) == (Task.State.DONE, None)
    assert not repeating.is_to_repeat(emergency, at=LATER)
    assert "noch nicht in der üblichen Form nachgeholt" not in client.get(office).content.decode()
    pages = {one.pk: client.get(reverse("notices:page", args=[one.year, one.number])).content.decode() for one in (emergency, later)}
    assert "In der üblichen Form nachgeholt durch die Bekanntmachung" in pages[emergency.pk]
    assert "Holt in der üblichen Form die Notbekanntmachung nach:" in pages[later.pk]
    assert Link.objects.for_body(town).filter(source=later.record, target=emergency.record, relation="renews").exists()


def test_a_draft_of_the_repeat_closes_nothing(emergency: Notice, town: Body, editor: Person) -> None:
    amending.begin(emergency.pk, Amendment.Word.RENEWS, body=town, by=editor, at=NOW)

    assert repeating.is_to_repeat(emergency, at=LATER)
    assert Task.objects.for_body(town).get(kind="notices.catch_up").state == Task.State.OPEN
