"""Notice boards: a printed copy is put up at a place and taken down again; who did it and when is the evidence of two tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from allmende.core.forms import GermanDateField
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require
from allmende.notices.models import Notice
from allmende.notices.paper import about
from allmende.tasks import kinds as tasks
from allmende.tasks import services
from allmende.tasks.kinds import Asked, Evidence, Part, TaskKind
from allmende.tasks.models import Entry, Task

LONGEST_PLACE = 80


def _context(task: Task, *, may_do: bool) -> Mapping[str, Any]:
    return {"place": task.details["place"], "is_posting": task.kind == PUT_UP.code, "record_id": task.record_id}


def _then_take_down(task: Task, evidence: Evidence, by: Person, at: datetime) -> None:
    """What hangs must come down: the next task, with its day where one was named."""
    assert task.record is not None
    place, until = task.details["place"], task.details.get("until")
    services.open(
        kind=TAKE_DOWN.code,
        record=task.record,
        due=date.fromisoformat(until) if until else None,
        titles={"de": f"Aushang abnehmen: {place}", "en": f"Take down from the board: {place}"},
        details={"place": place},
        once=place,
        by=by,
        at=at,
    )


_BY_WHOM = Asked(Part.PERSON, _("Von wem"), required=True, help=_("Wer am Kasten war. Das muss nicht sein, wer hier einträgt."))
PUT_UP = tasks.register(
    TaskKind(
        code="notices.board.put_up",
        name=_("Aushängen"),
        hint=_("Drucken Sie den Aushang und hängen Sie ihn auf. Tag, Ort und Unterschrift kommen unten auf das Blatt und hier hinein."),
        asks=(Asked(Part.DAY, _("Ausgehängt am"), required=True), _BY_WHOM, Asked(Part.SCAN, _("Foto oder Scan"))),
        address=about.address,
        about=about.about,
        template="notices/paper/board.html",
        context=_context,
        on_done=_then_take_down,
        done=_("Hängt aus"),
    )
)
TAKE_DOWN = tasks.register(
    TaskKind(
        code="notices.board.take_down",
        name=_("Aushang abnehmen"),
        hint=_("Nehmen Sie den Aushang erst nach dem letzten Tag ab. Das Blatt mit den beiden Unterschriften kommt zur Akte."),
        asks=(Asked(Part.DAY, _("Abgenommen am"), required=True), _BY_WHOM, Asked(Part.SCAN, _("Scan des Blattes mit beiden Vermerken"))),
        address=about.address,
        about=about.about,
        template="notices/paper/board.html",
        context=_context,
        done=_("Ist abgenommen"),
    )
)


class BoardForm(forms.Form):
    place = forms.CharField(
        label=_("Ort des Aushangs"), max_length=LONGEST_PLACE, help_text=_("Welcher Kasten, zum Beispiel: Schaukasten am Rathaus, Markt 1")
    )
    until = GermanDateField(
        label=_("Hängt aus bis einschließlich"), required=False, help_text=_("Letzter ganzer Tag. Danach erinnern wir an das Abnehmen.")
    )


def put_up(notice: Notice, *, place: str, until: date | None, by: Person, at: datetime) -> Task:
    """Open the task to put the notice up at `place`. The same place once. Raises NotAllowed."""
    require(by, notice.record.body, Act.WRITE, at=at)
    return services.open(
        kind=PUT_UP.code,
        record=notice.record,
        titles={"de": f"Aushängen: {place}", "en": f"Put up on the board: {place}"},
        details={"place": place} | ({"until": until.isoformat()} if until else {}),
        once=place,
        by=by,
        at=at,
    )


@dataclass
class Posting:
    """One place with what happened there. `url` leads to the task that is next, or was last."""

    place: str
    url: int
    up_on: date | None = None
    up_by: str = ""
    down_on: date | None = None
    down_by: str = ""


def postings(record: UUID, body: Body) -> list[Posting]:
    """Where a notice hangs or hung, by whom and when. 2 queries."""
    mine = Task.objects.for_body(body).filter(record=record, kind__in=[PUT_UP.code, TAKE_DOWN.code]).exclude(state=Task.State.DROPPED)
    found: dict[str, Posting] = {}
    place_of = {}
    for task in mine.order_by("pk"):
        posting = found.setdefault(task.details["place"], Posting(task.details["place"], task.pk))
        posting.url = task.pk
        place_of[task.pk] = (posting, task.kind)
    done = Entry.objects.for_body(body).filter(task__in=place_of, act=Entry.Act.DONE).select_related("words").order_by("pk")
    for entry in done:
        posting, kind = place_of[entry.task_id]
        stored = getattr(entry, "words", None)  # it can be erased
        who = stored.values.get("person", "") if stored else ""
        if kind == PUT_UP.code:
            posting.up_on, posting.up_by = entry.day, who
        else:
            posting.down_on, posting.down_by = entry.day, who
    return list(found.values())
