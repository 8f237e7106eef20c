"""The stored form of a text."""

import json

import pytest

from allmende.lib.richtext import Document, RichTextInvalid, RichTextTooLarge, from_json, from_plain, to_json


def test_the_stored_form_is_canonical() -> None:
    text = to_json(from_plain("## Ä\n\n**x**\n\n- a"))

    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert from_json(text.encode()) == from_json(text)


def test_an_empty_text_can_be_stored() -> None:
    assert from_json('{"blocks":[],"v":1}') == Document()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"v":2,"blocks":[]}',
        '{"v":1,"blocks":[{"type":"script"}]}',
        '{"v":1,"blocks":[{"type":"paragraph"}]}',
        '{"v":1,"blocks":[{"type":"paragraph","content":[{"text":1}]}]}',
        '{"v":1,"blocks":[{"type":"paragraph","content":[{"text":"x","bold":"ja"}]}]}',
        '{"v":1,"blocks":[{"type":"figure","image":"x","alt":"","caption":[],"decorative":false}]}',
        '{"v":1,"blocks":[{"type":"list","items":[[{"type":"heading","level":2,"content":[]}]]}]}',
        '{"v":1,"blocks":7}',
        "[" * 100_000,
    ],
)
def test_what_was_not_stored_by_us_is_refused(text: str) -> None:
    with pytest.raises(RichTextInvalid):
        from_json(text)


def test_a_list_too_deep_is_refused() -> None:
    block = '{"type":"paragraph","content":[{"text":"x"}]}'
    for _ in range(9):
        block = f'{{"type":"list","items":[[{block}]]}}'

    with pytest.raises(RichTextTooLarge):
        from_json(f'{{"v":1,"blocks":[{block}]}}')
