"""The hint in another medium: its text, ready to be handed on, and the task to see to it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from allmende.administration.publishing.selectors import publishing
from allmende.core import addresses
from allmende.core.language import page_language
from allmende.core.models import Visibility
from allmende.lib import german
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices import kinds
from allmende.notices.models import Notice
from allmende.notices.paper import about
from allmende.tasks import kinds as tasks
from allmende.tasks.kinds import Asked, Part, TaskKind
from allmende.tasks.models import Task

PAPER: Final = (Form.NOTICE_BOARD, Form.GAZETTE, Form.NEWSPAPER)
ELSEWHERE: Final = (*PAPER, Form.ELECTRONIC_GAZETTE, Form.OTHER)


def text_of(notice: Notice, *, day: date) -> str:
    """The hint as it can be printed, German as the notice is. A notice that names people is not called by its title. 2 queries.

    It names the day of provision and the address (e.g. § 9 (2) sentences 1 and 3 KVG LSA), and where by-laws can be read on paper.
    """
    body, kind = notice.record.body, kinds.get(notice.kind)
    with translation.override("de"):
        name = str(kind.name)
    named = f": „{notice.record.titles['de']}“" if kind.indexable(notice.details) else ""
    sentences = [
        f"{german.at_start(body.name)} hat am {german.date_with_year(day)} im Internet bekannt gemacht: {name} Nr. {notice.label}{named}.",
        f"Die Bekanntmachung steht unter {addresses.of_record(notice.record)}.",
    ]
    settings = publishing(body, on=day)
    if kind.local_law and settings and settings.inspection:
        sentences.append(f"Eingesehen und kopiert werden kann sie hier: {_one_line(settings.inspection)}")
    return german.keep_together(" ".join(sentences))


def _one_line(text: str) -> str:
    line = ", ".join(part.strip() for part in text.splitlines() if part.strip())
    return line if line.endswith(".") else f"{line}."


def media(task: Task) -> Iterable[tuple[str, str]]:
    """Those that the Land accepts; where it names none, any other than this page."""
    allowed = task.details.get("media") or [form.value for form in ELSEWHERE]
    return [(form.value, form.words.capital.in_language(page_language())) for form in Form if form.value in allowed]


def context(task: Task, *, may_do: bool) -> Mapping[str, Any]:
    """The text and the address, as long as they are needed. 3 queries."""
    notice = Notice.objects.for_body(task.body).select_related("record__body").filter(pk=task.record_id).first()
    if task.state != Task.State.OPEN or notice is None or notice.provided_at is None or notice.record.visibility != Visibility.PUBLIC:
        return {}
    notice.record.body = task.body  # its host is asked for once
    return {
        "notice": notice,
        "hint_text": text_of(notice, day=german.local(notice.provided_at).date()),
        "hint_address": addresses.of_record(notice.record),
        "source": task.details.get("source", ""),
    }


HINT = tasks.register(
    TaskKind(
        code="notices.hint",
        name=_("Hinweis in einem anderen Medium geben"),
        hint=_(
            "Geben Sie den Text unverändert an Zeitung, Amtsblatt oder Aushang. Der Hinweis sagt nur, wo die Bekanntmachung steht; "
            "bekannt gemacht ist sie schon."
        ),
        asks=(
            Asked(Part.DAY, _("Erschienen am"), required=True),
            Asked(Part.MEDIUM, _("Wo"), required=True),
            Asked(Part.TEXT, _("Ausgabe und Seite, oder Ort des Aushangs")),
            Asked(Part.SCAN, _("Belegseite")),
        ),
        media=media,
        address=about.address,
        about=about.about,
        template="notices/paper/hint.html",
        context=context,
        done=_("Ist erschienen"),
    )
)
