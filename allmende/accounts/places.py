"""Where people land after log-in: at the desk of the body they act in."""

from datetime import datetime

from django.conf import settings
from django.urls import get_script_prefix, reverse

from allmende.core import addresses
from allmende.core.http import AuthedRequest, TownRequest
from allmende.core.models import Body
from allmende.core.permissions import bodies_of

DESK = "schreibtisch/"


def _host(request: TownRequest) -> str:
    return request.get_host().partition(":")[0]


def desk_of(body: Body, request: TownRequest) -> str:
    """Address of the desk of `body`, on the host of this request where it answers for the body (the log-in holds per host)."""
    if request.town is not None and body.pk == request.town.pk:
        return get_script_prefix() + DESK
    if _host(request) in settings.INSTALLATION_HOSTS:
        english = "/en" if get_script_prefix().startswith("/en/") else ""
        return f"{english}{'' if body.is_default else '/' + body.slug}/{DESK}"
    return f"{addresses.root(body)}/{DESK}"


def after_log_in(request: AuthedRequest, *, at: datetime) -> str:
    """The one body a person acts in, else the one of this address, else a choice. Who acts nowhere sees the own account. 1 query."""
    bodies = list(bodies_of(request.user, at=at)[:100])
    if any(request.town is not None and body.pk == request.town.pk for body in bodies):
        return get_script_prefix() + DESK
    if len(bodies) == 1:
        return desk_of(bodies[0], request)
    if bodies:
        return reverse("accounts:bodies")
    return get_script_prefix() + "betrieb/" if request.user.is_operator else reverse("accounts:overview")
