"""From the duties of the rule book to tasks: what a person has to do after a notice has become public.

What the platform does by itself (online for good, protected, a separate copy) is no task, and neither is the duty of a rule that is
not confirmed: nobody is told to do what the law perhaps does not ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.core import outbox
from allmende.core.models import Body, OutboxRow, Record
from allmende.lib import german
from allmende.lib.legalcalendar.computation.facts import Facts
from allmende.lib.legalcalendar.computation.hint import HINT_WARNING_DAY, hint
from allmende.lib.legalcalendar.computation.results import Code
from allmende.lib.legalcalendar.computation.sheet import Sheet
from allmende.lib.legalcalendar.days import ONE_DAY, nth, working_days
from allmende.lib.legalcalendar.duties import Duty, When, duties
from allmende.lib.legalcalendar.overlay import RuleBook
from allmende.notices import kinds
from allmende.notices.calendar import keeping
from allmende.notices.calendar.facts import facts_of
from allmende.notices.models import Notice
from allmende.notices.paper import about
from allmende.notices.paper.hint import HINT
from allmende.tasks import kinds as tasks
from allmende.tasks import services
from allmende.tasks.kinds import Asked, Part, TaskKind
from allmende.tasks.models import Task

TOPIC: Final = "notices.duties"
REMINDED_AFTER: Final = timedelta(days=14)  # our choice, no law: most rules name no time (docs/law.md)


def _context(task: Task, *, may_do: bool) -> Mapping[str, Any]:
    return {"source": task.details.get("source", "")}


def _kind(code: str, name: str | Promise, hint: str | Promise, *asks: Asked, done: str | Promise) -> TaskKind:
    return tasks.register(
        TaskKind(
            code=f"notices.{code}",
            name=name,
            hint=hint,
            asks=asks,
            address=about.address,
            about=about.about,
            template="notices/paper/source.html",
            context=_context,
            done=done,
        )
    )


_SENT = (
    Asked(Part.DAY, _("Abgesandt am"), required=True),
    Asked(Part.TEXT, _("An wen und wie"), required=True, help=_("Zum Beispiel: Kommunalaufsicht des Landkreises, Behördenpostfach")),
    Asked(Part.SCAN, _("Beleg")),
)
_FILED = (
    Asked(Part.DAY, _("Erledigt am"), required=True),
    Asked(Part.TEXT, _("Wo es liegt, Aktenzeichen")),
)
_SEND = _("Senden Sie das versiegelte PDF mit dem Nachweis. Beides steht auf der öffentlichen Seite.")
_FILE = _("Legen Sie den Nachweis (ZIP) zur Akte. Er lässt sich ohne diese Seite prüfen.")
SUPERVISION = _kind("supervision", _("Der Aufsicht anzeigen"), _SEND, *_SENT, done=_("Ist abgesandt"))
COURT = _kind("court", _("An das Amtsgericht senden"), _SEND, *_SENT, done=_("Ist abgesandt"))
POLICE = _kind("police", _("An die Polizei senden"), _SEND, *_SENT, done=_("Ist abgesandt"))
TO_FILE = _kind("to_file", _("Nachweis der Bekanntmachung zu den Akten nehmen"), _FILE, *_FILED, done=_("Liegt bei den Akten"))
SPECIMENS = _kind("specimens", _("Belegstücke aufbewahren"), _FILE, *_FILED, done=_("Liegen bei den Akten"))
ORIGINAL = _kind(
    "note_on_original",
    _("Auf der Urschrift vermerken, wann und wie bekannt gemacht wurde"),
    _("Vermerken Sie Art und Tag der Bekanntmachung auf der Urschrift. Beides steht auf der öffentlichen Seite."),
    *_FILED,
    done=_("Ist vermerkt"),
)
SERVICE = _kind(
    "service_record",
    _("In der Akte vermerken, wann und wie öffentlich zugestellt wurde"),
    _("Vermerken Sie in der Akte den Tag der Bekanntmachung und die Form. Nach der Löschung steht es nur noch dort."),
    *_FILED,
    done=_("Ist vermerkt"),
)
PORTAL = _kind(
    "plan_portal",
    _("Über das Landesportal zugänglich machen"),
    _("Inhalt der Bekanntmachung und Unterlagen müssen auch über das zentrale Internetportal des Landes zugänglich sein."),
    Asked(Part.DAY, _("Eingestellt am"), required=True),
    Asked(Part.TEXT, _("Adresse im Portal"), required=True),
    done=_("Ist eingestellt"),
)
CATCH_UP = _kind(
    "catch_up",
    _("In der üblichen Form nachholen"),
    _("Machen Sie dasselbe in der üblichen Form bekannt, sobald das wieder möglich ist, wenn es nicht überholt ist."),
    Asked(Part.DAY, _("Nachgeholt am"), required=True),
    Asked(Part.TEXT, _("Nummer der Bekanntmachung, oder wo"), required=True),
    done=_("Ist nachgeholt"),
)


@dataclass(frozen=True)
class Follows:
    """What a duty becomes. `hurry`: without delay, as the hint is."""

    kinds: tuple[TaskKind, ...]
    hurry: bool = False


# Every duty after publication that a person has to do. What is not here, the platform does by itself (see the test).
TASKS: Final[Mapping[str, Follows]] = {
    "hint.required": Follows((HINT,), hurry=True),
    "supervision.report": Follows((SUPERVISION,)),
    "send.court_and_police": Follows((COURT, POLICE)),
    "evidence.to_file": Follows((TO_FILE,)),
    "evidence.specimens": Follows((SPECIMENS,)),
    "evidence.note_on_original": Follows((ORIGINAL,)),
    "service.record": Follows((SERVICE,)),
    "plan.portal": Follows((PORTAL,), hurry=True),
    "emergency.catch_up": Follows((CATCH_UP,), hurry=True),
}
BY_ITSELF: Final = frozenset({"form.text_also_online", "online.period", "online.permanent", "online.protected", "evidence.copy"})


def on_public(record: Record, at: datetime) -> None:
    """Asked for in the transaction that makes the notice public; done by the outbox, so that no rule ever holds up a publication."""
    outbox.put(record, TOPIC, at=at)


def open_tasks(row: OutboxRow, at: datetime) -> None:
    """Outbox handler: the tasks of a notice, each once, by the rules that were kept when it was approved. Without any: none."""
    body: Body = row.body
    notice = Notice.objects.for_body(body).select_related("record__body").filter(pk=row.record_id, provided_at__isnull=False).first()
    kept = keeping.kept(body, row.record_id) if notice else None
    if notice is None or notice.provided_at is None or kept is None:
        return
    basis, statement = kept
    day, law = german.local(notice.provided_at).date(), kinds.get(notice.kind).law
    ways = basis.on(day)
    if ways is None:
        return
    facts = facts_of(law, notice.details, basis, ways, statement, notice.provided_at)
    found = duties(basis.book, kind=law, form=facts.form, body=facts.body, on=facts.day, fines=facts.fines)
    quick = nth(working_days(facts.day + ONE_DAY, facts.place), HINT_WARNING_DAY) - ONE_DAY
    with transaction.atomic():
        for duty in found:
            if duty.when is When.AFTER and duty.binds and (follows := TASKS.get(duty.code)):
                hint_due = _hint_due(facts, basis.book) if duty.code == "hint.required" else None
                due = hint_due or (quick if follows.hurry else facts.day + REMINDED_AFTER)
                _open(notice, duty, follows, due, _media(basis.book, facts), at)


def _hint_due(facts: Facts, book: RuleBook) -> date | None:
    """The last day on which the hint is not overdue yet, as the calendar has it; None where the rules name no time."""
    sheet = Sheet(facts, book)
    hint(sheet)
    overdue = next((step.day for step in sheet.steps if step.code is Code.HINT_WARNING), None)
    return overdue - ONE_DAY if overdue else None


def _media(book: RuleBook, facts: Facts) -> list[str]:
    """Codes of the media that the Land accepts for a hint; empty where it names none."""
    rule = book.find("hint.media", on=facts.day, body=facts.body, kind=facts.kind).rule
    return sorted(map(str, rule.value)) if rule and isinstance(rule.value, frozenset) else []


def _open(notice: Notice, duty: Duty, follows: Follows, due: date, media: list[str], at: datetime) -> None:
    details: dict[str, Any] = {"source": duty.source, "duty": duty.code}
    if HINT in follows.kinds:
        details["media"] = media
    for kind in follows.kinds:
        services.open(kind=kind.code, record=notice.record, due=due, details=details, at=at)
