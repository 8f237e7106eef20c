"""What can be in the way of an explanation, and what to do about it."""

from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError
from allmende.lib.video import VideoRefused
from allmende.lib.webvtt import CaptionsInvalid, message


class NothingToExplain(DomainError):
    code = "explanation_nothing_to_explain"
    title = _("Nichts mehr zu erklären")
    message = _("Diese Bekanntmachung ist verworfen, vom Netz genommen oder gelöscht. Sie wird nicht mehr erklärt.")


class ExplanationSettled(DomainError):
    """Another state than the act needs: submitted, reviewed, or gone."""

    code = "explanation_settled"
    title = _("So nicht mehr zu ändern")
    message = _("Diese Erklärung ist inzwischen eingereicht, geprüft oder nicht mehr da. Sehen Sie nach, wie es um sie steht.")


class ExplanationIncomplete(DomainError):
    code, status = "explanation_incomplete", 422
    title = _("Es fehlt noch etwas")
    message = _("Überschrift und Text müssen da sein, bevor jemand prüft. Ergänzen Sie, was fehlt, und speichern Sie.")


class FilmIncomplete(DomainError):
    code, status = "explanation_film_incomplete", 422
    title = _("Es fehlt noch etwas")
    message = _("Video und Untertitel müssen da sein, bevor jemand prüft. Ohne Untertitel wird kein Video gezeigt.")


class ReviewersOwn(DomainError):
    code, status = "explanation_four_eyes", 403
    title = _("Prüfen muss jemand anderes")
    message = _("Sie haben an dieser Erklärung mitgeschrieben. Prüfen muss jemand, der nichts davon geschrieben hat.")


class GroupMissing(DomainError):
    code, status = "explanation_group_missing", 422
    title = _("Die Prüfgruppe fehlt")
    message = _("Leichte Sprache prüfen Menschen, die sie brauchen. Nennen Sie die Gruppe und den Tag, an dem sie den Text gelesen hat.")


class CheckedLater(DomainError):
    code, status = "explanation_checked_later", 422
    title = _("Der Tag liegt in der Zukunft")
    message = _("Nennen Sie den Tag, an dem die Gruppe den Text gelesen hat. Er liegt nicht in der Zukunft.")


class NoticeChangedSince(DomainError):
    code = "explanation_notice_changed"
    title = _("Der amtliche Text ist ein anderer geworden")
    message = _(
        "Seit der Prüfung wurde die Bekanntmachung geändert. Beginnen Sie eine neue Fassung der Erklärung und lassen Sie sie prüfen."
    )


class RemarkMissing(DomainError):
    code, status = "explanation_remark_missing", 422
    title = _("Der Grund fehlt")
    message = _("Schreiben Sie in einem Satz, was zu ändern ist. Ohne Grund weiß die Redaktion nicht weiter.")


class FilmTooLarge(DomainError):
    code, status = "explanation_film_too_large", 422
    title = _("Das Video ist zu groß")
    message: str | Promise = _("Das Video ist größer als erlaubt. Speichern Sie es kleiner.")

    def __init__(self) -> None:
        super().__init__()
        self.message = gettext(
            "Das Video ist größer als %(most)s MB. Speichern Sie es kleiner, zum Beispiel mit 1280 × 720 Bildpunkten."
        ) % {"most": settings.FILM_MAX_BYTES // (1024 * 1024)}


_FILM_WORDS: Final[dict[str, str | Promise]] = {
    "unknown": _("Diese Datei ist kein Video, das alle Browser zeigen. Speichern Sie es als MP4 (H.264) oder WebM."),
    "quicktime": _("Das ist ein QuickTime-Video (MOV). Speichern Sie es als MP4 (H.264)."),
    "broken": _("Das Video ist unvollständig oder beschädigt, oder es steckt eine andere Datei darin. Speichern Sie es neu."),
    "codec": _("Dieses Video zeigt nicht jeder Browser. Speichern Sie es als MP4 (H.264) oder WebM (VP9, AV1)."),
    "tracks": _("Im Video steckt mehr als Bild und Ton, zum Beispiel der Ort der Aufnahme. Speichern Sie es ohne weitere Spuren."),
    "duration": _("Das Video sagt nicht, wie lang es ist. Die Aufnahme wurde nicht abgeschlossen; speichern Sie sie neu."),
    "attachments": _("Im Video stecken weitere Dateien. Speichern Sie es ohne sie."),
    "small": _("Das Bild ist zu klein. Gebärden erkennt man ab 320 × 240 Bildpunkten (Anlage 2 Teil 1 Nr. 5 BITV 2.0)."),
}


class FilmRefused(DomainError):
    """The file is not taken as a film. `reason`: lib.video, or 'small'."""

    code, status = "explanation_film_refused", 422
    title = _("Dieses Video geht so nicht")
    message: str | Promise = _FILM_WORDS["unknown"]

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.message = _FILM_WORDS[reason]

    @classmethod
    def of(cls, refused: VideoRefused) -> "FilmRefused":
        return cls(refused.reason)


class CaptionsRefused(DomainError):
    """What was typed or handed in is no WebVTT. Says where."""

    code, status = "explanation_captions_refused", 422
    title = _("Diese Untertitel gehen so nicht")
    message: str | Promise = _("Diese Untertitel lassen sich nicht lesen. Speichern Sie sie als WebVTT.")

    def __init__(self, invalid: CaptionsInvalid) -> None:
        super().__init__(str(invalid))
        self.message = message(invalid, "en" if (get_language() or "de").startswith("en") else "de")
