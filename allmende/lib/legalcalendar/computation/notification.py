"""When somebody counts as informed: service by publication (§ 10 VwZG) and general orders (§ 41 (4) VwVfG)."""

from __future__ import annotations

from allmende.lib.legalcalendar.computation.results import Code, Severity
from allmende.lib.legalcalendar.computation.sheet import Sheet
from allmende.lib.legalcalendar.days import ONE_DAY
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.text import Text, day_words


def service(sheet: Sheet) -> None:
    """Deemed served when two weeks have passed since the day of the notice; then the names go. Neither moves for a holiday."""
    applies = sheet.holds("service.federal")
    fiction = sheet.ask("service.fiction", Period)
    if applies is None or fiction is None:
        sheet.unconfirmed("service.federal" if applies is None else "service.fiction", Severity.BLOCKS)
        return
    period, rule = fiction
    served = sheet.event(sheet.day, period)
    length, start = period.span, day_words(sheet.day)
    sheet.add(
        Code.EFFECT,
        served,
        Text(
            f"Das Dokument gilt {length.de} nach dem Tag der Bekanntmachung, {start.de}, als zugestellt.",
            f"The document counts as served {length.en} after the day of the notice, {start.en}.",
        ),
        [rule, applies, *sheet.counted(period)],
        at_end=True,
    )
    erase = sheet.holds("service.erase")
    if erase is None:
        sheet.unconfirmed("service.erase", Severity.BLOCKS)
        return
    sheet.add(
        Code.ERASE_FROM,
        served + ONE_DAY,
        Text(
            "Mit der Zustellung ist der Zweck erfüllt; Name und Anschrift werden gelöscht.",
            "Service has fulfilled the purpose; name and address are erased.",
        ),
        [erase],
    )


def general_order(sheet: Sheet) -> None:
    """Notified two weeks after the notice, or on the other day that it names, the next at the earliest."""
    applies, fiction = sheet.holds("procedure.federal"), sheet.ask("order.fiction", Period)
    if applies is None or fiction is None:
        sheet.unconfirmed("procedure.federal" if applies is None else "order.fiction", Severity.BLOCKS)
        return
    if sheet.find("procedure.own_rule").unconfirmed:
        sheet.unconfirmed("procedure.own_rule", Severity.WARNING)
    period, rule = fiction
    start, stated = day_words(sheet.day), sheet.facts.stated_effect_on
    if stated is None:
        day, length = sheet.event(sheet.day, period), period.span
        why = Text(
            f"Die Allgemeinverfügung gilt {length.de} nach der Bekanntmachung am {start.de} als bekannt gegeben.",
            f"The order counts as notified {length.en} after the notice of {start.en}.",
        )
        rules = [rule, applies, *sheet.counted(period)]
    else:
        other = sheet.holds("order.earliest_next_day")
        if other is None:
            sheet.unconfirmed("order.earliest_next_day", Severity.BLOCKS)
            return
        if stated <= sheet.day:
            earliest = day_words(sheet.day + ONE_DAY)
            sheet.problem(
                "other_day_too_early",
                Severity.BLOCKS,
                Text(
                    f"Der genannte Tag liegt zu früh; frühestens möglich ist {earliest.de}.",
                    f"The day named is too early; the earliest is {earliest.en}.",
                ),
                key="order.earliest_next_day",
                candidates=(sheet.day + ONE_DAY,),
                rules=(other,),
            )
            return
        day = stated
        why = Text("Die Allgemeinverfügung bestimmt diesen Tag selbst.", "The order names this day itself.")
        rules = [other, applies]
    sheet.add(Code.EFFECT, day, why, rules)
    remedy = sheet.ask("remedy.period", Period)
    if remedy is None:
        sheet.unconfirmed("remedy.period", Severity.NO_DATE)
        return
    rolled = sheet.act(day, remedy[0])
    length = remedy[0].span
    sheet.add(
        Code.COMPLAINT_END,
        rolled.day,
        Text(
            f"Rechtsbehelfe sind {length.de} lang ab der Bekanntgabe möglich.", f"Remedies are possible for {length.en} from notification."
        ),
        [remedy[1], *sheet.counted(remedy[0], rolled)],
        at_end=True,
        rolled=rolled,
    )
