"""Whoever types an address from paper comes to the page that was meant, and nowhere else."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from allmende.config import urls
from allmende.core.models import Body, Host


def show(request: HttpRequest, **_found: object) -> HttpResponse:
    return HttpResponse("da")


urlpatterns = [
    *urls.urlpatterns,
    path("wer/", show),
    path("wer/<int:year>/<int:number>/", show),
    path("wer/<int:year>/<int:number>.pdf", show),
    path("einladung/<str:code>/", show),
]


@pytest.fixture(autouse=True)
def _urls(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/wer", "/wer/"),
        ("/wer/2026/7", "/wer/2026/7/"),
        ("/WER/2026/7", "/wer/2026/7/"),
        ("/wer/2026/7/.", "/wer/2026/7/"),
        ("/wer/2026/07/", "/wer/2026/7/"),
        ("/en/wer/02026/007/?page=2", "/en/wer/2026/7/?page=2"),
        ("/wer/2026/07.pdf", "/wer/2026/7.pdf"),
        ("/Wer/2026/7.PDF", "/wer/2026/7.pdf"),
        ("/wer?page=2", "/wer/?page=2"),
        ("/en/wer", "/en/wer/"),
        ("/EN/wer/", "/en/wer/"),
        ("/en", None),
        ("/nebenan/Wer", "/nebenan/wer/"),
        ("/Nebenan/wer", "/nebenan/wer/"),
        ("/EN/Nebenan/wer/2026/7", "/en/nebenan/wer/2026/7/"),
        ("/einladung/AbC", "/einladung/AbC/"),
    ],
)
def test_it_leads_to_the_page_that_was_meant(client: Client, town: Body, neighbour: Body, typed: str, meant: str | None) -> None:
    answer = client.get(typed)

    assert (answer.status_code, answer.headers.get("Location")) == ((301, meant) if meant else (200, None))
    if meant:
        assert client.get(meant).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "/gibt-es-nicht",
        "//angreifer.example/wer",
        "//angreifer.example",
        "//wer",
        "/\\angreifer.example",
        "/Einladung/AbC/",  # a code, in which capitals count
        "/wer/x/7",
    ],
)
def test_what_nobody_knows_is_not_there(client: Client, town: Body, neighbour: Body, typed: str) -> None:
    assert client.get("/", PATH_INFO=typed).status_code == 404


def test_only_reading_is_led_on(client: Client, town: Body) -> None:
    assert client.post("/wer").status_code == 404
    assert client.head("/wer").status_code == 301


def test_a_body_of_its_own_host_leads_to_no_other(client: Client, town: Body, neighbour: Body) -> None:
    Host.objects.create(body=neighbour, name="nebenan.example")

    assert client.get("/Musterstedt/wer/", headers={"host": "nebenan.example"}).status_code == 404
    assert client.get("/WER", headers={"host": "nebenan.example"}).headers["Location"] == "/wer/"


def test_whoever_gets_lost_is_offered_menu_search_list_and_telephone(client: Client, town: Body) -> None:
    Body.objects.filter(pk=town.pk).update(phone="03999 000-10", email="rathaus@example.org")

    page = client.get("/gibt-es-nicht/").content.decode()

    for words in ('href="/bekanntmachungen/"', 'action="/bekanntmachungen/#erg"', 'name="q"', 'href="tel:+49399900010"', 'class="a-nav"'):
        assert words in page, words
    assert "dürfen" not in page, "nobody is logged in who could be refused"
    assert 'content="noindex, nofollow"' in page
