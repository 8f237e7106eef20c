"""Archive time stamps for machines and courts: public like the log itself."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from allmende.core.http import TownRequest
from allmende.core.models import Body
from allmende.evidence.archive.selectors import file_of
from allmende.publication.views.log import OPEN


@require_safe
def archive(request: TownRequest, number: int, name: str | None = None) -> HttpResponse:
    """It never changes."""
    body = Body.objects.filter(slug=name).first() if name else request.town
    data = file_of(body, number) if body and number < 2**31 else None
    if body is None or data is None:
        raise Http404
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Content-Disposition": f'attachment; filename="archivzeitstempel-{body.slug}-{number}.zip"',
    }
    return HttpResponse(data, content_type="application/zip", headers=headers | OPEN)
