"""Tags and filters of all pages: icons, states, days, the thread, rows, pages. `{% load allmende %}`"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from django import template
from django.core.paginator import Page
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from allmende.core.kept import parts
from allmende.core.language import page_language
from allmende.lib import german

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "static" / "allmende" / "icons"
STATES = frozenset({"ok", "run", "wait", "warn", "bad", "off"})


def _text(value: Any) -> str:
    """As Django escapes it, without its detour over lazy strings: this stands in the hottest loops."""
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


# --- Icons and states -------------------------------------------------------------


@cache
def _drawing(name: str) -> tuple[str, str]:
    """(attributes of the frame, shapes) of an icon. Colours of the file are dropped: the style sheet sets them."""
    if not name.isalnum():
        raise ValueError(f"No icon is called {name!r}")
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8").strip()
    head, _gt, body = svg.partition(">")
    frame = " ".join(re.findall(r'\b(?:viewBox|preserveAspectRatio)="[^"]*"', head))
    for colour in (' fill="currentColor"', ' stroke="none"', ' stroke="#fff"'):
        body = body.replace(colour, "")
    return frame, body.removesuffix("</svg>")


@register.simple_tag
@cache
def icon(name: str, css: str = "") -> SafeString:
    """The drawing `icons/NAME.svg` in the page. It never stands without a word."""
    frame, shapes = _drawing(name)
    classes = f"a-icon {css}".strip()
    return mark_safe(  # noqa: S308 (our own files)
        f'<svg class="{classes}" {frame} aria-hidden="true" focusable="false">{shapes}</svg>'
    )


@register.simple_tag
def state(kind: str, text: str) -> SafeString:
    """Shape, word, colour. Kinds: ok, run, wait, warn, bad, off. `{% state "run" "hängt aus bis 25.11." %}`"""
    if kind not in STATES:
        raise ValueError(f"State {kind!r}: one of {', '.join(sorted(STATES))}")
    return mark_safe(  # noqa: S308 (escaped)
        f'<span class="a-state a-state--{kind}">{icon(kind)}<span>{_text(text)}</span></span>'
    )


# --- Days, times, numbers ------------------------------------------------------------


def _time(value: date | datetime, text: str) -> SafeString:
    return mark_safe(f'<time datetime="{german.machine(value)}">{text}</time>')  # noqa: S308 (no text of users in it)


@register.filter
def day(value: date | datetime | None) -> str:
    """Mittwoch, 25. November 2026, in a <time>"""
    return _time(value, german.long_date(value, page_language())) if value else ""


@register.filter
def day_plain(value: date | datetime | None) -> str:
    """25. November 2026, in a <time>"""
    return _time(value, german.date_with_year(value, page_language())) if value else ""


@register.filter
def day_short(value: date | datetime | None) -> str:
    """Mi, 25.11.2026, in a <time>: for tables of the staff."""
    return _time(value, german.table_date(value, page_language())) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """9.04 Uhr, in a <time>"""
    return _time(value, german.time_of_day(value, page_language())) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Mittwoch, 25. November 2026, 9.04 Uhr, in a <time>"""
    return _time(value, german.moment(value, page_language())) if value else ""


@register.filter
def moment_short(value: datetime | None) -> str:
    """Mi, 25.11.2026, 9.04 Uhr, in a <time>: for tables of the staff."""
    return _time(value, german.table_moment(value, page_language())) if value else ""


@register.filter
def number(value: int | float | Decimal | None, places: int = 0) -> str:
    """1.234; `{{ ratio|number:1 }}` 1.234,5"""
    return "" if value is None else german.number(value, places, page_language())


@register.filter
def size(value: int | None) -> str:
    """212 kB"""
    return "" if value is None else german.file_size(value, page_language())


@register.filter
def phone(value: str) -> str:
    """The number behind `tel:`: digits and the plus in front, in the form for the whole world where it begins with one nought."""
    digits = "".join(c for c in value if c.isdigit() or c == "+")
    return f"+49{digits[1:]}" if digits.startswith("0") and not digits.startswith("00") else digits


# --- Bodies --------------------------------------------------------------------------------


@register.filter
def at_start(name: str) -> str:
    """The name of a body where a sentence begins with it: Die Stadt Quellstedt; in English the name alone."""
    return german.at_start(name) if page_language() == "de" else name


@register.filter
def of_body(name: str) -> str:
    """… der Stadt Quellstedt; in English the name alone."""
    return german.with_article(name, "genitive") if page_language() == "de" else name


@register.filter
def hours(text: str) -> SafeString:
    """Opening hours, a line for each; in English where they can be, else marked as German."""
    lines = []
    for line in text.strip().splitlines():
        said = line if page_language() == "de" else german.hours_in_english(line)
        lines.append(f'<span lang="de">{_text(line)}</span>' if said is None else _text(said))
    return mark_safe("<br>".join(lines))  # noqa: S308 (escaped)


@register.filter
def together(value: object) -> str:
    """A title in which no line tears a day, a time, or a number from its unit."""
    return german.keep_together(str(value))


# --- Thread, rows, pages ---------------------------------------------------------------


class Step(NamedTuple):
    """A mark on the thread. `state`: "" done, "now", "next" (still to come), "here" (this page, when it is not about today).

    `word` (Heute, Jetzt) stands before the day and is never left out where the state is "now".
    """

    title: str
    at: date | datetime | None = None
    text: str = ""
    url: str = ""
    state: str = ""
    word: str = ""


@register.simple_tag
def step_time(step: Step) -> str:
    """The time of a step; with its word the weekday is left out."""
    if step.at is None:
        return format_html("<time><b>{}</b></time>", step.word) if step.word else ""
    at, language = step.at, page_language()
    if not step.word:
        return _time(at, german.moment(at, language) if isinstance(at, datetime) else german.long_date(at, language))
    rest = german.date_with_year(at, language) + (f", {german.time_of_day(at, language)}" if isinstance(at, datetime) else "")
    return _time(at, format_html("<b>{}</b>, {}", step.word, rest))


class Row(NamedTuple):
    """One thing in a list that people scan: day, what it is, state. `state` is (kind, words)."""

    title: str
    url: str
    day: date | datetime | None = None
    kicker: str = ""
    note: str = ""
    state: tuple[str, str] | None = None


def row_fragment(row: Row, language: str | None = None) -> SafeString:
    """The <li> of a row, cheap enough to be made per row, and fit to be stored where nothing of it changes.

    The heading is first: whoever goes from heading to heading hears all that belongs to it behind it. The style sheet sets the day
    in front.
    """
    title, url, when, kicker, note, mark = row
    parts = [f'<li><div><h3><a class="a-title" href="{_text(url)}">{_text(title)}</a></h3>']
    if kicker:
        parts.append(f'<p class="a-muted">{_text(kicker)}</p>')
    if note:
        parts.append(f"<p>{_text(note)}</p>")
    parts.append("</div>")
    if when is not None:
        when = german.local(when)
        first, rest = german.date_with_year(when, language or page_language()).split(german.NO_BREAK, 1)
        what_day = _("Veröffentlicht am")
        heard = f'<span class="kern-sr-only">{_text(what_day)} </span>'
        parts.append(f'<time class="a-date" datetime="{when.isoformat()[:10]}">{heard}<b>{first}</b> {rest}</time>')
    parts.append(f"<div>{state(*mark)}</div></li>" if mark else "</li>")
    return mark_safe("".join(parts))  # noqa: S308 (escaped part by part)


@register.simple_tag
def rows(items: Iterable[Row | SafeString]) -> SafeString:
    """The list of rows; stored fragments (SafeString) are taken as they are."""
    items, language = list(items), page_language()
    plain = bool(items) and isinstance(items[0], Row) and items[0].day is None
    content = "".join([item if isinstance(item, SafeString) else row_fragment(item, language) for item in items])
    return mark_safe(f'<ol class="a-rows{" a-rows--plain" if plain else ""}">{content}</ol>')  # noqa: S308


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page) -> SafeString:
    """Links to the pages of a list; the other parts of the query stay. Nothing where there is one page."""
    if not page.has_other_pages():
        return SafeString("")
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query["page"] = str(number)
        return escape(f"?{query.urlencode()}")

    hidden = f'<span class="kern-sr-only">{escape(_("Seite"))} </span>'
    items = []
    if page.has_previous():
        items.append(f'<a href="{address(page.previous_page_number())}" rel="prev">{escape(_("Zurück"))}</a>')
    for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if n == page.number:
            items.append(f'<b aria-current="page">{hidden}{n}</b>')
        elif isinstance(n, int):
            items.append(f'<a href="{address(n)}">{hidden}{n}</a>')
        else:
            items.append(f'<span class="a-gap">{n}</span>')
    if page.has_next():
        items.append(f'<a href="{address(page.next_page_number())}" rel="next">{escape(_("Weiter"))}</a>')
    links = "".join(f"<li>{item}</li>" for item in items)
    return mark_safe(f'<nav aria-label="{escape(_("Seiten"))}"><ul class="a-pager">{links}</ul></nav>')  # noqa: S308 (escaped)


# --- What many pages have in common ---------------------------------------------------------


class Kept(template.Node):
    """A part of the page, made once until the generation is raised (core/kept.py)."""

    def __init__(self, name: str, depends: list[FilterExpression], nodelist: NodeList) -> None:
        self.name, self.depends, self.nodelist = name, depends, nodelist

    def render(self, context: Context) -> SafeString:
        request = context.get("request")
        if request is None:
            return self.nodelist.render(context)
        key = (self.name, *(expression.resolve(context) for expression in self.depends))
        return parts.get(request, key, lambda: self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept "footer" shell.place %}…{% endkept %}`: what is between says the same on every page of the body, for the same values.

    Nothing about a person, a session or the address may stand there, and no variable that the page sets.
    """
    _tag, name, *depends = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(name.strip("\"'"), [parser.compile_filter(value) for value in depends], nodelist)


# --- Frame of the page -------------------------------------------------------------------


@register.simple_tag
def root() -> str:
    """Address of the start page of this town in this language."""
    return get_script_prefix()


@register.simple_tag(takes_context=True)
def crumbs(context: Context, *pairs: str) -> SafeString:
    """Where one is: `{% url "notices:list" as list %}{% crumbs _("Bekanntmachungen") list %}`. The start page is added.

    What leads to this page itself, or has no address (""), is its name and no link.
    """
    here = getattr(context.get("request"), "path", "")
    links = [(_("Start"), get_script_prefix()), *zip(pairs[::2], pairs[1::2], strict=True)]
    items = ""
    for label, url in links:
        name = conditional_escape(label)
        items += f"<li>{_link(name, url) if url not in ('', here) else _this(name)}</li>"
    where = _("Sie sind hier")
    return mark_safe(f'<nav class="a-crumbs a-page" aria-label="{where}"><ol>{items}</ol></nav>')  # noqa: S308 (escaped)


def _link(name: str, url: str) -> str:
    return f'<a href="{conditional_escape(url)}">{name}</a>'


def _this(name: str) -> str:
    return f'<span aria-current="page">{name}</span>'


def has_errors(context: Context) -> bool:
    """Has the page something to correct? Looks at `error`, `form`, `forms` and `formset` of the context."""
    if context.get("error"):
        return True
    found = [context.get("form"), context.get("formset"), *(context.get("forms") or [])]
    return any(form is not None and form.is_bound and not form.is_valid() for form in found if hasattr(form, "is_bound"))


class PageTitle(template.Node):
    """The text of <title>, in one line, with "Fehler:" before it where something is to be corrected."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        title = " ".join(self.nodelist.render(context).split())
        prefix = _("Fehler:")
        if has_errors(context) and not title.startswith(prefix):
            title = f"{prefix} {title}"
        town = context.get("town")
        name = conditional_escape(town.name if town else "Allmende")
        return mark_safe(f"{title} – {name}" if title else name)  # noqa: S308 (rendered and escaped before)


@register.tag
def pagetitle(parser: Parser, token: Token) -> PageTitle:
    nodelist = parser.parse(("endpagetitle",))
    parser.delete_first_token()
    return PageTitle(nodelist)


class Columns(template.Node):
    """Content alone, or content and a named column beside it, where the page fills the block `aside`."""

    child_nodelists = ("nodelist", "beside", "label")

    def __init__(self, nodelist: NodeList, beside: NodeList, label: NodeList) -> None:
        self.nodelist, self.beside, self.label = nodelist, beside, label

    def render(self, context: Context) -> SafeString:
        content, beside = self.nodelist.render(context), self.beside.render(context)
        if not beside.strip():
            return mark_safe(f'<div class="a-stack">{content}</div>')  # noqa: S308 (rendered before)
        label = self.label.render(context).strip()
        return mark_safe(  # noqa: S308 (rendered before)
            f'<div class="a-cols"><div class="a-stack">{content}</div><aside class="a-stack" aria-label="{label}">{beside}</aside></div>'
        )


@register.tag
def columns(parser: Parser, token: Token) -> Columns:
    """{% columns %}content{% beside %}column{% named %}its name{% endcolumns %}"""
    parts = []
    for end in ("beside", "named", "endcolumns"):
        parts.append(parser.parse((end,)))
        parser.delete_first_token()
    return Columns(*parts)
