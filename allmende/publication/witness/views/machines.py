"""The witness over HTTP (C2SP tlog-witness), for machines: no session, no cookie, plain text. Every refusal is a status code."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from allmende.core.models import Body
from allmende.lib.tlog.witness import MAX_REQUEST, TEXT_TYPE
from allmende.publication.errors import KeyMissing, NoLog
from allmende.publication.witness import cosigning

# Whoever checks a witness may do so from any page: there is nothing secret in it.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def _body(request: HttpRequest, name: str | None) -> Body | None:
    body: Body | None = Body.objects.filter(slug=name).first() if name else getattr(request, "town", None)
    return body


def _unknown() -> HttpResponse:
    """For machines, so not the page for people, which looks at who is logged in."""
    return HttpResponse("there is no such log here\n", status=404, content_type=TEXT_TYPE)


@csrf_exempt
@require_POST
def add_checkpoint(request: HttpRequest, name: str | None = None) -> HttpResponse:
    """Cosign a checkpoint: 200, or why not: 400, 403, 404, 409, 422. 503 if our own key cannot be read."""
    if (body := _body(request, name)) is None:
        return _unknown()
    data = request.read(MAX_REQUEST + 1)
    try:
        answer = cosigning.add_checkpoint(body, data, at=timezone.now())
    except NoLog:
        return _unknown()
    except KeyMissing:
        return HttpResponse("the witness has lost its key\n", status=503, content_type=TEXT_TYPE)
    return HttpResponse(answer.body, status=answer.status, content_type=answer.content_type, headers={"Cache-Control": "no-store"})


@require_safe
def checkpoint(request: HttpRequest, seen: str, name: str | None = None) -> HttpResponse:
    """The last head of a log that this witness cosigned, with its cosignature. Read from the database, so never stale."""
    body = _body(request, name)
    data = cosigning.last_cosigned(body, seen) if body else None
    if data is None:
        return _unknown()
    return HttpResponse(data, content_type=TEXT_TYPE, headers={"Cache-Control": "no-cache", **OPEN})
