"""The film in sign language on the desk: film and captions come in, and are looked at inside the office."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act
from allmende.notices.attachments.errors import FileTooLarge
from allmende.notices.attachments.intake import ToDisk, received
from allmende.notices.models import Explanation, Notice
from allmende.notices.models.explanation import Form
from allmende.notices.plain import films, services, shown
from allmende.notices.plain.errors import CaptionsRefused, FilmIncomplete, FilmTooLarge
from allmende.notices.plain.forms import CaptionsForm, FilmForm
from allmende.notices.plain.views.public import captions_answer, film_answer
from allmende.notices.plain.views.reviewing import read_explanation
from allmende.notices.plain.views.texts import ABOUT, writable
from allmende.notices.views.preview import preview_of
from allmende.notices.views.reading import read_notice, read_version
from allmende.notices.views.receiving import said, taking_in


@csrf_exempt
@login_required
@require_http_methods(["GET", "POST"])
def film(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """Film and captions of a draft. The film goes to the disk while it arrives; the right to write was asked before."""
    notice = read_notice(request, notice_id, Act.WRITE)
    row, away = writable(request, notice, Form.SIGN)
    if away is not None:
        return away
    place = ToDisk(films.folder(request.town), most=settings.FILM_MAX_BYTES)
    return taking_in(request, place, lambda request, handler: _film(request, notice, row, handler))


def _film(request: AuthedRequest, notice: Notice, row: Explanation | None, handler: ToDisk) -> HttpResponse:
    if request.method == "GET":
        return _page(request, notice, row)
    form = FilmForm(request.POST, request.FILES, auto_id="film_%s")
    try:
        file = received(request.FILES, handler)
        if not form.is_valid():
            return _page(request, notice, row, film_form=form)
        services.set_film(notice.pk, body=request.town, saved=form.cleaned_data["saved"], file=file, by=request.user, at=timezone.now())
    except FileTooLarge:
        return _page(request, notice, row, error=FilmTooLarge())
    except DomainError as refused:
        return _page(request, notice, row, error=refused)
    messages.success(request, _("Das Video ist da."))
    return said(request, reverse("notices_staff:sign_film", args=[notice.pk]))


@login_required
@require_http_methods(["GET", "POST"])
def captions(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """Captions, typed or as a file; and handing both over for review."""
    notice = read_notice(request, notice_id, Act.WRITE)
    row, away = writable(request, notice, Form.SIGN)
    if away is not None:
        return away
    if request.method == "GET":
        return redirect("notices_staff:sign_film", notice_id=notice.pk)
    form = CaptionsForm(request.POST, request.FILES, auto_id="captions_%s")
    if not form.is_valid():
        return _page(request, notice, row, captions_form=form)
    at, chosen = timezone.now(), form.cleaned_data
    try:
        row = services.set_captions(
            notice.pk, body=request.town, saved=chosen["saved"], captions=chosen["captions"], by=request.user, at=at
        )
        if "einreichen" in request.POST:
            services.submit(row.pk, body=request.town, saved=row.saved, by=request.user, at=at)
            messages.success(request, _("Eingereicht. Jetzt prüft jemand, der nichts davon geschrieben hat."))
            return redirect("notices_staff:explanations", notice_id=notice.pk)
    except CaptionsRefused as refused:
        form.add_error("captions", str(refused.message))
        return _page(request, notice, row, captions_form=form)
    except DomainError as refused:
        return _page(request, notice, row, error=refused, captions_form=None if isinstance(refused, FilmIncomplete) else form)
    messages.success(request, _("Gespeichert."))
    return redirect(reverse("notices_staff:sign_film", args=[notice.pk]) + "#untertitel")


def _page(
    request: AuthedRequest,
    notice: Notice,
    row: Explanation | None,
    *,
    error: DomainError | None = None,
    film_form: FilmForm | None = None,
    captions_form: CaptionsForm | None = None,
) -> HttpResponse:
    refused = [one for one in (film_form, captions_form) if one is not None and one.errors]
    status = error.status if error else 422 if refused else 200
    if status != 200 and request.headers.get("Accept", "").startswith("application/json"):
        words = str(error) if error else " ".join(str(one) for form in refused for errors in form.errors.values() for one in errors)
        return JsonResponse({"error": words}, status=status)
    saved = {"saved": row.saved if row else 0}
    context = {
        "notice": notice,
        "row": row,
        "about": ABOUT[Form.SIGN],
        "film": shown.film_of(row) if row else None,
        "film_form": film_form or FilmForm(initial=saved, auto_id="film_%s"),
        "captions_form": captions_form or CaptionsForm(initial=saved | {"captions": row.captions if row else ""}, auto_id="captions_%s"),
        "form": refused[0] if refused else None,
        "error": error,
        "most": settings.FILM_MAX_BYTES,
        "preview": preview_of(request, notice, read_version(notice, notice.version)[1]),
    }
    return render(request, "notices/plain/film.html", context, status=status)


@login_required
@require_safe
def film_file(request: AuthedRequest, notice_id: UUID, explanation_id: UUID) -> HttpResponseBase:
    """Any version of the film, inside the office."""
    row = read_explanation(request, notice_id, explanation_id)
    if row.film is None:
        raise Http404
    return film_answer(request, row, kept=False, name=row.name)


@login_required
@require_safe
def captions_file(request: AuthedRequest, notice_id: UUID, explanation_id: UUID) -> HttpResponse:
    row = read_explanation(request, notice_id, explanation_id)
    if not row.captions:
        raise Http404
    response = captions_answer(row)
    response["Cache-Control"] = "private, no-store"
    return response
