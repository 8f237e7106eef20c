"""The evidence that a kind asks for, and reasons."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allmende.core.forms import GermanDateField
from allmende.tasks.errors import DropReasonMissing
from allmende.tasks.kinds import Asked, Evidence, Part
from allmende.tasks.models import Task

LATER = (
    Asked(Part.TEXT, _("Ergänzung"), help=_("Zum Beispiel Ausgabe und Seite, oder die Antwort der Behörde.")),
    Asked(Part.SCAN, _("Datei")),
)
FILE_HELP = _("PDF, JPEG oder PNG, höchstens 20 MB. Wird nicht veröffentlicht.")


class EvidenceForm(forms.Form):
    """One field for each part that is asked."""

    def __init__(
        self, task: Task, data: Mapping[str, Any] | None = None, files: Any = None, *, today: date, asks: tuple[Asked, ...] | None = None
    ) -> None:
        super().__init__(data, files)
        for asked in task.what.asks if asks is None else asks:
            self.fields[asked.part] = self._field(asked, task, today)

    @staticmethod
    def _field(asked: Asked, task: Task, today: date) -> forms.Field:
        shown: dict[str, Any] = {"label": asked.label, "required": asked.required, "help_text": str(asked.help)}
        match asked.part:
            case Part.DAY:
                if not asked.help:
                    del shown["help_text"]  # its own says how a day is written
                return GermanDateField(initial=today, max_day=today, **shown)
            case Part.MEDIUM:
                choices = [("", _("Bitte wählen")), *task.what.media(task)]
                return forms.ChoiceField(choices=choices, **shown)
            case Part.SCAN:
                accepts = forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"})
                return forms.FileField(widget=accepts, **shown | {"help_text": str(asked.help or FILE_HELP)})
            case Part.TEXT:
                return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, **shown)
        return forms.CharField(max_length=200, **shown)

    def evidence(self) -> Evidence:
        """What was entered. Only after `is_valid`."""
        values = {name: value for name, value in self.cleaned_data.items() if name != Part.SCAN and value}
        scan = self.cleaned_data.get(Part.SCAN)
        return Evidence(**values, scan=(scan.name, scan.read()) if scan else None)


class ReasonForm(forms.Form):
    """Why it need not be done, or must be done after all."""

    reason = forms.CharField(
        label=_("Grund"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ein Satz. Er bleibt im Verlauf."),
        error_messages={"required": DropReasonMissing.message},
    )
