"""What an administrator can do about settings that are not taken."""

from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError


class FormTwice(DomainError):
    code = "publishing_form_twice"
    message = _("Die maßgebliche Form steht auch unter den weiteren Formen. Nehmen Sie dort das Häkchen weg.")


class HolidayElsewhere(DomainError):
    code = "publishing_holiday_elsewhere"
    message = _("Diesen Feiertag gibt es in Ihrem Land nicht. Wählen Sie nur Feiertage aus der Liste.")


class NoOpeningDay(DomainError):
    code = "publishing_no_opening_day"
    message = _("Kein Tag mit Dienst ist gewählt. Wählen Sie mindestens einen Wochentag, an dem die Verwaltung offen ist.")


class BasisMissing(DomainError):
    code = "publishing_basis_missing"
    message = _("Die Rechtsgrundlage fehlt. Nennen Sie die Satzung und den Paragrafen, in dem die Form festgelegt ist.")


class PublishingUnknown(DomainError):
    code = "publishing_unknown"
    message = _("Es ist nicht eingetragen, wie Ihre Kommune bekannt macht. Das macht die Administration unter „Regeln“.")
