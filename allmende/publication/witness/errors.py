"""What can stand in the way of a witness, with the sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError


class WitnessAddressNotUsable(DomainError):
    code = "witness_address_not_usable"
    message = _("Das ist keine Adresse eines Zeugen. Kopieren Sie sie vollständig; sie beginnt mit https:// und hat kein Fragezeichen.")


class WitnessKeyNotUsable(DomainError):
    code = "witness_key_not_usable"
    message = _(
        "Das ist kein Schlüssel eines Zeugen. Kopieren Sie ihn vollständig: Name, Pluszeichen, acht Zeichen, Pluszeichen, Schlüssel. "
        "Der Schlüssel eines Protokolls ist ein anderer."
    )


class LogKeyNotUsable(DomainError):
    code = "witness_log_key_not_usable"
    message = _(
        "Das ist kein Schlüssel eines Protokolls. Kopieren Sie ihn vollständig: Name, Pluszeichen, acht Zeichen, Pluszeichen, Schlüssel. "
        "Der Schlüssel eines Zeugen ist ein anderer."
    )


class OperatorUnknown(DomainError):
    code = "witness_operator_unknown"
    message = _(
        "Es ist nicht eingetragen, wer diese Installation betreibt. Der Betrieb setzt ALLMENDE_OPERATOR; erst dann ist klar, welcher "
        "Betrieb ein anderer ist."
    )


class SameOperator(DomainError):
    code = "witness_same_operator"
    message = _("Ein Zeuge zählt nur unter einem anderen Betrieb, und dieser hier ist derselbe. Fragen Sie eine andere Stelle.")


class OwnInstallation(DomainError):
    code = "witness_own_installation"
    message = _("Das gehört zu dieser Installation selbst, und niemand bezeugt sich selbst. Fragen Sie eine andere Stelle.")


class OperatorTaken(DomainError):
    code = "witness_operator_taken"
    message = _("Diese Stelle bezeugt schon; zwei Zeugen eines Betriebs zählen nicht mehr als einer. Beenden Sie zuerst den anderen.")


class WitnessKnown(DomainError):
    code = "witness_known"
    message = _("Dieser Schlüssel ist schon eingetragen. Sie finden ihn in der Liste, auch wenn der Zeuge beendet ist.")


class LogKnown(DomainError):
    code = "witness_log_known"
    message = _(
        "Ein Protokoll dieses Namens ist schon eingetragen. Sein Schlüssel ändert sich nie; fragen Sie dort nach, wenn er anders lautet."
    )


class NotCosigned(DomainError):
    """A witness has not cosigned this time. The code is kept with the witness."""

    status = 502


class WitnessNotReached(NotCosigned):
    code = "witness_not_reached"
    message = _("Der Zeuge antwortet nicht. Es wird von selbst wieder versucht; dauert es an, fragen Sie dort nach.")


class WitnessAddressRefused(NotCosigned):
    code = "witness_address_refused"
    message = _("Die Adresse führt in ein internes Netz oder ist nicht mit https:// erreichbar. Fragen Sie nach der öffentlichen Adresse.")


class WitnessAnswerUnusable(NotCosigned):
    code = "witness_answer_unusable"
    message = _("Unter der Adresse antwortet etwas, das kein Zeuge ist. Prüfen Sie die Adresse.")


class UnknownThere(NotCosigned):
    code = "witness_unknown_there"
    message = _("Der Zeuge kennt dieses Protokoll noch nicht. Geben Sie dort Namen und Schlüssel des Protokolls an.")


class KeyRefusedThere(NotCosigned):
    code = "witness_key_refused_there"
    message = _("Der Zeuge hat für dieses Protokoll einen anderen Schlüssel eingetragen. Geben Sie dort den richtigen Schlüssel an.")


class OtherHistory(NotCosigned):
    code = "witness_other_history"
    message = _(
        "Der Zeuge hat einen anderen oder längeren Stand dieses Protokolls gesehen. Wurde ein alter Stand zurückgespielt? "
        "Der Betrieb prüft sofort mit „allmende log check“."
    )


class WrongSignature(NotCosigned):
    code = "witness_wrong_signature"
    message = _("Die Antwort ist nicht mit dem eingetragenen Schlüssel unterschrieben. Vergleichen Sie den Schlüssel mit dem des Zeugen.")


class WitnessClockOff(NotCosigned):
    code = "witness_clock_off"
    message = _("Die Uhr des Zeugen und die eigene gehen auseinander. Der Betrieb prüft die eigene Uhr und gibt dort Bescheid.")


class WitnessUnwell(NotCosigned):
    code = "witness_unwell"
    message = _("Der Zeuge meldet einen Fehler bei sich. Es wird von selbst wieder versucht; dauert es an, fragen Sie dort nach.")


def in_words(code: str) -> str | Promise:
    """The sentence for a code that is kept with a witness; empty for none."""
    known = {kind.code: kind.message for kind in NotCosigned.__subclasses__()}
    return known.get(code, WitnessUnwell.message) if code else ""
