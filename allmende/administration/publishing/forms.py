"""The form in which an administrator enters how the body publishes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from allmende.administration.publishing.models import PublishingSettings
from allmende.administration.publishing.values import WORKING_WEEK, Publishing
from allmende.core.forms import GermanDateField
from allmende.core.language import page_language
from allmende.lib.german import WEEKDAYS
from allmende.lib.legalcalendar.kinds import Form
from allmende.lib.legalcalendar.places import LocalHoliday

Medium = PublishingSettings.Medium
HOLIDAYS = {
    LocalHoliday.ASSUMPTION: _("Mariä Himmelfahrt (15. August)"),
    LocalHoliday.CORPUS_CHRISTI: _("Fronleichnam"),
    LocalHoliday.AUGSBURG_PEACE: _("Augsburger Friedensfest (8. August)"),
}


# No publication is older than the Basic Law; an earlier day is a slip.
EARLIEST = date(1949, 5, 24)
_web_address = URLValidator(
    schemes=["http", "https"],
    message=_("Das ist keine Internetadresse. Schreiben Sie sie wie in der Satzung, zum Beispiel www.quellstedt.example/bekanntmachungen."),
)


def web_address(value: str) -> None:
    """An address as local law writes it, with or without https://. Raises ValidationError."""
    _web_address(value if re.match(r"[a-z][a-z0-9+.-]*://", value, re.IGNORECASE) else f"https://{value}")


class PublishingForm(forms.Form):
    """Shape and wording; what fits together, the service decides."""

    form = forms.ChoiceField(
        label=_("Form, die maßgeblich ist"),
        help_text=_("In welcher Form Satzungen bekannt gemacht werden. Alles andere ist eine zusätzliche Veröffentlichung."),
        choices=Medium.choices,
        widget=forms.RadioSelect,
    )
    further = forms.MultipleChoiceField(
        label=_("Weitere vorgeschriebene Formen"),
        help_text=_("Nur, was die Satzung zusätzlich vorschreibt. Die Bekanntmachung ist dann erst mit der letzten bewirkt."),
        choices=Medium.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    law = forms.CharField(label=_("Satzung, die das festlegt"), help_text=_("Zum Beispiel: Hauptsatzung"), max_length=200)
    section = forms.CharField(label=_("Paragraf"), help_text=_("Zum Beispiel: § 22 Abs. 1"), max_length=120)
    address = forms.CharField(
        label=_("Internetadresse, die dort genannt ist"),
        help_text=_("Genau wie in der Satzung. Unter ihr müssen Ihre Bekanntmachungen zu finden sein."),
        max_length=300,
        required=False,
        validators=[web_address],
    )
    start_page = forms.CharField(
        label=_("Startseite, auf der der Bereich zu erkennen ist"),
        help_text=_("Nur, wo das Land es verlangt, zum Beispiel in Baden-Württemberg"),
        max_length=300,
        required=False,
        validators=[web_address],
    )
    inspection = forms.CharField(
        label=_("Wo man Satzungen einsehen und kopieren kann"),
        help_text=_("Ort, Raum und Zeiten. Steht auf jeder Bekanntmachung einer Satzung."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        required=False,
    )
    copies = forms.CharField(
        label=_("Wie man Ausdrucke bestellt und was sie kosten"),
        help_text=_("Anschrift für die Bestellung und Kosten, zum Beispiel: 0,50 € je Seite, dazu Porto"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        required=False,
    )
    opening = forms.TypedMultipleChoiceField(
        label=_("Tage mit Dienst"),
        help_text=_("Nach ihnen zählt eine Auslegung, wo das Recht nur Tage mit Dienst zählt. Feiertage zählen nie."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    valid_from = GermanDateField(
        label=_("Gilt ab"), min_day=EARLIEST, help_text=_("Erster Tag der Veröffentlichung, zum Beispiel 1.1.2027")
    )
    reason = forms.CharField(
        label=_("Grund"),
        help_text=_("Warum es eingetragen wird, zum Beispiel der Beschluss mit Datum"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any, *, holidays: list[LocalHoliday], now: Publishing | None = None) -> None:
        initial = now.as_json() | {"valid_from": None} if now else {"opening": list(WORKING_WEEK)}
        super().__init__(data, initial=initial)
        opening = self.fields["opening"]
        assert isinstance(opening, forms.TypedMultipleChoiceField)
        opening.choices = list(enumerate(WEEKDAYS[page_language()]))
        if holidays:
            days = forms.MultipleChoiceField(
                label=_("Feiertage Ihrer Gemeinde"),
                help_text=_("Feiertage, die es nur in einzelnen Gemeinden des Landes gibt"),
                choices=[(day.value, HOLIDAYS[day]) for day in holidays],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            self.fields["holidays"] = days
            self.order_fields([*list(self.base_fields)[:8], "holidays", *list(self.base_fields)[8:]])

    @property
    def entered(self) -> Publishing:
        """What was entered. For a valid form."""
        given = dict(self.cleaned_data)
        del given["reason"]
        return Publishing(
            **given
            | {
                "form": Form(given["form"]),
                "further": tuple(map(Form, given["further"])),
                "holidays": tuple(map(LocalHoliday, given.get("holidays", []))),
                "opening": tuple(sorted(given["opening"])),
            }
        )
