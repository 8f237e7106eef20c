"""What a check says, in German and English: the wording stands in `checks` and `answers`, here it is filled in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfoNotFoundError

from allmende.lib import german
from allmende.lib.proof.report import Check, Text
from allmende.lib.proof.texts import answers as all_answers
from allmende.lib.proof.texts import archive, certificate, checks, trust
from allmende.lib.proof.texts import attachments as attached
from allmende.lib.proof.texts.answers import DEMO, HOSTED
from allmende.lib.proof.visible import visible

CHECKS: Final = checks.CHECKS | trust.CHECKS | attached.CHECKS | archive.CHECKS | certificate.CHECKS
ANSWERS: Final = all_answers.ANSWERS | certificate.ANSWERS
ADVICE: Final = all_answers.ADVICE | certificate.ADVICE
PARTS: Final = trust.PARTS | attached.PARTS
LASTING: Final = archive.HEADING
MOST_NAMES: Final = 20


def check(code: str, reason: str, **values: Text | str) -> Check:
    """The check with its texts; `values` fill them, each in the language of the text if it is a `Text`."""
    state, title_de, detail_de, title_en, detail_en = CHECKS[code, reason]
    title, detail = _filled(title_de, title_en, values), _filled(detail_de, detail_en, values)
    return Check(code, state, reason, title, detail)


def answer(name: str, *, demo: Sequence[str] = (), hosted: bool = False, **values: Text | str) -> tuple[Text, Text, tuple[Text, ...]]:
    """Headline, lead and advice; `demo`: which of `seal` and `time` hold, but are those of the demo.

    `hosted`: the key of the log is known only because the asking installation keeps that log.
    """
    headline_de, lead_de, headline_en, lead_en = ANSWERS[name]
    lead = _filled(lead_de, lead_en, values)
    if demo:
        remark = DEMO[tuple(demo)]
        lead = Text(lead.de + remark.de, lead.en + remark.en)
    advice = ADVICE.get(name, ADVICE["bad"])
    if hosted and name.startswith("genuine"):
        advice = (_filled(HOSTED.de, HOSTED.en, values), *(() if name == "genuine_demo" else advice[1:]))
    return Text(headline_de, headline_en), lead, advice


def part(name: str, **values: Text | str) -> Text:
    """A sentence that a check adds."""
    return _filled(*PARTS[name], values)


def _filled(de: str, en: str, values: dict[str, Text | str]) -> Text:
    both = {name: value if isinstance(value, Text) else Text(value, value) for name, value in values.items()}
    both = {name: Text(visible(value.de), visible(value.en)) for name, value in both.items()}
    return Text(
        de.format_map({name: value.de for name, value in both.items()}),
        en.format_map({name: value.en for name, value in both.items()}),
    )


def number(value: int) -> Text:
    """4.218 in German, 4,218 in English."""
    return Text(german.number(value), german.number(value, language="en"))


def names(values: Sequence[str]) -> Text:
    """a, b und c; of many names the first."""
    values = [visible(value) for value in values]
    if len(values) > MOST_NAMES:
        more = len(values) - MOST_NAMES + 1
        begin = ", ".join(values[: MOST_NAMES - 1])
        return Text(f"{begin} und {more} weitere", f"{begin} and {more} others")
    if not values:
        return Text("niemand", "nobody")
    *first, last = values
    if not first:
        return Text(last, last)
    return Text(f"{', '.join(first)} und {last}", f"{', '.join(first)} and {last}")


def attachments(numbers: Sequence[int]) -> Text:
    """Anlage 1 und Anlage 3."""
    return Text(names([f"Anlage {number}" for number in numbers]).de, names([f"attachment {number}" for number in numbers]).en)


def day(moment: datetime) -> Text:
    """11. November 2026, in the time of Germany."""
    local = moment.astimezone(_zone()).date()
    return Text(german.date_with_year(local), german.date_with_year(local, "en"))


def moment(at: datetime) -> Text:
    """11. November 2026, 9.04 Uhr, in the time of Germany."""
    local = at.astimezone(_zone()).time()
    zone = " (UTC)" if _zone() is UTC else ""
    date = day(at)
    return Text(f"{date.de}, {german.time_of_day(local)}{zone}", f"{date.en}, {german.time_of_day(local, 'en')}{zone}")


@cache
def _zone() -> tzinfo:
    """A machine without time zones still gets an answer, with times in UTC that say so."""
    try:
        return german.legal_time()
    except ZoneInfoNotFoundError:
        return UTC


def lasts(what: str, state: str, until: datetime | None, algorithms: Sequence[str], unfit_from: datetime | None) -> tuple[Text, Text]:
    """How long one kind of evidence lasts: its name, and state, certificates and algorithms."""
    parts = [archive.STATE[state]]
    if until is not None:
        parts.append(_filled(*archive.UNTIL, {"day": day(until)}))
    if unfit_from is None:
        parts.append(_filled(*archive.NO_END, {"names": ", ".join(algorithms)}))
    else:
        parts.append(_filled(*archive.UNFIT, {"names": ", ".join(algorithms), "day": day(unfit_from - timedelta(hours=12))}))
    return archive.WHAT[what], Text("; ".join(part.de for part in parts), "; ".join(part.en for part in parts))
