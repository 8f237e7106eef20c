"""What HTTP promises about finished bytes (RFC 9110, RFC 9111)."""

import gzip
from datetime import timedelta

import brotli
import pytest

from allmende.config.front import _encoding
from allmende.config.tests.house import LIST, REAL_COMMITS, Clock, House, new_phone
from allmende.core.middleware import HEADERS
from allmende.core.models import Body

# --- HTTP -------------------------------------------------------------------------------------------


def test_who_has_the_page_already_is_told_so(house: House) -> None:
    tag = house.ask(LIST).headers["ETag"]
    for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        answer = house.ask(LIST, if_none_match=known)
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag), known
        assert {"Cache-Control", "Vary"} <= set(answer.headers)
        assert HEADERS.items() <= answer.headers.items()
        assert not {"Content-Type", "Content-Length", "Content-Encoding"} & set(answer.headers)
    for other in ('"x"', "x", "", tag.strip('"')):
        assert house.ask(LIST, if_none_match=other).status == 200, other

    assert house.made == 1


@REAL_COMMITS
def test_the_tag_changes_with_the_page_and_only_then(clock: Clock, town: Body) -> None:
    one, two = House(clock), House(clock)
    tag = one.ask(LIST).headers["ETag"]
    assert two.ask(LIST).headers["ETag"] == tag
    new_phone(town)

    assert one.ask(LIST, if_none_match=tag).status == 200


@REAL_COMMITS
def test_a_date_says_it_too_once_its_second_is_over(clock: Clock, town: Body) -> None:
    house = House(clock)
    assert "Last-Modified" not in house.ask(LIST).headers
    clock.now += timedelta(seconds=1)
    date = house.ask(LIST).headers["Last-Modified"]

    assert date == "Mon, 02 Mar 2026 08:05:00 GMT"
    assert house.ask(LIST, if_modified_since=date).status == 304
    assert house.ask(LIST, if_modified_since="Mon, 02 Mar 2026 08:04:59 GMT").status == 200
    assert house.ask(LIST, if_modified_since=date, if_none_match='"x"').status == 200, "the tag decides alone"
    new_phone(town)
    assert house.ask(LIST, if_modified_since=date).status == 200


def test_a_request_for_the_head_gets_the_headers_of_the_page(house: House) -> None:
    fresh = house.ask(LIST, "HEAD")
    page = house.ask(LIST)
    kept = house.ask(LIST, "HEAD")

    assert (fresh.body, kept.body, house.made) == (b"", b"", 1)
    assert fresh.headers == page.headers == kept.headers
    assert page.headers["Content-Length"] == str(len(page.body))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_go_to_django(house: House, method: str) -> None:
    house.ask(LIST)
    house.ask(LIST, method)

    assert house.made == 2


def test_browsers_get_what_they_can_unpack(house: House) -> None:
    plain = house.ask(LIST)
    zipped, packed = house.ask(LIST, accept_encoding="gzip, deflate"), house.ask(LIST, accept_encoding="gzip, deflate, br, zstd")

    assert (zipped.headers["Content-Encoding"], packed.headers["Content-Encoding"]) == ("gzip", "br")
    assert gzip.decompress(zipped.body) == brotli.decompress(packed.body) == plain.body
    assert len({answer.headers["ETag"] for answer in (plain, zipped, packed)}) == 3
    assert zipped.headers["Content-Length"] == str(len(zipped.body))
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in house.ask("/stadt.css", accept_encoding="gzip, br").headers, "too short"
    assert house.made == 2


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", ""),
        ("br", "br"),
        ("GZIP", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("identity", ""),
        ("identity;q=1, gzip;q=0.5", ""),
        ("gzip;q=nonsense", ""),
        ("deflate, zstd", ""),
    ],
)
def test_the_encoding_follows_the_wishes_of_the_browser(accepted: str, chosen: str) -> None:
    assert _encoding(accepted) == chosen
