"""Copies of a notice for paper: what they say of themselves, and where they lead."""

from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _

from allmende.administration.publishing.selectors import publishing
from allmende.core import addresses
from allmende.lib import german
from allmende.lib.official import Code, Copy
from allmende.notices.models import Notice


def note_of(notice: Notice) -> str:
    """That it is a copy, and which text is authentic: the one in the form that counts. 1 query."""
    assert notice.provided_at is not None
    address = addresses.of_record(notice.record)
    ways = publishing(notice.record.body, on=german.local(notice.provided_at).date())
    with translation.override("de"):
        if ways is None or ways.form.is_electronic:
            return _("Abdruck. Maßgeblich ist die elektronische Fassung unter %(address)s") % {"address": address}
        return _("Abdruck der Fassung im Internet unter %(address)s. Maßgeblich ist die Bekanntmachung in der Form: %(form)s") % {
            "address": address,
            "form": ways.form.words.de,
        }


def large_print(notice: Notice) -> Copy:
    return Copy(note_of(notice), large=True)


def posting(notice: Notice, paper: Literal["a4", "a3"]) -> Copy:
    """To be put up: codes to the page and to the check, lines for who puts it up and takes it down."""
    root = addresses.root(notice.record.body)
    with translation.override("de"):
        codes = (
            Code(_("Diese Bekanntmachung im Internet"), addresses.of_record(notice.record)),
            Code(_("Prüfen, ob sie echt ist"), f"{root}/pruefung/"),
        )
    return Copy(note_of(notice), codes, posted=True, paper=paper)
