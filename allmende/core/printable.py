"""What the official document can show: asked before somebody waits for a seal, where the words are entered."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def without_form(text: str) -> tuple[str, ...]:
    """Characters of `text` for which the fonts of the document have no form (lib.official)."""
    if text.isascii():
        return ()
    from allmende.lib import official  # Typst is loaded where it is needed only

    return official.without_form(text, official.Fonts.found(Path(settings.FONT_DIR)))


def advice(characters: tuple[str, ...]) -> str:
    """What to do about them, in a sentence."""
    sentence = _(
        "Im amtlichen Dokument lässt sich das nicht darstellen: %(characters)s. Nehmen Sie es heraus, oder sagen Sie es in Worten."
    )
    return sentence % {"characters": " ".join(characters)}


class PrintedForm(forms.BaseForm):
    """A form whose texts stand in documents: refuses, at its field, what they could not show. Stands before Form or ModelForm."""

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and name not in self.errors and not name.startswith("password") and (found := without_form(value)):
                self.add_error(name, ValidationError(advice(found), code="characters"))
        return data
