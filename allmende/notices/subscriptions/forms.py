"""Shape and wording of the forms for mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allmende.notices import kinds


class KindsForm(forms.Form):
    """Which kinds of notices. All are chosen to begin with; without one there is nothing to send."""

    kinds = forms.MultipleChoiceField(
        label=_("Welche Arten?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wählen Sie mindestens eine Art.")},
    )

    def __init__(self, *args: Any, with_kinds: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_kinds:
            del self.fields["kinds"]
            return
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(kind.code, str(kind.name)) for kind in kinds.all_kinds()]
        field.initial = [code for code, _name in field.choices]

    @property
    def chosen(self) -> list[str]:
        """Codes; none where all are wanted. Only after `is_valid`."""
        found = self.cleaned_data.get("kinds", [])
        return [] if set(found) == {kind.code for kind in kinds.all_kinds()} else found


class SubscribeForm(KindsForm):
    """With a field that people do not see and machines fill in."""

    email = forms.EmailField(
        label=_("E-Mail"),
        help_text=_("Wir schicken einen Link dorthin. Erst wenn Sie ihn öffnen und bestätigen, ist etwas bestellt."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    trap = forms.CharField(label=_("Dieses Feld bitte leer lassen"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    field_order = ("email", "kinds", "trap")

    def clean_trap(self) -> str:
        if self.cleaned_data["trap"]:
            raise forms.ValidationError(
                _("Das hat ein Programm ausgefüllt. Rufen Sie uns an, wenn Sie kein Programm sind, oder laden Sie die Seite neu.")
            )
        return ""
