"""The verifier, for whoever does not want to believe this site."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from allmende.lib.proof.way import FILE
from allmende.portal.program import program


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The same bytes each time, until the platform is updated."""
    made = program()
    headers = {"ETag": f'"{made.sha256}"', "Cache-Control": "public, no-cache"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(
        made.data, content_type="application/zip", headers=headers | {"Content-Disposition": f'attachment; filename="{FILE}"'}
    )
