"""Shape and wording of the forms of the gazette."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SubscribeForm(forms.Form):
    """With a field that people do not see and machines fill in."""

    email = forms.EmailField(
        label=_("E-Mail"),
        help_text=_("Wir schicken einen Link dorthin. Erst wenn Sie ihn öffnen, ist das Amtsblatt bestellt."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    trap = forms.CharField(label=_("Dieses Feld bitte leer lassen"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_trap(self) -> str:
        if self.cleaned_data["trap"]:
            raise forms.ValidationError(
                _("Das hat ein Programm ausgefüllt. Rufen Sie uns an, wenn Sie kein Programm sind, oder laden Sie die Seite neu.")
            )
        return ""


class SettingsForm(forms.Form):
    printer = forms.EmailField(
        label=_("E-Mail der Druckerei"),
        required=False,
        help_text=_("Sie bekommt bei jeder Ausgabe die Adresse der PDF-Datei. Leer lassen, wenn nicht gedruckt wird."),
    )
