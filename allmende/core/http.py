"""What a view receives, and what it says about its answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse

from allmende.core.models import Body, Person

P = ParamSpec("P")
AnyRequest = TypeVar("AnyRequest", bound=HttpRequest)
Answering = Callable[Concatenate[AnyRequest, P], Any]


class TownRequest(HttpRequest):
    """A request after TownMiddleware: `town` is the body of the address, `generation` what was current when it came."""

    town: Body
    generation: int | None


class AuthedRequest(TownRequest):
    """The same behind @login_required."""

    user: Person


def keepable(*parameters: str) -> Callable[[Answering[AnyRequest, P]], Answering[AnyRequest, P]]:
    """Answers of this view are the same for everybody without a session, until the generation is raised: config/front.py keeps them.

    `parameters`: those of the query that the view understands, whole numbers all of them; asked with any other, nothing is kept.
    Never on a view of personal data or with a form to be sent (its token belongs to one browser). A single answer that must not
    be kept says `Cache-Control: no-store`.
    """

    def mark(view: Answering[AnyRequest, P]) -> Answering[AnyRequest, P]:
        @wraps(view)
        def marked(request: AnyRequest, /, *args: P.args, **kwargs: P.kwargs) -> Any:
            response: HttpResponse = view(request, *args, **kwargs)
            if response.status_code == 200:
                response.keepable = frozenset(parameters)  # type: ignore[attr-defined]
            return response

        return marked

    return mark
