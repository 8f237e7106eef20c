"""What can stand in the way of a publication, with the sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError


class FourEyes(DomainError):
    code = "publication_four_eyes"
    message = _("Wer einen Teil davon geschrieben hat, gibt nicht frei. Bitten Sie eine zweite Person um die Freigabe.")


class AlreadyApproved(DomainError):
    code = "publication_already_approved"
    message = _("Das ist schon freigegeben. Für eine Änderung veröffentlichen Sie eine Berichtigung.")


class ImageMissing(DomainError):
    code = "publication_image_missing"
    message = _("Ein Bild der Seite fehlt. Fügen Sie das Bild noch einmal ein und reichen Sie dann neu ein.")


class AttachmentMissing(DomainError):
    code = "publication_attachment_missing"
    message = _("Eine Anlage fehlt oder passt nicht zur Seite. Laden Sie die Anlage noch einmal hoch und reichen Sie dann neu ein.")


class AttachmentDamaged(DomainError):
    code = "publication_attachment_damaged"
    message = _(
        "Eine Anlage ist nicht mehr die Datei, die freigegeben wurde. Der Betrieb spielt sie aus der Sicherung zurück; danach geht es "
        "von selbst weiter."
    )


class TooLateToTakeBack(DomainError):
    code = "publication_too_late_to_take_back"
    title = _("Zu spät")
    message = _("Das ist schon gesiegelt oder veröffentlicht und lässt sich nicht mehr zurücknehmen. Laden Sie die Seite neu.")


class NotPublic(DomainError):
    code = "publication_not_public"
    message = _("Das ist nicht oder nicht mehr öffentlich. Laden Sie die Seite neu und sehen Sie den jetzigen Stand an.")


class PartNotPublic(DomainError):
    code = "publication_part_not_public"
    message = _(
        "Etwas, das darin steht, ist nicht mehr öffentlich. Nehmen Sie die Freigabe zurück; danach lässt sich der Rest ohne diesen Teil "
        "freigeben."
    )


class NotErasable(DomainError):
    code = "publication_not_erasable"
    message = _("Gelöscht wird nur, was veröffentlicht war. Warten Sie, bis die Veröffentlichung beendet oder abgeschlossen ist.")


class NotRelated(DomainError):
    code = "publication_not_related"
    message = _("Diese beiden Veröffentlichungen lassen sich nicht verbinden. Wählen Sie eine frühere derselben Kommune.")


class BundleDue(DomainError):
    code, status = "publication_bundle_due", 503
    message = _("Der Nachweis wird gerade neu erstellt. Versuchen Sie es in einer Minute noch einmal.")


class TooManyDownloads(DomainError):
    code, status = "publication_too_many_downloads", 503
    message = _("Gerade werden viele große Dateien geladen. Versuchen Sie es in einer Minute noch einmal.")


class NoLog(DomainError):
    code = "publication_no_log"
    message = _("Die Kommune hat noch kein Protokoll. Die Administration richtet es unter „Verwaltung“ ein.")


class LogExists(DomainError):
    code = "publication_log_exists"
    message = _("Die Kommune hat schon ein Protokoll. Sein Name und sein Schlüssel stehen für immer fest.")


class OriginNotUsable(DomainError):
    code = "publication_origin_not_usable"
    message = _(
        "Diesen Namen kann das Protokoll nicht tragen. Schreiben Sie eine Adresse ohne https://, "
        "ohne Leerzeichen und Pluszeichen, zum Beispiel log.quellstedt.example/amtlich."
    )


class OriginTaken(DomainError):
    code = "publication_origin_taken"
    message = _("So heißt schon ein anderes Protokoll. Wählen Sie einen anderen Namen.")


class KeyMissing(DomainError):
    code = "publication_key_missing"
    message = _("Der Schlüssel des Protokolls fehlt auf der Festplatte oder passt nicht. Der Betrieb spielt ihn aus der Sicherung zurück.")


class LogDamaged(DomainError):
    code = "publication_log_damaged"
    message = _("Die Dateien des Protokolls sind beschädigt. Der Betrieb prüft sie mit „allmende log check“ und stellt sie wieder her.")


class NoSeal(DomainError):
    code = "publication_no_seal"
    message = _("Es ist kein Siegel eingerichtet. Die Siegelverwaltung richtet es ein; danach geht es von selbst weiter.")


class SealLocked(DomainError):
    code = "publication_seal_locked"
    message = _("Das Siegel ist gesperrt. Die Siegelverwaltung entsperrt es; danach geht es von selbst weiter.")


class SealTooLow(DomainError):
    code = "publication_seal_too_low"
    message = _(
        "Das Siegel hat nicht die Stufe, die das Recht hier verlangt. Die Siegelverwaltung richtet ein Siegel dieser Stufe ein; "
        "danach geht es von selbst weiter."
    )


class DayRefused(DomainError):
    """A module does not let its thing appear on the day for which it would be sealed. Its own page says why."""

    code = "publication_day_refused"
    message = _("Heute darf das so nicht erscheinen. Warum und was zu tun ist, steht auf der Seite der Bekanntmachung.")


class SealExists(DomainError):
    code = "publication_seal_exists"
    message = _("Es ist schon ein Siegel in Betrieb. Erneuern Sie es, oder nehmen Sie es zuerst außer Betrieb.")


class SealFileKnown(DomainError):
    code = "publication_seal_file_known"
    message = _("Diese Datei ist oder war hier schon das Siegel. Lassen Sie sich vom Anbieter eine neue ausstellen.")


class SealChangedMeanwhile(DomainError):
    code = "publication_seal_changed_meanwhile"
    message = _("Das Siegel wurde gerade von jemand anderem erneuert oder außer Betrieb genommen. Sehen Sie den neuen Stand an.")


class SealNotUsable(DomainError):
    """An error of lib.seal: with its code, and in the words of that library where it has some."""

    code = "publication_seal_not_usable"
    message: str | Promise = _(
        "Dieses Siegel kann nicht verwendet werden. Prüfen Sie Datei und Kennwort, oder fragen Sie den Aussteller des Siegels."
    )

    def __init__(self, code: str = code, message: str | Promise = message) -> None:
        super().__init__(code)
        self.code, self.message = code, message


class AuthorityNotUsable(DomainError):
    code = "publication_authority_not_usable"
    message = _(
        "Der Zeitstempeldienst ist nicht vollständig angegeben. Tragen Sie eine Adresse mit https:// und die Zertifikate des Dienstes ein."
    )


class AttemptVoid(DomainError):
    code = "publication_attempt_void"
    message = _("Der Tag der Bereitstellung war vorüber. Es wird mit dem neuen Tag noch einmal gesiegelt.")
