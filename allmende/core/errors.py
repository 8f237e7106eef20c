"""Errors that a person can do something about. Views turn them into pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """Base class. `code` is stable (API, logs); `title` and `message` are shown to people: what is the matter. What to do."""

    code: str
    title: str | Promise = _("Bitte lesen Sie erst")
    message: str | Promise
    status: int = 409

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    code, status = "not_allowed", 403
    title = _("Dafür fehlt Ihnen eine Rolle")
    message = _("Sie dürfen das hier nicht tun. Fragen Sie die Administration Ihrer Kommune, wenn Sie die Rolle brauchen.")


class SecondFactorNeeded(DomainError):
    code, status = "second_factor_needed", 403
    title = _("Ein zweiter Faktor ist nötig")
    message = _("Für diese Aufgabe ist ein zweiter Faktor nötig. Richten Sie ihn unter „Mein Konto“ ein.")


class ChangedMeanwhile(DomainError):
    code = "changed_meanwhile"
    title = _("Inzwischen geändert")
    message = _("Das wurde inzwischen geändert. Lesen Sie den neuen Stand und entscheiden Sie dann noch einmal.")
