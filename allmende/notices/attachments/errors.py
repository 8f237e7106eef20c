"""What can be in the way of a file, and what to do about it."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError
from allmende.lib.extraction import Refused
from allmende.notices.calendar.errors import NotStated


class FileRefused(DomainError):
    """The file is not taken, or no text of it. Says why (lib.extraction.messages)."""

    code, status = "notice_file_refused", 422
    title = _("Diese Datei geht so nicht")
    message: str | Promise = _("Diese Datei lässt sich nicht übernehmen. Speichern Sie sie neu und versuchen Sie es noch einmal.")

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused))
        self.reason = refused.code
        self.message = refused.message("en" if (get_language() or "de").startswith("en") else "de")


class FileMissing(DomainError):
    code, status = "notice_file_missing", 422
    title = _("Keine Datei")
    message = _("Es ist keine Datei angekommen. Wählen Sie eine aus und laden Sie sie hoch.")


class FileEmpty(DomainError):
    code, status = "notice_file_empty", 422
    title = _("Die Datei ist leer")
    message = _("Die Datei ist leer. Wählen Sie eine andere.")


class FileTooLarge(DomainError):
    code, status = "notice_file_too_large", 422
    title = _("Die Datei ist zu groß")
    message = _("Die Datei ist größer als 300 MB. Teilen Sie sie auf oder verkleinern Sie die Bilder darin.")


class NoRoom(DomainError):
    code, status = "notice_file_no_room", 507
    title = _("Kein Platz auf dem Server")
    message = _("Auf dem Server ist nicht genug Platz für diese Datei. Rufen Sie den Betrieb an; Ihr Entwurf ist gespeichert.")


class FileThere(DomainError):
    code, status = "notice_file_there", 422
    title = _("Schon da")
    message = _("Genau diese Datei ist schon da. Ändern Sie dort, wozu sie dient, wenn es anders sein soll.")


class TooManyFiles(DomainError):
    code, status = "notice_too_many_files", 422
    title = _("Zu viele Dateien")
    message = _("Eine Bekanntmachung fasst höchstens 20 Anlagen und 10 weitere Dateien. Entfernen Sie erst eine, die Sie nicht brauchen.")


class FileLost(DomainError):
    code, status = "notice_file_lost", 409
    title = _("Die Datei fehlt auf dem Server")
    message = _("Die Datei liegt nicht mehr auf dem Server oder ist nicht mehr dieselbe. Entfernen Sie sie und laden Sie sie neu hoch.")


class WayMissing(DomainError):
    """There is text already, and nobody has said what becomes of it."""

    code, status = "notice_text_there", 422
    title = _("Im Entwurf steht schon Text")
    message = _("Im Entwurf steht schon Text. Sagen Sie, ob der neue ihn ersetzen oder darunter stehen soll.")


class NothingToTake(DomainError):
    code, status = "notice_file_without_text", 422
    title = _("Kein Text in der Datei")
    message = _("In dieser Datei ist kein Text, der sich übernehmen lässt. Schreiben Sie ihn im Entwurf ab.")


class NotConfirmed(NotStated):
    code, status = "notice_original_not_confirmed", 422
    title = _("Der Vergleich mit dem Original fehlt")
    message = _("Bestätigen Sie, dass der Text mit dem unterzeichneten Original übereinstimmt. Ohne das wird nicht freigegeben.")
