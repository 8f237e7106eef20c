"""The log as files, for machines: /log/… for the body of the address, /log/NAME/… for each of the installation.

A web server may serve the same folder (PUBLIC_DIR/log) itself.
"""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from allmende.core.http import TownRequest
from allmende.core.models import Body
from allmende.lib import tlog
from allmende.publication import log, store

# Whoever checks a log may do so from any page: there is nothing secret in it.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def _body(request: TownRequest, name: str | None) -> Body:
    body = Body.objects.filter(slug=name).first() if name else request.town
    if body is None:
        raise Http404
    return body


@require_safe
def checkpoint(request: TownRequest, name: str | None = None) -> HttpResponse:
    """The signed head. Never from a cache: it is the one thing that changes."""
    data = store.read(log.checkpoint_file(_body(request, name)))
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-cache", **OPEN})


@require_safe
def tile(request: TownRequest, path: str, name: str | None = None) -> HttpResponse:
    """A tile or a bundle of entries. Only the one spelling of its path exists; it never changes."""
    try:
        tlog.parse_path(f"tile/{path}")
    except tlog.TlogError:
        raise Http404 from None
    data = store.read(store.log_dir(_body(request, name)) / "tile" / path)
    if data is None:
        raise Http404
    headers = {"Cache-Control": "public, max-age=31536000, immutable", **OPEN}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)
