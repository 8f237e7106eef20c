"""The explanations of the demo: one notice in Easy language, one in Plain language, and one that waits for its review."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from allmende.config.demo.story import Step, Story
from allmende.config.demo.told import moment, read
from allmende.lib import easy_language, richtext
from allmende.notices.models.explanation import Form
from allmende.notices.plain import services

GLASS: Final = """\
In Quellstedt ist ein Fest.
Das Fest heißt: Stadt-Fest.
Das Fest ist vom 19. Juni bis zum 21. Juni 2026.

## Was ist verboten?

Sie dürfen kein Glas mitbringen.
Glas ist zum Beispiel:

- eine Flasche aus Glas
- ein Trink-Glas
- ein Glas für Essen

Auch leere Flaschen sind verboten.

## Wann gilt das Verbot?

Das Verbot gilt in der Nacht.
Es beginnt um 18 Uhr.
Es endet um 4 Uhr am Morgen.
Am letzten Tag endet es um 24 Uhr.

## Wo gilt das Verbot?

- auf dem Markt
- auf dem Kirch-Platz
- in einem Teil der Rats-Straße

## Warum gibt es das Verbot?

Beim letzten Fest lagen viele Scherben auf dem Boden.
34 Menschen haben sich geschnitten.
11 davon waren Kinder.

## Was dürfen Sie mitbringen?

Sie dürfen Becher mitbringen.
Sie dürfen Flaschen aus Plastik mitbringen.

## Sind Sie nicht einverstanden?

Dann können Sie Widerspruch einlegen.
Das heißt:
Sie schreiben an die Verwaltung.
Sie schreiben: Ich finde das Verbot falsch.
Wie das geht, steht im amtlichen Text.
"""
TREES: Final = """\
Große Laubbäume sollen in Quellstedt stehen bleiben. Deshalb gibt es diese Satzung. Sie gilt in der Kernstadt und in Lindenbach, genau in \
den Grenzen, die eine Karte im Rathaus zeigt.

## Welche Bäume sind geschützt?

Geschützt sind Laubbäume, deren Stamm in einem Meter Höhe mindestens 80 Zentimeter Umfang hat. Obstbäume sind nicht geschützt. Ausnahmen \
sind Walnuss und Esskastanie: Sie sind geschützt.

## Was dürfen Sie nicht?

Sie dürfen einen geschützten Baum nicht fällen und nicht beschädigen. Schneiden dürfen Sie ihn wie üblich.

## Wann ist es trotzdem möglich?

Wenn der Baum gefährlich oder krank ist oder wenn Sie sonst nicht bauen könnten, was Sie bauen dürfen. Stellen Sie vorher einen Antrag \
beim Bauamt. Für den gefällten Baum pflanzen Sie neue Bäume. Wie viele, hängt davon ab, wie dick der alte Stamm war.

## Was passiert sonst?

Wer einen geschützten Baum ohne Genehmigung fällt, muss mit einem Bußgeld rechnen.
"""
SUNDAY: Final = """\
Am 29. November 2026 ist Advents-Markt.
Das ist ein Sonntag.
An diesem Tag dürfen die Geschäfte in der Stadt-Mitte öffnen.
Die Geschäfte haben von 13 Uhr bis 18 Uhr offen.
"""


@dataclass(frozen=True)
class Explained:
    """`at`: when it was written; `reviewed`: when it was reviewed and published, if it was; `group`: who has read it, and on which day."""

    text: str
    form: Form
    title: str
    words: str
    at: str
    reviewed: str = ""
    group: tuple[str, str] = ("", "")

    @property
    def content(self) -> dict[str, Any]:
        words = easy_language.one_a_line(self.words) if self.form == Form.EASY else self.words
        return richtext.to_data(richtext.from_plain(words))


EXPLAINED: Final = (
    Explained("verfuegungen/glasverbot", Form.EASY, "Kein Glas beim Stadt-Fest", GLASS, "2026-06-09 10:20", "2026-06-12 09:15",
              ("Prüfgruppe Leichte Sprache der Werkstatt Erlengrund", "2026-06-11 10:00")),
    Explained("ortsrecht/baumschutz", Form.PLAIN, "Welche Bäume stehen bleiben müssen", TREES, "2025-04-08 11:00", "2025-04-09 14:10"),
    Explained("verfuegungen/verkaufsoffener-sonntag", Form.EASY, "Die Geschäfte haben am Sonntag offen", SUNDAY, "2026-11-24 15:30"),
)  # fmt: skip


def steps() -> list[Step]:
    found = [Step(moment(one.at), f"Erklärung: {one.title}", partial(_write, one)) for one in EXPLAINED]
    return found + [Step(moment(one.reviewed), f"Geprüft: {one.title}", partial(_review, one)) for one in EXPLAINED if one.reviewed]


def _write(one: Explained, story: Story) -> None:
    told, at = read(one.text), moment(one.at)
    notice, writer = story.notice(told), story.person(told.head["Writer"])
    body = notice.record.body
    row = services.save_text(notice.pk, one.form, body=body, saved=0, title=one.title, content=one.content, by=writer, at=at)
    services.submit(row.pk, body=body, saved=row.saved, by=writer, at=at + timedelta(minutes=5))


def _review(one: Explained, story: Story) -> None:
    told, at = read(one.text), moment(one.reviewed)
    notice, reviewer = story.notice(told), story.person(told.head["Approver"])
    body = notice.record.body
    row = services.open_version(body, notice.pk, one.form)
    assert row is not None
    name, day = one.group
    services.review(
        row.pk,
        body=body,
        saved=row.saved,
        of_version=notice.version,
        checked_by=name,
        checked_on=_day(day),
        by=reviewer,
        at=at,
    )
    services.publish(row.pk, body=body, by=reviewer, at=at)


def _day(typed: str) -> date | None:
    return moment(typed).date() if typed else None
