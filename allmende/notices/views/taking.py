"""From the text of a file to the draft: read it first, then take it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allmende.core.errors import ChangedMeanwhile, DomainError
from allmende.core.http import AuthedRequest
from allmende.core.language import page_language
from allmende.core.permissions import Act
from allmende.lib import richtext
from allmende.lib.extraction import OF_DOWNLOADS, TO_BE_READ, Extract
from allmende.notices import text
from allmende.notices.attachments import services, taking
from allmende.notices.attachments.errors import FileRefused
from allmende.notices.attachments.forms import TakeForm
from allmende.notices.models import Notice, NoticeFile
from allmende.notices.models.file import Role
from allmende.notices.views.closed import closed_of
from allmende.notices.views.files import read_file
from allmende.notices.views.reading import read_notice, read_version
from allmende.notices.views.shown_files import facts_of


@login_required
@require_http_methods(["GET", "POST"])
def take_text(request: AuthedRequest, notice_id: UUID, file_id: UUID) -> HttpResponse:
    """What would come along and what would not; then one button. Text that is there is replaced only when asked."""
    notice, file = read_file(request, notice_id, file_id)
    if (over := closed_of(request, notice_id)) is not None:
        messages.error(request, f"{over.words} {over.advice}")
        return redirect(over.link)
    _revision, values = read_version(notice, notice.version)
    there = not text.is_empty(values.content)
    if request.method == "GET":
        try:
            extract = taking.extract_of(file, request.town)
        except FileRefused as refused:
            return _page(request, notice, file, None, None, refused)
        initial = {"version": notice.version, "title": values.title or extract.title, "role": file.role}
        return _page(request, notice, file, TakeForm(initial=initial, text_there=there), extract)
    form = TakeForm(request.POST, text_there=there)
    error: DomainError | None = None
    if form.is_valid():
        chosen, at = form.cleaned_data, timezone.now()
        try:
            services.change(file_id, body=request.town, title=file.title, role=Role(chosen["role"]), by=request.user, at=at)
            taking.take(
                file_id,
                body=request.town,
                version=chosen["version"],
                way=form.chosen,
                title=chosen["title"],
                by=request.user,
                at=at,
            )
        except ChangedMeanwhile as refused:  # both texts exist; the form goes on from the newer one
            error = refused
            form = TakeForm(initial=chosen | {"version": read_notice(request, notice_id, Act.WRITE).version, "way": None}, text_there=True)
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Der Text ist übernommen. Lesen Sie ihn neben der Vorlage, und arbeiten Sie die Prüfliste ab."))
            return redirect("notices_staff:edit", notice_id=notice_id)
    try:
        extract = taking.extract_of(file, request.town)
    except FileRefused as refused:
        return _page(request, notice, file, None, None, refused)
    return _page(request, notice, file, form, extract, error)


def _page(
    request: AuthedRequest,
    notice: Notice,
    file: NoticeFile,
    form: TakeForm | None,
    extract: Extract | None,
    error: DomainError | None = None,
) -> HttpResponse:
    language = page_language()
    findings = [one for one in (extract.findings if extract else ()) if one.code not in OF_DOWNLOADS]
    context = {
        "notice": notice,
        "file": file,
        "facts": facts_of(file),
        "form": form,
        "error": error,
        "found_title": extract.title if extract else "",
        "warnings": [finding.message(language) for finding in findings if finding.weight == "warn"],
        "hints": [finding.message(language) for finding in findings if finding.weight == "hint"],
        "must_be_read": any(finding.code in TO_BE_READ for finding in findings),
        # Safe: written from the model, which knows nothing else.
        "html": mark_safe(richtext.to_html(extract.document, lambda _id: "")) if extract else "",  # noqa: S308
        "has_text": bool(extract and extract.document.blocks),
    }
    status = error.status if error else 422 if form and form.is_bound else 200
    return render(request, "notices/files/take.html", context, status=status)
