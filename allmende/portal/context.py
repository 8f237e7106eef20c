"""What every page of the shell needs: navigation, languages, footer, log line. Nothing is asked before a template shows it."""

from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allmende.core.language import page_language
from allmende.core.models import Body
from allmende.core.permissions import Act, acts_of, bodies_of
from allmende.lib import german
from allmende.lib.proof.way import steps
from allmende.portal.program import Program, program
from allmende.publication.overview import log_overview
from allmende.tasks import selectors as tasks


class NavLink(NamedTuple):
    label: str
    url: str
    current: bool = False


class Language(NamedTuple):
    code: str
    label: str
    url: str
    current: bool


class Shell:
    """Lazy: a page that has no staff navigation asks nothing about rights."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.town: Body | None = getattr(request, "town", None)

    def _links(self, *named: tuple[str, str]) -> list[NavLink]:
        """(label, name of the address) as links. Current is the one that leads deepest to this page, and no other."""
        found = [(label, reverse(name)) for label, name in named]
        here = self.request.path
        above = [url for _label, url in found if here == url or (url != get_script_prefix() and here.startswith(url))]
        current = max(above, key=len, default=None)
        return [NavLink(label, url, url == current) for label, url in found]

    @property
    def source(self) -> str:
        """Where everybody gets the source of this program, and with it the verifier; empty if the operator has not said."""
        return settings.SOURCE if settings.SOURCE.startswith(("https://", "http://")) else ""

    @property
    def verifier(self) -> Program:
        """The verifier as a file, for the pages that offer it."""
        return program()

    @property
    def steps(self) -> tuple[str, ...]:
        """The commands with which anybody checks a proof themselves."""
        return steps(page_language())

    @cached_property
    def place(self) -> str:
        """The first part of an address that there is: it alone says which link of the navigation is the current one.

        Empty for all others: what is made up must neither fill what is kept (core/kept.py) nor stand in for a page.
        """
        return self.request.path_info.split("/", 2)[1] if self.request.resolver_match else ""

    @cached_property
    def nav(self) -> list[NavLink]:
        if self.town is None:
            return []
        return self._links(
            (_("Bekanntmachungen"), "notices:list"),
            (_("Ortsrecht"), "local_law"),
            (_("Dokument prüfen"), "check"),
            (_("Protokoll"), "log_page"),
        )

    @cached_property
    def tools(self) -> list[NavLink]:
        return []

    @cached_property
    def languages(self) -> list[Language]:
        """The same page in both languages."""
        path = self.request.get_full_path()
        german = (path[3:] or "/") if path == "/en" or path.startswith("/en/") else path
        english = german != path
        german = escape_leading_slashes(german)  # /en//elsewhere.example/ would lead there
        return [Language("de", "Deutsch", german, not english), Language("en", "English", f"/en{german}", english)]

    @cached_property
    def footer(self) -> list[NavLink]:
        if self.town is None:
            return []
        names = [(_("Barrierefreiheit"), "accessibility"), (_("Impressum"), "imprint"), (_("Datenschutz"), "privacy")]
        return [*self._links(*names), NavLink(_("Anmeldung für die Verwaltung"), reverse("desk"))]

    @cached_property
    def log_line(self) -> tuple[str, str] | None:
        """How many lines, as of when, who witnesses. 2 queries."""
        log = log_overview(self.town) if self.town else None
        if log is None or log.at is None:
            return None
        lines = ngettext("%(n)s Zeile", "%(n)s Zeilen", log.size) % {"n": german.number(log.size, language=page_language())}
        witnesses = ", ".join(log.witnesses)
        sentence = _("Öffentliches Protokoll: %(lines)s, Stand %(moment)s, %(witnessed)s.") % {
            "lines": lines,
            "moment": f"{german.date_with_year(log.at, page_language())}, {german.time_of_day(log.at, page_language())}",
            "witnessed": _("bezeugt von %(names)s") % {"names": witnesses} if witnesses else _("noch nicht bezeugt"),
        }
        return sentence, reverse("log_page")

    @cached_property
    def acts(self) -> frozenset[Act]:
        user = self.request.user
        if self.town is None or not user.is_authenticated:
            return frozenset()
        return acts_of(user, self.town, at=timezone.now())

    @cached_property
    def desk_nav(self) -> list[NavLink]:
        """What this person can do here: nothing is shown that would be refused."""
        shown: list[tuple[str, str]] = []
        if Act.READ_INTERNAL in self.acts:
            assert self.town is not None
            number = tasks.open_number(self.town)
            waiting = _("Aufgaben (%(n)d)") % {"n": number} if number else _("Aufgaben")
            shown += [(_("Schreibtisch"), "desk"), (_("Bekanntmachungen"), "notices_staff:list"), (waiting, "tasks:list")]
        elif self.town is not None and self.town in self.bodies:
            shown.append((_("Schreibtisch"), "desk"))
        if Act.MANAGE in self.acts:
            shown += [(_("Kommune"), "administration:overview"), (_("Personen"), "administration:people")]
        if Act.SEAL in self.acts:
            shown.append((_("Siegel"), "administration:seal"))
        if Act.AUDIT in self.acts:
            shown.append((_("Protokollierung"), "administration:audit"))
        if self.request.user.is_authenticated:
            if self.request.user.is_operator:
                shown.append((_("Betrieb"), "administration:operations"))
            shown.append((_("Mein Konto"), "accounts:overview"))
        return self._links(*shown)

    @cached_property
    def bodies(self) -> list[Body]:
        """Where else this person may act."""
        user = self.request.user
        return list(bodies_of(user, at=timezone.now())) if user.is_authenticated else []


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"town": getattr(request, "town", None), "shell": Shell(request)}
