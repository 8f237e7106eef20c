"""Hand over, take back, send back, approve, give up, copy. Each page shows first and asks once."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allmende.accounts.second_factor import require_second_factor
from allmende.core.errors import ChangedMeanwhile, DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act
from allmende.notices import checks, selectors, services
from allmende.notices.forms import SendBackForm
from allmende.notices.models import Comment, Notice
from allmende.notices.services.decision import authors_of
from allmende.notices.services.errors import AlreadyDecided, NotADraft, NothingToDecide
from allmende.notices.services.pictures import ids_of
from allmende.notices.views.preview import preview_of
from allmende.notices.views.reading import read_notice, read_version


@login_required
@require_http_methods(["GET", "POST"])
def submit(request: AuthedRequest, notice_id: UUID, version: int) -> HttpResponse:
    """What is open, linked to its field; else one button."""
    notice = read_notice(request, notice_id, Act.WRITE)
    if notice.state != Notice.State.DRAFT:
        return redirect("notices_staff:show", notice_id=notice_id)
    _revision, values = read_version(notice, notice.version)
    found = checks.checklist(values, pictures=ids_of(request.town, notice_id))
    error: DomainError | None = None
    if request.method == "POST":
        try:
            services.submit(notice_id, body=request.town, version=version, by=request.user, at=timezone.now())
        except NotADraft as refused:
            again = read_notice(request, notice_id, Act.WRITE)
            if again.submitted_by == request.user and again.version == version:  # pressed twice
                return redirect("notices_staff:show", notice_id=notice_id)
            error = refused
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Zur Freigabe gegeben. Sie können den Entwurf zurückziehen, bis jemand entschieden hat."))
            return redirect("notices_staff:show", notice_id=notice_id)
    elif version != notice.version:
        error = ChangedMeanwhile()
    context = {
        "notice": notice,
        "checks": found,
        "open": [check for check in found if check.state == "open"],
        "error": error,
        "preview": preview_of(request, notice, values),
    }
    return render(request, "notices/submit.html", context, status=error.status if error else 200)


@login_required
@require_POST
def withdraw(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    read_notice(request, notice_id, Act.WRITE)
    try:
        services.withdraw(notice_id, body=request.town, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("notices_staff:show", notice_id=notice_id)
    messages.success(request, _("Zurückgezogen. Sie können weiterschreiben."))
    return redirect("notices_staff:edit", notice_id=notice_id)


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: AuthedRequest, notice_id: UUID, version: int) -> HttpResponse:
    """The whole notice as it will be, and two ways: approve, or send back with a reason."""
    notice = read_notice(request, notice_id, Act.APPROVE)
    form = SendBackForm(request.POST or None)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        require_second_factor(request)
        at = timezone.now()
        try:
            if "freigeben" in request.POST:
                services.approve(notice_id, body=request.town, version=version, by=request.user, at=at)
                messages.success(request, _("Freigegeben. Die Bekanntmachung wird jetzt gesiegelt, eingetragen und bereitgestellt."))
            else:
                reason = form.cleaned_data["reason"]
                services.send_back(notice_id, body=request.town, version=version, reason=reason, by=request.user, at=at)
                messages.success(request, _("Zurückgegeben. Die Redaktion sieht Ihren Grund."))
        except (AlreadyDecided, NothingToDecide) as refused:
            if _decided(request, notice_id, version):
                return redirect("notices_staff:show", notice_id=notice_id)
            error = refused
        except DomainError as refused:
            error = refused
        else:
            return redirect("notices_staff:show", notice_id=notice_id)
    if notice.state != Notice.State.SUBMITTED and error is None:
        return redirect("notices_staff:show", notice_id=notice_id)
    if version != notice.version and error is None:
        error = ChangedMeanwhile()
    revision, values = read_version(notice, notice.version)
    authors = authors_of(notice)
    context = {
        "notice": notice,
        "version": version,
        "revision": revision,
        "form": form,
        "error": error,
        "authors": authors,
        "own": request.user in authors,
        "preview": preview_of(request, notice, values),
        "comments": Comment.objects.for_body(request.town).filter(notice=notice).select_related("author"),
        "sent_back": selectors.sent_back_version(notice),
    }
    status = error.status if error else 422 if form.is_bound else 200
    return render(request, "notices/decide.html", context, status=status)


def _decided(request: AuthedRequest, notice_id: UUID, version: int) -> bool:
    """True if this person has decided on this version already, and has just pressed a second time."""
    notice = read_notice(request, notice_id, Act.APPROVE)
    if "freigeben" in request.POST:
        return notice.approved_by == request.user and notice.version == version
    sent_back = Comment.objects.for_body(request.town).filter(notice=notice, version=version, author=request.user)
    return sent_back.filter(text=request.POST.get("reason", "").strip()).exists()


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: AuthedRequest, notice_id: UUID, version: int) -> HttpResponse:
    """Ask once, then the draft is gone for good."""
    notice = read_notice(request, notice_id, Act.WRITE)
    error: DomainError | None = None
    if request.method == "POST":
        try:
            services.discard(notice_id, body=request.town, version=version, by=request.user, at=timezone.now())
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Der Entwurf ist verworfen."))
            return redirect("notices_staff:list")
    return render(request, "notices/discard.html", {"notice": notice, "error": error}, status=error.status if error else 200)


@login_required
@require_POST
def copy(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    read_notice(request, notice_id, Act.WRITE)
    try:
        new = services.copy(notice_id, body=request.town, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("notices_staff:show", notice_id=notice_id)
    messages.success(request, _("Ein neuer Entwurf mit diesem Text ist angelegt."))
    return redirect("notices_staff:edit", notice_id=new.pk)
