"""What is asked of who submits or approves: one tick for each duty, a day for each further form, the hint in another medium."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allmende.core.forms import GermanDateField
from allmende.lib.legalcalendar.computation import Appearance
from allmende.lib.legalcalendar.duties import Duty
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices.calendar.facts import other_forms
from allmende.notices.calendar.outlook import Outlook
from allmende.notices.calendar.shown import said
from allmende.notices.calendar.statement import Statement

TICK, DAY = "confirm-", "day-"
MEDIA = (Form.NOTICE_BOARD, Form.GAZETTE, Form.NEWSPAPER, Form.ELECTRONIC_GAZETTE)
REQUIRED = gettext_lazy("Bestätigen Sie diesen Punkt. Trifft er nicht zu, darf die Bekanntmachung so nicht erscheinen.")


class StatementForm(forms.Form):
    """A tick for each of the `duties`; with `days`, the day of each further form and the hint. Without fields where nothing is asked.

    `issue`: the day that is planned for the next issue of the electronic gazette.
    """

    mark_optional = False

    def __init__(self, data: Any, found: Outlook | None, *, duties: Sequence[Duty], days: bool = False, issue: date | None = None) -> None:
        super().__init__(data, auto_id="id_recht_%s", prefix="recht")
        self.duties = tuple(duties)
        for duty in self.duties:
            self.fields[TICK + duty.code] = forms.BooleanField(label=_words(duty), error_messages={"required": REQUIRED})
        if found is not None and found.ways is not None and days:
            self._days(found, issue)

    def _days(self, found: Outlook, issue: date | None) -> None:
        assert found.ways is not None
        for form in other_forms(found.kind, found.ways):
            label = _("Erscheint in dieser Form: %(form)s, am") % {"form": said(form.words)}
            shown: dict[str, Any] = {}
            if form is Form.ELECTRONIC_GAZETTE and issue is not None:
                shown = {"initial": issue, "help_text": _("Vorgesehen ist der Tag der nächsten Ausgabe. Die Ausgabe erscheint genau dann.")}
            self.fields[DAY + form.value] = GermanDateField(label=label, **shown)
        if found.hint is None:
            return
        accepted = _accepted(found)
        self.fields["medium"] = forms.ChoiceField(
            label=_("Hinweis auf die Bekanntmachung steht in"),
            help_text=f"{said(found.hint.words)} ({found.hint.source})",
            choices=[("", _("Bitte wählen")), *((form.value, said(form.words.capital)) for form in accepted)],
            initial=accepted[0].value if len(accepted) == 1 else "",
        )
        self.fields["hint_on"] = GermanDateField(label=_("Der Hinweis erscheint am"))

    @property
    def statement(self) -> Statement:
        """What was stated. For a valid form."""
        given = self.cleaned_data
        days: dict[Form, date] = {Form(name.removeprefix(DAY)): day for name, day in given.items() if name.startswith(DAY)}
        hint = Appearance(Form(given["medium"]), given["hint_on"]) if "hint_on" in given else None
        return Statement(confirmed=frozenset(duty.code for duty in self.duties if given[TICK + duty.code]), days=days, hint=hint)


def _words(duty: Duty) -> str:
    return f"{said(duty.words)} ({duty.source})" if duty.source else said(duty.words)


def _accepted(found: Outlook) -> list[Form]:
    """The media that the Land accepts for a hint; all but the form itself where it names none."""
    assert found.basis is not None
    assert found.facts is not None
    rule = found.basis.book.find("hint.media", on=found.facts.day, body=found.basis.body, kind=found.kind).rule
    named = rule.value if rule and isinstance(rule.value, frozenset) else None
    return [form for form in MEDIA if (form in named if named is not None else form is not found.facts.form)]
