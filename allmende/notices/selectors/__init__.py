"""Read side of the notices: the public lists, the desk, versions."""

from allmende.notices.selectors.desk import DeskRow, drafts, my_drafts, recently_published, running, waiting_for
from allmende.notices.selectors.public import (
    answering,
    cards,
    count_of_year,
    district_names,
    districts,
    filtered,
    indexable,
    local_law_cards,
    newest_cards,
    newest_page,
    page_of,
    public,
    years,
)
from allmende.notices.selectors.versions import offices_of, one, revision, sent_back_version

__all__ = [
    "DeskRow",
    "answering",
    "cards",
    "count_of_year",
    "district_names",
    "districts",
    "drafts",
    "filtered",
    "indexable",
    "local_law_cards",
    "my_drafts",
    "newest_cards",
    "newest_page",
    "offices_of",
    "one",
    "page_of",
    "public",
    "recently_published",
    "revision",
    "running",
    "sent_back_version",
    "waiting_for",
    "years",
]
