"""Read, then send back or approve. Approving takes two steps; what was typed is never lost on the way."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allmende.accounts.second_factor import require_second_factor
from allmende.core.errors import ChangedMeanwhile, DomainError
from allmende.core.http import AuthedRequest
from allmende.core.language import page_language
from allmende.core.permissions import Act
from allmende.lib import german
from allmende.notices import kinds, printed, selectors, services
from allmende.notices.attachments import confirmation
from allmende.notices.attachments.store import files_of
from allmende.notices.forms import DecisionForm
from allmende.notices.models import Comment, Notice, NoticeFile
from allmende.notices.models.file import Role
from allmende.notices.services.decision import authors_of
from allmende.notices.services.errors import AlreadyDecided, FourEyes, NothingToDecide
from allmende.notices.views import law
from allmende.notices.views.preview import preview_of
from allmende.notices.views.reading import read_at, read_version
from allmende.notices.views.shown_files import groups_of

State = Notice.State


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: AuthedRequest, notice_id: UUID, version: int) -> HttpResponse:
    """The whole notice as it will be, and two ways: send back with a reason, or go on to approve."""
    notice = read_at(request, notice_id, version, Act.APPROVE)
    if request.method == "GET":
        if notice.state != State.SUBMITTED:
            return redirect("notices_staff:show", notice_id=notice_id)
        form = DecisionForm(initial={"reason": request.session.get(_key(notice_id, version), "")})
        return _page(request, notice, form, None if version == notice.version else ChangedMeanwhile())
    form = DecisionForm(request.POST)
    if notice.state != State.SUBMITTED:
        return _over(request, notice, version)
    if not form.is_valid():
        return _page(request, notice, form)
    require_second_factor(request)
    note = form.cleaned_data["reason"]
    if "freigeben" in request.POST:
        if version != notice.version:
            return _page(request, notice, form, ChangedMeanwhile())
        if request.user in authors_of(notice):
            return _page(request, notice, form, FourEyes())
        request.session[_key(notice_id, version)] = note
        return redirect("notices_staff:approve", notice_id=notice_id, version=version)
    at = timezone.now()
    try:
        services.send_back(notice_id, body=request.town, version=version, reason=note, by=request.user, at=at)
    except DomainError as error:
        return _refused(request, notice_id, version, form, error)
    request.session.pop(_key(notice_id, version), None)
    messages.success(request, _("Zurückgegeben. Die Redaktion sieht Ihre Anmerkung."))
    return redirect("notices_staff:show", notice_id=notice_id)


@login_required
@require_http_methods(["GET", "POST"])
def approve(request: AuthedRequest, notice_id: UUID, version: int) -> HttpResponse:
    """The second step: what is approved and what follows from it. A note that was typed asks whether to send back instead."""
    notice = read_at(request, notice_id, version, Act.APPROVE)
    if request.method == "GET":
        if notice.state != State.SUBMITTED:
            return redirect("notices_staff:show", notice_id=notice_id)
        if version != notice.version or request.user in authors_of(notice):
            return redirect("notices_staff:decide", notice_id=notice_id, version=version)
        note = request.session.get(_key(notice_id, version), "")
        return _ask(request, notice, DecisionForm(initial={"reason": note}), note)
    form = DecisionForm(request.POST)
    if notice.state != State.SUBMITTED:
        return _over(request, notice, version)
    _revision, values = read_version(notice, notice.version)
    said = law.approval_form(request, values, original=bool(_originals(request, notice)))
    if not (form.is_valid() & said.is_valid()):
        return _ask(request, notice, form, request.POST.get("reason", ""))
    require_second_factor(request)
    note, at = form.cleaned_data["reason"], timezone.now()
    try:
        services.approve(notice_id, body=request.town, version=version, by=request.user, at=at, note=note, statement=said.statement)
    except DomainError as error:
        return _refused(request, notice_id, version, form, error)
    request.session.pop(_key(notice_id, version), None)
    messages.success(request, _("Freigegeben. Die Bekanntmachung wird jetzt gesiegelt, eingetragen und bereitgestellt."))
    return redirect("notices_staff:show", notice_id=notice_id)


def _ask(request: AuthedRequest, notice: Notice, form: DecisionForm, note: str) -> HttpResponse:
    """The second step, with the days that follow and what only who approves can confirm."""
    _revision, values = read_version(notice, notice.version)
    statement, _said = law.stated(request, notice)
    originals = _originals(request, notice)
    confirm = law.approval_form(request, values, original=bool(originals))
    context = {
        "notice": notice,
        "originals": originals,
        "form": form,
        "note": note,
        "confirm": confirm,
        "wrong": confirm if confirm.errors else form,
    }
    context |= law.shown_of(law.expected(request, values, statement=statement), values)
    return render(request, "notices/approve.html", context, status=422 if form.errors or confirm.errors else 200)


def _key(notice_id: UUID, version: int) -> str:
    """Where the session keeps a note between the two steps: a page that is fetched by GET can be gone back to."""
    return f"note:{notice_id}:{version}"


def _originals(request: AuthedRequest, notice: Notice) -> list[NoticeFile]:
    return [file for file in files_of(request.town, notice.pk) if file.role == Role.ORIGINAL]


def _page(request: AuthedRequest, notice: Notice, form: DecisionForm, error: DomainError | None = None) -> HttpResponse:
    revision, values = read_version(notice, notice.version)
    authors = authors_of(notice)
    statement, statements = law.stated(request, notice)
    follows = law.expected(request, values, statement=statement)
    context = {
        "notice": notice,
        "file_groups": groups_of(files_of(request.town, notice.pk)),
        "compared": confirmation.confirmed(request.town, notice.pk, values, confirmation.Of.SCAN),
        "revision": revision,
        "statements": statements,
        "obstacles": [check for check in law.law_checks(request, values, follows) if check.state != "done"],
        "form": form,
        "error": error,
        "authors": authors,
        "own": request.user in authors,
        "alone": authors == [request.user],
        "preview": preview_of(request, notice, values),
        "inside": printed.inside(kinds.get(values.kind), values.details, page_language()),
        "comments": Comment.objects.for_body(request.town).filter(notice=notice).select_related("author"),
        "earlier": selectors.earlier(notice),
    } | law.shown_of(follows, values)
    return render(request, "notices/decide.html", context, status=error.status if error else 422 if form.is_bound else 200)


def _refused(request: AuthedRequest, notice_id: UUID, version: int, form: DecisionForm, error: DomainError) -> HttpResponse:
    """Somebody was faster, between reading the page and the click."""
    notice = read_at(request, notice_id, version, Act.APPROVE)
    if isinstance(error, AlreadyDecided | NothingToDecide):
        return _over(request, notice, version)
    return _page(request, notice, form, error)


def _over(request: AuthedRequest, notice: Notice, version: int) -> HttpResponse:
    """Nothing is left to decide: says who has done what, and gives back what was typed. No button that would be refused."""
    approves, note = "freigeben" in request.POST, request.POST.get("reason", "").strip()
    comment = Comment.objects.for_body(request.town).filter(notice=notice, version=version, with_approval=False).first()
    if notice.approved_by is not None:
        words = {"name": notice.approved_by.name, "moment": _moment(notice.approved_at)}
        told = _("Ist schon freigegeben (%(name)s, %(moment)s).") % words
        mine = approves and notice.approved_by == request.user
    elif comment is not None and notice.state == State.DRAFT:
        words = {"name": comment.author.name, "moment": _moment(comment.at)}
        told = _("Ist zurückgegeben (%(name)s, %(moment)s). Sie wartet nicht mehr auf eine Freigabe.") % words
        mine = not approves and comment.author == request.user and comment.text == note
    else:
        told = _("Die Redaktion hat diese Bekanntmachung zurückgezogen. Sie wartet nicht mehr auf eine Freigabe.")
        mine = False
    if mine:  # pressed twice
        messages.info(request, told)
        return redirect("notices_staff:show", notice_id=notice.pk)
    context = {"notice": notice, "approved": notice.approved_by is not None, "told": told, "note": note}
    return render(request, "notices/over.html", context, status=NothingToDecide.status)


def _moment(at: datetime | None) -> str:
    return german.moment(at, page_language()) if at else ""
