"""The forms of allauth with our words: labels stand above fields, nothing hides in a placeholder."""

import re
from datetime import datetime
from typing import Any

from allauth.account import forms as account
from allauth.account.fields import SetPasswordField
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.cache import cache
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from allmende.accounts import throttle
from allmende.core.language import page_language
from allmende.core.models import Person
from allmende.lib import german

DIFFERENT = _("Die beiden Kennwörter sind verschieden. Schreiben Sie beide noch einmal.")
INCOMPLETE = _("Schreiben Sie alle Ziffern: 6 aus Ihrer App, oder 8 von einem Notfallcode.")
LOCKED = _("Es waren zu viele falsche Codes. Ab %(time)s können Sie es wieder versuchen.")
CODE = re.compile(r"[0-9]{6}|[0-9]{8}")
CODE_LIFE = 120  # seconds: longer than a code is taken (the one before, the current and the next, 30 s each)


def _plain(form: forms.Form, **words: Any) -> None:
    """Set labels, take placeholders and allauth's helps away."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""
        if name in words:
            field.label = words[name]


def _rules() -> str:
    return " ".join(password_validators_help_texts())


rules = lazy(_rules, str)()


class LogInForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=_("E-Mail-Adresse"), password=_("Kennwort"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class _SameTwice:
    """Says in our words that the two passwords differ; in place of allauth's mixin."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super(account.PasswordVerificationMixin, self).clean() or {}  # type: ignore[misc]
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", DIFFERENT)  # type: ignore[attr-defined]
        return data


class ChangePasswordForm(_SameTwice, account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, oldpassword=_("Bisheriges Kennwort"), password1=_("Neues Kennwort"), password2=_("Neues Kennwort noch einmal"))
        self.fields["password1"].help_text = rules


class SetPasswordForm(_SameTwice, account.SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1=_("Kennwort"), password2=_("Kennwort noch einmal"))
        self.fields["password1"].help_text = rules


class AskPasswordLinkForm(account.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, email=_("E-Mail-Adresse"))


class NewPasswordForm(_SameTwice, account.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password1=_("Neues Kennwort"), password2=_("Neues Kennwort noch einmal"))
        self.fields["password1"].help_text = rules


class ConfirmForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password=_("Kennwort"))


class _CodeOnce:
    """A code works once. allauth forgets a used one after 30 s, but takes the neighbours of the current one too.

    What cannot be a code is no attempt. After too many attempts, `locked_until` says when the next one is looked at.
    """

    fields: dict[str, forms.Field]
    user: Person
    cleaned_data: dict[str, Any]
    locked_until: datetime | None = None

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        if not CODE.fullmatch(typed):
            raise forms.ValidationError(INCOMPLETE, code="incomplete")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except forms.ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            self.locked_until = throttle.codes_free_at(self.user)
            until = german.time_of_day(self.locked_until, page_language())
            raise forms.ValidationError(LOCKED, code=error.code, params={"time": until}) from error
        if not cache.add(f"accounts.code:{self.user.pk}:{code.strip()}", "used", timeout=CODE_LIFE):
            raise get_adapter().validation_error("incorrect_code")
        return code


def _code_field(form: forms.Form, help_text: Any) -> None:
    _plain(form, code=_("Code"))
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}
    form.fields["code"].help_text = help_text


class CodeForm(_CodeOnce, mfa.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, _("Die 6 Ziffern aus Ihrer App, oder einer Ihrer Notfallcodes mit 8 Ziffern"))


class ConfirmCodeForm(_CodeOnce, mfa.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, _("Die 6 Ziffern aus Ihrer App, oder einer Ihrer Notfallcodes mit 8 Ziffern"))


class ActivateAppForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_field(self, _("Die 6 Ziffern, die Ihre App jetzt zeigt"))


class RenamePasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, name=_("Name"))


class NameForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["name"]
        help_texts = {"name": _("So stehen Sie in Vermerken und im Protokoll")}


class AcceptForm(forms.Form):
    """First password of an invited person."""

    password1 = SetPasswordField(label=_("Kennwort"))
    password2 = forms.CharField(
        label=_("Kennwort noch einmal"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = self.fields["password1"]
        first.widget.attrs.pop("placeholder", None)
        first.help_text = rules
        first.user = person  # type: ignore[attr-defined]  # its name and address must not be the password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", DIFFERENT)
        return data
