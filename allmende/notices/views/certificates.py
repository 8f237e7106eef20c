"""Certificates of publication of one notice: asking for one, and fetching it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act
from allmende.evidence.certificates import selectors, services
from allmende.notices.views.reading import read_notice


@login_required
@require_POST
def ask(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """The worker makes it, in seconds; the page of the notice shows it."""
    notice = read_notice(request, notice_id, Act.WRITE)
    try:
        services.ask(notice.record, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Der Bekanntmachungsnachweis wird erstellt. Laden Sie die Seite in ein paar Sekunden neu."))
    return redirect("notices_staff:show", notice_id=notice_id)


@login_required
@require_safe
def document(request: AuthedRequest, notice_id: UUID, number: int) -> HttpResponse:
    """The sealed document, for the office alone."""
    notice = read_notice(request, notice_id)
    found = selectors.document_of(notice.record, number)
    if found is None:
        raise Http404
    name = f"bekanntmachungsnachweis-{notice.label.replace('/', '-')}-{number}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(found, content_type="application/pdf", headers=headers)
