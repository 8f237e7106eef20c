"""One line of the check list."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

WITHOUT_TITLE = "ohne_titel"  # leaves out the heading that repeats the title


@dataclass(frozen=True)
class Check:
    """`anchor` is the id of the field that helps, `spot` the place in the text (static/notices/places.js).

    `link`: a page where it is done instead, for readers who may open it. `anchor` "recht" alone: nobody here can do anything.
    `mend`: name of the button of the form that does it at once (forms.NoticeForm).
    `state`: "open" must be done before submitting, "hint" would be better, "done".
    """

    state: Literal["open", "hint", "done"]
    title: str
    advice: str
    anchor: str
    spot: str = ""
    lacks: bool = False  # something is not there at all
    link: str = ""
    mend: str = ""


def lacking(what: str, advice: str, anchor: str) -> Check:
    return Check("open", _("Fehlt: %(what)s") % {"what": what}, advice, anchor, lacks=True)


def wrong(what: str, advice: str, anchor: str) -> Check:
    return Check("open", _("Bitte ändern: %(place)s") % {"place": what}, advice, anchor)
