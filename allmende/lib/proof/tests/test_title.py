import pytest

from allmende.lib.proof.visible import title_of


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (b"<title>Satzung &amp; Plan\n Nr. 1</title><title>zwei</title>", "Satzung & Plan Nr. 1"),
        (b"<h1>ohne</h1>", ""),
        (b"\xff<title>\xff</title>", "�"),
        (b"<![x[<title>a</title>", "a"),
        (b"<title>offen", "offen"),
        (b"", ""),
    ],
)
def test_the_title_is_the_one_of_the_page(page: bytes, title: str) -> None:
    assert title_of(page) == title
