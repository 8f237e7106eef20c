"""The fields of a kind as fields of a form. Anything may be missing when a draft is saved: what must be there, the check list says."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from allmende.core.forms import GermanDateField, GermanMomentField
from allmende.core.written import PREFIX, fields_of
from allmende.notices import kinds
from allmende.notices.kinds.fields import MAX_LINES

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)  # a slip in the year is found here
FEW: Final = 5  # choices that are shown at once


class Later:
    """Must be there when the draft is submitted, not when it is saved: an empty one is saved and stands in the check list."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:  # type: ignore[attr-defined]
            super().validate(value)  # type: ignore[misc]


class LaterText(Later, forms.CharField):
    pass


class LaterChoice(Later, forms.ModelChoiceField):
    pass


class _Day(Later, GermanDateField):
    pass


class _Moment(Later, GermanMomentField):
    pass


class _Choice(Later, forms.ChoiceField):
    pass


class _Words(LaterText):
    """Text in the one spelling in which it is stored."""

    def __init__(self, detail: kinds.Line, **kwargs: Any) -> None:
        super().__init__(max_length=detail.max_length, **kwargs)
        self.detail = detail

    def to_python(self, value: Any) -> str:
        return self.detail.clean(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # too long a text is shown whole, with a sentence, instead of being cut


class _Lines(Later, forms.Field):
    """A list, one entry to a line."""

    default_error_messages = {
        "line_too_long": _("Zeile %(number)s ist zu lang. Kürzen Sie sie auf höchstens %(limit)s Zeichen."),
        "too_many": _("Das sind zu viele Zeilen. Höchstens %(limit)s sind möglich."),
    }

    def __init__(self, detail: kinds.Lines, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.detail = detail

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def to_python(self, value: Any) -> tuple[str, ...]:
        return self.detail.clean(str(value or ""))

    def validate(self, value: Any) -> None:
        limit = self.detail.max_length
        for number, line in enumerate(value, 1):
            if len(line) > limit:
                params = {"number": number, "limit": limit}
                raise ValidationError(self.error_messages["line_too_long"], code="line_too_long", params=params)
        if len(value) > MAX_LINES:
            raise ValidationError(self.error_messages["too_many"], code="too_many", params={"limit": MAX_LINES})


class _Address(LaterText):
    default_error_messages = {
        "no_address": _("„%(text)s“ ist keine Internetadresse. Schreiben Sie sie vollständig, zum Beispiel https://www.beispiel.de/plan."),
    }

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        address = kinds.Address.clean(text) if text else ""
        if address is None:
            raise ValidationError(self.error_messages["no_address"], code="no_address", params={"text": text[:80]})
        return address


def form_field(detail: kinds.Field) -> forms.Field:
    """The field of a form that reads what `detail` stores. Classes say how long its line is and where it stands (notices.css)."""
    field = _form_field(detail)
    classes = ["n-short"] * isinstance(detail, kinds.Day | kinds.Moment) + ["n-beside"] * detail.beside
    if classes:
        field.widget.attrs["class"] = " ".join(classes)
    return field


def _form_field(detail: kinds.Field) -> forms.Field:
    common: dict[str, Any] = {"label": detail.label, "required": detail.required is not False}
    if detail.help:
        common["help_text"] = detail.help
    match detail:
        case kinds.Paragraph():
            return _Words(detail, widget=forms.Textarea(attrs={"rows": 4}), **common)
        case kinds.Line():
            return _Words(detail, **common)
        case kinds.Lines():
            return _Lines(detail, widget=forms.Textarea(attrs={"rows": 5}), **common)
        case kinds.Day():
            return _Day(min_day=FIRST, max_day=LAST, **common)
        case kinds.Moment():
            return _Moment(min_day=FIRST, max_day=LAST, **common)
        case kinds.Choice():
            return _choice(detail, common)
        case kinds.Tick():
            return forms.BooleanField(**common | {"required": False})
        case kinds.Address():
            return _Address(max_length=detail.max_length, widget=forms.TextInput(attrs={"inputmode": "url"}), **common)
    raise TypeError(f"{detail.name}: no form for {type(detail).__name__}")


def written(sent: Mapping[str, Any]) -> dict[str, str]:
    """What somebody has written into the form of a notice (core/written.py), the details with their labels."""
    code = str(sent.get("kind", ""))
    fields = kinds.get(code).fields if kinds.known(code) else ()
    named = [f"{field.label}: {sent[PREFIX + field.name]}" for field in fields if sent.get(PREFIX + field.name)]
    return fields_of(sent) | {"details": "\n".join(named)}


def anchor(detail: kinds.Field) -> str:
    """The id on the page to which a link to the field leads: of buttons, the first one."""
    return f"id_{PREFIX}{detail.name}{'_0' if isinstance(detail, kinds.Choice) and _as_buttons(detail) else ''}"


def _as_buttons(detail: kinds.Choice) -> bool:
    return detail.required is True and len(detail.options) <= FEW


def _choice(detail: kinds.Choice, common: dict[str, Any]) -> forms.Field:
    """Buttons where one must be chosen and there are few; else a list whose first entry says nothing."""
    if _as_buttons(detail):
        return _Choice(choices=detail.options, widget=forms.RadioSelect, **common)
    return _Choice(choices=[("", _("keine Angabe")), *detail.options], **common)
