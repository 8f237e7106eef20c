"""What can go wrong while sealing: typed, with a stable code and a sentence in German and English that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar


class SealError(Exception):
    """Base of all errors of this package. `detail` is for the log of the operator, never for a page."""

    code: ClassVar[str] = "seal_failed"
    german: ClassVar[str] = "Das Siegeln ist gescheitert. Bitte wenden Sie sich an den Betrieb."
    english: ClassVar[str] = "Sealing failed. Please contact the operator."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.english)
        self.detail = detail

    def text(self, language: str = "de") -> str:
        return self.english if language == "en" else self.german


class SealUnreadable(SealError):
    code = "seal_unreadable"
    german = "Die Datei ist kein lesbarer Siegelschlüssel. Bitte laden Sie eine Datei im Format PKCS#12 (.p12 oder .pfx) hoch."
    english = "The file is not a readable seal key. Please upload a PKCS#12 file (.p12 or .pfx)."


class WrongPassword(SealError):
    code = "seal_wrong_password"
    german = "Das Passwort passt nicht zu diesem Siegelschlüssel, oder die Datei ist beschädigt. Bitte geben Sie es erneut ein."
    english = "The password does not fit this seal key, or the file is damaged. Please enter it again."


class SealTooCostly(SealError):
    """Opening the file takes more memory or time than is provided for it (lib/limited)."""

    code = "seal_too_costly"
    german = (
        "Die Siegeldatei ist so verschlüsselt, dass sie zu öffnen zu lange dauert. "
        "Bitte speichern Sie sie mit den üblichen Einstellungen neu oder lassen Sie sich vom Anbieter eine neue ausstellen."
    )
    english = (
        "The seal file is encrypted in such a way that opening it takes too long. "
        "Please save it again with the usual settings or ask the provider for a new one."
    )


class NotASealCertificate(SealError):
    code = "seal_not_a_seal_certificate"
    german = (
        "Das Zertifikat ist kein Siegelzertifikat einer Organisation. "
        "Bitte beantragen Sie bei Ihrem Vertrauensdiensteanbieter ein Zertifikat für elektronische Siegel."
    )
    english = "The certificate is not a seal certificate of an organisation. Please ask your trust service provider for one."


class SealExpired(SealError):
    code = "seal_expired"
    german = "Das Siegelzertifikat ist abgelaufen. Bitte richten Sie ein neues Siegel ein."
    english = "The seal certificate has expired. Please set up a new seal."


class SealNotYetValid(SealError):
    code = "seal_not_yet_valid"
    german = "Das Siegelzertifikat gilt noch nicht. Bitte prüfen Sie die Uhr des Servers und den Beginn der Gültigkeit."
    english = "The seal certificate is not valid yet. Please check the clock of the server and the start of validity."


class SealRevoked(SealError):
    code = "seal_revoked"
    german = "Das Siegelzertifikat ist gesperrt. Es wurde nichts gesiegelt; bitte richten Sie ein neues Siegel ein."
    english = "The seal certificate is revoked. Nothing was sealed; please set up a new seal."


class ChainIncomplete(SealError):
    code = "seal_chain_incomplete"
    german = "Zum Siegelzertifikat fehlt das Zertifikat seines Ausstellers. Bitte legen Sie die ganze Zertifikatskette bei."
    english = "The certificate of the seal's issuer is missing. Please supply the whole chain of certificates."


class RevocationUnusable(SealError):
    code = "seal_revocation_unusable"
    german = (
        "Ob das Siegelzertifikat gesperrt ist, hat der Aussteller noch nicht gesagt. Er wird weiter gefragt; "
        "dauert es länger, wenden Sie sich an ihn."
    )
    english = "The issuer has not yet said whether the seal certificate is revoked. It is being asked again; if it takes long, contact it."


class PdfUnsuitable(SealError):
    code = "seal_pdf_unsuitable"
    german = "Die Datei eignet sich nicht zum Siegeln: Sie muss ein lesbares, barrierefrei ausgezeichnetes, unversiegeltes PDF sein."
    english = "The file cannot be sealed: it must be a readable, tagged PDF without a seal."


class SealNotProvable(SealError):
    """The sealed file did not pass `examine`; nothing may be published from it. `problems` holds the codes."""

    code = "seal_not_provable"
    german = (
        "Das fertige Siegel hat die eigene Prüfung nicht bestanden; es wurde nichts veröffentlicht. Bitte wenden Sie sich an den Betrieb."
    )
    english = "The finished seal did not pass its own examination; nothing was published. Please contact the operator."

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = tuple(problems)


class StampReason(StrEnum):
    """Why a time stamp was not accepted."""

    ADDRESS = "address"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    OVERSIZED = "oversized"
    ANSWER = "answer"
    MALFORMED = "malformed"
    REFUSED = "refused"
    NONCE = "nonce"
    IMPRINT = "imprint"
    POLICY = "policy"
    SIGNATURE = "signature"
    FOREIGN = "foreign"
    CERTIFICATE = "certificate"


_REASONS: dict[StampReason, tuple[str, str]] = {
    StampReason.ADDRESS: (
        "Die Adresse des Zeitstempeldienstes ist nicht erlaubt.",
        "The address of the time stamp authority is not allowed.",
    ),
    StampReason.UNREACHABLE: ("Der Zeitstempeldienst ist nicht erreichbar.", "The time stamp authority cannot be reached."),
    StampReason.SLOW: ("Der Zeitstempeldienst antwortet zu langsam.", "The time stamp authority answers too slowly."),
    StampReason.OVERSIZED: ("Die Antwort des Zeitstempeldienstes ist zu groß.", "The answer of the time stamp authority is too large."),
    StampReason.ANSWER: ("Unter der Adresse antwortet kein Zeitstempeldienst.", "What answers at the address is no time stamp authority."),
    StampReason.MALFORMED: (
        "Die Antwort des Zeitstempeldienstes ist nicht lesbar.",
        "The answer of the time stamp authority cannot be read.",
    ),
    StampReason.REFUSED: ("Der Zeitstempeldienst hat die Anfrage abgelehnt.", "The time stamp authority refused the request."),
    StampReason.NONCE: ("Der Zeitstempel gehört zu einer anderen Anfrage.", "The time stamp belongs to another request."),
    StampReason.IMPRINT: ("Der Zeitstempel gehört zu anderen Daten.", "The time stamp belongs to other data."),
    StampReason.POLICY: ("Der Zeitstempel folgt nicht der verlangten Richtlinie.", "The time stamp does not follow the policy asked for."),
    StampReason.SIGNATURE: ("Die Signatur des Zeitstempels ist ungültig.", "The signature of the time stamp is invalid."),
    StampReason.FOREIGN: (
        "Der Zeitstempel stammt nicht vom eingerichteten Dienst.",
        "The time stamp is not from the authority that was configured.",
    ),
    StampReason.CERTIFICATE: (
        "Das Zertifikat des Zeitstempeldienstes ist ungültig oder nicht für Zeitstempel bestimmt.",
        "The certificate of the time stamp authority is invalid or not meant for time stamps.",
    ),
}


class TimeStampFailed(SealError):
    """No valid time stamp (RFC 3161) was had; `reason` says why. Trying again later is right for `unreachable` and `slow`."""

    code = "time_stamp_failed"
    german = "Es war kein gültiger Zeitstempel zu erhalten."
    english = "No valid time stamp could be had."

    def __init__(self, reason: StampReason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason

    def text(self, language: str = "de") -> str:
        return f"{super().text(language)} {_REASONS[self.reason][language == 'en']}"


class ClockOff(SealError):
    """The local clock and the time stamp differ by more than two seconds. `seconds` > 0: the local clock is slow."""

    code = "clock_off"
    german = "Die Uhr des Servers weicht vom Zeitstempel ab; es wurde nichts gesiegelt. Bitte lassen Sie die Uhr stellen."
    english = "The clock of the server differs from the time stamp; nothing was sealed. Please have the clock set."

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:+.3f} s")
        self.seconds = seconds

    def text(self, language: str = "de") -> str:
        if language == "en":
            return (
                f"The clock of the server differs from the time stamp by {abs(self.seconds):.1f} seconds; nothing was sealed. "
                "Please have the clock set."
            )
        amount = f"{abs(self.seconds):.1f}".replace(".", ",")
        return (
            f"Die Uhr des Servers weicht um {amount} Sekunden vom Zeitstempel ab; es wurde nichts gesiegelt. "
            "Bitte lassen Sie die Uhr stellen."
        )
