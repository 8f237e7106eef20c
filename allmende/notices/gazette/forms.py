"""Shape and wording of the forms of the gazette."""

from django import forms
from django.utils.translation import gettext_lazy as _

from allmende.core.forms import GermanDateField


class PlanForm(forms.Form):
    appears_on = GermanDateField(
        label=_("Diese Ausgabe soll erscheinen am"),
        required=False,
        help_text=_("Wer eine Bekanntmachung für das Amtsblatt zur Freigabe gibt, bekommt diesen Tag vorgeschlagen."),
    )


class SettingsForm(forms.Form):
    printer = forms.EmailField(
        label=_("E-Mail der Druckerei"),
        required=False,
        help_text=_("Sie bekommt bei jeder Ausgabe die Adresse der PDF-Datei. Leer lassen, wenn nicht gedruckt wird."),
    )
