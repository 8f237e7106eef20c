"""What the web server loads: static files first, then finished pages, everything else by Django."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allmende.config.settings")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 (needs the line above)
from whitenoise import WhiteNoise  # noqa: E402

from allmende.config.front import Front  # noqa: E402


def hashed(path: str, url: str) -> bool:
    """True if the name carries a hash of the content, so that browsers may keep the file for ever."""
    return re.search(r"\.[0-9a-f]{12}\.[a-z0-9]+$", url) is not None


def nosniff(headers: dict[str, str], path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


application = WhiteNoise(
    Front(django_application),
    root=str(settings.STATIC_ROOT),
    prefix=settings.STATIC_URL,
    max_age=300,
    immutable_file_test=hashed,
    add_headers_function=nosniff,
)
