"""Absolute public addresses, for what has no request: mails, bundles, sealed documents."""

from django.conf import settings

from allmende.core.models import Body, Host, Record


def _primary_host(body: Body) -> str:
    """Asked once per instance, that is per request: a page names many addresses of its body."""
    if "_primary_host" not in body.__dict__:
        body.__dict__["_primary_host"] = Host.objects.for_body(body).filter(is_primary=True).values_list("name", flat=True).first() or ""
    return str(body.__dict__["_primary_host"])


def know_primary_host(body: Body, name: str | None) -> None:
    """Somebody has read it together with the body; it is not asked again."""
    body.__dict__["_primary_host"] = name or ""


def root(body: Body, language: str = "de") -> str:
    """Where `body` begins, without slash at the end: its primary host, else its prefix on the installation. 1 query for the first call."""
    english = "/en" if language == "en" else ""
    host = _primary_host(body)
    if host:
        return f"{'https' if settings.HTTPS else 'http'}://{host}{english}"
    return settings.BASE_URL + english + ("" if body.is_default else f"/{body.slug}")


def of_record(record: Record, language: str = "de") -> str:
    return f"{root(record.body, language)}/{record.path}"
