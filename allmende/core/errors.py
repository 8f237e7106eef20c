"""Errors that a person can do something about. Views turn them into pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Base class. `code` is stable (API, logs); `message` is shown to people: what is the matter. What to do."""

    code: str
    message: str | Promise
    status: int = 409

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    code, status = "not_allowed", 403
    message = _("Sie dürfen das hier nicht tun. Fragen Sie die Administration Ihrer Kommune, wenn Sie die Rolle brauchen.")


class SecondFactorNeeded(DomainError):
    code, status = "second_factor_needed", 403
    message = _("Für diese Aufgabe ist ein zweiter Faktor nötig. Richten Sie ihn unter „Mein Konto“ ein.")


class ChangedMeanwhile(DomainError):
    code = "changed_meanwhile"
    message = _("Das wurde inzwischen geändert. Lesen Sie den neuen Stand und entscheiden Sie dann noch einmal.")
