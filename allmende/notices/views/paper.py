"""What of a notice goes onto paper: QR codes for hints."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from allmende.core import addresses
from allmende.core.http import AuthedRequest
from allmende.lib import qr
from allmende.notices.models import Notice
from allmende.notices.views.reading import read_notice


def read_public(request: AuthedRequest, notice_id: UUID) -> Notice:
    """A notice whose page answers. Raises NotAllowed, Http404."""
    notice = read_notice(request, notice_id)
    if not notice.answers(timezone.now()):
        raise Http404
    return notice


@login_required
@require_safe
def qr_svg(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    return HttpResponse(qr.svg(addresses.of_record(read_public(request, notice_id).record)), content_type="image/svg+xml")


@login_required
@require_safe
def qr_png(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    return HttpResponse(qr.png(addresses.of_record(read_public(request, notice_id).record)), content_type="image/png")
