import pytest
from hypothesis import given
from hypothesis import strategies as st

from allmende.lib import german


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("Di 9–12 und 14–18 Uhr", "Tue 9:00–12:00 and 14:00–18:00"),
        ("Mo, Mi und Fr 8.30 bis 12 Uhr", "Mon, Wed and Fri 8:30 to 12:00"),
        ("Mo.–Fr. 8:00 - 12:30 Uhr", "Mon–Fri 8:00–12:30"),
        ("Donnerstag: nach Vereinbarung", "Thu: by appointment"),
        ("Sonnabends geschlossen", "Sat closed"),
        ("Di 9–12 Uhr (nur nach Absprache)", "Tue 9:00–12:00 (only by appointment)"),
        ("Di 9–12 Uhr im Bürgerhaus", None),
        ("jeden ersten Montag", None),
        ("Di 25–26 Uhr", None),
        ("ab 1.3.2026 Di 9–12 Uhr", None),
    ],
)
def test_hours_are_english_where_every_word_is_known(line: str, english: str | None) -> None:
    assert german.hours_in_english(line) == english


@given(st.text(max_size=60))
def test_whatever_is_written_there_gives_a_line_or_nothing(line: str) -> None:
    said = german.hours_in_english(line)
    assert said is None or "\n" not in said
