"""What can be in the way of a notice, and what to do about it."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError
from allmende.publication.errors import FourEyes

__all__ = [
    "AlreadyBegun",
    "AlreadyDecided",
    "DetailsInvalid",
    "FourEyes",
    "Incomplete",
    "NoDocument",
    "NotADraft",
    "NotCopied",
    "NothingToDecide",
    "OfficeElsewhere",
    "ReasonMissing",
]


class NotADraft(DomainError):
    code = "notice_not_a_draft"
    title = _("Nicht mehr zu ändern")
    message = _(
        "Diese Bekanntmachung liegt zur Freigabe oder ist freigegeben und lässt sich nicht ändern. "
        "Ziehen Sie sie zurück, solange niemand entschieden hat; danach hilft nur eine neue Bekanntmachung."
    )


class AlreadyBegun(DomainError):
    """The same form was sent a second time: pressed twice, or sent again after an answer was lost."""

    code = "notice_already_begun"
    title = _("Schon angelegt")
    message = _("Dieser Entwurf ist schon angelegt. Öffnen Sie ihn auf Ihrem Schreibtisch und schreiben Sie dort weiter.")


class Incomplete(DomainError):
    code, status = "notice_incomplete", 422
    title = _("Angaben fehlen")
    message = _("Es fehlen noch Angaben. Ergänzen Sie, was in der Prüfliste offen ist, und geben Sie den Entwurf dann zur Freigabe.")


class NoDocument(DomainError):
    """No PDF of the required standard can be made. `reason`, `detail`: lib.official.DocumentRefused."""

    code, status = "notice_no_document", 422
    title = _("Noch kein Dokument möglich")
    message = _("Aus diesem Text lässt sich kein barrierefreies Dokument machen. Vereinfachen Sie ihn, oder fragen Sie den Betrieb.")

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        if reason == "characters":
            self.message = format_lazy(
                "{} {}",
                _(
                    "Für ein Zeichen gibt es in den Schriften des Dokuments keine Form. Steht es nicht im Entwurf, dann im Namen oder "
                    "Kontakt der Kommune, des Amtes oder eines Ortsteils. Ersetzen Sie es dort:"
                ),
                detail.strip('`"').rsplit('"', 1)[-1],
            )
        elif reason == "image":
            self.message = _("Ein Bild lässt sich nicht in das Dokument übernehmen. Nehmen Sie es heraus und laden Sie es neu hoch.")
        elif reason == "alternative_text":
            self.message = _("Einem Bild fehlt die Beschreibung. Beschreiben Sie im Entwurf, was es zeigt; vorher entsteht kein Dokument.")
        elif reason == "headings":
            self.message = _("Eine Überschrift überspringt eine Ebene. Wählen Sie im Entwurf die Ebene direkt unter der vorigen.")


class NothingToDecide(DomainError):
    code = "notice_nothing_to_decide"
    title = _("Liegt nicht mehr zur Freigabe")
    message = _("Diese Bekanntmachung liegt nicht mehr zur Freigabe. Sehen Sie auf Ihrem Schreibtisch nach, wie es um sie steht.")


class AlreadyDecided(DomainError):
    code = "notice_already_decided"
    title = _("Schon freigegeben")
    message = _("Diese Bekanntmachung ist schon freigegeben. Sie müssen nichts mehr tun.")


class ReasonMissing(DomainError):
    code, status = "notice_reason_missing", 422
    title = _("Der Grund fehlt")
    message = _("Schreiben Sie in einem Satz, was zu ändern ist. Ohne Grund weiß die Redaktion nicht weiter.")


class OfficeElsewhere(DomainError):
    """Also where it has been removed while somebody was writing."""

    code, status = "notice_office_elsewhere", 422
    title = _("Amt oder Ortsteil passt nicht")
    message = _(
        "Das Amt oder ein Ortsteil, den Sie gewählt haben, gehört nicht oder nicht mehr zu Ihrer Kommune. "
        "Wählen Sie aus der Liste, und speichern Sie noch einmal; was Sie geschrieben haben, bleibt."
    )


class DetailsInvalid(DomainError):
    """Details that the kind does not have, or in a form that it does not store. Forms never send such."""

    code, status = "notice_details_invalid", 422
    title = _("Angaben passen nicht zur Art")
    message = _("Eine Angabe gehört nicht zu dieser Art von Bekanntmachung. Laden Sie die Seite neu und tragen Sie sie noch einmal ein.")


class NotCopied(DomainError):
    code = "notice_not_copied"
    title = _("Noch keine Vorlage")
    message = _("Als Vorlage dienen nur freigegebene Bekanntmachungen. Öffnen Sie den Entwurf selbst, um an ihm weiterzuschreiben.")
