"""Land-use plans: publication of the draft (§ 3 (2) BauGB) and the notice that puts the plan in force (§ 10 (3) BauGB)."""

from __future__ import annotations

from datetime import date, timedelta

from allmende.lib.legalcalendar.computation.completion import missing, stated_end, too_short
from allmende.lib.legalcalendar.computation.results import Code, Severity
from allmende.lib.legalcalendar.computation.sheet import Sheet
from allmende.lib.legalcalendar.days import Begin, last_day, roll
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.text import Text, day_words


def _notice(sheet: Sheet) -> date | None:
    """Day of the notice: that of the last medium other than the internet. The internet alone is refused in every Land."""
    rule = sheet.holds("plan.second_medium")
    facts = sheet.facts
    days = [item.day for item in facts.also if not item.form.is_electronic]
    if not facts.form.is_electronic:
        days.append(sheet.day)
    if not days:
        if rule is None:
            sheet.unconfirmed("plan.second_medium", Severity.BLOCKS)
        else:
            sheet.problem(
                "plan_internet_only",
                Severity.BLOCKS,
                Text(
                    "Die Bauleitplanung darf nicht nur im Internet bekannt gemacht werden. Geben Sie das andere Medium und seinen Tag an.",
                    "A land-use planning notice may not be on the internet only. Enter the other medium and its day.",
                ),
                key="plan.second_medium",
                rules=(rule,),
            )
        return None
    day = max(days)
    sheet.add(
        Code.COMPLETION,
        day,
        Text(
            "Die Bekanntmachung ist an dem Tag bewirkt, an dem sie im Medium außerhalb des Internets erscheint.",
            "The notice is complete on the day on which it appears in the medium other than the internet.",
        ),
        [rule] if rule else [],
        at_end=True,
    )
    return day


def draft(sheet: Sheet) -> None:
    """Publication of the draft: one month, at least 30 days; the notice before it begins; comments until a working day."""
    notice = _notice(sheet)
    display = sheet.facts.display
    if display is None:
        missing(sheet, "display", Text("Beginn der Veröffentlichung des Entwurfs", "first day of the publication of the draft"))
        return
    period, days = sheet.ask("plan.period", Period), sheet.ask("plan.days", int)
    if period is None or days is None:
        sheet.unconfirmed("plan.period" if period is None else "plan.days", Severity.BLOCKS)
        return
    rules = (period[1], days[1])
    least = max(last_day(display.begin, period[0], Begin.DAY), display.begin + timedelta(days=days[0] - 1))
    last = stated_end(display) or least
    if last < least:
        too_short(sheet, last, least, rules)
        return
    _before(sheet, notice, display.begin)
    begin = day_words(display.begin)
    sheet.add(
        Code.DISPLAY_BEGIN,
        display.begin,
        Text("Der Entwurf ist von diesem Tag an im Internet.", "The draft is on the internet from this day on."),
        rules,
    )
    sheet.add(
        Code.DISPLAY_END,
        last,
        Text(
            f"Ein Monat, mindestens {days[0]} Tage, ab {begin.de}; der erste Tag zählt mit.",
            f"One month, at least {days[0]} days, from {begin.en} on; the first day counts.",
        ),
        [*rules, *sheet.counting("day", "end", "missing_day")],
        at_end=True,
    )
    rolled = roll(last, sheet.facts.place)
    sheet.add(
        Code.COMMENTS_END,
        rolled.day,
        Text(
            "Stellungnahmen können abgegeben werden, solange der Entwurf veröffentlicht ist.",
            "Comments can be made while the draft is published.",
        ),
        [*rules, *(sheet.counting("roll") if rolled.moved else ())],
        at_end=True,
        rolled=rolled,
    )


def _before(sheet: Sheet, notice: date | None, begin: date) -> None:
    rule = sheet.holds("plan.notice_before")
    if rule and notice and notice >= begin:
        sheet.problem(
            "notice_not_before",
            Severity.BLOCKS,
            Text(
                "Die Bekanntmachung muss vor dem Beginn der Veröffentlichung des Entwurfs bewirkt sein.",
                "The notice must be complete before the publication of the draft begins.",
            ),
            key="plan.notice_before",
            rules=(rule,),
        )


def in_force(sheet: Sheet) -> None:
    """The plan is in force on the day of the notice itself; defects can be raised for a year if the notice says so."""
    notice = _notice(sheet)
    rule = sheet.holds("plan.in_force_with_notice")
    if rule is None:
        sheet.unconfirmed("plan.in_force_with_notice", Severity.BLOCKS)
    if notice is None or rule is None:
        return
    on = day_words(notice)
    sheet.add(
        Code.ENTRY,
        notice,
        Text(
            f"Der Plan tritt am {on.de} in Kraft, weil er mit der Bekanntmachung selbst in Kraft tritt und nicht am Tag danach.",
            f"The plan is in force on {on.en} because it enters into force with the notice itself, not on the day after.",
        ),
        [rule],
    )
    period, hint = sheet.ask("plan.complaint_period", Period), sheet.holds("plan.complaint_hint")
    if period is None:
        sheet.unconfirmed("plan.complaint_period", Severity.NO_DATE)
        return
    if hint and not sheet.facts.carries_complaint_hint:
        sheet.problem(
            "complaint_hint_missing",
            Severity.WARNING,
            Text(
                "In der Bekanntmachung fehlt der Hinweis auf die Frist für Mängel. Ohne ihn läuft die Frist nicht.",
                "The notice lacks the hint on the time for raising defects. Without it the time does not run.",
            ),
            key="plan.complaint_hint",
            rules=(hint,),
        )
        return
    if sheet.book.nation.wording("plan.complaint_hint"):
        sheet.complaint_text = "plan.complaint_hint"
    rolled = sheet.act(notice, period[0])
    length = period[0].span
    sheet.add(
        Code.COMPLAINT_END,
        rolled.day,
        Text(f"Mängel des Plans können {length.de} lang geltend gemacht werden.", f"Defects of the plan can be raised for {length.en}."),
        [period[1], *([hint] if hint else []), *sheet.counted(period[0], rolled)],
        at_end=True,
        rolled=rolled,
    )
