"""How the body publishes, as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.administration.publishing.forms import HOLIDAYS
from allmende.administration.publishing.models import PublishingSettings
from allmende.core.language import page_language
from allmende.lib.german import WEEKDAYS

Line = tuple[str | Promise, str, bool]  # what, value, whether the value is German on every page


@dataclass(frozen=True)
class Shown:
    row: PublishingSettings
    valid_from: date
    lines: list[Line]


def shown(row: PublishingSettings) -> Shown:
    """Each entry with its name; what is empty is left out."""
    values, language = row.values, page_language()
    days = ", ".join(WEEKDAYS[language][day] for day in values.opening)
    lines: list[Line] = [
        (_("Maßgebliche Form"), values.form.words.in_language(language), False),
        (_("Weitere vorgeschriebene Formen"), ", ".join(form.words.in_language(language) for form in values.further), False),
        (_("Festgelegt in"), values.basis, True),
        (_("Genannte Internetadresse"), values.address, True),
        (_("Startseite"), values.start_page, True),
        (_("Einsicht und Kopien"), values.inspection, True),
        (_("Ausdrucke"), values.copies, True),
        (_("Feiertage der Gemeinde"), ", ".join(str(HOLIDAYS[day]) for day in values.holidays), False),
        (_("Tage mit Dienst"), days, False),
    ]
    return Shown(row, values.valid_from, [line for line in lines if line[1]])
