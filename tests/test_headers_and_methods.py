"""Every answer forbids frames and foreign scripts, every public address knows its methods and no other."""

import pytest
from django.test import Client
from pytest_django import Settings

from allmende.core.models import Body, Person
from tests.entering import enter


def test_every_kind_of_answer_forbids_frames_and_foreign_scripts(town: Body, citizen: Person, client: Client, settings: Settings) -> None:
    answers = [
        client.get("/"),
        client.get("/gibt/es/nicht/"),
        client.get("/verwaltung/"),
        client.get("/", headers={"host": "boese.example"}),
        Client(enforce_csrf_checks=True).post("/anmelden/"),
        client.put("/"),
        client.get("/stadt.css"),
        client.get("/wappen"),
        client.get("/robots.txt"),
    ]
    enter(client, citizen)
    answers.append(client.get("/verwaltung/"))

    assert {response.status_code for response in answers} == {200, 302, 400, 403, 404, 405}
    for response in answers:
        policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert (policy["frame-ancestors"], policy["default-src"], policy["base-uri"]) == ("'none'", "'self'", "'none'")
        assert "unsafe" not in str(policy)
        assert "script-src" not in policy
        response.close()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "BREW"])
def test_another_method_is_not_called_an_expired_form(town: Body, method: str) -> None:
    answer = Client(enforce_csrf_checks=True).generic(method, "/impressum/")

    assert answer.status_code == 405
    assert "abgelaufen" not in answer.content.decode()


@pytest.mark.parametrize(("path", "sentence"), [("/", "gehört hier aber zu keiner Kommune"), ("/en/", "belongs to no municipality here")])
def test_an_unknown_host_is_told_in_the_language_of_the_address(town: Body, client: Client, path: str, sentence: str) -> None:
    answer = client.get(path, headers={"host": "fremd.example"})

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "fremd.example" not in answer.content.decode()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
def test_other_methods_are_not_allowed_anywhere_in_public(town: Body, client: Client, method: str) -> None:
    public = [
        "/",
        "/bekanntmachungen/",
        "/bekanntmachungen/archiv/",
        "/bekanntmachungen/2026/1/",
        "/pruefung/",
        "/protokoll/",
        "/ortsrecht/",
    ]
    public += [
        "/impressum/",
        "/datenschutz/",
        "/barrierefreiheit/",
        "/sitemap.xml",
        "/robots.txt",
        "/stadt.css",
        "/wappen",
        "/log/checkpoint",
    ]

    assert {address: client.generic(method, address).status_code for address in public} == dict.fromkeys(public, 405)
    assert "GET" in client.generic(method, "/").headers["Allow"]
