import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from pytest_django import Settings

from allmende.config import urls
from allmende.core.errors import NotAllowed
from allmende.core.http import TownRequest
from allmende.core.kept import parts
from allmende.core.models import Body, Host


def show(request: TownRequest) -> HttpResponse:
    return HttpResponse(f"{request.town and request.town.slug} {request.LANGUAGE_CODE} {reverse('show')}")


def refuse(request: TownRequest) -> HttpResponse:
    raise NotAllowed


urlpatterns = [*urls.urlpatterns, path("wer/", show, name="show"), path("nein/", refuse)]


@pytest.fixture(autouse=True)
def _urls(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def get(client: Client, address: str, host: str = "localhost") -> str:
    return client.get(address, headers={"host": host}).content.decode()


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/wer/", "musterstedt de /wer/"),
        ("/en/wer/", "musterstedt en /en/wer/"),
        ("/nebenan/wer/", "nebenan de /nebenan/wer/"),
        ("/en/nebenan/wer/", "nebenan en /en/nebenan/wer/"),
    ],
)
def test_the_address_names_body_and_language(client: Client, town: Body, neighbour: Body, address: str, answer: str) -> None:
    assert get(client, address) == answer
    assert reverse("show") == "/wer/"  # nothing of it stays behind


def test_on_its_own_host_a_body_needs_no_prefix_and_others_are_not_there(client: Client, town: Body, neighbour: Body) -> None:
    Host.objects.create(body=neighbour, name="nebenan.example")

    assert get(client, "/wer/", "nebenan.example:8000") == "nebenan de /wer/"
    assert client.get("/nebenan/wer/", headers={"host": "nebenan.example"}).status_code == 404
    assert client.get("/musterstedt/wer/", headers={"host": "nebenan.example"}).status_code == 404


def test_a_host_that_nobody_entered_is_refused(client: Client, town: Body) -> None:
    response = client.get("/wer/", headers={"host": "angreifer.example"})

    assert response.status_code == 400
    assert "angreifer" not in response.content.decode()


def test_the_prefix_alone_leads_to_the_start_page(client: Client, town: Body, neighbour: Body) -> None:
    response = client.get("/nebenan")

    assert (response.status_code, response["Location"]) == (301, "/nebenan/")


def test_one_query_finds_the_body(client: Client, town: Body, neighbour: Body, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        client.get("/nebenan/wer/")


def test_every_answer_carries_the_headers(client: Client, town: Body) -> None:
    for address in ("/wer/", "/gibt-es-nicht/"):
        headers = client.get(address).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'self'; img-src 'self' data:;")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_an_error_of_the_domain_becomes_a_page_that_says_what_to_do(client: Client, town: Body) -> None:
    response = client.get("/nein/")

    assert response.status_code == 403
    assert "Fragen Sie die Administration" in response.content.decode()


def test_what_is_no_path_is_refused_and_is_no_failure(client: Client, town: Body) -> None:
    """OPTIONS * is about the server (RFC 9112, 3.2.4)."""
    for method in ("OPTIONS", "GET"):
        assert client.generic(method, "/wer/", PATH_INFO="*").status_code == 400


def test_the_link_to_the_other_language_never_leaves_the_house(client: Client, town: Body) -> None:
    for address in ("/en//anderswo.example/", "//anderswo.example/", "/en///anderswo.example/"):
        page = client.get("/", PATH_INFO=address)
        assert page.status_code == 404
        assert 'href="//' not in page.content.decode()
        assert "anderswo.example" in page.content.decode()


@pytest.mark.parametrize(("site", "shown"), [("", True), ("same-origin", True), ("cross-site", False), ("same-site", False)])
def test_what_stood_in_an_expired_form_is_shown_as_it_was_written_unless_another_site_sent_it(town: Body, site: str, shown: bool) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": site} if site else {})
    page = client.post("/wer/", {"title": "Hecken & Zäune", "text": "Erster Satz.\n\nZweiter Satz."})

    assert page.status_code == 403
    assert ("Hecken &amp; Zäune\n\nErster Satz.\n\nZweiter Satz.</textarea>" in page.content.decode()) is shown
    assert ("Zweiter Satz" in page.content.decode()) is shown


@pytest.mark.usefixtures("committed")  # inside a transaction nothing is kept
def test_made_up_addresses_leave_nothing_behind_in_what_is_kept(client: Client, town: Body) -> None:
    client.get("/gibt-es-nicht/")
    few = len(parts._parts)
    for number in range(5):
        client.get(f"/gibt-es-nicht-{number}/")
    assert len(parts._parts) == few > 0


def test_an_expired_form_shows_no_password(town: Body) -> None:
    page = Client(enforce_csrf_checks=True).post("/wer/", {"login": "erika@example.org", "password": "ein langes Kennwort 7", "text": "x"})

    assert page.status_code == 403
    assert "Kennwort 7" not in page.content.decode()
