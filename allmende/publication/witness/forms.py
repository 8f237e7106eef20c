"""What is pasted in to set up witnessing. Services decide whether it will do."""

from django import forms
from django.utils.translation import gettext_lazy as _

COPIED = {"autocomplete": "off", "spellcheck": "false"}


class WitnessForm(forms.Form):
    url = forms.CharField(
        label=_("Adresse des Zeugen"),
        max_length=300,
        help_text=_("Sie beginnt mit https:// und endet meist mit /witness/ und dem Namen der Kommune."),
        widget=forms.TextInput(attrs=COPIED | {"inputmode": "url"}),
    )
    vkey = forms.CharField(
        label=_("Schlüssel des Zeugen"),
        max_length=400,
        help_text=_("Eine Zeile mit zwei Pluszeichen. Lassen Sie ihn sich am Telefon vorlesen, wenn er mit der Post oder per Mail kam."),
        widget=forms.TextInput(attrs=COPIED),
    )
    operator = forms.CharField(
        label=_("Wer betreibt den Zeugen"),
        max_length=200,
        help_text=_("Steht so auf Ihren Seiten: „bezeugt von …“. Zum Beispiel Stadt Wiesenmark"),
        widget=forms.TextInput(attrs=COPIED),
    )


class LogForm(forms.Form):
    vkey = forms.CharField(
        label=_("Schlüssel des Protokolls"),
        max_length=400,
        help_text=_("Eine Zeile mit zwei Pluszeichen; sie beginnt mit dem Namen des Protokolls."),
        widget=forms.TextInput(attrs=COPIED),
    )
    operator = forms.CharField(
        label=_("Wer führt das Protokoll"),
        max_length=200,
        help_text=_("Zum Beispiel Stadt Wiesenmark"),
        widget=forms.TextInput(attrs=COPIED),
    )
