"""The gazette of the association: three issues with notices of three bodies, the next one begun, its printer; and readers by mail."""

from datetime import timedelta
from functools import partial
from typing import Final

from allmende.config.demo.story import Step, Story
from allmende.config.demo.told import moment, read
from allmende.config.demo.world import E, Q
from allmende.notices.gazette import services
from allmende.notices.models import Issue, Subscription
from allmende.notices.subscriptions import readers
from allmende.notices.subscriptions.topics import GAZETTE, NOTICES

ISSUES: Final = {
    "2024-12-20 14:00": ("haushalt/quellstedt-2025", "haushalt/wiesenmark-2025", "planung/14-entwurf", "ortsrecht/kita-kostenbeitrag-neu"),
    "2025-10-24 10:30": (
        "ortsrecht/strassenreinigung",
        "ortsrecht/friedhofsgebuehren",
        "planung/14-in-kraft",
        "ortsrecht/notbekanntmachung-wiederholt",
    ),
    "2026-10-30 10:30": (
        "planung/fnp-3-entwurf",
        "verfuegungen/widmung-muehlgrabenring",
        "mitteilungen/20-gruenschnitt",
        "wahlen/landtag-2026",
    ),
}
NEXT: Final = ("2026-11-24 11:00", ("ortsrecht/friedhofsgebuehren-heilung", "ausschreibungen/mtw", "stellen/kita-steinhuette"))
READERS: Final = ("buecherei@quellstedt.example", "heimatverein@wiesenmark.example")
CHRONICLE: Final = "ortschronik@quellstedt.example"  # wants mail about by-laws and meetings of the town
LOCAL_LAW_AND_COUNCIL: Final = ("bylaw", "replacement", "meeting")
BEGUN: Final = moment("2024-12-16 09:00")


def steps() -> list[Step]:
    return [
        Step(BEGUN, "Amtsblatt: Abo", _subscribe),
        Step(BEGUN + timedelta(hours=2), "Amtsblatt: Abo bestätigt", _confirm),
        *(Step(moment(at), f"Amtsblatt vom {at}", partial(_issue, at)) for at in ISSUES),
        Step(moment(NEXT[0]), "Amtsblatt: nächste Ausgabe", _begin_next),
    ]


def _subscribe(story: Story) -> None:
    body = story.body(E)
    services.set_printer("druckerei@erlenland.example", body=body, by=story.person("silke.hartung"), at=BEGUN)
    for email in READERS:
        readers.ask(email, GAZETTE, body=body, at=BEGUN)
    readers.ask(CHRONICLE, NOTICES, LOCAL_LAW_AND_COUNCIL, body=story.body(Q), at=BEGUN)


def _confirm(story: Story) -> None:
    for slug in (E, Q):
        for reader in Subscription.objects.for_body(story.body(slug)).order_by("pk"):
            readers.confirm(reader, reader.kinds, at=BEGUN + timedelta(hours=2))


def _arranged(names: tuple[str, ...], at: str, story: Story) -> Issue:
    body, editor, when = story.body(E), story.person("vera.thiele"), moment(at) - timedelta(hours=1)
    issue = services.begin(body=body, by=editor, at=when)
    notices = [story.notice(read(name)).pk for name in names]
    services.arrange(issue.pk, notices, body=body, version=issue.version, by=editor, at=when)
    return Issue.objects.for_body(body).get(pk=issue.pk)


def _issue(at: str, story: Story) -> None:
    issue = _arranged(ISSUES[at], at, story)
    approver = story.person("holger.brandt")
    services.approve(issue.pk, body=story.body(E), version=issue.version, by=approver, at=moment(at) - timedelta(minutes=2))


def _begin_next(story: Story) -> None:
    at, names = NEXT
    _arranged(names, at, story)
