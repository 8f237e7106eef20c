"""What can be in the way of a notice, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError
from allmende.publication.errors import FourEyes

__all__ = [
    "AlreadyDecided",
    "FourEyes",
    "Incomplete",
    "NotADraft",
    "NotCopied",
    "NothingToDecide",
    "OfficeElsewhere",
    "ReasonMissing",
]


class NotADraft(DomainError):
    code = "notice_not_a_draft"
    message = _(
        "Diese Bekanntmachung liegt zur Freigabe oder ist freigegeben und lässt sich nicht ändern. "
        "Ziehen Sie sie zurück, solange niemand entschieden hat; danach hilft nur eine neue Bekanntmachung."
    )


class Incomplete(DomainError):
    code, status = "notice_incomplete", 422
    message = _("Es fehlen noch Angaben. Ergänzen Sie, was in der Prüfliste offen ist, und geben Sie den Entwurf dann zur Freigabe.")


class NothingToDecide(DomainError):
    code = "notice_nothing_to_decide"
    message = _("Diese Bekanntmachung liegt nicht mehr zur Freigabe. Sehen Sie auf Ihrem Schreibtisch nach, wie es um sie steht.")


class AlreadyDecided(DomainError):
    code = "notice_already_decided"
    message = _("Diese Bekanntmachung ist schon freigegeben. Sie müssen nichts mehr tun.")


class ReasonMissing(DomainError):
    code, status = "notice_reason_missing", 422
    message = _("Schreiben Sie in einem Satz, was zu ändern ist. Ohne Grund weiß die Redaktion nicht weiter.")


class OfficeElsewhere(DomainError):
    code, status = "notice_office_elsewhere", 422
    message = _("Dieses Amt oder dieser Ortsteil gehört nicht zu Ihrer Kommune. Wählen Sie eines aus der Liste.")


class NotCopied(DomainError):
    code = "notice_not_copied"
    message = _("Als Vorlage dienen nur freigegebene Bekanntmachungen. Öffnen Sie den Entwurf selbst, um an ihm weiterzuschreiben.")
