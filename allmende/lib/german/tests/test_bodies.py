import pytest

from allmende.lib import german
from allmende.lib.german import Case


@pytest.mark.parametrize(
    ("name", "case", "said"),
    [
        ("Stadt Quellstedt am Erlenbach", "nominative", "die Stadt Quellstedt am Erlenbach"),
        ("Stadt Quellstedt am Erlenbach", "genitive", "der Stadt Quellstedt am Erlenbach"),
        ("Verbandsgemeinde Erlenland", "dative", "der Verbandsgemeinde Erlenland"),
        ("Landkreis Erlenland", "genitive", "des Landkreises Erlenland"),
        ("Amt Erlenland", "nominative", "das Amt Erlenland"),
        ("Amt Erlenland", "dative", "dem Amt Erlenland"),
        ("Markt Erlen", "genitive", "des Marktes Erlen"),
        ("Zweckverband Wasser Erlen", "dative", "dem Zweckverband Wasser Erlen"),
        ("Große Kreisstadt Erlen", "nominative", "die Große Kreisstadt Erlen"),
        ("Große Kreisstadt Erlen", "genitive", "der Großen Kreisstadt Erlen"),
        ("Freie und Hansestadt Hamburg", "dative", "der Freien und Hansestadt Hamburg"),
        ("Quellstedt", "nominative", "Quellstedt"),
        ("Quellstedt", "genitive", "von Quellstedt"),
        ("Neustadt", "nominative", "Neustadt"),
        ("Neustadt an der Weinstraße", "nominative", "Neustadt an der Weinstraße"),
        ("Bad Neustadt an der Saale", "nominative", "Bad Neustadt an der Saale"),
    ],
)
def test_a_body_has_its_article(name: str, case: Case, said: str) -> None:
    assert german.with_article(name, case) == said


def test_a_sentence_begins_with_a_capital() -> None:
    assert german.at_start("Stadt Quellstedt") == "Die Stadt Quellstedt"
    assert german.at_start("Quellstedt") == "Quellstedt"
