"""The form of one rule, made from its key: choices, a period, yes or no, a number, words."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allmende.administration.rules.models import OwnRule
from allmende.administration.rules.services import NewRule
from allmende.administration.rules.sheet import kinds_of, said
from allmende.core.forms import GermanDateField
from allmende.lib.legalcalendar.keys import Key, written
from allmende.lib.legalcalendar.periods import Period, Unit
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.rules import Value
from allmende.lib.regional_key import LAENDER

UNITS = [(Unit.DAY, _("Tage")), (Unit.WEEK, _("Wochen")), (Unit.MONTH, _("Monate")), (Unit.YEAR, _("Jahre"))]


class RuleForm(forms.Form):
    """`value` is 'value', or 'count' and 'unit' for a period."""

    def __init__(self, data: Any, *, known: Key, now: Value | None = None, row: OwnRule | None = None) -> None:
        super().__init__(data, initial=_initial(known, now, row))
        self.known = known
        self.fields.update(self._value_fields())
        if len(kinds := kinds_of(known)) > 1:
            self.fields["kinds"] = forms.MultipleChoiceField(
                label=_("Nur für"),
                help_text=_("Ohne Häkchen gilt die Regel für alle genannten"),
                choices=[(kind.value, said(kind.words.capital)) for kind in kinds],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields |= {
            "law": forms.CharField(label=_("Gesetz oder Satzung"), help_text=_("Zum Beispiel: KVG LSA oder Hauptsatzung"), max_length=200),
            "section": forms.CharField(label=_("Paragraf"), help_text=_("Zum Beispiel: § 9 Abs. 2 Satz 2"), max_length=120),
            "address": forms.CharField(
                label=_("Fundstelle"), help_text=_("Wo der Text steht: Internetadresse oder Blatt"), required=False, max_length=300
            ),
            "reason": forms.CharField(
                label=_("Grund"),
                help_text=_("Warum die Regel eingetragen wird, zum Beispiel der Beschluss mit Datum"),
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
            "valid_from": GermanDateField(label=_("Gilt ab"), required=False, help_text=_("Tag der Veröffentlichung; leer: schon immer")),
            "valid_until": GermanDateField(
                label=_("Gilt bis einschließlich"), required=False, help_text=_("Tag der Veröffentlichung; leer: ohne Ende")
            ),
        }

    def _value_fields(self) -> dict[str, forms.Field]:
        known, label = self.known, said(self.known.words.capital)
        if known.type is Period:
            return {
                "count": forms.IntegerField(label=label, min_value=1, max_value=9999),
                "unit": forms.ChoiceField(label=_("Einheit"), choices=UNITS),
            }
        if known.type is int:
            return {"value": forms.IntegerField(label=label, min_value=1)}
        if known.type is str:
            return {"value": forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}))}
        choices = [(option, said(words.capital)) for option, words in known.options]
        if known.many:
            return {"value": forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple)}
        return {"value": forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Der letzte Tag liegt vor dem ersten. Prüfen Sie beide Tage."))
        return cleaned

    @property
    def new_rule(self) -> NewRule:
        """What was entered. For a valid form."""
        given = dict(self.cleaned_data)
        if self.known.type is Period:
            given["value"] = f"P{given.pop('count')}{given.pop('unit')}"
        elif self.known.type is bool:
            given["value"] = given["value"] == "true"
        kinds = set(given.pop("kinds", ()))
        return NewRule(key=self.known.name, kinds=kinds if kinds != {kind.value for kind in kinds_of(self.known)} else (), **given)

    @property
    def fingerprint(self) -> str:
        """Of what was entered, to know whether the effects that were shown are still those of the form."""
        return hashlib.sha256(json.dumps(self.cleaned_data, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _initial(known: Key, now: Value | None, row: OwnRule | None) -> dict[str, Any]:
    given: dict[str, Any] = {"unit": Unit.MONTH}
    if row is not None:
        names = ("law", "section", "address", "kinds", "valid_from", "valid_until")
        given |= {name: getattr(row, name) for name in names}
        now = known.read(row.value)
    if isinstance(now, Period):
        return given | {"count": now.count, "unit": now.unit}
    if now is not None:
        given["value"] = str(now).lower() if isinstance(now, bool) else written(now)
    return given


class ReasonForm(forms.Form):
    """Why a rule ends, or why a body stays with what it has."""

    reason = forms.CharField(label=_("Grund"), widget=forms.Textarea(attrs={"rows": 2}))


class LandForm(forms.Form):
    """For a body without regional key."""

    land = forms.ChoiceField(label=_("Land"), choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["land"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(Land.of_regional_key(number).value, name) for number, name in sorted(LAENDER.items(), key=lambda pair: pair[1])]
