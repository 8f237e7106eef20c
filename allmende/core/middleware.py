"""What happens to every request: which body and language it is for, headers, errors as pages."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.http.request import split_domain_port
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from allmende.core import addresses, nearby
from allmende.core.errors import DomainError
from allmende.core.language import split_language
from allmende.core.models import Body

Next = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; media-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

# For every request, so written out: building it would cost more than running it. Arms are read where they are shown.
FIELDS = tuple(field for field in Body._meta.concrete_fields if field.name != "coat_of_arms")
NAMES = [str(field.attname) for field in FIELDS]
DEFAULT = NAMES.index("is_default")
FIND = (
    f"SELECT {', '.join(f'b.{field.column}' for field in FIELDS)}, h.id IS NOT NULL,"  # noqa: S608 (names of columns only)
    " (SELECT p.name FROM core_host p WHERE p.body_id = b.id AND p.is_primary), (SELECT value FROM core_generation) FROM core_body b"
    " LEFT JOIN core_host h ON h.body_id = b.id AND h.name = %s WHERE h.id IS NOT NULL OR b.slug = %s OR b.is_default"
)


class SecurityHeadersMiddleware:
    """The same headers on everything; a view may set a stricter value itself."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.headers = dict(HEADERS)
        if settings.SECURE_HSTS_SECONDS:
            self.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response


class TownMiddleware:
    """Finds language and body of a request and lets everything behind it work without thinking of them.

    The language comes from the address alone (/en/…), the body from a host of its own, else from
    the first part of the path, else it is the default body. Both prefixes become the script
    prefix, so that `reverse()` and `{% url %}` lead back to the same language and body. A host
    that is neither the installation's nor a body's is refused. 1 query.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def _find(self, host: str, first: str) -> tuple[Body | None, str, int | None]:
        """The body of a request, the prefix that names it (empty on its own host and for the default body), and the generation."""
        with connection.cursor() as cursor:
            cursor.execute(FIND, [host, first])
            rows = [list(row) for row in cursor.fetchall()]
        bodies: list[Body] = []
        for *values, own_host, primary_host, generation in rows:
            values[DEFAULT] = bool(values[DEFAULT])
            body = Body.from_db(connection.alias, NAMES, values)
            addresses.know_primary_host(body, primary_host)
            if own_host:
                return body, "", generation
            bodies.append(body)
        if host not in settings.INSTALLATION_HOSTS or not bodies:
            return None, "", None
        named = next((body for body in bodies if body.slug == first), None)
        return named or bodies[0], f"/{first}" if named else "", rows[0][-1]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = split_domain_port(request.get_host())[0]
        if not request.path_info.startswith("/"):  # OPTIONS * (RFC 9112, 3.2.4): about the server, not about a page
            return HttpResponse("This server has addresses only.\n", status=400, content_type="text/plain")
        language, path = split_language(request.path_info)
        town, prefix, generation = self._find(host, path.split("/", 2)[1])
        outer, request.town, request.generation = get_script_prefix(), town, generation  # type: ignore[attr-defined]
        if town is None and host not in settings.INSTALLATION_HOSTS:
            with translation.override(language):
                return HttpResponse(render_to_string("core/unknown_host.html"), status=400)
        if prefix and path == prefix:
            return HttpResponsePermanentRedirect(request.path + "/")
        set_script_prefix(("/en" if language == "en" else "") + prefix + "/")
        request.path_info = path[len(prefix) :]
        request.LANGUAGE_CODE = language
        try:
            with translation.override(language):
                response = self.get_response(request)
        finally:
            set_script_prefix(outer)
        response.headers.setdefault("Content-Language", language)
        return response


class NearbyAddressMiddleware:
    """Where nothing answers, leads to the page that was meant, for good, if an address differs in slash or capitals
    alone; and of numbers with zeros before them to the one address of what they name.

    Stands right behind TownMiddleware. Only what is read is led on, and only to addresses of this installation: never elsewhere.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        read = request.method in ("GET", "HEAD")
        plain = nearby.without_zeros(request.path_info) if read else None
        if plain is None:
            response = self.get_response(request)
            if response.status_code != 404 or not read:
                return response
            shared = split_domain_port(request.get_host())[0] in settings.INSTALLATION_HOSTS
            found = nearby.meant(get_script_prefix(), request.path_info, shared=shared)
            if found is None:
                return response
        else:
            found = get_script_prefix() + plain[1:]
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{found}?{query}" if query else found)


class RequestSizeMiddleware:
    """Refuses what is larger than any upload before a byte of it is read: Django itself sets no limit to files.

    A request without Content-Length has no content (WSGI), so the header alone decides.
    """

    ROOM = 1024 * 1024  # bytes for the other fields of a form beside its file

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if not length.isdecimal():
            raise BadRequest("Content-Length")
        at = (most for pattern, most in settings.UPLOAD_MAX_BYTES_AT.items() if re.fullmatch(pattern, request.path_info))
        most = next(at, settings.UPLOAD_MAX_BYTES)
        if int(length[:20]) > most + self.ROOM:
            page = settings.UPLOAD_TOO_LARGE_AT.get(request.path_info, "413.html")
            return render(request, page, {"megabytes": most // (1024 * 1024)}, status=413)
        return self.get_response(request)


class MethodMiddleware:
    """Addresses are read (GET, HEAD) and sent to (POST), nothing else: another method is no expired form, and is told so.

    Stands before the check of forms.
    """

    KNOWN = ("GET", "HEAD", "POST", "OPTIONS")

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if request.method in self.KNOWN else HttpResponseNotAllowed(self.KNOWN)


class NotAllowedPageMiddleware:
    """Whoever opens the address of a button, or sends a form to a page, gets a page with a way on instead of nothing."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content or request.method not in ("GET", "POST"):
            return response
        page = render(request, "core/not_allowed.html", {"around": nearby.around(request.path_info)}, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class DomainErrorMiddleware:
    """A DomainError that no view has caught becomes a page that says what to do."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            return render(request, "core/error.html", {"error": error}, status=error.status)
        return None
