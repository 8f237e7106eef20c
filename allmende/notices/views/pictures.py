"""Pictures of a draft: a page of their own without script, a dialog in the editor with it. Never shown outside the office."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act
from allmende.notices import rendering
from allmende.notices.forms import PictureForm
from allmende.notices.models import Picture
from allmende.notices.services import pictures as service
from allmende.notices.views.reading import read_notice


@login_required
@require_http_methods(["GET", "POST"])
def pictures(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """Upload, and how to put a picture into the text. Answers JSON where the editor asks for it."""
    notice = read_notice(request, notice_id, Act.WRITE)
    form = PictureForm(request.POST or None, request.FILES or None, auto_id="picture_%s")
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    error: DomainError | None = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            picture = service.add(notice_id, body=request.town, file=file, name=file.name, by=request.user, at=timezone.now())
        except DomainError as refused:
            error = refused
        else:
            if wants_json:
                return JsonResponse({"id": str(picture.pk), "src": rendering.picture_address(notice_id, picture.pk), "name": picture.name})
            messages.success(request, _("Das Bild ist da. Setzen Sie seine Zeile in den Text ein."))
            return redirect("notices_staff:pictures", notice_id=notice_id)
    if wants_json and request.method == "POST":
        words = str(error) if error else str(next(iter(form.errors.values()))[0])
        return JsonResponse({"error": words}, status=error.status if error else 422)
    context = {
        "notice": notice,
        "form": form,
        "error": error,
        "pictures": Picture.objects.for_body(request.town).filter(notice=notice),
    }
    status = error.status if error else 422 if form.is_bound else 200
    return render(request, "notices/pictures.html", context, status=status)


@login_required
@require_POST
def remove(request: AuthedRequest, notice_id: UUID, picture_id: UUID) -> HttpResponse:
    notice = read_notice(request, notice_id, Act.WRITE)
    if not Picture.objects.for_body(request.town).filter(pk=picture_id, notice=notice).exists():
        raise Http404
    try:
        service.remove(picture_id, body=request.town, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Das Bild ist entfernt."))
    return redirect("notices_staff:pictures", notice_id=notice_id)


@login_required
@require_safe
def picture(request: AuthedRequest, notice_id: UUID, picture_id: UUID) -> HttpResponse:
    """The picture itself, with the type we have written it in, for people who may read drafts here."""
    notice = read_notice(request, notice_id)
    found = Picture.objects.for_body(request.town).filter(pk=picture_id, notice=notice).first()
    if found is None:
        raise Http404
    return HttpResponse(
        service.read(found, request.town),
        content_type=f"image/{found.format}",
        headers={
            "Cache-Control": "private, max-age=3600",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
