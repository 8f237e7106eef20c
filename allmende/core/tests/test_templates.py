"""The shells and parts of pages, without a database: a page must stand even where little is known."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import set_script_prefix
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from pytest_django import DjangoAssertNumQueries

from allmende.core.errors import ChangedMeanwhile
from allmende.core.models import Body
from allmende.core.templatetags import allmende as tags
from allmende.core.templatetags.allmende import Row, Step

pytestmark = pytest.mark.urls("allmende.core.tests.urls")

MORNING = datetime(2026, 11, 25, 8, 4, tzinfo=UTC)
TOWN = Body(
    name="Stadt Quellstedt am Erlenbach",
    short_name="Quellstedt",
    subtitle="am Erlenbach",
    street="Markt 1",
    postal_code="06999",
    city="Quellstedt",
    phone="03999 000-0",
    opening_hours="Di 9–12 Uhr\nDo 14–16 Uhr",
)
SHELL: dict[str, Any] = {
    "nav": [("Bekanntmachungen", "/bekanntmachungen/", True), ("Ortsrecht", "/ortsrecht/", False)],
    "desk_nav": [("Schreibtisch", "/schreibtisch/", True)],
    "languages": [("de", "Deutsch", "/", True), ("en", "English", "/en/", False)],
    "footer": [
        ("Impressum", "/impressum/", False),
        ("Datenschutz", "/datenschutz/", True),
        ("Barrierefreiheit", "/barrierefreiheit/", False),
    ],
    "log_line": ("Öffentliches Protokoll: 4.218 Einträge.", "/protokoll/"),
}
SHELLS = ["core/base.html", "core/desk.html", "core/plain.html"]
PAGE = """{{% extends "{frame}" %}}{{% load allmende %}}
{{% block title %}}
  Neue   <b>Bekanntmachung</b>
{{% endblock title %}}
{{% block content %}}<h1>Inhalt</h1>{{% endblock content %}}
{extra}"""


class LoginForm(forms.Form):
    email = forms.EmailField(label="E-Mail")


def render(source: str, **context: Any) -> str:
    return str(Template("{% load allmende %}" + source).render(Context(context)))


def page(frame: str, extra: str = "", **context: Any) -> str:
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(name="Jana Brandt", is_authenticated=True)  # type: ignore[assignment]
    source = PAGE.format(frame=frame, extra=extra)
    return str(Template(source).render(Context({"request": request, "town": TOWN, "shell": SHELL, **context})))


def title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert found
    return found[1]


# --- Shells -----------------------------------------------------------------------


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("town", [TOWN, None])
def test_a_shell_has_one_of_each_landmark_and_no_inline_code(shell: str, town: Body | None) -> None:
    html = page(shell, town=town)

    assert [len(re.findall(f"<{tag}[ >]", html)) for tag in ("html", "main", "header", "footer", "h1", "title")] == [1] * 6
    assert html.index('<a class="a-skip" href="#inhalt">') < html.index("<header") < html.index('<main id="inhalt"')
    assert not re.search(r"<style| style=|<script|javascript:| on[a-z]+=", html)
    assert html.lstrip().startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("shell", SHELLS)
def test_nothing_is_known_and_the_page_still_stands(shell: str) -> None:
    html = page(shell, town=None, shell={}, messages=[])

    assert title(html).endswith("– Allmende")
    assert "None" not in html


def test_the_title_is_one_line_with_the_town() -> None:
    assert title(page("core/base.html")) == "Neue <b>Bekanntmachung</b> – Stadt Quellstedt am Erlenbach"


@pytest.mark.parametrize(
    ("context", "wrong"),
    [
        ({"form": LoginForm()}, False),
        ({"form": LoginForm({"email": "a@example.org"})}, False),
        ({"form": LoginForm({})}, True),
        ({"forms": [LoginForm(), LoginForm({})]}, True),
        ({"error": ChangedMeanwhile()}, True),
        ({"form": "no form at all"}, False),
    ],
)
def test_the_title_says_that_something_is_wrong(context: dict[str, Any], wrong: bool) -> None:
    assert title(page("core/base.html", **context)).startswith("Fehler: Neue") is wrong


def test_the_title_says_it_only_once() -> None:
    source = '{% extends "core/plain.html" %}{% block title %}Fehler: Anmelden{% endblock %}'

    assert title(render_to_string("core/error.html", {"error": ChangedMeanwhile()})).count("Fehler:") == 1
    assert title(str(Template(source).render(Context({"form": LoginForm({})})))) == "Fehler: Anmelden – Allmende"


def test_staff_see_who_they_are_and_log_out_by_post() -> None:
    html = page("core/desk.html")

    assert "angemeldet als Jana Brandt" in html
    assert re.search(r'<form method="post" action="[^"]*">\s*<button type="submit">Abmelden</button>', html.replace("\n", " "))
    assert 'content="noindex, nofollow"' in html
    assert "verwaltung" in html


def test_the_public_page_links_the_duties_and_the_log() -> None:
    html = page("core/base.html")

    for _label, url, _current in SHELL["footer"]:
        assert f'href="{url}"' in html
    assert "4.218 Einträge" in html
    assert 'href="/en/" lang="en" hreflang="en"' in html
    assert 'href="tel:+49399900' in html
    assert 'aria-current="page">Bekanntmachungen' in html


def test_what_is_wrong_stands_above_the_heading_on_every_page() -> None:
    pages = [page.read_text("utf-8") for page in Path(settings.BASE_DIR, "allmende").rglob("templates/**/*.html")]
    told = [page for page in pages if '"core/error_summary.html"' in page]

    assert len(told) > 40
    assert [page for page in told if page.rindex("core/error_summary.html") > page.rindex("<h1")] == []


def test_a_column_stands_beside_only_where_a_page_fills_it() -> None:
    beside = "{% block aside %}<p>Vier Augen</p>{% endblock %}{% block aside_label %}Freigabe{% endblock %}"

    assert "a-cols" not in page("core/base.html")
    assert '<aside class="a-stack" aria-label="Freigabe">' in page("core/base.html", beside)


def test_messages_are_announced() -> None:
    html = page("core/desk.html", messages=[SimpleNamespace(level_tag="success"), SimpleNamespace(level_tag="error")])

    assert html.count('role="status"') == 1
    assert [html.count(f'class="a-message is-{state}"') for state in ("ok", "bad")] == [1, 1]


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html", "core/csrf.html", "core/error.html"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_error_pages_need_no_database(name: str, language: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with translation.override(language):
        html = render_to_string(name, {"error": ChangedMeanwhile(), "town": None})

    assert f'<html lang="{language}">' in html
    assert html.count("<h1>") == 1


@pytest.mark.parametrize("name", ["500.html", "400.html"])
@pytest.mark.parametrize(("language", "word"), [("de", "Fehler|Anfrage"), ("en", "error|request")])
def test_the_worst_pages_need_nothing_at_all(name: str, language: str, word: str) -> None:
    with translation.override(language):
        html = render_to_string(name)

    assert re.search(f"<h1>.*({word}).*</h1>", html)
    assert "stadt.css" not in html


def test_a_domain_error_says_what_to_do() -> None:
    html = render_to_string("core/error.html", {"error": ChangedMeanwhile()})

    assert str(ChangedMeanwhile.message) in html
    assert title(html).startswith("Fehler:")


# --- Parts -------------------------------------------------------------------------


def test_an_icon_is_drawn_in_the_page_and_hidden_from_screen_readers() -> None:
    svg = render('{% icon "ok" %}')

    assert svg.startswith('<svg class="a-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">')
    assert not re.search(r"fill=|stroke=|currentColor|xmlns", svg)
    assert svg.count("<svg") == svg.count("</svg>") == 1


def test_every_icon_can_be_drawn() -> None:
    names = sorted(path.stem for path in tags.ICONS.glob("*.svg"))

    assert len(names) >= 15
    for name in names:
        assert "viewBox" in tags.icon(name)


@pytest.mark.parametrize("name", ["../wappen", "gone", ""])
def test_only_our_icons_are_drawn(name: str) -> None:
    with pytest.raises((ValueError, FileNotFoundError)):
        tags.icon(name)


def test_a_state_is_shape_word_and_colour() -> None:
    html = render('{% state "run" text %}', text="bis <25.11.>")

    assert '<span class="a-state a-state--run"><svg' in html
    assert "<span>bis &lt;25.11.&gt;</span>" in html
    with pytest.raises(ValueError, match="one of"):
        tags.state("green", "fertig")


@pytest.mark.parametrize(
    ("filter_name", "value", "html"),
    [
        ("day", MORNING.date(), '<time datetime="2026-11-25">Mittwoch, 25.\xa0November\xa02026</time>'),
        ("day_plain", MORNING.date(), '<time datetime="2026-11-25">25.\xa0November\xa02026</time>'),
        ("day_short", MORNING.date(), '<time datetime="2026-11-25">Mi, 25.11.2026</time>'),
        ("clock", MORNING, '<time datetime="2026-11-25T09:04+01:00">9.04\xa0Uhr</time>'),
        ("moment", MORNING, '<time datetime="2026-11-25T09:04+01:00">Mittwoch, 25.\xa0November\xa02026, 9.04\xa0Uhr</time>'),
        ("moment_short", MORNING, '<time datetime="2026-11-25T09:04+01:00">Mi, 25.11.2026, 9.04\xa0Uhr</time>'),
        ("day", None, ""),
        ("number", 4218, "4.218"),
        ("number", 0, "0"),
        ("number:1", 4218.25, "4.218,3"),
        ("size", 212_400, "212\N{NO-BREAK SPACE}kB"),
        ("phone", "03999 000-0", "+4939990000"),
        ("phone", "+49 3999 1", "+4939991"),
        ("phone", "0049 3999 1", "004939991"),
    ],
)
def test_days_times_and_numbers(filter_name: str, value: Any, html: str) -> None:
    assert render("{{ value|" + filter_name + " }}", value=value) == html


def test_the_thread_shows_done_now_and_to_come_in_words_too() -> None:
    steps = [
        Step("Erstellt", MORNING, "von Jana Brandt"),
        Step("Zur Prüfung", date(2026, 11, 26), state="now", word="Heute", url="/vorgang/"),
        Step("Freigeben", state="next"),
    ]
    html = render('{% include "core/thread.html" %}', steps=steps)

    assert re.findall(r"<li[^>]*>", html) == ["<li>", '<li class="is-now" aria-current="step">', '<li class="is-next">']
    assert '<time datetime="2026-11-26"><b>Heute</b>, 26.\xa0November\xa02026</time>' in html
    assert '<a href="/vorgang/">Zur Prüfung</a>' in html
    assert html.count("<time") == 2


def test_rows_are_escaped_and_stored_ones_taken_as_they_are() -> None:
    stored = mark_safe("<li>gespeichert</li>")
    html = render("{% rows items %}", items=[Row("A <& B", "/x/?a=1&b=2", date(2026, 11, 9), "Nr. 1", "Notiz", ("ok", "gilt")), stored])

    heard = '<span class="kern-sr-only">Veröffentlicht am </span>'
    assert f'<time class="a-date" datetime="2026-11-09">{heard}<b>9.</b> November\xa02026</time>' in html
    assert '<a class="a-title" href="/x/?a=1&amp;b=2">A &lt;&amp; B</a>' in html
    assert "<li>gespeichert</li>" in html
    assert isinstance(tags.row_fragment(Row("T", "/")), SafeString)


def test_rows_without_a_day_are_plain() -> None:
    assert '<ol class="a-rows a-rows--plain">' in render("{% rows items %}", items=[Row("T", "/")])


def test_the_pager_keeps_the_filter() -> None:
    request = RequestFactory().get("/?q=Satzung&page=2")
    html = render("{% pager page %}", request=request, page=Paginator(range(200), 10).page(2))

    assert re.findall(r'href="([^"]+)"', html) == [f"?q=Satzung&amp;page={n}" for n in (1, 1, 3, 20, 3)]
    assert '<b aria-current="page">' in html
    assert html.count('rel="') == 2


def test_one_page_needs_no_pager() -> None:
    assert not render("{% pager page %}", request=RequestFactory().get("/"), page=Paginator([1], 10).page(1)).strip()


def test_crumbs_lead_back_to_the_same_town_and_language() -> None:
    set_script_prefix("/en/wiesenmark/")
    try:
        html = render("{% crumbs 'Entwürfe' url %}", url="/en/wiesenmark/entwuerfe/?a&b")
        start = render("{% root %}")
    finally:
        set_script_prefix("/")

    assert re.findall(r'href="([^"]+)"', html) == ["/en/wiesenmark/", "/en/wiesenmark/entwuerfe/?a&amp;b"]
    assert start == "/en/wiesenmark/"


def test_user_text_in_the_shell_is_escaped() -> None:
    nasty = Body(name="<script>x</script>", short_name="<b>", subtitle="'\"><i>", city="<u>", phone="0<1>", opening_hours="<hr>")
    for shell in SHELLS:
        html = page(shell, town=nasty)
        assert not re.search(r"<(script|b|i|u|hr)>", html.replace("<b>Bekanntmachung", ""))


def test_a_row_is_heard_from_its_heading_on() -> None:
    html = render("{% rows items %}", items=[Row("Titel", "/x/", day=date(2026, 11, 9), kicker="Art", note="Kurz", state=("ok", "da"))])

    places = [html.index(part) for part in ("<h3>", "Art", "Kurz", "<time", "da</span>")]
    assert places == sorted(places)


def test_opening_hours_are_english_or_marked_as_german() -> None:
    lines = "Di 9–12 Uhr\nnach dem Markt <b>"

    assert render("{{ lines|hours }}", lines=lines) == "Di 9–12 Uhr<br>nach dem Markt &lt;b&gt;"
    with translation.override("en"):
        assert render("{{ lines|hours }}", lines=lines) == 'Tue 9:00–12:00<br><span lang="de">nach dem Markt &lt;b&gt;</span>'


def test_names_of_bodies_have_their_article_in_german() -> None:
    assert render("{{ name|at_start }} / … {{ name|of_body }}", name="Stadt Erlen") == "Die Stadt Erlen / … der Stadt Erlen"
    with translation.override("en"):
        assert render("{{ name|at_start }} / {{ name|of_body }}", name="Stadt Erlen") == "Stadt Erlen / Stadt Erlen"
