"""The witness over HTTP (C2SP tlog-witness), for machines: no session, no cookie, plain text. Every refusal is a status code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from allmende.core.models import Body
from allmende.lib.tlog.witness import MAX_REQUEST, TEXT_TYPE
from allmende.publication.errors import KeyMissing, NoLog
from allmende.publication.witness import cosigning

# Whoever checks a witness may do so from any page: there is nothing secret in it.
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


def _body(request: HttpRequest, name: str | None) -> Body:
    body: Body | None = Body.objects.filter(slug=name).first() if name else getattr(request, "town", None)
    if body is None:
        raise Http404
    return body


@csrf_exempt
@require_POST
def add_checkpoint(request: HttpRequest, name: str | None = None) -> HttpResponse:
    """Cosign a checkpoint: 200, or why not: 400, 403, 404, 409, 422. 503 if our own key cannot be read."""
    body = _body(request, name)
    data = request.read(MAX_REQUEST + 1)
    try:
        answer = cosigning.add_checkpoint(body, data, at=timezone.now())
    except NoLog:
        raise Http404 from None
    except KeyMissing:
        return HttpResponse("the witness has lost its key\n", status=503, content_type=TEXT_TYPE)
    return HttpResponse(answer.body, status=answer.status, content_type=answer.content_type, headers={"Cache-Control": "no-store"})


@require_safe
def checkpoint(request: HttpRequest, seen: str, name: str | None = None) -> HttpResponse:
    """The last head of a log that this witness cosigned, with its cosignature. Read from the database, so never stale."""
    data = cosigning.last_cosigned(_body(request, name), seen)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type=TEXT_TYPE, headers={"Cache-Control": "no-cache", **OPEN})
