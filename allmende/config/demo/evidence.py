"""Evidence of the demo: an outage in a night of November 2026, a certificate of publication, and a duty that the supervision has added."""

from functools import partial
from typing import Final

from django.utils import timezone

from allmende.administration.rules import services as rules
from allmende.administration.rules.services import NewRule
from allmende.config.demo.story import Step, Story
from allmende.config.demo.told import moment, read
from allmende.config.demo.world import W
from allmende.evidence.certificates import services as certificates
from allmende.evidence.models import Heartbeat
from allmende.evidence.outages import measuring
from allmende.evidence.outages.beating import beat

BEATS: Final = ("2026-11-17 02:10", "2026-11-17 03:02")  # the first sign of life that is kept, and the one after the outage
CERTIFIED: Final = "haushalt/quellstedt-2026"
ASKED: Final = "2026-11-24 10:05"
RULE: Final = "2026-09-21 09:00"


def steps() -> list[Step]:
    return [
        *(Step(moment(at), f"Lebenszeichen {at}", partial(_beat, at)) for at in BEATS),
        Step(moment(RULE), "Anzeige an die Aufsicht", _set_rule),
        Step(moment(ASKED), f"Bekanntmachungsnachweis: {CERTIFIED}", _certify),
        Step(moment(ASKED), "Lebenszeichen bis heute", _alive),
    ]


def _beat(at: str, story: Story) -> None:
    """Where the public address is measured, the answer would be that of today: then there is no outage in the past."""
    if not measuring.address():
        beat(moment(at))


def _alive(story: Story) -> None:
    """The time since then is told and was not lived through: it is no outage."""
    Heartbeat.objects.filter(last_at=moment(BEATS[-1])).update(last_at=timezone.now())


def _set_rule(story: Story) -> None:
    """Asked for by the supervision of the invented district; from then on by-laws of Wiesenmark are reported."""
    rule = NewRule(
        key="supervision.report",
        value=True,
        law="Verfügung der Kommunalaufsicht des Landkreises Erlengrund (Demo)",
        section="vom 14. September 2026",
        reason="Die Aufsicht will nach dem Fehler bei der Friedhofsgebührensatzung jede Satzung sehen.",
    )
    rules.set_rule(rule, body=story.body(W), by=story.person("silke.hartung"), at=moment(RULE))


def _certify(story: Story) -> None:
    told = read(CERTIFIED)
    certificates.ask(story.notice(told).record, by=story.person(told.head["Writer"]), at=moment(ASKED))
