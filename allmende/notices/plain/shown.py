"""An explanation as a page shows it: its text in HTML, its film with size and length, what was said in it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from allmende.core.language import page_language
from allmende.lib import easy_language, german, richtext, webvtt
from allmende.lib.german import keep_together
from allmende.lib.video import Media
from allmende.notices import tables, text
from allmende.notices.models import Explanation
from allmende.notices.models.explanation import Form
from allmende.notices.plain.films import TYPES
from allmende.notices.rendering import lower_headings


def html_of(row: Explanation, picture_at: Callable[[str], str], *, lower: bool = False) -> SafeString:
    """Its text. `picture_at`: address of a picture by its id; `lower`: where a heading of the page stands above it."""
    html = richtext.to_html(text.read(row.content), picture_at)
    html = html if row.form == Form.EASY else keep_together(html)  # no line of Easy language is wrapped by us
    return mark_safe(tables.readable(lower_headings(html) if lower else html))  # noqa: S308 (written from the model)


@dataclass(frozen=True)
class Film:
    """`about`: MP4, 12 MB, 1:30 Minuten. `transcript`: what the captions say, a paragraph each."""

    kind: str
    about: str
    width: int
    height: int
    transcript: list[str]


def film_of(row: Explanation) -> Film | None:
    if row.film is None:
        return None
    media = Media(row.media)
    return Film(TYPES[media], about_film(row), row.width, row.height, transcript_of(row.captions))


def about_film(row: Explanation) -> str:
    """Kind, size and length, as Anlage 2 Teil 1 Nr. 7 BITV 2.0 asks."""
    minutes, seconds = divmod(round(row.seconds), 60)
    length = _("%(length)s Minuten") % {"length": f"{minutes}:{seconds:02}"}
    name = {Media.MP4: "MP4", Media.WEBM: "WebM"}[Media(row.media)]
    return f"{name}, {german.file_size(row.size, language=page_language())}, {length}"


def transcript_of(captions: str) -> list[str]:
    """The captions as sentences: what a sentence is torn into is put together again."""
    if not captions:
        return []
    words = " ".join(cue.text for cue in webvtt.read(captions))
    sentences = easy_language.split(words)
    return [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
