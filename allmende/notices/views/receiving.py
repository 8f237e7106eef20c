"""How a file of a form gets to the disk while it arrives, and how the page that sent it is told."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.csrf import csrf_protect

from allmende.core.http import AuthedRequest
from allmende.notices.attachments.intake import ToDisk

Posted = Callable[[AuthedRequest, ToDisk], HttpResponse]


def taking_in(request: AuthedRequest, handler: ToDisk, answer: Posted) -> HttpResponse:
    """Let the file of the form go where `handler` puts it. The right to write was asked before: no byte is read yet.

    The token of the form stands in what is read, so it is looked at here and not by the middleware, which would have read the
    file by other means.
    """
    request.upload_handlers = [handler]

    @csrf_protect
    def read(request: AuthedRequest) -> HttpResponse:
        return answer(request, handler)

    try:
        return read(request)
    finally:
        handler.discard()


def said(request: AuthedRequest, address: str) -> HttpResponse:
    """On to the next page: by itself, or by the script that has sent the form."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"next": address})
    return HttpResponseRedirect(address)
