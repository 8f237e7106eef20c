"""A request comes in, becomes a task, and is forgotten when it has long been done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError
from allmende.core.housekeeping import DAY, Chore
from allmende.core.models import Body, Person, Record
from allmende.core.permissions import Act, require
from allmende.notices.models import Notice, PrintRequest
from allmende.notices.paper.printouts.task import PRINTOUT
from allmende.tasks import services as tasks
from allmende.tasks.models import Task

Delivery, Channel = PrintRequest.Delivery, PrintRequest.Channel
ANSWERED_WITHIN: Final = timedelta(days=7)  # our choice, no law (docs/law.md)
WORDS: Final = {
    (False, Delivery.POST): ("Ausdruck per Post schicken", "Send a print-out by post"),
    (True, Delivery.POST): ("Ausdruck in Großdruck per Post schicken", "Send a print-out in large letters by post"),
    (False, Delivery.COLLECT): ("Ausdruck zum Abholen bereitlegen", "Have a print-out ready to be collected"),
    (True, Delivery.COLLECT): ("Ausdruck in Großdruck zum Abholen bereitlegen", "Have a print-out in large letters ready to be collected"),
}


class AddressMissing(DomainError):
    code, status = "printout_address_missing", 422
    message = _("Name oder Anschrift fehlt. Für den Versand brauchen wir Name, Straße, Postleitzahl und Ort, zum Abholen den Namen.")


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for. To collect it, a name is enough."""

    large: bool
    delivery: PrintRequest.Delivery
    name: str
    street: str = ""
    place: str = ""

    @property
    def complete(self) -> bool:
        return bool(self.name.strip() and (self.delivery == Delivery.COLLECT or (self.street.strip() and self.place.strip())))


@transaction.atomic
def ask(notice: Notice, wanted: Wanted, *, at: datetime, by: Person | None = None, channel: PrintRequest.Channel = Channel.FORM) -> Task:
    """Take a request for a public notice in. By the form (`by` is None), or entered by somebody in the office.

    An address that is not needed is not kept.

    Raises:
        NotAllowed: `by` may not write here.
        AddressMissing
    """
    if by is not None:
        require(by, notice.record.body, Act.WRITE, at=at)
    if not wanted.complete:
        raise AddressMissing
    request, by_post = uuid4(), wanted.delivery == Delivery.POST
    german, english = WORDS[wanted.large, wanted.delivery]
    task = tasks.open(
        kind=PRINTOUT.code,
        record=notice.record,
        due=timezone.localdate(at) + ANSWERED_WITHIN,
        titles={"de": german, "en": english},
        once=str(request),
        by=by,
        at=at,
    )
    PrintRequest.objects.create(
        pk=request,
        notice=notice,
        task=task,
        large=wanted.large,
        delivery=wanted.delivery,
        channel=channel,
        name=wanted.name.strip(),
        street=wanted.street.strip() if by_post else "",
        place=wanted.place.strip() if by_post else "",
        asked_at=at,
        entered_by=by,
    )
    return task


def done_long_ago(at: datetime) -> Iterator[tuple[Body, UUID]]:
    """Requests of all bodies whose task was closed before the time set, and that still name somebody. 1 query, 1 for each body with one."""
    before = at - settings.KEEP_PRINT_REQUESTS
    old = {"erased_at": None, "task__closed_at__lt": before}
    for body in Body.objects.filter(Exists(PrintRequest.objects.of_outer(notice__record__body=OuterRef("pk")).filter(**old))).order_by(
        "pk"
    ):
        for pk in PrintRequest.objects.for_body(body).filter(**old).order_by("pk").values_list("pk", flat=True):
            yield body, pk


def forget(found: Sequence[tuple[Body, UUID]], at: datetime) -> None:
    """Name and address go, and what was typed with the task. That somebody asked, and when it was done, stays."""
    for body, pk in found:
        with transaction.atomic():
            rows = PrintRequest.objects.for_body(body).filter(pk=pk, erased_at=None)
            if rows.update(name="", street="", place="", erased_at=at):
                request = PrintRequest.objects.for_body(body).select_related("task__body", "task__record__body").get(pk=pk)
                tasks.erase_task(request.task, by=None, at=at)


def erase_all(record: Record, *, at: datetime) -> None:
    """The notice is erased: whoever has asked for it is forgotten at once, and nobody has to print it any more. In that transaction."""
    rows = PrintRequest.objects.for_body(record.body).filter(notice=record.pk, erased_at=None)
    rows.update(name="", street="", place="", erased_at=at)
    text = "Die Bekanntmachung ist gelöscht. Zu drucken ist nichts mehr."
    tasks.settle(PRINTOUT.code, record, state=Task.State.DROPPED, text=text, at=at)


FORGOTTEN = Chore(_("Anschriften erledigter Ausdruckanfragen"), done_long_ago, forget, every=DAY)
