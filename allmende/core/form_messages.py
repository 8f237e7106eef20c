"""What a form says instead of Django's stock messages: what to do, in one sentence, fitting to the kind of field."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"

MISSING: dict[str, Text] = {
    "select": _("Wählen Sie eine der Möglichkeiten aus."),
    "radios": _("Wählen Sie eine der Möglichkeiten aus."),
    "checks": _("Wählen Sie mindestens eine Möglichkeit aus."),
    "list": _("Wählen Sie mindestens eine Möglichkeit aus."),
    "check": _("Setzen Sie den Haken, sonst geht es nicht weiter."),
    "file": _("Wählen Sie eine Datei aus."),
    "input": _("Füllen Sie dieses Feld aus."),
    "group": _("Füllen Sie diese Felder aus."),
    "hidden": _("Eine Angabe der Seite fehlt. Laden Sie die Seite neu."),
}
NOT_OFFERED = _("Diese Auswahl gibt es nicht mehr. Wählen Sie eine der angebotenen Möglichkeiten.")
WHOLE_NUMBER = _("Schreiben Sie eine ganze Zahl, zum Beispiel 12.")
NUMBER = _("Schreiben Sie eine Zahl, zum Beispiel 12,5.")
REQUIRED = forms.Field.default_error_messages["required"]

# Recognised by identity: Django's own objects. A message that a form or a model sets itself stays.
STOCK: tuple[tuple[Any, Text], ...] = (
    (validators.EmailValidator.message, _("Schreiben Sie die E-Mail-Adresse vollständig, zum Beispiel name@beispiel.de.")),
    (validators.MaxLengthValidator.message, _("Kürzen Sie auf höchstens %(limit_value)d Zeichen. Zurzeit sind es %(show_value)d.")),
    (validators.MinLengthValidator.message, _("Schreiben Sie mindestens %(limit_value)d Zeichen. Zurzeit sind es %(show_value)d.")),
    (validators.MaxValueValidator.message, _("Schreiben Sie eine Zahl, die nicht größer ist als %(limit_value)s.")),
    (validators.MinValueValidator.message, _("Schreiben Sie eine Zahl, die nicht kleiner ist als %(limit_value)s.")),
    (
        forms.URLField.default_error_messages["invalid"],
        _("Schreiben Sie die Internetadresse vollständig, zum Beispiel https://www.beispiel.de."),
    ),
    (validators.URLValidator.message, _("Schreiben Sie die Internetadresse vollständig, zum Beispiel https://www.beispiel.de.")),
    (forms.IntegerField.default_error_messages["invalid"], WHOLE_NUMBER),
    (forms.FloatField.default_error_messages["invalid"], NUMBER),
    (forms.DecimalField.default_error_messages["invalid"], NUMBER),
    (forms.ChoiceField.default_error_messages["invalid_choice"], NOT_OFFERED),
    (forms.MultipleChoiceField.default_error_messages["invalid_choice"], NOT_OFFERED),
    (forms.ModelChoiceField.default_error_messages["invalid_choice"], NOT_OFFERED),
    (forms.ModelMultipleChoiceField.default_error_messages["invalid_choice"], NOT_OFFERED),
    (forms.ModelMultipleChoiceField.default_error_messages["invalid_pk_value"], NOT_OFFERED),
    (forms.FileField.default_error_messages["missing"], MISSING["file"]),
    (forms.FileField.default_error_messages["invalid"], MISSING["file"]),
    (forms.FileField.default_error_messages["empty"], _("Die Datei ist leer. Wählen Sie eine andere.")),
    (
        forms.FileField.default_error_messages["max_length"],
        _("Der Name der Datei ist zu lang. Kürzen Sie ihn auf höchstens %(max)d Zeichen; zurzeit sind es %(length)d."),
    ),
    (
        forms.ImageField.default_error_messages["invalid_image"],
        _("Diese Datei lässt sich nicht als Bild öffnen. Wählen Sie eine PNG- oder JPEG-Datei."),
    ),
)


def reword(error: ValidationError, kind: str) -> ValidationError:
    """The same error in our words, where it carries a stock message of Django; `kind` is that of core/field.html."""
    if error.message is REQUIRED:
        return ValidationError(MISSING.get(kind, MISSING["input"]), code=error.code)
    for stock, ours in STOCK:
        if error.message is stock:
            return ValidationError(ours, code=error.code, params=error.params)
    return error
