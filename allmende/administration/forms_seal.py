"""Forms of the seal. The password is never shown again, the file never kept on an error."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator, URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allmende.core.forms import GermanDateField
from allmende.publication import encoded

MAX_KEY_FILE = 64 * 1024  # bytes; a key with a long chain takes less than 10
MAX_CERTIFICATES = 100_000  # characters


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Passwort der Siegeldatei"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class AuthorityForm(forms.Form):
    """The service that stamps what is sealed."""

    authority_url = forms.CharField(
        label=_("Adresse des Zeitstempeldienstes"),
        max_length=300,
        help_text=_("Beginnt mit https:// und steht in den Unterlagen Ihres Vertrauensdiensteanbieters"),
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        validators=[URLValidator(schemes=["https"], message=_("Schreiben Sie eine vollständige Adresse, die mit https:// beginnt."))],
    )
    authority_certificates = forms.CharField(
        label=_("Zertifikate des Zeitstempeldienstes"),
        max_length=MAX_CERTIFICATES,
        help_text=_("Als Text im Format PEM, das Zertifikat des Dienstes und die seiner Aussteller untereinander"),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    authority_policy = forms.CharField(
        label=_("Richtlinie des Zeitstempeldienstes"),
        max_length=100,
        required=False,
        help_text=_("Eine Nummer wie 0.4.0.2023.1.1 (OID); leer: jede Richtlinie des Dienstes"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        validators=[RegexValidator(r"^[0-2](\.(0|[1-9][0-9]*)){1,30}$", _("Schreiben Sie nur Zahlen mit Punkten dazwischen."))],
    )

    def clean_authority_certificates(self) -> str:
        text = str(self.cleaned_data["authority_certificates"])
        try:
            known = encoded.from_pem(text)
        except ValueError:
            known = ()
        if not known:
            raise ValidationError(_("Darin ist kein lesbares Zertifikat. Kopieren Sie auch die Zeilen -----BEGIN und -----END mit."))
        return text


class SealForm(PasswordForm, AuthorityForm):
    """Seal and time stamp service together: one is of no use without the other."""

    file = forms.FileField(
        label=_("Siegeldatei"),
        help_text=_("Im Format PKCS#12 (.p12 oder .pfx), mit der Zertifikatskette, höchstens 64 kB"),
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
    )

    field_order = ["file", "password", "authority_url", "authority_certificates", "authority_policy"]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_KEY_FILE:
            raise ValidationError(_("Die Datei ist größer als 64 kB und damit kein Siegelschlüssel. Wählen Sie die .p12- oder .pfx-Datei."))
        return file


class UnlockForm(PasswordForm):
    """`own_password`: the installation knows the password of its demo seal itself."""

    until = GermanDateField(label=_("Entsperrt bis einschließlich"))

    field_order = ["until", "password"]

    def __init__(self, *args: Any, first: date, last: datetime, own_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = last
        field = self.fields["until"]
        assert isinstance(field, GermanDateField)
        field.min_day, field.max_day = first, timezone.localdate(last)
        if own_password:
            del self.fields["password"]

    def clean_until(self) -> datetime:
        """The last second of that day in Germany, or the end of the certificate when that comes first."""
        day: date = self.cleaned_data["until"]
        return min(timezone.make_aware(datetime.combine(day, time(23, 59, 59))), self.last)
