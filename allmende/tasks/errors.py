"""What can go wrong with a task, and what to do then."""

from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError


class AlreadyClosed(DomainError):
    code = "task_already_closed"
    title = _("Schon erledigt")
    message = _("Diese Aufgabe hat inzwischen jemand abgeschlossen. Lesen Sie im Verlauf nach, wer und wie.")


class StillOpen(DomainError):
    code = "task_still_open"
    title = _("Noch offen")
    message = _("Diese Aufgabe ist offen. Sie können sie gleich bearbeiten.")


class TakenMeanwhile(DomainError):
    code = "task_taken"
    title = _("Inzwischen übernommen")
    message = _("Diese Aufgabe hat inzwischen jemand anderes übernommen. Sprechen Sie sich ab.")


class DropReasonMissing(DomainError):
    code, status = "task_reason_missing", 422
    message = _("Der Grund fehlt. Schreiben Sie in einem Satz, warum die Aufgabe nicht nötig ist oder wieder offen sein soll.")


class EvidenceMissing(DomainError):
    code, status = "task_evidence_missing", 422
    message = _("Der Nachweis ist nicht vollständig. Füllen Sie die Felder aus, die nicht freiwillig sind.")


class NotAScan(DomainError):
    code, status = "scan_unreadable", 422
    message = _("Diese Datei ist weder PDF noch Bild. Wählen Sie eine Datei als PDF, JPEG oder PNG.")


class ScanTooLarge(DomainError):
    code, status = "scan_too_large", 422
    message = _("Die Datei ist zu groß. Verkleinern Sie sie auf höchstens 20 MB.")
