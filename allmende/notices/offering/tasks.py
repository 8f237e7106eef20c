"""The two tasks: offer it, and enter what the archive has answered."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from allmende.core.models import Person
from allmende.notices.models import Offer
from allmende.notices.offering import rules
from allmende.notices.paper import about
from allmende.tasks import kinds as tasks
from allmende.tasks import services
from allmende.tasks.kinds import Asked, Evidence, Part, TaskKind
from allmende.tasks.models import Task

Answer = Offer.Answer
ONE_DAY = timedelta(days=1)


def _context(task: Task, *, may_do: bool) -> Mapping[str, Any]:
    """The archive, and the package as long as there is one. 2 queries."""
    offer = Offer.objects.for_body(task.body).filter(notice=task.record_id).select_related("notice").first()
    return {"offer": offer, "rule": rules.of(task.body), "may_do": may_do}


def _offered(task: Task, evidence: Evidence, by: Person, at: datetime) -> None:
    """Entered: now the answer is waited for."""
    offers = Offer.objects.for_body(task.body).filter(notice=task.record_id, answer=Answer.OPEN)
    offers.update(offered_on=evidence.day)
    offer = offers.first()
    if offer is not None and task.record is not None:
        services.open(kind=ANSWER.code, record=task.record, due=offer.wait_until - ONE_DAY, at=at, by=by)


def _answers(task: Task) -> Iterable[tuple[str, str]]:
    return [(answer.value, str(answer.label)) for answer in (Answer.TAKEN_OVER, Answer.NOT_WANTED)]


def _answered(task: Task, evidence: Evidence, by: Person, at: datetime) -> None:
    open_ = Offer.objects.for_body(task.body).filter(notice=task.record_id, answer=Answer.OPEN)
    open_.update(answer=evidence.medium, answered_at=at)


OFFER = tasks.register(
    TaskKind(
        code="notices.archive_offer",
        name=_("Dem Archiv anbieten"),
        hint=_("Laden Sie die Übergabedatei herunter und bieten Sie sie dem Archiv an, bevor die Bekanntmachung gelöscht wird."),
        asks=(Asked(Part.DAY, _("Angeboten am"), required=True), Asked(Part.TEXT, _("An wen und wie"))),
        address=about.address,
        about=about.about,
        template="notices/offering/task.html",
        context=_context,
        on_done=_offered,
        done=_("Ist angeboten"),
    )
)
ANSWER = tasks.register(
    TaskKind(
        code="notices.archive_answer",
        name=_("Antwort des Archivs eintragen"),
        hint=_("Übernimmt das Archiv, geben Sie ihm die Übergabedatei. Danach löscht das Programm von selbst, frühestens an seinem Tag."),
        asks=(
            Asked(Part.DAY, _("Antwort vom"), required=True),
            Asked(Part.MEDIUM, _("Das Archiv hat"), required=True),
            Asked(Part.TEXT, _("Zeichen des Archivs")),
            Asked(Part.SCAN, _("Schreiben des Archivs")),
        ),
        media=_answers,
        address=about.address,
        about=about.about,
        template="notices/offering/task.html",
        context=_context,
        on_done=_answered,
        done=_("Antwort eintragen"),
    )
)
