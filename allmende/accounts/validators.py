"""What a password must be, said in sentences that tell what to do.

Length counts, not signs: BSI and NIST SP 800-63B advise long passwords without rules about characters.
"""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Das Kennwort ist zu kurz. Nehmen Sie mindestens %(min_length)d Zeichen, zum Beispiel drei bis vier Wörter.")

    def get_help_text(self) -> str:
        return _("Mindestens %(min_length)d Zeichen, zum Beispiel drei bis vier Wörter.") % {"min_length": self.min_length}


class NotLikeThePerson(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Das Kennwort ähnelt Ihrem Namen oder Ihrer E-Mail-Adresse. Nehmen Sie etwas, das niemand mit Ihnen verbindet.")

    def get_help_text(self) -> str:
        return _("Nicht der eigene Name und nicht die eigene E-Mail-Adresse.")


class NotOnTheList(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Dieses Kennwort steht auf der Liste der häufigsten Kennwörter. Nehmen Sie ein anderes.")

    def get_help_text(self) -> str:
        return _("Kein Kennwort, das viele andere auch nehmen.")


class NotOnlyDigits(password_validation.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("Das Kennwort besteht nur aus Ziffern. Nehmen Sie auch Buchstaben.")

    def get_help_text(self) -> str:
        return _("Nicht nur Ziffern.")
