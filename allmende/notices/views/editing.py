"""Writing. The page works without JavaScript; with it the same form gets an editor and is saved by itself."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allmende.core.errors import ChangedMeanwhile, DomainError
from allmende.core.http import AuthedRequest
from allmende.core.language import page_language
from allmende.core.permissions import Act, require
from allmende.lib import german, richtext
from allmende.notices import checks, kinds, rendering, selectors, services, text
from allmende.notices.attachments.points import points
from allmende.notices.attachments.store import files_of
from allmende.notices.checks.point import Check, wrong
from allmende.notices.difference import difference
from allmende.notices.forms import NoticeForm, PictureForm
from allmende.notices.models import Notice, Picture
from allmende.notices.pattern import reminder
from allmende.notices.services import Draft
from allmende.notices.services.errors import AlreadyBegun, NotADraft
from allmende.notices.services.pictures import ids_of
from allmende.notices.views.choosing import choose
from allmende.notices.views.closed import Closed, closed_of, shown_closed
from allmende.notices.views.kept import keeps_text
from allmende.notices.views.law import expected, law_checks, shown_of
from allmende.notices.views.reading import read_notice, read_version
from allmende.notices.views.shown_files import groups_of


@keeps_text
@require_http_methods(["GET", "POST"])
def new(request: AuthedRequest) -> HttpResponse:
    """First the kind is chosen, then one begins with whatever is there. The editor asks for JSON and goes on with the addresses
    that the answer names.
    """
    require(request.user, request.town, Act.WRITE, at=timezone.now())
    asked = request.GET.get("kind", "")
    if request.method == "GET" and not kinds.known(asked):
        return choose(request)
    form = NoticeForm(request.town, request.POST or None, values=Draft(kind=asked) if kinds.known(asked) else None)
    by_itself = request.method == "POST" and request.headers.get("Accept") == "application/json"
    error: DomainError | None = None
    if form.is_bound and (form.is_readable if by_itself else form.is_valid()):
        at = timezone.now()
        try:
            notice, version = _begin(request, form, at, automatic=by_itself)
        except DomainError as refused:
            error = refused
        else:
            if by_itself:
                names = {"edit": "edit", "autosave": "autosave", "pictures": "pictures"}
                addresses = {key: reverse(f"notices_staff:{name}", args=[notice.pk]) for key, name in names.items()}
                return JsonResponse(_saved(request, notice.pk, version, form, at) | addresses)
            return _go_on(request, notice, version, form)
    if by_itself:
        return _unsaved(form, error)
    return render(
        request,
        "notices/edit.html",
        _context(request, None, form, error=error),
        status=error.status if error else 422 if form.is_bound else 200,
    )


def _begin(request: AuthedRequest, form: NoticeForm, at: datetime, *, automatic: bool) -> tuple[Notice, int]:
    """The notice and its version. A form that is sent again goes on with what it has begun, as long as nobody has written there since.

    Raises AlreadyBegun: somebody has, or the key was never this person's.
    """
    values, key, town = form.draft(), form.cleaned_data["key"], request.town
    try:
        return services.draft(body=town, values=values, by=request.user, at=at, automatic=automatic, key=key), 1
    except AlreadyBegun:
        begun = selectors.one(town, key)
        if begun is None or begun.created_by != request.user or begun.version != 1:
            raise
        return begun, services.edit(key, body=town, version=1, values=values, by=request.user, at=at, automatic=automatic)


@keeps_text
@require_http_methods(["GET", "POST"])
def edit(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """Change a draft. If somebody else was faster, both texts are shown and none is lost."""
    require(request.user, request.town, Act.WRITE, at=timezone.now())
    over = closed_of(request, notice_id)
    if over is not None and request.method == "POST":
        return shown_closed(request, over)
    notice = read_notice(request, notice_id, Act.WRITE)
    if over is not None:
        return redirect("notices_staff:show", notice_id=notice_id)
    _revision, stored = read_version(notice, notice.version)
    if request.method == "GET":
        form = NoticeForm(request.town, values=stored, version=notice.version)
        return render(request, "notices/edit.html", _context(request, notice, form))
    form = NoticeForm(request.town, request.POST, values=stored, version=notice.version)
    if not form.is_valid():
        return render(request, "notices/edit.html", _context(request, notice, form), status=422)
    try:
        version = services.edit(
            notice_id,
            body=request.town,
            version=form.cleaned_data["version"],
            values=form.draft(),
            by=request.user,
            at=timezone.now(),
        )
    except NotADraft as error:
        over = closed_of(request, notice_id)
        if over is None:
            raise ChangedMeanwhile from error
        return shown_closed(request, over)
    except ChangedMeanwhile as error:
        return _both(request, notice, stored, form.draft(), error)
    except DomainError as error:
        return render(request, "notices/edit.html", _context(request, notice, form, error=error), status=error.status)
    return _go_on(request, notice, version, form)


def _go_on(request: AuthedRequest, notice: Notice, version: int, form: NoticeForm) -> HttpResponse:
    """Says that all is saved; the page of submitting says itself how it stands."""
    if form.without_title:
        messages.success(request, _("Der Entwurf ist gespeichert, ohne die Überschrift, die den Titel wiederholt hat."))
    elif "einreichen" not in request.POST:
        messages.success(request, _("Der Entwurf ist gespeichert."))
    return redirect(_after(request, notice, version))


def _after(request: AuthedRequest, notice: Notice, version: int) -> str:
    """Where the button that was pressed leads, once all is saved."""
    if "vorschau" in request.POST:
        return reverse("notices_staff:preview", args=[notice.pk, version])
    if "bilder" in request.POST:
        return reverse("notices_staff:pictures", args=[notice.pk])
    if "art" in request.POST:
        return reverse("notices_staff:kind", args=[notice.pk])
    if "dateien" in request.POST:
        return reverse("notices_staff:files", args=[notice.pk])
    if "einreichen" in request.POST:
        return reverse("notices_staff:submit", args=[notice.pk, version])
    return reverse("notices_staff:edit", args=[notice.pk])


def _both(request: AuthedRequest, notice: Notice, stored: Draft, mine: Draft, error: DomainError) -> HttpResponse:
    """Mine in the form, ready to be saved over what is there now; what is there now beside it, with its author."""
    revision, _stored = read_version(notice, notice.version)
    form = NoticeForm(request.town, values=mine, version=notice.version)
    context = _context(request, notice, form, error=error)
    context |= {"theirs": stored, "theirs_by": revision, "theirs_html": rendering.draft_html(notice.pk, stored.content)}
    context["difference"] = difference(stored, mine, body=request.town)
    return render(request, "notices/edit.html", context, status=error.status)


def _context(request: AuthedRequest, notice: Notice | None, form: NoticeForm, *, error: DomainError | None = None) -> dict[str, object]:
    pictures = list(Picture.objects.for_body(request.town).filter(notice=notice)) if notice else []
    known = {str(picture.pk) for picture in pictures}
    values = form.draft() if form.is_bound and form.is_readable else form.values
    document = text.read(values.content)
    follows = expected(request, values)
    of_files = points(request.town, notice.pk, values) if notice else ()
    found = _marked(checks.checklist(values, pictures=known, law=law_checks(request, values, follows), files=of_files), form)
    return {
        "notice": notice,
        "form": form,
        "error": error,
        "pictures": pictures,
        "picture_form": PictureForm(auto_id="picture_%s"),
        "html": rendering.draft_html(notice.pk if notice else None, values.content),
        "checks": found,
        "counted": checks.summary(found),
        "comment": selectors.last_return(notice) if notice else None,
        "earlier": selectors.earlier(notice) if notice else None,
        "reminder": reminder(notice, values) if notice else None,
        "file_groups": groups_of(files_of(request.town, notice.pk)) if notice else [],
        "words": len(richtext.plain_text(document).split()),
        "brief": True,
        "file_name": richtext.FILE_NAME,
    } | shown_of(follows, values)


@login_required
@require_POST
def autosave(request: AuthedRequest, notice_id: UUID) -> JsonResponse:
    """Save what the editor sends, by the same rules as the button. The answer says in words how it stands.

    {"version", "saved", "title", "checks", "changed"} with 200, and "unread" if a field could not be read: the others are saved, it
    stays as it was; {"error", "conflict"} with the status of the error; where nobody can write any more {"error", "closed", "link"}.
    """
    require(request.user, request.town, Act.WRITE, at=timezone.now())
    if (over := closed_of(request, notice_id)) is not None:
        return _over(over)
    notice = read_notice(request, notice_id, Act.WRITE)
    _revision, stored = read_version(notice, notice.version)
    form = NoticeForm(request.town, request.POST, values=stored)
    if not form.is_readable:
        return _unsaved(form, None)
    at, values, seen = timezone.now(), form.draft(), form.cleaned_data["version"]
    try:
        version = services.edit(notice_id, body=request.town, version=seen, values=values, by=request.user, at=at, automatic=True)
    except NotADraft as error:
        over = closed_of(request, notice_id)
        return _over(over) if over else _unsaved(form, error)
    except DomainError as error:
        return _unsaved(form, error)
    return JsonResponse(_saved(request, notice_id, version, form, at))


def _marked(found: list[Check], form: NoticeForm) -> list[Check]:
    """The check list with the fields that could not be read: each says what is wrong, none is said to be missing."""
    unread = [wrong(str(field.label), str(field.errors[0]), field.anchor) for field in form.unread]
    return [*unread, *(check for check in found if check.anchor not in {one.anchor for one in unread})]


def _saved(request: AuthedRequest, notice_id: UUID, version: int, form: NoticeForm, at: datetime) -> dict[str, object]:
    values = form.draft()
    notice = selectors.one(request.town, notice_id)
    follows = expected(request, values)
    found = checks.checklist(
        values,
        pictures=ids_of(request.town, notice_id),
        law=law_checks(request, values, follows),
        files=points(request.town, notice_id, values),
    )
    found = _marked(found, form)
    saved = _("Gespeichert um %(time)s") % {"time": german.time_of_day(at, page_language())}
    if form.unread:
        names = ", ".join(str(field.label) for field in form.unread)
        saved = _("%(saved)s, aber nicht: %(names)s. Die Prüfliste sagt, was dort zu ändern ist.") % {"saved": saved, "names": names}
    listed = {"checks": found, "counted": checks.summary(found), "brief": True} | shown_of(follows, values)
    return {
        "version": version,
        "saved": saved,
        "unread": bool(form.unread),
        "title": values.title or _("Ohne Titel"),
        "checks": render_to_string("notices/checklist.html", listed),
        "changed": render_to_string("notices/changed.html", {"notice": notice, "earlier": selectors.earlier(notice) if notice else None}),
    }


def _over(over: Closed) -> JsonResponse:
    return JsonResponse({"error": f"{over.words} {over.advice}", "closed": over.link_words, "link": over.link}, status=409)


def _unsaved(form: NoticeForm, error: DomainError | None) -> JsonResponse:
    words = str(error) if error else str(next(iter(form.non_field_errors()), ""))
    if not words:
        field = form[next(iter(form.errors))]
        words = str(field.errors[0]) if field.is_hidden else f"{field.label}: {field.errors[0]}"
    return JsonResponse({"error": words, "conflict": isinstance(error, ChangedMeanwhile)}, status=error.status if error else 422)
