"""What to take down, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allmende.publication.models import Removal

WHOLE = "all"


class TakeBackForm(forms.Form):
    """Why an approval is taken back."""

    reason = forms.CharField(
        label=_("Warum?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ein Satz für die Redaktion, zum Beispiel was vor der nächsten Freigabe zu ändern ist."),
        error_messages={"required": _("Schreiben Sie in einem Satz, warum Sie die Freigabe zurücknehmen.")},
    )


class TakeDownForm(forms.Form):
    """`offered`: (name of the artefact, words) of the attachments that are public."""

    what = forms.MultipleChoiceField(
        label=_("Was kommt vom Netz?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kreuzen Sie an, was vom Netz kommt.")},
    )
    reason = forms.ChoiceField(
        label=_("Warum?"),
        choices=Removal.Reason.choices,
        widget=forms.RadioSelect,
        help_text=_("Der Grund steht als Wort für immer im öffentlichen Protokoll, ohne Namen."),
        error_messages={"required": _("Wählen Sie den Grund.")},
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = _("Die ganze Bekanntmachung mit allen Dateien")
        self.fields["what"].choices = [*offered, (WHOLE, whole)]  # type: ignore[attr-defined]
        if not offered:
            self.fields["what"].initial = [WHOLE]

    @property
    def artefacts(self) -> list[str] | None:
        """None: all of it."""
        chosen: list[str] = self.cleaned_data["what"]
        return None if WHOLE in chosen else chosen

    @property
    def why(self) -> Removal.Reason:
        return Removal.Reason(self.cleaned_data["reason"])
