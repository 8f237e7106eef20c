"""What a check says, in German and English: the wording stands in `checks` and `answers`, here it is filled in."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allmende.lib.proof.report import Check, Text
from allmende.lib.proof.texts.answers import ADVICE, ANSWERS, DEMO_SEAL
from allmende.lib.proof.texts.checks import CHECKS

_MONTHS = (
    ("Januar", "January"),
    ("Februar", "February"),
    ("März", "March"),
    ("April", "April"),
    ("Mai", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("August", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Dezember", "December"),
)


def check(code: str, reason: str, **values: Text | str) -> Check:
    """The check with its texts; `values` fill them, each in the language of the text if it is a `Text`."""
    state, title_de, detail_de, title_en, detail_en = CHECKS[code, reason]
    title, detail = _filled(title_de, title_en, values), _filled(detail_de, detail_en, values)
    return Check(code, state, reason, title, detail)


def answer(name: str, *, demo: bool, **values: Text | str) -> tuple[Text, Text, tuple[Text, ...]]:
    """Headline, lead and advice; `demo`: nothing is wrong, but the seal is one of the demo."""
    headline_de, lead_de, headline_en, lead_en = ANSWERS[name]
    advice = ADVICE.get(name, ADVICE["bad"])
    lead = _filled(lead_de, lead_en, values)
    if demo:
        lead = Text(lead.de + DEMO_SEAL.de, lead.en + DEMO_SEAL.en)
    return Text(headline_de, headline_en), lead, advice


def _filled(german: str, english: str, values: dict[str, Text | str]) -> Text:
    both = {name: value if isinstance(value, Text) else Text(value, value) for name, value in values.items()}
    return Text(
        german.format_map({name: value.de for name, value in both.items()}),
        english.format_map({name: value.en for name, value in both.items()}),
    )


def number(value: int) -> Text:
    """4.218 in German, 4,218 in English."""
    english = f"{value:,}"
    return Text(english.replace(",", "."), english)


def names(values: Sequence[str]) -> Text:
    """a, b und c."""
    if not values:
        return Text("niemand", "nobody")
    *first, last = values
    if not first:
        return Text(last, last)
    return Text(f"{', '.join(first)} und {last}", f"{', '.join(first)} and {last}")


def day(moment: datetime) -> Text:
    """11. November 2026, in the time of Germany."""
    local = moment.astimezone(_zone())
    german, english = _MONTHS[local.month - 1]
    return Text(f"{local.day}. {german} {local.year}", f"{local.day} {english} {local.year}")


def moment(at: datetime) -> Text:
    """11. November 2026, 9.04 Uhr, in the time of Germany."""
    local = at.astimezone(_zone())
    zone = " (UTC)" if _zone() is UTC else ""
    date = day(at)
    return Text(f"{date.de}, {local.hour}.{local.minute:02} Uhr{zone}", f"{date.en}, {local.hour}:{local.minute:02}{zone}")


@cache
def _zone() -> tzinfo:
    """A machine without time zones still gets an answer, with times in UTC that say so."""
    try:
        return ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        return UTC
