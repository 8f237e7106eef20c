"""Notices of earlier years from which a new one can begin."""

from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils import timezone

from allmende.core.models import Body
from allmende.notices.models import Notice
from allmende.notices.selectors.public import public


def kinds_of_earlier_years(body: Body, *, at: datetime) -> frozenset[str]:
    """Codes of the kinds of which something was published before this year. 1 query."""
    earlier = public(body, at=at).filter(year__lt=timezone.localdate(at).year)
    return frozenset(earlier.order_by().values_list("kind", flat=True).distinct())


def of_earlier_years(body: Body, kind: str, number: str | None, *, per_page: int, at: datetime) -> Page[Notice]:
    """One page of them, newest first, with their records. 2 queries."""
    earlier = public(body, at=at).filter(kind=kind, year__lt=timezone.localdate(at).year)
    return Paginator(earlier.select_related("record"), per_page).get_page(number)
