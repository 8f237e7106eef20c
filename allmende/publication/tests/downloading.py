"""A web application with one large file and one small page, for the web server of `allmende serve`. No database."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

from allmende.publication.views import parts

if not settings.configured:
    settings.configure(ALLOWED_HOSTS=["*"])
FILE = Path(os.environ.get("ALLMENDE_TEST_FILE", ""))


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    request, response = WSGIRequest(environ), HttpResponse(b"a page")
    if request.path == "/large":
        response = parts.send(request, FILE, {"ETag": '"1"'}, content_type="application/pdf") or HttpResponse(status=503)  # type: ignore[assignment]
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return response
