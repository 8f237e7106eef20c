"""The days that come up: what ends, what is overdue, what has to go."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, require
from allmende.notices import selectors


@login_required
@require_safe
def deadlines(request: AuthedRequest) -> HttpResponse:
    """Soonest first, in pages. The same number of queries for 1 and 9 rows."""
    now = timezone.now()
    require(request.user, request.town, Act.READ_INTERNAL, at=now)
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    return render(request, "notices/deadlines.html", {"rows": selectors.deadlines(request.town, at=now, page=number)})
