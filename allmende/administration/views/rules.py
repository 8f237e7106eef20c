"""Pages to read the rules of a body. Administrators and auditors read; see rules_change for what administrators change."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from allmende.administration.publishing.selectors import form_on, publishing
from allmende.administration.rules import coming, effects, selectors, sheet
from allmende.administration.rules.errors import LandUnknown, NoRules
from allmende.administration.rules.forms import LandForm, ReasonForm
from allmende.administration.rules.selectors import Proposal, State
from allmende.core.errors import DomainError, NotAllowed
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, acts_of
from allmende.lib.legalcalendar.keys import KEYS, value_words
from allmende.lib.legalcalendar.kinds import Form
from allmende.lib.legalcalendar.overlay import RuleBook
from allmende.lib.legalcalendar.profiles import FEDERAL


def require_reader(request: AuthedRequest) -> bool:
    """Whether the reader may also change. Raises NotAllowed unless administrator or auditor."""
    acts = acts_of(request.user, request.town, at=timezone.now())
    if not acts & {Act.MANAGE, Act.AUDIT}:
        raise NotAllowed
    return Act.MANAGE in acts


@login_required
@require_safe
def rules(request: AuthedRequest) -> HttpResponse:
    """Every rule in words, what is open on top, and what can be published with them; or the way to begin."""
    manages = require_reader(request)
    now = timezone.now()
    try:
        state = selectors.state_of(request.town)
    except (NoRules, LandUnknown) as nothing:
        form = LandForm() if isinstance(nothing, LandUnknown) else None
        return render(request, "administration/rules_begin.html", {"manages": manages, "form": form})
    body = selectors.body_kind(request.town)
    entries = sheet.entries(state, body, on=timezone.localdate(now))
    ways = publishing(request.town, on=timezone.localdate(now))
    medium = ways.form if ways else Form.INTERNET
    context = {
        "manages": manages,
        "publishing": ways,
        "form": sheet.said(medium.words),
        "state": state,
        "book": state.book,
        "federal": FEDERAL,
        "remark": sheet.said(state.book.land.remark),
        "kinds": sheet.kind_states(state.book, body, at=now, form=medium),
        "open": [entry for entry in entries if entry.standing in ("open", "unconfirmed")],
        "subjects": list(sheet.subjects(entries)),
        "unnamed": sheet.unnamed(entries),
    }
    return render(request, "administration/rules.html", context)


@login_required
@require_safe
def rule(request: AuthedRequest, key: str) -> HttpResponse:
    """One rule: what the profiles and the body say about it, and what the body had entered before."""
    manages = require_reader(request)
    try:
        state = selectors.state_of(request.town)
    except (NoRules, LandUnknown):
        return redirect("administration:rules")
    known = KEYS[key]
    context = {
        "manages": manages,
        "key": key,
        "can_change": manages and not key.startswith("counting."),
        "name": sheet.said(known.words.capital),
        "kinds": [sheet.said(kind.words) for kind in sheet.kinds_of(known)] if known.kinds else [],
        "entries": sheet.entries(state, selectors.body_kind(request.town), on=timezone.localdate(), only=key),
        "rows": shown_rows(selectors.history(request.town, name=key, page=page_of(request))),
    }
    return render(request, "administration/rule.html", context)


def page_of(request: HttpRequest) -> int:
    """The page of a list that was asked for; 1 for anything that is no number."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1


def shown_rows(page: Any) -> Any:
    """The rows of a page of history, each with what is said of it."""
    for row in page.object_list:
        known = KEYS[row.key]
        row.name = sheet.said(known.words.capital)
        row.words = sheet.said(value_words(known.read(row.value)))
        row.for_kinds = ", ".join(sheet.said(kind.words) for kind in sheet.kinds_of(known) if kind.value in row.kinds)
    return page


@login_required
@require_safe
def history(request: AuthedRequest) -> HttpResponse:
    """What was adopted, kept, entered and ended: everything, newest first."""
    require_reader(request)
    context = {
        "decisions": [(sheet.profile_name(row.profile), row) for row in selectors.decisions(request.town)],
        "rows": shown_rows(selectors.history(request.town, page=page_of(request))),
    }
    return render(request, "administration/rules_history.html", context)


@login_required
@require_safe
def proposal(request: AuthedRequest, profile: str) -> HttpResponse:
    """A new version: each change with its reason, and what it does to notices."""
    manages = require_reader(request)
    found = proposed(request, profile)
    if found is None:
        return redirect("administration:rules")
    return proposal_page(request, *found, manages=manages)


def proposed(request: AuthedRequest, profile: str) -> tuple[State, Proposal] | None:
    """The state of the body's rules and the proposal for this profile; None if there is none."""
    try:
        state = selectors.state_of(request.town)
    except (NoRules, LandUnknown):
        return None
    waiting = next((item for item in state.proposals if item.new.id == profile), None)
    return (state, waiting) if waiting else None


def proposal_page(
    request: AuthedRequest,
    state: State,
    waiting: Proposal,
    *,
    manages: bool,
    form: ReasonForm | None = None,
    error: DomainError | None = None,
) -> HttpResponse:
    book, body = state.book, selectors.body_kind(request.town)
    land, nation = (waiting.new if waiting.new.id == item.id else item for item in (book.land, book.nation))
    context = {
        "manages": manages,
        "proposal": waiting,
        "name": sheet.profile_name(waiting.new.id),
        "adopted": state.adopted[waiting.new.id],
        "steps": [(step, sheet.said(step.reason)) for step in waiting.steps],
        "changes": [
            (
                sheet.said(change.words),
                ", ".join(sheet.said(kind.words) for kind in sheet.kinds_of(KEYS[change.key]) if not change.kinds or kind in change.kinds),
                change.has_effect,
                change.new or change.old,
            )
            for change in waiting.changes
        ],
        "effects": effects.effects(
            book,
            RuleBook(land, nation, book.own),
            waiting.changes,
            body,
            on=timezone.localdate(),
            form=form_on(request.town, timezone.localdate()),
        ),
        "affected": sheet.affected(coming.affected(request.town, book, RuleBook(land, nation, book.own), at=timezone.now())),
        "day": timezone.localdate(),
        "form": form or ReasonForm(),
        "error": error,
    }
    invalid = form is not None and bool(form.errors)
    return render(request, "administration/rules_proposal.html", context, status=error.status if error else 422 if invalid else 200)
