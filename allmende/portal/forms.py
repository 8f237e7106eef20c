from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from allmende.lib.proof.container import MAX_BUNDLE

MAX_CERTIFICATE = 5 * 1024 * 1024  # bytes


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(FilesField, self).clean(one, initial) for one in data or []]


class CheckForm(forms.Form):
    """A proof bundle or what people take for one, and if the reader has it from elsewhere, the key a bundle must be signed with."""

    use_required_attribute = False  # an empty file field would be heard as wrong before anybody has chosen a file

    bundle = forms.FileField(
        label=_("Nachweis (ZIP) oder versiegeltes PDF"),
        widget=forms.FileInput(attrs={"aria-required": "true"}),
        help_text=_("Den Nachweis finden Sie auf der Seite der Bekanntmachung unter „Nachweis herunterladen“."),
        error_messages={
            "empty": _("Diese Datei ist leer. Laden Sie sie neu herunter."),
            "required": _("Wählen Sie eine Datei aus: den Nachweis (ZIP) oder das versiegelte PDF."),
        },
    )
    certificate = forms.FileField(
        label=_("Bekanntmachungsnachweis dazu"),
        required=False,
        help_text=_("Wenn Sie einen haben (PDF): Die Antwort sagt, ob er genau diese Bekanntmachung nennt."),
        error_messages={"empty": _("Diese Datei ist leer. Laden Sie sie neu herunter.")},
    )
    archive = forms.FileField(
        label=_("Archivzeitstempel dazu"),
        required=False,
        help_text=_("Wenn Sie einen haben (ZIP, von der Seite „Protokoll“): Er zählt, wenn die Zertifikate des Nachweises enden."),
        error_messages={"empty": _("Diese Datei ist leer. Laden Sie sie neu herunter.")},
    )
    attachments = FilesField(
        label=_("Anlagen dazu"),
        required=False,
        help_text=_(
            "Nur Anlagen, die der Nachweis nicht selbst enthält, auch mehrere. Alle Dateien zusammen höchstens 64 MB; größere prüft das "
            "Programm auf Ihrem Rechner."
        ),
    )
    vkey = forms.CharField(
        label=_("Schlüssel des Protokolls"),
        required=False,
        max_length=300,
        help_text=_(
            "Nur für den Nachweis (ZIP). Die Verwaltung nennt ihn Ihnen am Telefon oder am Schalter, oder er steht im Amtsblatt. Ohne ihn "
            "vergleichen wir mit dem, den diese Seite selbst führt."
        ),
    )

    def clean_certificate(self) -> UploadedFile | None:
        certificate: UploadedFile | None = self.cleaned_data["certificate"]
        if certificate and certificate.size and certificate.size > MAX_CERTIFICATE:
            raise ValidationError(_("Die Datei ist größer als 5 MB, ein Bekanntmachungsnachweis nie. Anlagen gehören ins Feld darunter."))
        return certificate

    def clean_bundle(self) -> UploadedFile:
        bundle: UploadedFile = self.cleaned_data["bundle"]
        if bundle.size and bundle.size > MAX_BUNDLE:
            raise ValidationError(
                _("Die Datei ist größer als 64 MB, ein Nachweis nie. Wählen Sie die .zip-Datei von der Seite der Bekanntmachung."),
                code="too_large",
            )
        return bundle
