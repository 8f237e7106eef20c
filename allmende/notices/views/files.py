"""Files beside the text: a page of their own, which works without script; a script only shows how far an upload is."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmende.core.errors import DomainError, NotAllowed
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, acts_of, require
from allmende.notices.attachments import confirmation, services, store
from allmende.notices.attachments.forms import ChangeForm, ConfirmForm, FileForm, SourceForm
from allmende.notices.attachments.intake import ToDisk, received
from allmende.notices.models import Notice, NoticeFile
from allmende.notices.models.file import Role
from allmende.notices.views.closed import closed_of
from allmende.notices.views.reading import read_notice, read_version
from allmende.notices.views.receiving import said, taking_in
from allmende.notices.views.shown_files import INSIDE, groups_of

_SHOWN = {"application/pdf", "image/png", "image/jpeg"}  # by browsers themselves


@csrf_exempt
@login_required
@require_http_methods(["GET", "POST"])
def files(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """All files of a draft, and one more."""
    notice = read_notice(request, notice_id, Act.WRITE)
    if (over := closed_of(request, notice_id)) is not None:
        messages.error(request, f"{over.words} {over.advice}")
        return redirect(over.link)
    return taking_in(request, ToDisk(store.folder(request.town)), lambda request, handler: _files(request, notice, handler))


def _files(request: AuthedRequest, notice: Notice, handler: ToDisk) -> HttpResponse:
    if request.method == "GET":
        role = request.GET.get("rolle", "")
        return _page(request, notice, FileForm(initial={"role": role if role in Role.values else ""}))
    form = FileForm(request.POST, request.FILES)
    try:
        file = received(request.FILES, handler)
        if not form.is_valid():
            return _refused(request, notice, form, None)
        chosen = form.cleaned_data
        role = Role(chosen["role"])
        row = services.add(notice.pk, body=request.town, file=file, role=role, title=chosen["title"], by=request.user, at=timezone.now())
    except DomainError as error:
        return _refused(request, notice, form, error)
    if role == Role.SOURCE and row.readable:
        return said(request, reverse("notices_staff:take_text", args=[notice.pk, row.pk]))
    messages.success(request, _("Die Datei ist da."))
    return said(request, f"{reverse('notices_staff:files', args=[notice.pk])}#datei-{row.pk}")


def _refused(request: AuthedRequest, notice: Notice | None, form: FileForm | SourceForm, error: DomainError | None) -> HttpResponse:
    status = error.status if error else 422
    if request.headers.get("Accept", "").startswith("application/json"):
        words = str(error) if error else " ".join(str(one) for errors in form.errors.values() for one in errors)
        return JsonResponse({"error": words}, status=status)
    if notice is None:
        return render(request, "notices/files/begin.html", {"form": form, "error": error}, status=status)
    assert isinstance(form, FileForm)
    form = FileForm(initial={name: request.POST.get(name, "") for name in ("role", "title")}) if error else form
    return _page(request, notice, form, error=error, status=status)


def _page(request: AuthedRequest, notice: Notice, form: FileForm, *, error: DomainError | None = None, status: int = 200) -> HttpResponse:
    found = store.files_of(request.town, notice.pk)
    _revision, values = read_version(notice, notice.version)
    scan = confirmation.scan_to_read(found)
    context = {
        "notice": notice,
        "form": form,
        "error": error,
        "groups": groups_of(found),
        "scan": scan,
        "confirmed": scan and confirmation.confirmed(request.town, notice.pk, values, confirmation.Of.SCAN),
        "confirm_form": ConfirmForm(initial={"version": notice.version}, auto_id="vergleich_%s"),
    }
    return render(request, "notices/files/files.html", context, status=status)


@csrf_exempt
@login_required
@require_http_methods(["GET", "POST"])
def begin(request: AuthedRequest) -> HttpResponse:
    """A new notice from a Word file or a PDF."""
    require(request.user, request.town, Act.WRITE, at=timezone.now())
    return taking_in(request, ToDisk(store.folder(request.town)), _begin)


def _begin(request: AuthedRequest, handler: ToDisk) -> HttpResponse:
    if request.method == "GET":
        return render(request, "notices/files/begin.html", {"form": SourceForm()})
    try:
        file = received(request.FILES, handler)
        row = services.begin(body=request.town, file=file, by=request.user, at=timezone.now())
    except DomainError as error:
        return _refused(request, None, SourceForm(), error)
    return said(request, reverse("notices_staff:take_text", args=[row.notice_id, row.pk]))


def read_file(request: AuthedRequest, notice_id: UUID, file_id: UUID, act: Act = Act.WRITE) -> tuple[Notice, NoticeFile]:
    """First the right, then the search. Raises NotAllowed, Http404."""
    notice = read_notice(request, notice_id, act)
    file = NoticeFile.objects.for_body(request.town).filter(pk=file_id, notice=notice).first()
    if file is None:
        raise Http404
    return notice, file


@login_required
@require_safe
def file(request: AuthedRequest, notice_id: UUID, file_id: UUID) -> HttpResponse | FileResponse:
    """The file itself, a part at a time, with the type that its content has. What stays inside is for who works with it."""
    _notice, found = read_file(request, notice_id, file_id, Act.READ_INTERNAL)
    if found.role != Role.ATTACHMENT and not INSIDE & acts_of(request.user, request.town, at=timezone.now()):
        raise NotAllowed
    response = FileResponse(store.opened(found, request.town), content_type=found.media_type)
    kind = content_disposition_header(found.media_type not in _SHOWN, found.name)
    response["Content-Disposition"], response["Content-Length"] = kind or "attachment", str(found.size)
    response["Cache-Control"] = "private, no-store"
    if found.media_type != "application/pdf":  # viewers of PDF do not work in a sandbox
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def change(request: AuthedRequest, notice_id: UUID, file_id: UUID) -> HttpResponse:
    """Name and purpose of a file."""
    notice, found = read_file(request, notice_id, file_id)
    form = ChangeForm(request.POST or None, initial={"title": found.title, "role": found.role})
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            services.change(
                file_id, body=request.town, title=chosen["title"], role=Role(chosen["role"]), by=request.user, at=timezone.now()
            )
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Gespeichert."))
            return _back(notice_id, file_id)
    status = error.status if error else 422 if form.is_bound else 200
    return render(request, "notices/files/change.html", {"notice": notice, "file": found, "form": form, "error": error}, status=status)


def _back(notice_id: UUID, file_id: UUID | None = None) -> HttpResponse:
    return redirect(reverse("notices_staff:files", args=[notice_id]) + (f"#datei-{file_id}" if file_id else ""))


@login_required
@require_POST
def move(request: AuthedRequest, notice_id: UUID, file_id: UUID) -> HttpResponse:
    read_file(request, notice_id, file_id)
    try:
        services.move(file_id, body=request.town, up="hoch" in request.POST, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    return _back(notice_id, file_id)


@login_required
@require_POST
def remove(request: AuthedRequest, notice_id: UUID, file_id: UUID) -> HttpResponse:
    read_file(request, notice_id, file_id)
    try:
        services.remove(file_id, body=request.town, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Die Datei ist entfernt."))
    return _back(notice_id)


@login_required
@require_POST
def confirm(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """The statement that the text has been compared with the scan."""
    notice = read_notice(request, notice_id, Act.WRITE)
    form = ConfirmForm(request.POST, auto_id="vergleich_%s")
    if not form.is_valid():
        messages.error(request, _("Bestätigen Sie den Vergleich mit dem Häkchen. Ohne ihn lässt sich der Entwurf nicht einreichen."))
        return redirect(reverse("notices_staff:files", args=[notice.pk]) + "#vergleich")
    try:
        confirmation.confirm_scan(notice_id, body=request.town, version=form.cleaned_data["version"], by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Ihr Vergleich ist vermerkt. Ändern Sie den Text noch einmal, ist er neu zu bestätigen."))
    return redirect(reverse("notices_staff:files", args=[notice.pk]) + "#vergleich")
