"""How a body publishes on a day, and what was entered before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from allmende.administration.publishing.models import PublishingSettings
from allmende.administration.publishing.values import Publishing, in_force
from allmende.administration.rules.selectors import adopted_profiles, land_of
from allmende.core.models import Body
from allmende.lib.legalcalendar.kinds import Form
from allmende.lib.legalcalendar.places import Land, LocalHoliday, Place

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Known:
    """All that was entered, in that order. `rows` belong to `values`, one by one."""

    rows: list[PublishingSettings]

    @property
    def values(self) -> list[Publishing]:
        return [row.values for row in self.rows]

    def on(self, day: date) -> PublishingSettings | None:
        """The row that holds on a day."""
        found = in_force(self.values, day)
        return next((row for row in reversed(self.rows) if row.values == found), None) if found else None

    def after(self, day: date) -> list[PublishingSettings]:
        """Rows that begin later and then hold, by day."""
        later = sorted({row.valid_from for row in self.rows if row.valid_from > day})
        return [row for begin in later if (row := self.on(begin))]


def known(body: Body) -> Known:
    """1 query."""
    return Known(list(PublishingSettings.objects.for_body(body).select_related("entered_by").order_by("pk")))


def publishing(body: Body, *, on: date) -> Publishing | None:
    """How `body` publishes on a day; None if nobody has entered it. 1 query."""
    return in_force(known(body).values, on)


def form_on(body: Body, day: date) -> Form:
    """The form that counts on a day; the internet as long as nobody has entered one. 1 query."""
    found = publishing(body, on=day)
    return found.form if found else Form.INTERNET


def history(body: Body, *, page: int = 1) -> Page[Any]:
    """Everything that was entered, newest first. 2 queries."""
    rows = PublishingSettings.objects.for_body(body).select_related("entered_by").order_by("-pk")
    return Paginator(rows, ROWS_A_PAGE).get_page(page)


def land_for(body: Body) -> Land | None:
    """By the regional key, else the Land whose rules were adopted. At most 1 query."""
    return Land.of_regional_key(body.ars) if body.ars else land_of(body, adopted_profiles(body))


def local_holidays(land: Land | None) -> list[LocalHoliday]:
    """Those that only some municipalities of the Land have."""
    found = []
    for holiday in LocalHoliday if land else ():
        try:
            Place(land, frozenset({holiday}))  # type: ignore[arg-type]
        except ValueError:
            continue
        found.append(holiday)
    return found
