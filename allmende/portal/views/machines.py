"""For search engines."""

from xml.sax.saxutils import escape

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from allmende.core import addresses
from allmende.core.http import TownRequest, keepable
from allmende.law import selectors as law
from allmende.notices import selectors as notices
from allmende.notices.plain import selectors as explanations

PAGES = ("start", "notices:list", "local_law", "check", "log_page", "imprint", "privacy", "accessibility")
MOST = 50_000  # addresses in one sitemap: sitemaps.org, protocol 0.9


@require_safe
@keepable()
def sitemap(request: TownRequest) -> HttpResponse:
    """Only what may be indexed: fixed pages, by-laws, public notices of kinds without personal data and their explanations."""
    root = addresses.root(request.town)
    prefix = reverse("start")
    fixed = [f"{root}/{reverse(name)[len(prefix) :]}" for name in PAGES]
    now = timezone.now()
    laws = law.indexable(request.town, at=now)
    explained = explanations.indexable(request.town, at=now)
    left = MOST - len(fixed) - len(laws) - len(explained)
    rows = [(f"{root}/{path}", day) for path, day in (*laws, *explained, *notices.indexable(request.town, at=now)[: max(left, 0)])]
    urls = [f"<url><loc>{escape(url)}</loc></url>" for url in fixed]
    urls += [f"<url><loc>{escape(url)}</loc><lastmod>{day:%Y-%m-%d}</lastmod></url>" for url, day in rows]
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(urls)}</urlset>\n'
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")


@require_safe
@keepable()
def robots(request: TownRequest) -> HttpResponse:
    """Staff pages are closed anyway; here they are only kept out of the way."""
    closed = "".join(f"Disallow: {reverse('start')}{part}/\n" for part in ("schreibtisch", "verwaltung", "anmelden", "konto"))
    lines = f"User-agent: *\n{closed}Sitemap: {addresses.root(request.town)}/sitemap.xml\n"
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")
