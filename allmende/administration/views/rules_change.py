"""Pages on which an administrator decides about rules, with a look at the effects before anything is stored."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allmende.administration.publishing.selectors import form_on
from allmende.administration.rules import coming, selectors, services, sheet
from allmende.administration.rules.effects import Effect, effects
from allmende.administration.rules.errors import LandUnknown, NoRules, NotOffered, RuleClash
from allmende.administration.rules.forms import LandForm, ReasonForm, RuleForm
from allmende.administration.rules.models import OwnRule
from allmende.administration.rules.selectors import State
from allmende.administration.rules.sheet import Affected
from allmende.administration.views.rules import proposal_page, proposed
from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, require
from allmende.lib.legalcalendar.days import noon
from allmende.lib.legalcalendar.keys import KEYS, value_words
from allmende.lib.legalcalendar.overlay import Overlay, RuleBook, own_difference
from allmende.lib.legalcalendar.places import Land
from allmende.lib.legalcalendar.reading import InvalidRules
from allmende.lib.legalcalendar.rules import Rule


@login_required
@require_POST
def begin(request: AuthedRequest) -> HttpResponse:
    """Adopt the rules of the Land and the federal ones for the first time."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    land = None
    if not request.town.ars:
        form = LandForm(request.POST)
        if not form.is_valid():
            return render(request, "administration/rules_begin.html", {"manages": True, "form": form}, status=422)
        land = Land(form.cleaned_data["land"])
    try:
        services.begin(body=request.town, land=land, by=request.user, at=at)
    except NotOffered:  # done already, in another window or by somebody else
        return redirect("administration:rules")
    messages.success(request, _("Übernommen. Prüfen Sie jetzt, welche Regeln noch offen sind."))
    return redirect("administration:rules")


@login_required
@require_POST
def decide(request: AuthedRequest, profile: str) -> HttpResponse:
    """Adopt a proposed version, or stay with the present one for a reason."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    found = proposed(request, profile)
    if found is None:
        return redirect("administration:rules")
    form = ReasonForm(request.POST)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() and len(sent) < 6 else 0
    try:
        if "adopt" in request.POST:
            services.adopt_profile(body=request.town, profile=profile, version=version, by=request.user, at=at)
            messages.success(request, _("Übernommen. Die neue Fassung gilt ab jetzt."))
            return redirect("administration:rules")
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            services.keep_profile(body=request.town, profile=profile, version=version, reason=reason, by=request.user, at=at)
            messages.success(request, _("Vermerkt. Es bleibt bei den bisherigen Regeln."))
            return redirect("administration:rules")
    except DomainError as error:
        return proposal_page(request, *found, manages=True, error=error)
    return proposal_page(request, *found, manages=True, form=form)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: AuthedRequest, key: str) -> HttpResponse:
    """Enter a rule of the body's own."""
    return _change(request, key, None)


@login_required
@require_http_methods(["GET", "POST"])
def change_own(request: AuthedRequest, pk: int) -> HttpResponse:
    """Put another one in the place of a rule of the body's own."""
    return _change(request, "", pk)


def _own_row(request: AuthedRequest, pk: int) -> OwnRule:
    row = selectors.own_rules(request.town).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _change(request: AuthedRequest, key: str, pk: int | None) -> HttpResponse:
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    row = _own_row(request, pk) if pk is not None else None
    known = KEYS[row.key if row else key]
    if known.name.startswith("counting."):
        raise Http404
    try:
        state = selectors.state_of(request.town)
    except (NoRules, LandUnknown):
        return redirect("administration:rules")
    body = selectors.body_kind(request.town)
    now = state.book.find(known.name, on=timezone.localdate(at), body=body).value  # nothing unconfirmed stands in the form already
    form = RuleForm(request.POST or None, known=known, now=now, row=row)
    error: DomainError | None = None
    shown: tuple[list[Effect], list[Affected]] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if "save" in request.POST and request.POST.get("seen") == form.fingerprint:
                services.set_rule(form.new_rule, body=request.town, replaces=pk, by=request.user, at=at)
                messages.success(request, _("Gespeichert. Die Regel gilt ab jetzt für neue Berechnungen."))
                return redirect("administration:rule", key=known.name)
            shown = _shown(request, state, services.examine(form.new_rule, by=request.user, at=at), pk)
        except DomainError as refused:
            error = refused
    context = {
        "key": known.name,
        "name": sheet.said(known.words.capital),
        "entries": sheet.entries(state, body, on=timezone.localdate(at), only=known.name),
        "row": row,
        "form": form,
        "error": error,
        "effects": shown[0] if shown else None,
        "affected": shown[1] if shown else [],
        "looked": shown is not None,
        "day": _day_of(form.new_rule.valid_from) if shown is not None else None,
    }
    return render(request, "administration/rule_change.html", context, status=error.status if error else 422 if form.errors else 200)


def _day_of(first: date | None) -> date:
    """The day for which effects are shown: today, or the first day of a rule that begins later."""
    today = timezone.localdate()
    return max(first, today) if first else today


def _shown(request: AuthedRequest, state: State, new: Rule | None, pk: int | None) -> tuple[list[Effect], list[Affected]]:
    """What changes if the own rule `pk` goes and `new` comes: for each kind, and for what is still to appear. Raises RuleClash."""
    old = state.book.own
    staying = tuple(rule for rule, row in zip(old.rules, state.own, strict=True) if row.pk != pk)
    try:
        own = Overlay((*staying, new) if new else staying)
    except InvalidRules as clash:
        raise RuleClash from clash
    day = _day_of(new.scope.valid_from if new else None)
    book = RuleBook(state.book.land, state.book.nation, own)
    body, form = selectors.body_kind(request.town), form_on(request.town, day)
    found = effects(state.book, book, own_difference(old, own), body, on=day, form=form)
    return found, sheet.affected(coming.affected(request.town, state.book, book, at=noon(day)))


@login_required
@require_http_methods(["GET", "POST"])
def end_own(request: AuthedRequest, pk: int) -> HttpResponse:
    """End a rule of the body's own, after a look at what holds then."""
    at = timezone.now()
    require(request.user, request.town, Act.MANAGE, at=at)
    row = _own_row(request, pk)
    try:
        state = selectors.state_of(request.town)
    except (NoRules, LandUnknown):
        return redirect("administration:rules")
    form = ReasonForm(request.POST or None)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            services.end_rule(pk, body=request.town, reason=form.cleaned_data["reason"], by=request.user, at=at)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Beendet. Es gilt wieder, was die Regeln des Landes und des Bundes sagen."))
            return redirect("administration:rule", key=row.key)
    known, shown = KEYS[row.key], _shown(request, state, None, pk)
    context = {
        "key": row.key,
        "name": sheet.said(known.words.capital),
        "row": row,
        "value": sheet.said(value_words(known.read(row.value))),
        "form": form,
        "error": error,
        "effects": shown[0],
        "affected": shown[1],
        "looked": True,
        "day": _day_of(None),
    }
    return render(request, "administration/rule_end.html", context, status=error.status if error else 422 if form.errors else 200)
