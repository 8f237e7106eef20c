"""The official page as data."""

import json

import pytest
from hypothesis import given, settings

from allmende.lib.official import Image, OfficialPage, PageInvalid, from_payload, to_payload
from allmende.lib.official.tests.pages import ARMS, DAY, PHOTO, PLAN, make_page, png
from allmende.lib.richtext import Document
from allmende.lib.richtext.tests.documents import documents


def images_of(page: OfficialPage) -> dict[str, bytes]:
    images = [*page.images.values(), *([page.coat_of_arms] if page.coat_of_arms else [])]
    return {image.sha256: image.data for image in images}


def test_the_payload_leads_back_to_the_page() -> None:
    page = make_page()

    assert from_payload(to_payload(page), images_of(page)) == page


def test_the_payload_is_canonical_and_names_images_by_their_hash_only() -> None:
    page = make_page()
    payload = to_payload(page)

    assert to_payload(from_payload(payload, images_of(page).__getitem__)) == payload
    assert payload == json.dumps(json.loads(payload), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert page.images[PLAN].sha256.encode() in payload
    assert len(payload) < 6_000


def test_the_day_of_provision_is_not_part_of_the_payload() -> None:
    page = make_page()

    assert to_payload(page.with_day(DAY)) == to_payload(page)
    assert page.with_day(DAY).all_facts[0].value == "Mittwoch, 25.\xa0November\xa02026"
    assert page.all_facts == page.facts


@given(documents())
@settings(max_examples=30, deadline=None)
def test_every_text_comes_back_from_the_payload(document: Document) -> None:
    page = make_page(document, images={name: Image("image/png", png()) for name in document.images})

    assert from_payload(to_payload(page), images_of(page)) == page


def test_an_image_with_other_bytes_is_refused() -> None:
    page = make_page()
    other = {name: png(3, 3) for name in images_of(page)}

    with pytest.raises(PageInvalid, match="image"):
        from_payload(to_payload(page), other)
    with pytest.raises(PageInvalid, match="KeyError"):
        from_payload(to_payload(page), {})


@pytest.mark.parametrize("payload", [b"", b"{}", b"[]", b'{"v":2}', b'{"v":1}', b"\xff", b'{"v":1,"kind":1}'])
def test_what_is_no_payload_is_refused(payload: bytes) -> None:
    with pytest.raises(PageInvalid):
        from_payload(payload, {})


def test_a_page_without_title_kind_or_issuer_is_refused() -> None:
    for name in ("title", "kind", "issuer"):
        with pytest.raises(PageInvalid, match=name):
            make_page(**{name: " \u200b"})


def test_a_figure_without_its_file_is_refused() -> None:
    with pytest.raises(PageInvalid, match=PHOTO):
        make_page(images={PLAN: Image("image/png", png())})


@pytest.mark.parametrize(
    ("media_type", "data"), [("image/png", ARMS), ("image/gif", b"GIF89a"), ("image/jpeg", b""), ("text/html", b"<p>")]
)
def test_an_image_is_what_its_type_says(media_type: str, data: bytes) -> None:
    with pytest.raises(PageInvalid):
        Image(media_type, data)


@pytest.mark.parametrize("change", [{"colour": "red"}, {"colour": "#12586A"}, {"language": "Deutsch!"}])
def test_colour_and_language_have_one_spelling(change: dict[str, str]) -> None:
    with pytest.raises(PageInvalid):
        make_page(**change)
