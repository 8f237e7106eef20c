"""Shape and wording of the forms about files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allmende.notices.attachments.taking import Way
from allmende.notices.models.file import LONGEST_TITLE, Role

ROLES = [(role.value, role.label) for role in (Role.SOURCE, Role.ATTACHMENT, Role.ORIGINAL)]
ACCEPT = ".pdf,.docx,.xlsx,.odt,.ods,.png,.jpg,.jpeg,.tif,.tiff,.gml,.csv,.zip"


class SourceForm(forms.Form):
    """One file from which the text of a new notice is taken."""

    file = forms.FileField(
        label=_("Word-Datei oder PDF"),
        help_text=_("DOCX oder PDF. Die Datei bleibt im Haus, bis Sie etwas anderes sagen."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
    )


class FileForm(forms.Form):
    """One file and what it is for."""

    file = forms.FileField(
        label=_("Datei"),
        help_text=_(
            "PDF, Word (DOCX), OpenDocument, Excel (XLSX), PNG, JPEG oder TIFF; als Anlage auch GML, CSV und ZIP. Höchstens 300 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    role = forms.ChoiceField(label=_("Wozu dient die Datei?"), choices=ROLES, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Bezeichnung"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=_(
            "Unter diesem Namen steht eine Anlage auf der Seite, zum Beispiel: Lageplan. Die Nummer kommt von selbst davor. "
            "Ohne Angabe gilt der Dateiname."
        ),
    )


class ChangeForm(forms.Form):
    title = forms.CharField(
        label=_("Bezeichnung"), max_length=LONGEST_TITLE, help_text=_("Unter diesem Namen steht eine Anlage auf der öffentlichen Seite.")
    )
    role = forms.ChoiceField(label=_("Wozu dient die Datei?"), choices=ROLES, widget=forms.RadioSelect)


class TakeForm(forms.Form):
    """What becomes of the text of a file, and of the file."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    title = forms.CharField(
        label=_("Titel der Bekanntmachung"),
        required=False,
        max_length=LONGEST_TITLE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Aus der Datei vorgeschlagen, wenn der Entwurf noch keinen hat. Er steht über dem Text."),
    )
    way = forms.ChoiceField(
        label=_("Im Entwurf steht schon Text. Was soll mit ihm geschehen?"),
        widget=forms.RadioSelect,
        choices=[
            (Way.REPLACE.value, _("Ersetzen: Der bisherige Text bleibt als frühere Fassung erhalten.")),
            (Way.APPEND.value, _("Behalten: Der neue Text steht darunter.")),
        ],
    )
    role = forms.ChoiceField(label=_("Was wird aus der Datei?"), widget=forms.RadioSelect, choices=ROLES)

    def __init__(self, *args: Any, text_there: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not text_there:
            del self.fields["way"]

    @property
    def chosen(self) -> Way | None:
        """Only after `is_valid`."""
        way = self.cleaned_data.get("way")
        return Way(way) if way else None


class ConfirmForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    same = forms.BooleanField(label=_("Ich habe den Text mit dem Scan verglichen. Er stimmt Wort für Wort überein."))
