"""The one look of all forms: KERN's classes by kind of widget, one template for fields, days as people write them."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField, Widget
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from allmende.core.form_messages import reword
from allmende.lib import german

# By kind of widget, most special first: (widget, kind in core/field.html, KERN's class).
KINDS: tuple[tuple[type[Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "checks", "kern-form-check__checkbox"),
    (forms.RadioSelect, "radios", "kern-form-check__radio"),
    (forms.CheckboxInput, "check", "kern-form-check__checkbox"),
    (forms.SelectMultiple, "list", "kern-form-input__input"),
    (forms.Select, "select", "kern-form-input__select"),
    (forms.FileInput, "file", "a-file"),
    (forms.MultiWidget, "group", "kern-form-input__input"),
    (forms.SelectDateWidget, "group", "kern-form-input__input"),
)


def kind_of(widget: Widget) -> tuple[str, str]:
    """(kind in core/field.html, KERN's class) of a widget."""
    if widget.is_hidden:
        return "hidden", ""
    for widget_class, kind, css in KINDS:
        if isinstance(widget, widget_class):
            return kind, css
    return "input", "kern-form-input__input"


class KernField(BoundField):
    """Gives every widget the KERN classes; no widget is styled by hand. A class set in a form comes in addition."""

    @cached_property
    def kind(self) -> str:
        return kind_of(self.field.widget)[0]

    @property
    def errors(self) -> ErrorList:
        """The errors of this field, each saying what to do (form_messages)."""
        found = super().errors
        if not found:
            return found
        return ErrorList([reword(error, self.kind) for error in found.as_data()], renderer=self.form.renderer)

    @property
    def optional(self) -> bool:
        """Is "freiwillig" written beside the label? Not at a single tick, nor in forms with `mark_optional = False` (filters)."""
        return not self.field.required and self.kind != "check" and getattr(self.form, "mark_optional", True)

    @property
    def anchor(self) -> str:
        """The id that a link to the field leads to: of a group, its first choice."""
        return self.id_for_label or f"{self.auto_id}_0"

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        kind, css = kind_of(widget)
        attrs = super().build_widget_attrs(attrs, widget)
        if kind == "hidden":
            return attrs
        if kind == "radios":
            attrs.pop("aria-invalid", None)  # not for one radio button; the error is said at the group
        if self.errors:
            css += f" {css}--error"
        own = attrs.get("class") or widget.attrs.get("class")
        return {**attrs, "class": f"{css} {own}" if own else css}


class Renderer(DjangoTemplates):
    """settings.FORM_RENDERER"""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"
    bound_field_class = KernField

    def get_template(self, template_name: str) -> Any:
        """Django's templates for widgets come first in its search path, so ours is named here."""
        return super().get_template("core/widgets/file.html" if template_name.endswith("/clearable_file_input.html") else template_name)


class DayInput(forms.TextInput):
    """A text field for a day. The pickers of browsers follow the language of the browser, not of the page."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return german.short_date(value)
        shown: str | None = super().format_value(value)
        return shown


class MomentInput(forms.TextInput):
    """A text field for a day with a time of day."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime):
            return f"{german.short_date(value)}, {german.time_of_day(value)}".replace(german.NO_BREAK, " ")
        shown: str | None = super().format_value(value)
        return shown


class GermanDateField(forms.Field):
    """Takes 1.3.26, 01.03.2026, 1. März 2026, 2026-03-01, 010326; gives a date, or None where it may be empty."""

    widget = DayInput
    default_error_messages = {
        "required": _("Tragen Sie einen Tag ein, zum Beispiel 1.3.2026."),
        "unreadable": _("„%(text)s“ lässt sich nicht als Tag lesen. Schreiben Sie Tag, Monat und Jahr, zum Beispiel 1.3.2026."),
        "no_such_day": _("Den Tag „%(text)s“ gibt es nicht im Kalender. Prüfen Sie Tag und Monat."),
        "min_day": _("Der Tag liegt zu früh. Der früheste Tag ist der %(day)s."),
        "max_day": _("Der Tag liegt zu spät. Der späteste Tag ist der %(day)s."),
    }

    def __init__(self, *, min_day: date | None = None, max_day: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Tag, Monat, Jahr, zum Beispiel 1.3.2026"))
        super().__init__(**kwargs)
        self.min_day, self.max_day = min_day, max_day

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = str(value).strip()
        try:
            return german.parse_date(text) if text else None
        except german.UnreadableDay as error:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable", params={"text": text}) from error
        except german.NoSuchDay as error:
            raise ValidationError(self.error_messages["no_such_day"], code="no_such_day", params={"text": text}) from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        _within(self, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class GermanMomentField(forms.Field):
    """Takes '1.3.2026, 19 Uhr', '1. März 2026 um 19:30'; gives an aware datetime in the legal time of Germany, or None."""

    widget = MomentInput
    default_error_messages = {
        "required": _("Tragen Sie Tag und Uhrzeit ein, zum Beispiel 1.3.2026, 19 Uhr."),
        "unreadable": _("„%(text)s“ lässt sich nicht lesen. Schreiben Sie Tag und Uhrzeit, zum Beispiel 1.3.2026, 19 Uhr."),
        "no_time": _("Bei „%(text)s“ fehlt die Uhrzeit. Schreiben Sie sie hinter den Tag, zum Beispiel 1.3.2026, 19 Uhr."),
        "no_such_day": GermanDateField.default_error_messages["no_such_day"],
        "no_such_time": _(
            "Die Uhrzeit „%(text)s“ gibt es an diesem Tag nicht. Statt 24 Uhr schreiben Sie 23.59 Uhr oder 0 Uhr des nächsten Tages."
        ),
        "min_day": GermanDateField.default_error_messages["min_day"],
        "max_day": GermanDateField.default_error_messages["max_day"],
    }

    def __init__(self, *, min_day: date | None = None, max_day: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Tag und Uhrzeit, zum Beispiel 1.3.2026, 19 Uhr"))
        super().__init__(**kwargs)
        self.min_day, self.max_day = min_day, max_day

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        text = str(value).strip()
        try:
            return german.parse_moment(text) if text else None
        except ValueError as error:
            code = {
                german.NoSuchDay: "no_such_day",
                german.NoSuchTime: "no_such_time",
                german.UnreadableTime: "no_time",
            }.get(type(error), "unreadable")
            raise ValidationError(self.error_messages[code], code=code, params={"text": text}) from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        _within(self, value and value.date())


def _within(field: GermanDateField | GermanMomentField, day: date | None) -> None:
    """Raises ValidationError where the day lies outside of what the field takes."""
    for code, limit, broken in (
        ("min_day", field.min_day, day and field.min_day and day < field.min_day),
        ("max_day", field.max_day, day and field.max_day and day > field.max_day),
    ):
        if broken and limit:
            raise ValidationError(field.error_messages[code], code=code, params={"day": german.short_date(limit)})
