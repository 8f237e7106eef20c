"""What the pages of the office show of the legal calendar: what would follow, what is open, who has confirmed what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from allmende.core.http import AuthedRequest
from allmende.core.language import page_language
from allmende.core.permissions import acts_of
from allmende.lib import german
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices import kinds, models, selectors
from allmende.notices.calendar import keeping, points, sealing, shown
from allmende.notices.calendar.decision import of_approver, outlook_of
from allmende.notices.calendar.duties import EQUALS_ORIGINAL, duty_of
from allmende.notices.calendar.forms import TICK, StatementForm
from allmende.notices.calendar.lines import notes
from allmende.notices.calendar.outlook import Outlook
from allmende.notices.calendar.shown import said
from allmende.notices.calendar.statement import NOTHING_STATED, Statement
from allmende.notices.checks import Check
from allmende.notices.gazette import days as gazette
from allmende.notices.models import Notice
from allmende.notices.services import Draft


def expected(request: AuthedRequest, values: Draft, *, statement: Statement = NOTHING_STATED) -> Outlook | None:
    """If it appeared now. 5 queries; none, and None, for a kind without legal effect."""
    return outlook_of(values.kind, values.details, body=request.town, at=timezone.now(), statement=statement)


def law_checks(request: AuthedRequest, values: Draft, found: Outlook | None) -> list[Check]:
    """The lines of the check list. 1 query."""
    if found is None:
        return []
    return points.checks(values.kind, values.details, found, acts=acts_of(request.user, request.town, at=timezone.now()))


def shown_of(found: Outlook | None, values: Draft) -> dict[str, Any]:
    """`law` and `law_day` for the templates of notices/calendar."""
    if found is None:
        return {}
    return {"law": shown.of_outlook(found, notes(found, values.details)), "law_day": found.day}


def standing(request: AuthedRequest, notice: Notice) -> dict[str, Any]:
    """For the page of one notice: its days as stored, as they would be today with what it was approved with, or not yet; what
    people have stated; and what does not let it appear today. At most 4 queries, none for a kind without legal effect.
    """
    if not kinds.get(notice.kind).law.has_legal_effect:
        return {}
    _statement, statements = stated(request, notice)
    found: dict[str, Any] = {"statements": statements}
    if notice.state == Notice.State.PUBLIC:
        calendar = selectors.calendar_of(notice)
        return found | ({"law": shown.of_stored(calendar)} if calendar else {})
    if notice.state == Notice.State.APPROVED and (follows := sealing.on_day(notice, timezone.localdate())):
        found["obstacles"] = [said(problem.words) for problem in follows.of_rules]
        found |= {"law": shown.of_outlook(follows, notes(follows, notice.details)), "law_day": follows.day}
    return found


def submission_form(request: AuthedRequest, values: Draft, found: Outlook | None) -> StatementForm:
    """What who submits confirms and states. What the approver alone can confirm is not asked."""
    asked = [duty for duty in found.confirm if duty.code not in of_approver(values.kind)] if found else []
    issue = gazette.next_day(request.town, on=timezone.localdate()) if found and Form.ELECTRONIC_GAZETTE in found.days else None
    return StatementForm(request.POST if request.method == "POST" else None, found, duties=asked, days=True, issue=issue)


def approval_form(request: AuthedRequest, values: Draft, *, original: bool = False) -> StatementForm:
    """What only who approves can confirm. `original`: the scan of a signed original lies there, so the text is compared with it."""
    asked = of_approver(values.kind)
    duties = [duty_of(code) for code in sorted(asked | ({EQUALS_ORIGINAL} if original else set()))]
    form = StatementForm(request.POST if request.method == "POST" else None, None, duties=duties)
    if original and EQUALS_ORIGINAL not in asked:  # no law speaks of it: it need not be a by-law
        form.fields[TICK + EQUALS_ORIGINAL].label = _("Der Text stimmt mit dem unterzeichneten Original überein")
    return form


def stated(request: AuthedRequest, notice: Notice) -> tuple[Statement, list[tuple[models.Statement, list[str]]]]:
    """What holds of what was stated, and who stated it: each with sentences. 1 query."""
    rows = keeping.statements(request.town, notice)
    return keeping.stated(rows), [(row, _sentences(Statement.of_json(row.content))) for row in rows]


def _sentences(statement: Statement) -> list[str]:
    found = [said(duty_of(code).words) for code in sorted(statement.confirmed)]
    for form, day in sorted(statement.days.items()):
        words = {"form": said(form.words.capital), "day": _day(day)}
        found.append(_("%(form)s am %(day)s") % words)
    if statement.hint:
        words = {"form": said(statement.hint.form.words), "day": _day(statement.hint.day)}
        found.append(_("Hinweis: %(form)s am %(day)s") % words)
    return found


def _day(day: date) -> str:
    return german.date_with_year(day, page_language())
