"""An explanation beside the official text: read, reviewed by somebody else, published, ended."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, acts_of
from allmende.notices import rendering
from allmende.notices.models import Explanation
from allmende.notices.models.explanation import SLUGS, Form, Standing
from allmende.notices.plain import selectors, services, shown
from allmende.notices.plain.forms import RemarkForm, ReviewForm
from allmende.notices.plain.views.texts import SIGNS
from allmende.notices.views.preview import preview_of
from allmende.notices.views.reading import read_notice, read_version


def read_explanation(request: AuthedRequest, notice_id: UUID, explanation_id: UUID, act: Act = Act.READ_INTERNAL) -> Explanation:
    """First the right, then the search. Raises NotAllowed, Http404."""
    notice = read_notice(request, notice_id, act)
    found = Explanation.objects.for_body(request.town).filter(pk=explanation_id, notice=notice)
    row = found.select_related("reviewed_by", "submitted_by").first()
    if row is None:
        raise Http404
    row.notice = notice
    return row


def _context(request: AuthedRequest, row: Explanation) -> dict[str, Any]:
    notice = row.notice
    acts = acts_of(request.user, request.town, at=timezone.now())
    authors = [author.person for author in row.authors.select_related("person").order_by("pk")]
    return {
        "notice": notice,
        "row": row,
        "sign": SIGNS[Standing(row.state)],
        "easy": row.form == Form.EASY,
        "language": selectors.LANGUAGES[Form(row.form)],
        "html": shown.html_of(row, lambda picture: rendering.picture_address(notice.pk, picture), lower=True),
        "film": shown.film_of(row),
        "preview": preview_of(request, notice, read_version(notice, notice.version)[1]),
        "authors": authors,
        "own": request.user in authors,
        "may_write": Act.WRITE in acts and notice.state in services.EXPLAINED,
        "may_review": Act.APPROVE in acts,
        "other_notice": row.of_version not in (None, notice.version),
        "is_public": notice.answers(timezone.now()),
    }


@login_required
@require_safe
def show(request: AuthedRequest, notice_id: UUID, explanation_id: UUID) -> HttpResponse:
    """Any version, with what can be done next."""
    row = read_explanation(request, notice_id, explanation_id)
    return render(request, "notices/plain/show.html", _context(request, row))


@login_required
@require_http_methods(["GET", "POST"])
def review(request: AuthedRequest, notice_id: UUID, explanation_id: UUID) -> HttpResponse:
    """State that somebody has read it beside the official text, or give it back with a reason."""
    row = read_explanation(request, notice_id, explanation_id, Act.APPROVE)
    if request.method == "GET" and row.state != Standing.SUBMITTED:
        return redirect("notices_staff:explanation", notice_id=notice_id, explanation_id=explanation_id)
    back = "zurueckgeben" in request.POST
    form = ReviewForm(
        Form(row.form), None if back else request.POST or None, initial={"saved": row.saved, "of_version": row.notice.version}
    )
    remark = RemarkForm(request.POST if back else None, auto_id="zurueck_%s")
    error: DomainError | None = None
    at = timezone.now()
    try:
        if back and remark.is_valid():
            services.send_back(row.pk, body=request.town, remark=remark.cleaned_data["remark"], by=request.user, at=at)
            messages.success(request, _("Zurückgegeben."))
            return redirect("notices_staff:explanations", notice_id=notice_id)
        if not back and form.is_valid():
            chosen = {name: value for name, value in form.cleaned_data.items() if name != "same"}
            services.review(row.pk, body=request.town, by=request.user, at=at, **chosen)
            if "veroeffentlichen" in request.POST:
                services.publish(row.pk, body=request.town, by=request.user, at=at)
                messages.success(request, _("Geprüft und veröffentlicht."))
            else:
                messages.success(request, _("Die Prüfung ist festgehalten."))
            return redirect("notices_staff:explanations", notice_id=notice_id)
    except DomainError as refused:
        error = refused
    context = _context(request, row) | {"form": remark if back else form, "review_form": form, "remark_form": remark, "error": error}
    status = error.status if error else 422 if request.method == "POST" else 200
    return render(request, "notices/plain/review.html", context, status=status)


Acting = Callable[..., None]
_ACTS: dict[str, tuple[Acting, str | Promise]] = {
    "veroeffentlichen": (services.publish, gettext_lazy("Veröffentlicht.")),
    "zurueckziehen": (
        lambda explanation_id, **named: services.send_back(explanation_id, remark="", **named),
        gettext_lazy("Zurückgezogen. Sie können weiterschreiben."),
    ),
    "beenden": (services.end, gettext_lazy("Diese Erklärung wird nicht mehr gezeigt.")),
}


@login_required
@require_POST
def act(request: AuthedRequest, notice_id: UUID, explanation_id: UUID) -> HttpResponse:
    """One button: publish, take back, end or give up. Which one, its name says."""
    row = read_explanation(request, notice_id, explanation_id, Act.WRITE)
    chosen = next((name for name in _ACTS if name in request.POST), "")
    if chosen:
        run, words = _ACTS[chosen]
        try:
            run(row.pk, body=request.town, by=request.user, at=timezone.now())
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, str(words))
    return redirect("notices_staff:explanations", notice_id=notice_id)


@login_required
@require_POST
def next_version(request: AuthedRequest, notice_id: UUID, slug: str) -> HttpResponse:
    """Go on from what was published; it stays until the next version takes its place."""
    notice = read_notice(request, notice_id, Act.WRITE)
    form = next((form for form, name in SLUGS.items() if name == slug), None)
    if form is None:
        raise Http404
    try:
        services.next_version(notice.pk, form, body=request.town, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("notices_staff:explanations", notice_id=notice_id)
    if form == Form.SIGN:
        return redirect("notices_staff:sign_film", notice_id=notice_id)
    return redirect("notices_staff:explain", notice_id=notice_id, slug=slug)
