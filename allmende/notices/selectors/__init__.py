"""Read side of the notices: the public lists, the desk, versions."""

from allmende.notices.selectors.calendar import Deadline, calendar_of, deadlines, next_deadlines
from allmende.notices.selectors.desk import DeskRow, drafts, my_drafts, recently_published, running, standing, waiting_for
from allmende.notices.selectors.found import meant, page_with_places
from allmende.notices.selectors.patterns import kinds_of_earlier_years, of_earlier_years
from allmende.notices.selectors.public import (
    answering,
    cards,
    count_of_year,
    district_names,
    districts,
    filtered,
    indexable,
    kinds_there,
    local_law_cards,
    newest_cards,
    newest_page,
    offices,
    page_of,
    public,
    years,
)
from allmende.notices.selectors.versions import Earlier, earlier, offices_of, one, revision

__all__ = [
    "Deadline",
    "DeskRow",
    "Earlier",
    "answering",
    "calendar_of",
    "cards",
    "count_of_year",
    "deadlines",
    "district_names",
    "districts",
    "drafts",
    "earlier",
    "filtered",
    "indexable",
    "kinds_of_earlier_years",
    "kinds_there",
    "local_law_cards",
    "meant",
    "my_drafts",
    "newest_cards",
    "newest_page",
    "next_deadlines",
    "of_earlier_years",
    "offices",
    "offices_of",
    "one",
    "page_of",
    "page_with_places",
    "public",
    "recently_published",
    "revision",
    "running",
    "standing",
    "waiting_for",
    "years",
]
