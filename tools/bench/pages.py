"""Public pages in the server, without the network: processor time inside the WSGI application."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from wsgiref.util import setup_testing_defaults

from allmende.config.demo.world import Demo
from tools.bench import publish, world
from tools.bench.timing import Samples, row, verdict

ROWS = 55
RUNS = 200


def request(application: Callable[..., Any], path: str) -> bytes:
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ |= {"PATH_INFO": path, "HTTP_HOST": "localhost", "SERVER_NAME": "localhost"}
    status: list[str] = []
    response = application(environ, lambda line, headers, exc_info=None: status.append(line))
    body = b"".join(response)
    response.close()
    if not status[0].startswith("200"):
        raise SystemExit(f"{path} answered {status[0]}")
    return body


def floor(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """The least a Django application can do: a handler, no middleware, two bytes."""
    from django.core.handlers.wsgi import WSGIRequest
    from django.http import HttpResponse

    WSGIRequest(environ)
    response = HttpResponse(b"ok")
    start_response("200 OK", list(response.items()))
    return response


def main() -> None:
    demo: Demo = world.build()
    for n in range(ROWS):
        publish.publish(demo, world.approved(demo, n, world.START - timedelta(minutes=1)))
    from allmende.config.wsgi import django_application

    pages = {"list of 50 rows": "/bekanntmachungen/", "notice": "/bekanntmachungen/2026/3/", "start page": "/", "log page": "/protokoll/"}
    samples = {name: Samples() for name in pages}
    least = Samples()
    for path in pages.values():
        request(django_application, path)
    for _ in range(RUNS):
        for name, path in pages.items():
            samples[name].run(lambda path=path: request(django_application, path))  # type: ignore[misc]
        least.run(lambda: request(floor, "/"))
    print(f"Public pages in the server, median of {RUNS}")
    print(row("an answer of two bytes, no middleware", least))
    for name, taken in samples.items():
        print(row(name, taken, f"{len(request(django_application, pages[name])) / 1024:.0f} kB"))
    for name in ("notice", "list of 50 rows"):
        print(verdict(f"{name}, ms", samples[name].cpu_ms, "< 3", samples[name].cpu_ms < 3))
