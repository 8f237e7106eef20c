"""Files as pages show them: in groups by what they are for, each with what is said about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from allmende.core.language import page_language
from allmende.core.permissions import Act
from allmende.lib import german
from allmende.lib.extraction import NOT_FOR_THE_PUBLIC, OF_DOWNLOADS, Finding
from allmende.notices.models import NoticeFile
from allmende.notices.models.file import Accessible, Role


@dataclass(frozen=True)
class Said:
    """One sentence about a file; `sign` as {% state %} knows it."""

    sign: str
    words: str


@dataclass(frozen=True)
class Shown:
    """One file. `facts`: kind, size, pages."""

    file: NoticeFile
    facts: str
    accessible: Said
    said: list[Said]


@dataclass(frozen=True)
class Group:
    """Files of one role. `moves`: their order means something."""

    role: Role
    title: str | Promise
    about: str | Promise
    files: list[Shown]
    moves: bool = False


# Who reads what stays inside: who writes, who approves, who audits.
INSIDE = frozenset({Act.WRITE, Act.APPROVE, Act.AUDIT})
_GROUPS = (
    (
        Role.SOURCE,
        gettext_lazy("Vorlagen für den Text"),
        gettext_lazy("Bleiben im Haus. Ihr Text lässt sich in den Entwurf übernehmen."),
    ),
    (
        Role.ATTACHMENT,
        gettext_lazy("Anlagen"),
        gettext_lazy("Werden mit der Bekanntmachung öffentlich, Byte für Byte wie hochgeladen."),
    ),
    (
        Role.ORIGINAL,
        gettext_lazy("Unterzeichnetes Original"),
        gettext_lazy("Wird nie öffentlich. Lesen können es Redaktion, Freigabe und Prüfung."),
    ),
)
_SIGNS = {Accessible.YES: "ok", Accessible.NO: "warn", Accessible.UNKNOWN: "wait"}


def groups_of(files: Iterable[NoticeFile]) -> list[Group]:
    """Those groups that have files, in the order in which one works with them."""
    found = list(files)
    groups = []
    for role, title, about in _GROUPS:
        shown = [shown_file(file) for file in found if file.role == role]
        if shown:
            groups.append(Group(role, title, about, shown, moves=role == Role.ATTACHMENT and len(shown) > 1))
    return groups


def shown_file(file: NoticeFile) -> Shown:
    return Shown(file, facts_of(file), Said(_SIGNS[Accessible(file.accessible)], str(Accessible(file.accessible).label)), _said(file))


def facts_of(file: NoticeFile) -> str:
    """PDF, 2,3 MB, 12 Seiten"""
    parts = [file.kind_name, german.file_size(file.size, language=page_language())]
    if file.pages:
        parts.append(ngettext("%(n)s Seite", "%(n)s Seiten", file.pages) % {"n": german.number(file.pages, language=page_language())})
    return ", ".join(parts)


def _said(file: NoticeFile) -> list[Said]:
    """What was found in the file; what would become public is said more strongly."""
    public = file.role == Role.ATTACHMENT
    said: list[Said] = []
    for finding in map(Finding.of_json, file.findings):
        if (finding.code in OF_DOWNLOADS and not public) or (finding.code == "scan" and file.role == Role.ORIGINAL):
            continue
        bad = public and finding.code in NOT_FOR_THE_PUBLIC
        said.append(Said("bad" if bad else "warn" if finding.weight == "warn" else "wait", finding.message(page_language())))
    if file.taken_at is not None and file.taken_by is not None:
        words = {"name": file.taken_by.name, "moment": german.moment(file.taken_at, page_language())}
        said.append(Said("ok", _("Text übernommen: %(name)s, %(moment)s") % words))
    return sorted(said, key=_urgency)


def _urgency(said: Said) -> int:
    return ("bad", "warn", "wait", "ok").index(said.sign)
