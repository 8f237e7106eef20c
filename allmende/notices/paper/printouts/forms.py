"""What is asked of somebody who wants a print-out: no more than the way to them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from allmende.notices.models import PrintRequest
from allmende.notices.paper.printouts.services import Wanted

Delivery, Channel = PrintRequest.Delivery, PrintRequest.Channel
NORMAL, LARGE = "normal", "large"


class PrintoutForm(forms.Form):
    """An address is asked only where something is sent."""

    mark_optional = False  # whether street and place are, depends on the way

    letters = forms.ChoiceField(
        label=_("Schrift"),
        choices=[(NORMAL, _("normal")), (LARGE, _("groß, für Menschen, die schlecht sehen"))],
        widget=forms.RadioSelect,
        initial=NORMAL,
    )
    delivery = forms.ChoiceField(label=_("Wie Sie ihn bekommen"), choices=Delivery.choices, widget=forms.RadioSelect, initial=Delivery.POST)
    name = forms.CharField(
        label=_("Vorname und Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tragen Sie den Namen ein, für den der Ausdruck ist.")},
    )
    street = forms.CharField(
        label=_("Straße und Hausnummer"),
        max_length=120,
        required=False,
        help_text=_("Nur, wenn wir ihn schicken"),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    place = forms.CharField(
        label=_("Postleitzahl und Ort"),
        max_length=120,
        required=False,
        help_text=_("Nur, wenn wir ihn schicken"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("delivery") == Delivery.POST:
            if not cleaned.get("street", "").strip() and "street" not in self.errors:
                self.add_error("street", _("Tragen Sie Straße und Hausnummer ein, oder wählen Sie „zum Abholen“."))
            if not cleaned.get("place", "").strip() and "place" not in self.errors:
                self.add_error("place", _("Tragen Sie Postleitzahl und Ort ein, oder wählen Sie „zum Abholen“."))
        return cleaned

    @property
    def wanted(self) -> Wanted:
        """What was entered. Only after `is_valid`."""
        given = self.cleaned_data
        return Wanted(given["letters"] == LARGE, Delivery(given["delivery"]), given["name"], given["street"], given["place"])


class PublicForm(PrintoutForm):
    """With a field that people do not see and machines fill in."""

    trap = forms.CharField(label=_("Dieses Feld bitte leer lassen"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_trap(self) -> str:
        if self.cleaned_data["trap"]:
            raise ValidationError(
                _("Das hat ein Programm ausgefüllt. Rufen Sie uns an, wenn Sie kein Programm sind, oder laden Sie die Seite neu.")
            )
        return ""

    def shown(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "trap"]


class StaffForm(PrintoutForm):
    channel = forms.ChoiceField(
        label=_("Gefragt wurde per"),
        choices=[choice for choice in Channel.choices if choice[0] != Channel.FORM],
        widget=forms.RadioSelect,
        initial=Channel.PHONE,
    )
    field_order = ("channel",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "street", "place"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # somebody else's, not of who types
        self.fields["delivery"].label = _("Wie der Ausdruck ankommt")
