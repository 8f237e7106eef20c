"""Public pages in the server, without the network: processor time inside the WSGI application.

Three ways to the same page: kept (finished bytes in front of Django), made anew (what Django does for each of them), and the first
one after a change, when also the frame that all pages of a body share is made again. Beside them the least that is possible.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from wsgiref.util import setup_testing_defaults

from allmende.config.demo.world import Demo
from tools.bench import publish, world
from tools.bench.timing import Samples, row, verdict

NOTICES = 55
RUNS = 200
PAGES = {
    "notice": ("/bekanntmachungen/2026/3/", 3.0),
    "list of 50 rows": ("/bekanntmachungen/", 3.0),
    "start page": ("/", None),
    "log page": ("/protokoll/", None),
    "local law": ("/ortsrecht/", None),
}
Application = Callable[..., Any]


def request(application: Application, path: str, **headers: str) -> bytes:
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ |= {"PATH_INFO": path, "HTTP_HOST": "localhost", "SERVER_NAME": "localhost"}
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    status: list[str] = []
    response = application(environ, lambda line, headers, exc_info=None: status.append(line))
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    if not status[0].startswith(("200", "304")):
        raise SystemExit(f"{path} answered {status[0]}")
    return body


def floor(environ: dict[str, Any], start_response: Application) -> Any:
    """The least a Django application can do: request and response, no handler, no middleware, two bytes."""
    from django.core.handlers.wsgi import WSGIRequest
    from django.http import HttpResponse

    WSGIRequest(environ)
    response = HttpResponse(b"ok")
    start_response("200 OK", list(response.items()))
    return response


def bare(environ: dict[str, Any], start_response: Application) -> Any:
    """The least a web application can do: finished bytes from a dict."""
    start_response("200 OK", [("Content-Length", "2")])
    return [{"/": b"ok"}[environ["PATH_INFO"]]]


def change() -> None:
    """What every published notice does: raise the generation."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_generation SET value = value + 1")


def measured() -> tuple[dict[str, dict[str, Samples]], Samples, Samples]:
    """Way → page → samples, all in turn in one loop, so that they share the mood of the machine."""
    from allmende.config.wsgi import application, django_application

    ways: dict[str, dict[str, Samples]] = {way: {name: Samples() for name in PAGES} for way in ("kept", "not changed", "made", "first")}
    least, plain = Samples(), Samples()
    for run in range(RUNS):
        for name, (path, _goal) in PAGES.items():
            if run % 10 == 0:
                change()
                ways["first"][name].run(lambda path=path: request(django_application, path))  # type: ignore[misc]
            ways["made"][name].run(lambda path=path: request(django_application, path))  # type: ignore[misc]
            request(application, path, accept_encoding="br")  # it is kept now
            ways["kept"][name].run(lambda path=path: request(application, path, accept_encoding="br"))  # type: ignore[misc]
            ways["not changed"][name].run(lambda path=path: request(application, path, if_none_match="*"))  # type: ignore[misc]
        least.run(lambda: request(floor, "/"))
        plain.run(lambda: request(bare, "/"))
    return ways, least, plain


def main() -> None:
    demo: Demo = world.build()
    for n in range(NOTICES):
        publish.publish(demo, world.approved(demo, n, world.START - timedelta(minutes=1)))
    ways, least, plain = measured()
    titles = {
        "kept": "finished bytes, brotli: the usual answer",
        "not changed": "the same for a browser that has the page (304)",
        "made": "made anew by Django",
        "first": "made anew, first page after a change",
    }
    print(f"Public pages in the server, median of {RUNS}")
    print(row("finished bytes from a dict, nothing else", plain))
    print(row("request and response of Django, nothing else", least))
    for way, title in titles.items():
        print(f" {title}")
        for name, samples in ways[way].items():
            against = plain if way in ("kept", "not changed") else least
            print(row(f"  {name}", samples, f"{samples.cpu_ms / against.cpu_ms:.0f} × the least, 99 %: {samples.worst_ms():.2f} ms"))
    for name, (_path, goal) in PAGES.items():
        if goal is not None:
            print(verdict(f"{name}, ms, as readers get it", ways["kept"][name].cpu_ms, f"< {goal:.0f}", ways["kept"][name].cpu_ms < goal))
            print(verdict(f"{name}, ms, made anew", ways["made"][name].cpu_ms, f"< {goal:.0f}", ways["made"][name].cpu_ms < goal))
