"""What an administrator can do about a rule that is not taken."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError


class NoRules(DomainError):
    code = "rules_none"
    message = _("Ihre Kommune hat noch keine Regeln übernommen. Das macht die Administration unter „Kommune“, „Regeln“.")


class LandUnknown(DomainError):
    code = "rules_land_unknown"
    message = _("Das Land Ihrer Kommune ist nicht bekannt. Tragen Sie den Regionalschlüssel ein oder wählen Sie das Land.")


class OtherLand(DomainError):
    code = "rules_other_land"
    message = _("Ihre Kommune liegt nach ihrem Regionalschlüssel in einem anderen Land. Übernehmen Sie dessen Regeln.")


class NotOffered(DomainError):
    code = "rules_not_offered"
    message = _("Diese Fassung steht nicht zur Entscheidung, vielleicht wurde schon entschieden. Lesen Sie den neuen Stand.")


class ReasonMissing(DomainError):
    code = "rules_reason_missing"
    message = _("Der Grund fehlt. Schreiben Sie in einem Satz, warum.")


class RuleUnknown(DomainError):
    code = "rule_unknown"
    message = _("Diese Regel gibt es nicht. Wählen Sie eine aus der Liste.")


class RuleFederal(DomainError):
    code = "rule_federal"
    message = _("Wie Fristen gezählt werden, bestimmt das Bürgerliche Gesetzbuch. Eine Kommune hat dafür keine eigene Regel.")


class ValueWrong(DomainError):
    """`takes`: what is the matter and what can be entered instead, for a key whose value is written freely."""

    code = "rule_value_wrong"
    message: str | Promise = _("Dieser Wert passt nicht zur Regel. Wählen Sie einen aus der Liste.")

    def __init__(self, takes: str | Promise = "") -> None:
        super().__init__()
        self.message = takes or self.message


class KindsWrong(DomainError):
    code = "rule_kinds_wrong"
    message = _("Die Regel hat für diese Art von Bekanntmachung keine Bedeutung. Wählen Sie nur Arten, die zur Auswahl stehen.")


class SourceMissing(DomainError):
    code = "rule_source_missing"
    message = _("Die Quelle fehlt. Nennen Sie Gesetz oder Satzung und den Paragrafen, auf dem die Regel beruht.")


class DaysWrong(DomainError):
    code = "rule_days_wrong"
    message = _("Die Regel würde enden, bevor sie beginnt. Prüfen Sie die beiden Tage.")


class RuleClash(DomainError):
    code = "rule_clash"
    message = _("Für denselben Fall gilt schon eine eigene Regel. Ändern oder beenden Sie diese, statt eine zweite einzutragen.")


class RuleInvalid(DomainError):
    code = "rule_invalid"
    message = _("Eine Angabe lässt sich so nicht speichern. Prüfen Sie Wert, Quelle und Tage auf Leerzeichen und Vollständigkeit.")
