"""Where a searched word stands, and which one was perhaps meant."""

from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from allmende.core.models import Body
from allmende.lib import richtext
from allmende.lib.search_words import as_written, asked_words, nearest, needle, place_of
from allmende.notices import kinds, text
from allmende.notices.models import Notice
from allmende.notices.selectors.public import Card, _language, _shown, public

MOST_NOTICES = 500  # the newest ones: their words are what somebody may have meant
MOST_WORDS = 3  # of one query that are looked up


def page_with_places(found: QuerySet[Notice], number: str | None, *, per_page: int, query: str) -> tuple[Page[Notice], list[SafeString]]:
    """As `page_of`, each row with the place in the wording at which a word stands. 2 queries."""
    page = Paginator(found, per_page).get_page(number)
    if not page.paginator.count:
        return page, []
    rows = list(found.values_list(Card(_language()), "content", "personal")[page.start_index() - 1 : page.end_index()])
    words = asked_words(query)
    cards = _shown(card for card, *_rest in rows)
    return page, [_with_place(card, words, content, personal) for card, (_card, content, personal) in zip(cards, rows, strict=True)]


def _with_place(card: SafeString, words: list[str], content: object, personal: str) -> SafeString:
    if personal == kinds.Personal.NAMES:
        return card
    place = place_of(words, richtext.plain_text(text.read(content)))  # type: ignore[arg-type]
    if place is None:  # in title, number or a name, which the row shows itself
        return card
    where = format_html('<p lang="de">{} <mark>{}</mark> {}</p>', *place)
    return mark_safe(card.replace("</div>", f"{where}</div>", 1))  # noqa: S308 (stored as HTML, the rest escaped)


def meant(body: Body, query: str, *, at: datetime) -> str | None:
    """The query with words that do occur in place of those that do not; None if none is near. At most 4 queries, bounded work."""
    shown = public(body, at=at)
    stored = shown.values_list("search", flat=True)[:MOST_NOTICES]
    known = {word for words in stored for word in words.split() if len(word) <= 40}
    joined = f" {' '.join(sorted(known))} "
    better: list[str] = []
    changed = 0
    for word in asked_words(query):
        near = None if needle(word) in joined or changed == MOST_WORDS else nearest(word, known)
        if near is not None:
            changed += 1
            near = _written(shown, near)
        better.append(near or word)
    return " ".join(better) if changed else None


def _written(shown: QuerySet[Notice], word: str) -> str:
    notice = shown.filter(search__contains=f" {word} ", personal=kinds.Personal.NONE).select_related("record", "office").first()
    if notice is None:
        return word
    said = [*notice.record.titles.values(), notice.office.name if notice.office else "", notice.summary]
    return as_written(word, " ".join([*said, richtext.plain_text(text.read(notice.content))])) or word
