"""What a view receives. For the type checker only."""

from django.http import HttpRequest

from allmende.core.models import Body, Person


class TownRequest(HttpRequest):
    """A request after TownMiddleware: `town` is the body of the address."""

    town: Body


class AuthedRequest(TownRequest):
    """The same behind @login_required."""

    user: Person
