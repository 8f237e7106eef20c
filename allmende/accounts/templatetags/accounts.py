"""Filters of the account pages."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# (part of the user agent, name), most special first: Edge and Opera call themselves Chrome too.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser(user_agent: str) -> str:
    """Firefox, Windows: what a person recognises of a user agent."""
    found = [next((name for part, name in table if part in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name) or _("unbekannter Browser")


@register.filter
def in_fours(secret: str) -> str:
    """A key to be typed off, in groups of four; apps leave out the blanks."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
