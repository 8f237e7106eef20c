"""Why the law does not let a notice go on, in words that say what to do."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.core.errors import DomainError
from allmende.core.language import page_language
from allmende.lib.legalcalendar.computation import Problem


class LawRefuses(DomainError):
    """`problems`: what stands in the way, most important first."""

    code, status = "notice_law_refuses", 422
    title = _("So nicht zulässig")
    message: str | Promise = _("So lässt das Recht die Veröffentlichung nicht zu. Was offen ist, steht in der Prüfliste des Entwurfs.")

    def __init__(self, problems: Sequence[Problem] = ()) -> None:
        super().__init__()
        self.problems = tuple(problems)
        if problems:
            self.message = " ".join(problem.words.in_language(page_language()) for problem in problems)


class NotStated(DomainError):
    code, status = "notice_not_stated", 422
    title = _("Eine Bestätigung fehlt")
    message = _(
        "Eine Bestätigung oder ein Tag fehlt noch. Lesen Sie jede Zeile und bestätigen Sie, was zutrifft; vorher geht es nicht weiter."
    )
