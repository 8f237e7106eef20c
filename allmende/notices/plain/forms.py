"""Shape and wording of the forms about explanations."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from allmende.core.forms import GermanDateField
from allmende.lib import easy_language, richtext, webvtt
from allmende.notices import text
from allmende.notices.models.explanation import LONGEST_TITLE, Form


def _of_the_film() -> str:
    return gettext("MP4 oder WebM, höchstens %(most)s MB. Angaben zu Ort und Kamera werden entfernt.") % {
        "most": settings.FILM_MAX_BYTES // (1024 * 1024)
    }


class TextForm(forms.Form):
    """Title and typed text of an explanation. In Easy language every sentence is put on a line of its own."""

    use_required_attribute = False
    mark_optional = False  # a draft may be saved without; whoever reviews it finds both

    saved = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(
        label=_("Überschrift"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=_("Worum es geht, in wenigen einfachen Wörtern. Keine Namen von Privatpersonen."),
        widget=forms.TextInput(attrs={"lang": "de"}),
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18, "lang": "de"}),
        help_text=_("Eine leere Zeile trennt Absätze. ## beginnt eine Zwischenüberschrift, ein Strich vor jedem Punkt eine Liste."),
    )

    def __init__(self, form: Form, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = form

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = cleaned.get("text", "")
        try:
            document = richtext.from_plain(easy_language.one_a_line(typed) if self.form == Form.EASY else typed)
        except richtext.RichTextTooLarge as error:
            words = _("Der Text ist zu lang. Eine Erklärung soll kurz sein: Kürzen Sie ihn.")
            raise forms.ValidationError(words, code="too_large") from error
        cleaned["content"] = text.write(document)
        return cleaned


class FilmForm(forms.Form):
    """One film in sign language."""

    saved = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    file = forms.FileField(
        label=_("Video"),
        help_text=lazy(_of_the_film, str)(),
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm,.mp4,.webm"}),
    )


class CaptionsForm(forms.Form):
    """Captions, typed, pasted or as a file."""

    use_required_attribute = False
    mark_optional = False  # one of both

    saved = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    captions = forms.CharField(
        label=_("Untertitel"),
        required=False,
        max_length=webvtt.LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "de", "spellcheck": "true"}),
        help_text=_("Im Format WebVTT. Aus ihnen entsteht auch der Text zum Video."),
    )
    file = forms.FileField(
        label=_("Oder als Datei"),
        required=False,
        help_text=_("Endung .vtt. Die Datei ersetzt, was oben steht."),
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file is not None:
            try:
                cleaned["captions"] = file.read(webvtt.LONGEST * 4).decode("utf-8")
            except UnicodeDecodeError as error:
                raise forms.ValidationError(
                    _("Diese Datei ist kein Text in UTF-8. Speichern Sie die Untertitel als WebVTT in UTF-8."), code="encoding"
                ) from error
        if not cleaned.get("captions", "").strip() and "captions" not in self.errors:
            self.add_error("captions", _("Tragen Sie die Untertitel ein, oder wählen Sie eine Datei."))
        return cleaned


class ReviewForm(forms.Form):
    """What the reviewer states. `saved`, `of_version`: what was read."""

    use_required_attribute = False

    saved = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    of_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    checked_by = forms.CharField(
        label=_("Prüfgruppe"),
        max_length=200,
        help_text=_(
            "Menschen mit Lernschwierigkeiten, die den Text gelesen haben, zum Beispiel: Prüfgruppe der Werkstatt Erlenland. "
            "Der Name der Gruppe steht öffentlich unter dem Text; nennen Sie keine einzelnen Personen."
        ),
    )
    checked_on = GermanDateField(label=_("Gelesen am"), help_text=_("Zum Beispiel: 24.11.2026"))
    same = forms.BooleanField(label=_("Ich habe die Erklärung neben dem amtlichen Text gelesen. Sie sagt nichts Falsches."))

    def __init__(self, form: Form, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if form == Form.SIGN:
            self.fields["same"].label = _("Ich habe Video und Untertitel neben dem amtlichen Text geprüft. Sie sagen nichts Falsches.")
        if form != Form.EASY:
            del self.fields["checked_by"], self.fields["checked_on"]


class RemarkForm(forms.Form):
    """Why it goes back."""

    remark = forms.CharField(
        label=_("Was zu ändern ist"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Für die Redaktion; öffentlich wird das nicht."),
    )
