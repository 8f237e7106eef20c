"""Captions are read strictly, written anew, and read back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib.webvtt import CaptionsInvalid, Cue, message, read, write

GOOD = """\ufeffWEBVTT - Streusplitt
Kind: captions

NOTE
Wer das liest, ist neugierig.

1
00:01.000 --> 00:04.500 align:start line:90%
<v Anna Vogt>Guten Tag &amp; <b>hallo</b>.
Hier spricht die Stadt.

01:00:02.000 --> 01:00:03.000
Ende.
"""


def test_times_and_words_are_read_and_nothing_else() -> None:
    first, last = read(GOOD)

    assert first == Cue(1000, 4500, ("Anna Vogt: Guten Tag & hallo.", "Hier spricht die Stadt."))
    assert (last.start, last.text) == (3_602_000, "Ende.")
    assert write([first, last]) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.500\nAnna Vogt: Guten Tag &amp; hallo.\nHier spricht die Stadt.\n\n"
        "01:00:02.000 --> 01:00:03.000\nEnde.\n"
    )


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("", "signature", 1),
        ("1\n00:00:01,000 --> 00:00:02,000\nSRT", "signature", 1),
        ("WEBVTTX", "signature", 1),
        ("WEBVTT\n\nNOTE nichts\n", "empty", 0),
        ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nKomma", "time", 3),
        ("WEBVTT\n\nNur Text\nund mehr Text\n", "time", 4),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nRückwärts", "time", 3),
        ("WEBVTT\n\n00:61.000 --> 01:02.000\nSekunden", "time", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "text", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<script>x</script>", "text", 4),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\nA\n\n00:01.000 --> 00:02.000\nB", "order", 6),
        ("WEBVTT\n\n00:09.000 --> 00:12.000\nA\n\n00:10.000 --> 00:12.000\nB", "late", 6),
        ("WEBVTT\n\nSTYLE\n::cue { background: url(https://example.org/) }\n", "style", 3),
        ("WEBVTT\n\n" + "x" * 500_000, "long", 0),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, reason: str, line: int) -> None:
    with pytest.raises(CaptionsInvalid) as refused:
        read(text, longest=10.0)

    assert (refused.value.reason, refused.value.line) == (reason, line)
    for language, begins in (("de", f"Zeile {line}: "), ("en", f"Line {line}: ")):
        assert message(refused.value, language).startswith(begins if line else ("Das", "Es", "These", "There"))


LINE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30).filter(lambda line: "-->" not in line)
CUES = st.lists(
    st.builds(
        lambda at, long, lines: Cue(at, at + long, tuple(lines)), st.integers(0, 10**8), st.integers(1, 9000), st.lists(LINE, min_size=1)
    ),
    min_size=1,
    max_size=8,
)


@given(CUES)
def test_what_is_written_is_read_back_the_same(cues: list[Cue]) -> None:
    ordered = tuple(sorted(cues, key=lambda cue: cue.start))

    assert read(write(ordered)) == ordered


@given(st.text(max_size=200))
def test_any_text_is_captions_or_refused(text: str) -> None:
    for source in (text, f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}"):
        try:
            found = read(source)
        except CaptionsInvalid:
            continue
        assert read(write(found)) == found
