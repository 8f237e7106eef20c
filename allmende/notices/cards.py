"""The row of a notice in lists, made once when it is provided and stored: a list of 50 costs no more than reading it."""

from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from allmende.core.templatetags.allmende import Row, row_fragment
from allmende.lib import german
from allmende.notices.models import Notice

# Stands in stored cards for where the body begins: one replacement for a whole list, and a body may get its own host later.
ROOT = "\x1a"
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def _german(text: str, language: str) -> str:
    """Words of the town, which nobody has translated: marked where the words around them are in another language."""
    return format_html('<span lang="de">{}</span>', text) if text and language != "de" else text


def _number(notice: Notice) -> str:
    return (_("Nr. %(number)s") % {"number": notice.label}).replace(" ", "\u00a0")


def card(notice: Notice, provided_at: datetime, language: str, *, in_force_on: date | None = None) -> str:
    """The row of a notice in lists, ready to be sent: day, address and words are worked out once, when it is provided.

    Of one that names people it carries kind, number, day and address: lists are kept, copied and searched.
    """
    with translation.override(language):
        if notice.names_people:
            row = Row(f"{notice.kind_name} {_number(notice)}", ROOT + notice.record.path, provided_at)
            return str(row_fragment(row, language))
        title = notice.record.title
        parts = [
            part
            for part in (
                notice.kind_name,
                _number(notice),
                _("in Kraft ab %(day)s") % {"day": german.date_with_year(in_force_on, language)} if in_force_on else "",
                _german(notice.office.name if notice.office else "", language),
                _german(", ".join(district.name for district in notice.districts.all()), language),
            )
            if part
        ]
        kicker = format_html_join(SafeString(", "), "{}", ((part,) for part in parts))
        note = _german(notice.summary, language)
        row = Row(title.replace(ROOT, " "), ROOT + notice.record.path, provided_at, kicker, note)
        fragment = str(row_fragment(row, language))
    if language != "de" and not notice.record.titles.get(language):
        fragment = fragment.replace('<a class="a-title"', '<a class="a-title" lang="de"', 1)
    return fragment
