"""What can go wrong with an issue, and what to do then."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError


class IssueClosed(DomainError):
    code = "issue_closed"
    title = _("Schon freigegeben")
    message = _("Diese Ausgabe ist freigegeben und ändert sich nicht mehr. Beginnen Sie eine neue.")


class IssueEmpty(DomainError):
    code, status = "issue_empty", 422
    message = _("Diese Ausgabe ist leer. Nehmen Sie mindestens eine Bekanntmachung auf.")


class NoticeNotForIssue(DomainError):
    code, status = "issue_notice_elsewhere", 422
    message = _("Diese Bekanntmachung ist nicht öffentlich oder gehört nicht zu Ihnen. Wählen Sie eine aus der Liste.")


class IssueDayDiffers(DomainError):
    """`numbers`: of the notices that state another day."""

    code, status = "issue_day_differs", 422
    message: str | Promise = _(
        "Nicht alle Bekanntmachungen dieser Ausgabe nennen denselben Tag des Amtsblatts, oder der Tag ist vorüber. "
        "Nehmen Sie heraus, was einen anderen Tag nennt."
    )

    def __init__(self, numbers: Sequence[str] = ()) -> None:
        super().__init__()
        if numbers:
            self.message = _(
                "Diese Bekanntmachungen nennen einen anderen Tag des Amtsblatts: Nr. %(numbers)s. Nehmen Sie sie heraus; ist ihr Tag "
                "vorüber, machen Sie sie neu bekannt."
            ) % {"numbers": ", ".join(numbers)}


class InvalidPlan(DomainError):
    code, status = "issue_plan_invalid", 422
    message = _("Dieser Tag ist nicht zu lesen. Schreiben Sie ihn zum Beispiel als 3.3.2027, oder leeren Sie das Feld.")


class IssueTooLarge(DomainError):
    code, status = "issue_too_large", 422
    message = _("Die Ausgabe ist zu umfangreich für ein Dokument. Nehmen Sie einige Bekanntmachungen in die nächste.")


class IssueFourEyes(DomainError):
    code, status = "issue_four_eyes", 403
    title = _("Vier Augen")
    message = _("Sie haben an dieser Ausgabe mitgearbeitet. Freigeben muss jemand anderes.")


class NotWithdrawn(DomainError):
    code = "issue_not_withdrawn"
    title = _("Nicht zurückgezogen")
    message = _("Ersetzt wird nur eine Ausgabe, die zurückgezogen ist. Laden Sie die Seite neu und sehen Sie den jetzigen Stand an.")


class IssueHoldsEnded(DomainError):
    code, status = "issue_holds_ended", 422
    message = _("Eine Bekanntmachung dieser Ausgabe ist nicht mehr öffentlich. Nehmen Sie sie heraus, dann können Sie freigeben.")
