"""By-laws: allowed form, waiting time, entry into force, complaints, permanence."""

from __future__ import annotations

from datetime import date

from allmende.lib.legalcalendar.choices import Complaint, Entry, EntryCounting, Internet
from allmende.lib.legalcalendar.computation.completion import Done, completion, missing
from allmende.lib.legalcalendar.computation.results import Code, Severity
from allmende.lib.legalcalendar.computation.sheet import Sheet
from allmende.lib.legalcalendar.days import ONE_DAY
from allmende.lib.legalcalendar.kinds import Form, NoticeKind
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.rules import Rule
from allmende.lib.legalcalendar.text import Text, day_words

_PERIODS = {Entry.WEEK: Period.parse("P1W"), Entry.FORTNIGHT: Period.parse("P14D")}


def by_law(sheet: Sheet) -> None:
    """All days of a by-law, a replacement publication that belongs to one, or an emergency publication that states an entry."""
    if sheet.facts.kind.is_local_law:
        _allowed_form(sheet)
    _wait_for_supervision(sheet)
    done = completion(sheet)
    if sheet.facts.kind.is_local_law or sheet.facts.entry:
        entry_into_force(sheet, done)
        _complaint(sheet, done)
    _online(sheet)
    if sheet.facts.kind is NoticeKind.EMERGENCY and (rule := sheet.holds("emergency.catch_up")):
        sheet.problem(
            "catch_up",
            Severity.WARNING,
            Text(
                "Die Bekanntmachung ist unverzüglich in der üblichen Form nachzuholen, wenn sie nicht durch Zeitablauf überholt ist.",
                "The publication is to be repeated in the normal form without delay unless it is overtaken by time.",
            ),
            rules=(rule,),
        )


def _allowed_form(sheet: Sheet) -> None:
    form = sheet.facts.form
    if not form.is_electronic:
        forms = sheet.find("forms")
        if forms.rule and isinstance(forms.rule.value, frozenset) and form not in forms.rule.value:
            _refuse_form(sheet, "forms")
        return
    asked = sheet.ask("internet", Internet)
    if asked is None:
        sheet.unconfirmed("internet", Severity.BLOCKS)
    elif asked[0] is Internet.NO or (asked[0] is Internet.ELECTRONIC_GAZETTE_ONLY and form is Form.INTERNET):
        _refuse_form(sheet, "internet")


def _refuse_form(sheet: Sheet, key: str) -> None:
    rule, land = sheet.find(key).rule, sheet.book.land
    name = sheet.facts.form.words
    sheet.problem(
        "form_not_allowed",
        Severity.BLOCKS,
        Text(
            f"In {land.name} wird eine Satzung nicht in dieser Form bekannt gemacht: {name.de}. {land.remark.de}",
            f"In {land.name} a by-law is not published in this form: {name.en}. {land.remark.en}",
        ),
        key=key,
        rules=(rule,) if rule else (),
    )


def _wait_for_supervision(sheet: Sheet) -> None:
    asked = sheet.ask("supervision.wait", Period)
    if asked is None or sheet.facts.earlier_publication_allowed:
        return
    period, rule = asked
    if sheet.facts.confirmed_by_supervision_on is None:
        missing(sheet, "confirmed_by_supervision_on", Text("Eingang der Bestätigung der Aufsicht", "receipt of supervision's confirmation"))
        return
    earliest = sheet.event(sheet.facts.confirmed_by_supervision_on, period) + ONE_DAY
    if sheet.day < earliest:
        words = day_words(earliest)
        sheet.problem(
            "too_early",
            Severity.BLOCKS,
            Text(
                f"Frühester Tag der Bekanntmachung: {words.de}. Früher nur, wenn die Aufsicht es ausdrücklich zulässt.",
                f"Earliest day of publication: {words.en}. Earlier only if supervision expressly allows it.",
            ),
            candidates=(earliest,),
            rules=(rule,),
        )


def entry_into_force(sheet: Sheet, done: Done | None) -> None:
    """The stated day if the by-law states one, else the rule of the Land; without either it cannot be published."""
    clause = sheet.facts.entry
    if clause is None:
        _default_entry(sheet, done)
    elif clause.on is None:
        _next_day(sheet, done, stated=True)
    else:
        _stated_entry(sheet, done, clause.on)


def _next_day(sheet: Sheet, done: Done | None, *, stated: bool) -> None:
    if done is None:
        sheet.problem(
            "entry_not_computed",
            Severity.NO_DATE,
            Text(
                "Die Satzung tritt am Tag nach der Bekanntmachung in Kraft. Er wird nicht berechnet: Offen ist, wann sie bewirkt ist.",
                "It enters into force on the day after publication, which is not computed: it is open when that is complete.",
            ),
            key="entry.default",
        )
        return
    day, published = done.day + ONE_DAY, day_words(done.day)
    rule = None if stated else sheet.find("entry.default").rule
    why = (
        Text("sie den Tag nach der Bekanntmachung bestimmt", "it names the day after its publication")
        if stated
        else Text(
            "sie keinen anderen Tag nennt und dann der Tag nach der Bekanntmachung gilt",
            "it names no other day and then the day after publication holds",
        )
    )
    _entry(
        sheet,
        day,
        Text(f"weil {why.de}; bekannt gemacht ist sie am {published.de}", f"because {why.en}; it is published on {published.en}"),
        ([rule] if rule else []) + list(done.rules),
    )


def _entry(sheet: Sheet, day: date, why: Text, rules: list[Rule]) -> None:
    on = day_words(day)
    sheet.add(
        Code.ENTRY,
        day,
        Text(f"Die Satzung tritt am {on.de} in Kraft, {why.de}.", f"The by-law enters into force on {on.en}, {why.en}."),
        rules,
    )


def _default_entry(sheet: Sheet, done: Done | None) -> None:
    asked = sheet.ask("entry.default", Entry)
    if asked is None or asked[0] is Entry.EXPLICIT:
        known = sheet.find("entry.default").unconfirmed
        likely = (done.day + ONE_DAY,) if done and known and known.value is Entry.NEXT_DAY else ()
        sheet.problem(
            "entry_day_missing",
            Severity.BLOCKS,
            Text(
                "Die Satzung muss den Tag ihres Inkrafttretens selbst nennen; für eine Satzung ohne Tag ist hier keine Regel bestätigt.",
                "The by-law must name its own day of entry into force; there is no confirmed rule here for a by-law that is silent.",
            ),
            key="entry.default",
            candidates=likely,
        )
        return
    how, rule = asked
    if how is Entry.NEXT_DAY:
        _next_day(sheet, done, stated=False)
        return
    counting = sheet.ask("entry.counting", EntryCounting)
    last = sheet.event(done.day, _PERIODS[how]) if done else None
    if counting is None or last is None or done is None:
        length = _PERIODS[how].span
        sheet.problem(
            "entry_day_unconfirmed",
            Severity.BLOCKS,
            Text(
                f"Ohne eigene Angabe tritt die Satzung {length.de} nach der Bekanntmachung in Kraft. "
                "Welcher Tag das ist, ist nicht bestätigt; die Satzung muss ihn selbst nennen.",
                f"If silent the by-law enters into force {length.en} after publication; which day that is has not been confirmed. "
                "The by-law must name it.",
            ),
            key="entry.counting",
            candidates=(last, last + ONE_DAY) if last else (),
            rules=(rule,),
        )
        return
    value, counted = counting
    day = last + ONE_DAY if value is EntryCounting.DAY_AFTER_PERIOD else last
    length, published = _PERIODS[how].span, day_words(done.day)
    _entry(
        sheet,
        day,
        Text(
            f"weil sie keinen anderen Tag nennt und dann {length.de} nach der Bekanntmachung am {published.de} gilt",
            f"because it names no other day and then applies {length.en} after publication on {published.en}",
        ),
        [rule, counted, *done.rules],
    )


def _stated_entry(sheet: Sheet, done: Done | None, day: date) -> None:
    published = done.day if done else sheet.day
    if day > published:
        _entry(sheet, day, Text("weil sie diesen Tag selbst nennt", "because it names this day itself"), list(done.rules) if done else [])
        return
    fines = sheet.holds("entry.fines_next_day") if sheet.facts.fines else None
    if sheet.facts.retroactive and fines is None:
        sheet.problem(
            "retroactive",
            Severity.WARNING,
            Text(
                "Die Satzung gilt rückwirkend. Ob das zulässig ist, prüft die Rechtsstelle.",
                "The by-law is retroactive. Whether that is lawful is for the legal department to examine.",
            ),
        )
        _entry(
            sheet,
            day,
            Text("weil sie diesen Tag selbst nennt und rückwirkend gilt", "because it names this day itself and is retroactive"),
            [],
        )
        return
    earliest = day_words(published + ONE_DAY)
    sheet.problem(
        "retroactive_with_fines" if fines else "entry_before_completion",
        Severity.BLOCKS,
        Text(
            f"Der genannte Tag des Inkrafttretens liegt nicht nach der Bekanntmachung; frühestens möglich ist {earliest.de}.",
            f"The day of entry into force does not lie after publication; the earliest is {earliest.en}.",
        ),
        candidates=(published + ONE_DAY,),
        rules=(fines,) if fines else (),
    )


def _complaint(sheet: Sheet, done: Done | None) -> None:
    asked = sheet.ask("complaint.period", Period)
    if asked is None:
        sheet.unconfirmed("complaint.period", Severity.NO_DATE)
        return
    period, rule = asked
    hint = sheet.holds("complaint.hint")
    if hint and not sheet.facts.carries_complaint_hint:
        sheet.problem(
            "complaint_hint_missing",
            Severity.WARNING,
            Text(
                "In der Bekanntmachung fehlt der Hinweis auf die Rügefrist. Ohne ihn läuft die Frist nicht.",
                "The publication lacks the hint on the time for complaints. Without it the time does not run.",
            ),
            key="complaint.hint",
            rules=(hint,),
        )
        return
    if sheet.book.land.wording("complaint.hint"):
        sheet.complaint_text = "complaint.hint"
    if done is None:
        return
    rolled = sheet.act(done.day, period)
    model = sheet.find("complaint.model").rule
    rules = [rule, *([model] if model else []), *([hint] if hint else [])]
    length = period.span
    sheet.add(
        Code.COMPLAINT_END,
        rolled.day,
        Text(
            f"Verfahrens- und Formfehler können {length.de} lang seit der Bekanntmachung gerügt werden.",
            f"Faults of procedure and form can be raised for {length.en} from publication.",
        ),
        [*rules, *sheet.counted(period, rolled)],
        at_end=True,
        rolled=rolled,
    )
    if model and model.value is Complaint.FICTION:
        last = sheet.event(done.day, period)
        sheet.add(
            Code.DEEMED_VALID,
            last,
            Text(
                f"Die Satzung gilt {length.de} nach der Bekanntmachung als von Anfang an gültig. Dieser Tag verschiebt sich nicht.",
                f"The by-law counts as valid from the beginning {length.en} after publication. This day does not move.",
            ),
            [*rules, *sheet.counted(period)],
            at_end=True,
        )


def _online(sheet: Sheet) -> None:
    asked = sheet.ask("online.period", Period)
    if asked is None or not sheet.facts.form.is_electronic:
        return
    period, rule = asked
    length = period.span
    sheet.add(
        Code.ONLINE_UNTIL,
        sheet.event(sheet.day, period),
        Text(f"Mindestens {length.de} mit angemessener Verfügbarkeit.", f"At least {length.en} with adequate availability."),
        [rule, *sheet.counted(period)],
        at_end=True,
    )
