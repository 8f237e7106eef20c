"""The rule of a body about offering to its archive."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allmende.notices.models import ArchiveRule
from allmende.notices.offering import rules


class ArchiveForm(forms.Form):
    archive = forms.CharField(label=_("Archiv"), max_length=200, help_text=_("Zum Beispiel: Stadtarchiv, oder das Archiv des Landkreises"))
    kinds = forms.MultipleChoiceField(
        label=_("Welche Arten werden angeboten?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nur Arten, die Personen nennen, haben einen Tag der Löschung."),
        error_messages={"required": _("Kreuzen Sie mindestens eine Art an.")},
    )
    source = forms.CharField(
        label=_("Worauf stützt sich das?"),
        max_length=300,
        help_text=_("Gesetz und Paragraf, Archivsatzung oder Absprache mit dem Archiv"),
    )
    lead_days = forms.IntegerField(
        label=_("Aufgabe so viele Tage vor der Löschung"), min_value=1, max_value=730, initial=28, help_text=_("Eine ganze Zahl")
    )
    answer_days = forms.IntegerField(
        label=_("So viele Tage hat das Archiv für seine Antwort"),
        min_value=1,
        max_value=730,
        required=False,
        help_text=_(
            "Nur, wenn Gesetz oder Satzung dem Archiv diese Zeit geben. Vom Tag der Löschung an gerechnet; öffentlich ist die "
            "Bekanntmachung dann schon nicht mehr. Leer: die Löschung wartet nicht."
        ),
    )

    def __init__(self, data: Any = None, *, rule: ArchiveRule | None) -> None:
        names = ("archive", "kinds", "source", "lead_days", "answer_days")
        super().__init__(data, initial={name: getattr(rule, name) for name in names} if rule else {})
        self.fields["kinds"].choices = [(kind.code, kind.name) for kind in rules.offered_kinds()]  # type: ignore[attr-defined]
