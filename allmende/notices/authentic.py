"""Which form of a notice is the authentic one: said on the page, as § 15 EGovG asks where a text appears electronically."""

from django.utils.translation import gettext as _

from allmende.administration.publishing.values import Publishing
from allmende.core.language import page_language
from allmende.lib.legalcalendar.kinds import Form


def authentic(ways: Publishing | None) -> str:
    """The sentence for the page. `ways`: how the body published, as stored with the notice; None for a kind without legal effect."""
    if ways is None or ways.form is Form.INTERNET:
        return _("Maßgeblich ist die elektronische Fassung: diese Seite und das versiegelte PDF, beide im selben Wortlaut.")
    form = ways.form.words.in_language(page_language())
    return _("Maßgeblich ist die Bekanntmachung in dieser Form: %(form)s. Diese Seite kommt hinzu.") % {"form": form}
