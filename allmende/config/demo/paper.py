"""The paper world of the demo: hints and files seen to, posters put up and taken down, print-outs asked for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from allmende.config.demo.story import Step, Story
from allmende.config.demo.told import Told, moment, published, read
from allmende.config.demo.world import E, Q, W
from allmende.core.models import Body, Record
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices.models import PrintRequest
from allmende.notices.paper import board, duties
from allmende.notices.paper.hint import HINT
from allmende.notices.paper.printouts import services as printouts
from allmende.notices.paper.printouts.services import Wanted
from allmende.notices.paper.printouts.task import PRINTOUT
from allmende.tasks import services as tasks
from allmende.tasks.kinds import Evidence
from allmende.tasks.models import Task

Channel, Delivery = PrintRequest.Channel, PrintRequest.Delivery
SHOWCASES: Final = {
    Q: "Schaukasten am Rathaus, Markt 1",
    E: "Schaukasten am Rathaus, Markt 1",
    W: "Schaukasten am Dorfgemeinschaftshaus, Dorfstraße 14",
}
CARETAKERS: Final = {Q: "Ronny Papenfuß, Hausmeister", E: "Ronny Papenfuß, Hausmeister", W: "Gerda Immelmann, Gemeindebüro"}
# What a text says under "Tasks": nothing has been seen to yet, or the hint alone.
NONE, HINT_ALONE = "open", "hint"


@dataclass(frozen=True)
class Poster:
    """A notice on a board: put up on the morning of `up`, to hang until `until`, taken down on `down`, if it was."""

    text: str
    showcase: str
    up: str
    until: date
    down: str = ""


POSTERS: Final = (
    Poster("planung/14-entwurf", Q, "2024-10-08 08:10", date(2024, 11, 22), "2024-11-25 07:50"),
    Poster("planung/14-in-kraft", Q, "2025-09-23 08:05", date(2025, 10, 7), "2025-10-08 07:55"),
    Poster("planung/fnp-3-entwurf", E, "2026-10-27 08:10", date(2026, 12, 11)),
    Poster("planung/fnp-3-entwurf", W, "2026-10-27 14:20", date(2026, 12, 11)),
)


@dataclass(frozen=True)
class Request:
    """Somebody wants a print-out. `done`: when it went out, if it did. Entered by who wrote the notice, unless it came by the form."""

    text: str
    at: str
    wanted: Wanted
    channel: PrintRequest.Channel
    done: str = ""


def _by_post(large: bool, name: str, street: str) -> Wanted:
    return Wanted(large, Delivery.POST, name, street, "06999 Quellstedt am Erlenbach")


REQUESTS: Final = (
    Request("mitteilungen/14-gewaesserschau", "2026-11-12 09:40", _by_post(False, "Hartwig Leisegang", "Am Wehr 11"), Channel.LETTER,
            "2026-11-13 08:30"),
    Request("haushalt/quellstedt-2026", "2026-11-23 10:15", _by_post(True, "Irmgard Sauerbier-Lenz", "Ringstraße 4"), Channel.PHONE,
            "2026-11-24 08:40"),
    Request("mitteilungen/kleingaerten", "2026-11-24 19:05", Wanted(False, Delivery.COLLECT, "Familie Wolkenstein"), Channel.FORM),
    Request("sitzungen/stadtrat-2026-12-10", "2026-11-26 09:20", _by_post(True, "Lieselotte Ahrenshagen", "Gerbergasse 17"), Channel.PHONE),
)  # fmt: skip


def steps() -> list[Step]:
    seen_to = [
        Step(_next_morning(told.at), f"Aufgaben: {told.name}", partial(_see_to, told))
        for told in published()
        if told.kind.law.has_legal_effect and told.head.get("Tasks") != NONE
    ]
    return [*seen_to, *(step for poster in POSTERS for step in _hung(poster)), *(step for one in REQUESTS for step in _asked(one))]


def _next_morning(at: datetime) -> datetime:
    """On the next day on which the office is open, at a quarter past eight."""
    day = at + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=8, minute=15)


def _open(record: Record, body: Body, *kinds: str) -> list[Task]:
    return list(Task.objects.for_body(body).filter(record=record, state=Task.State.OPEN, kind__in=kinds).order_by("pk"))


def _see_to(told: Told, story: Story) -> None:
    """What the duties of the notice have put on the list, by who wrote it."""
    slug, at = told.head["Body"], _next_morning(told.at)
    body, day = story.body(slug), told.at.date()
    answers = {
        HINT.code: Evidence(day=day, medium=Form.NOTICE_BOARD.value, text=SHOWCASES[slug]),
        duties.SERVICE.code: Evidence(day=at.date(), text=told.head.get("file_number", "")),
        duties.PORTAL.code: Evidence(day=day, text=told.head.get("portal_address", "")),
        duties.SUPERVISION.code: Evidence(day=at.date(), text="Kommunalaufsicht des Landkreises Erlengrund, Behördenpostfach"),
    }
    kinds = (HINT.code,) if told.head.get("Tasks") == HINT_ALONE else tuple(answers)
    for task in _open(story.notice(told).record, body, *kinds):
        tasks.finish(task.pk, answers[task.kind], body=body, by=story.person(told.head["Writer"]), at=at)


def _hung(poster: Poster) -> list[Step]:
    found = [Step(moment(poster.up), f"Aushang: {poster.text}", partial(_put_up, poster))]
    if poster.down:
        found.append(Step(moment(poster.down), f"Aushang abgenommen: {poster.text}", partial(_take_down, poster)))
    return found


def _put_up(poster: Poster, story: Story) -> None:
    told, at = read(poster.text), moment(poster.up)
    notice, writer = story.notice(told), story.person(told.head["Writer"])
    task = board.put_up(notice, place=SHOWCASES[poster.showcase], until=poster.until, by=writer, at=at)
    evidence = Evidence(day=at.date(), person=CARETAKERS[poster.showcase])
    tasks.finish(task.pk, evidence, body=notice.record.body, by=writer, at=at + timedelta(minutes=30))


def _take_down(poster: Poster, story: Story) -> None:
    told, at = read(poster.text), moment(poster.down)
    record = story.notice(told).record
    for task in _open(record, record.body, board.TAKE_DOWN.code):
        evidence = Evidence(day=at.date(), person=CARETAKERS[poster.showcase])
        tasks.finish(task.pk, evidence, body=record.body, by=story.person(told.head["Writer"]), at=at + timedelta(minutes=30))


def _asked(request: Request) -> list[Step]:
    found = [Step(moment(request.at), f"Ausdruck: {request.text}", partial(_ask, request))]
    if request.done:
        found.append(Step(moment(request.done), f"Ausdruck verschickt: {request.text}", partial(_sent, request)))
    return found


def _ask(request: Request, story: Story) -> None:
    told = read(request.text)
    by = None if request.channel == Channel.FORM else story.person(told.head["Writer"])
    printouts.ask(story.notice(told), request.wanted, at=moment(request.at), by=by, channel=request.channel)


def _sent(request: Request, story: Story) -> None:
    told, at = read(request.text), moment(request.done)
    record = story.notice(told).record
    for task in _open(record, record.body, PRINTOUT.code):
        tasks.finish(task.pk, Evidence(day=at.date()), body=record.body, by=story.person(told.head["Writer"]), at=at)
