"""Findings in the text of a notice: what they are called, what they say, and where they are."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "hint"]

LONG_SENTENCE = 40  # words
LONG_PARAGRAPH = 160  # words
EXCERPT = 80  # characters

# code: (severity, German, English). One sentence says what is wrong and what to do.
MESSAGES: dict[str, tuple[Severity, str, str]] = {
    "empty": ("error", "Der Text ist leer. Schreiben Sie den Wortlaut.", "The text is empty. Write the wording."),
    "alt_missing": (
        "error",
        "Dem Bild fehlt die Beschreibung. Beschreiben Sie, was es zeigt, oder kennzeichnen Sie es als schmückend.",
        "The image has no description. Describe what it shows or mark it as decorative.",
    ),
    "alt_is_file_name": (
        "error",
        "Die Bildbeschreibung ist ein Dateiname. Beschreiben Sie, was das Bild zeigt.",
        "The description of the image is a file name. Describe what the image shows.",
    ),
    "table_without_header": (
        "error",
        "Der Tabelle fehlen Kopfzellen. Kennzeichnen Sie die erste Zeile oder die erste Spalte als Kopf.",
        "The table has no header cells. Mark the first row or the first column as header.",
    ),
    "table_row_short": (
        "error",
        "In der Zeile fehlen Zellen. Ergänzen Sie sie, bis die Zeile so viele hat wie die anderen.",
        "Cells are missing in the row. Add them until the row has as many as the others.",
    ),
    "table_row_long": (
        "error",
        "Die Zeile hat mehr Zellen als die anderen. Entfernen Sie, was zu viel ist, oder ergänzen Sie die anderen Zeilen.",
        "The row has more cells than the others. Remove what is too much, or add to the other rows.",
    ),
    "table_broken": (
        "error",
        "Verbundene Zellen passen nicht in die Tabelle. Teilen Sie sie in einzelne Zellen.",
        "Merged cells do not fit into the table. Split them into single cells.",
    ),
    "table_cell_missing": (
        "error",
        "In der Zeile fehlte beim Einfügen eine Zelle. Prüfen Sie, ob jeder Wert in der richtigen Spalte steht. "
        "Ersetzen Sie dann den Vermerk in eckigen Klammern durch den Wert oder durch „–“.",
        "The row lacked a cell when it was pasted. Check that each value stands in the right column. "
        "Then replace the note in square brackets by the value or by '–'.",
    ),
    "table_empty_header": (
        "hint",
        "Eine Kopfzelle ist leer. Nennen Sie, was in der Spalte oder Zeile steht.",
        "A header cell is empty. Say what the column or row holds.",
    ),
    "table_empty_cell": (
        "hint",
        "Die Zelle ist leer. Tragen Sie den Wert ein. Gibt es keinen, schreiben Sie „–“.",
        "The cell is empty. Enter the value. If there is none, write '–'.",
    ),
    "table_merged": (
        "hint",
        "Hier sind Zellen verbunden. Vorleseprogramme ordnen sie leicht falsch zu. Teilen Sie sie, wenn es ohne geht.",
        "Cells are merged here. Screen readers easily assign them wrongly. Split them if you can do without.",
    ),
    "table_without_caption": (
        "hint",
        "Der Tabelle fehlt die Tabellenüberschrift. Sie sagt vorab, worum es geht.",
        "The table has no caption. A caption says beforehand what it is about.",
    ),
    "left_out": (
        "error",
        "Beim Einfügen kam hier etwas nicht mit. Ergänzen Sie es, und löschen Sie dann den Vermerk in eckigen Klammern.",
        "Something did not come along here when pasting. Add it, then delete the note in square brackets.",
    ),
    "picture_left_out": (
        "error",
        "Hier kam ein Bild nicht mit. Fügen Sie es an dieser Stelle ein: Es ersetzt den Vermerk in eckigen Klammern.",
        "An image did not come along here. Insert it at this place: it replaces the note in square brackets.",
    ),
    # Levels by the names that the toolbar has for them.
    "heading_first": (
        "error",
        "Das ist eine Unterüberschrift, aber über ihr steht keine Überschrift. Machen Sie daraus eine „Überschrift“.",
        "This is a subheading, but there is no heading above it. Make it a 'Heading'.",
    ),
    "heading_skipped": (
        "error",
        "Die Überschrift überspringt eine Ebene. Machen Sie daraus eine „Unterüberschrift“.",
        "The heading skips a level. Make it a 'Subheading'.",
    ),
    "heading_without_text": (
        "hint",
        "Nach der Überschrift folgt kein Text. Ergänzen Sie ihn oder entfernen Sie die Überschrift.",
        "No text follows the heading. Add some or remove the heading.",
    ),
    "link_says_nothing": (
        "error",
        "Der Text des Verweises sagt nicht, wohin er führt. Nennen Sie das Ziel, zum Beispiel „Antrag auf Wohngeld“.",
        "The link text does not say where it leads. Name the target, for example 'application for housing benefit'.",
    ),
    "link_is_address": (
        "error",
        "Der Text des Verweises ist eine Internetadresse. Nennen Sie stattdessen das Ziel in Worten.",
        "The link text is an internet address. Name the target in words instead.",
    ),
    "all_capitals": (
        "error",
        "Der Absatz steht in Großbuchstaben. Schreiben Sie ihn in üblicher Groß- und Kleinschreibung.",
        "The paragraph is in capital letters. Write it in sentence case.",
    ),
    "bold_as_heading": (
        "error",
        "Der fette Absatz wirkt wie eine Überschrift, ist aber keine. Wählen Sie eine Überschrift oder nehmen Sie die Fettung weg.",
        "The bold paragraph looks like a heading but is none. Choose a heading or take the bold away.",
    ),
    "fake_list": (
        "error",
        "Die Zeilen sehen wie eine Liste aus, sind aber keine. Machen Sie eine Aufzählung daraus.",
        "The lines look like a list but are none. Make them a list.",
    ),
    "long_sentence": (
        "hint",
        f"Der Satz hat mehr als {LONG_SENTENCE} Wörter. Zwei kürzere Sätze sind leichter zu verstehen.",
        f"The sentence has more than {LONG_SENTENCE} words. Two shorter sentences are easier to understand.",
    ),
    "long_paragraph": (
        "hint",
        f"Der Absatz hat mehr als {LONG_PARAGRAPH} Wörter. Absätze oder eine Liste gliedern ihn.",
        f"The paragraph has more than {LONG_PARAGRAPH} words. Paragraphs or a list give it structure.",
    ),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A table or a picture, counted from 1 in the text; in a table the row and the column, from 1, where it is about one."""

    kind: Literal["table", "figure"]
    number: int
    row: int = 0
    column: int = 0

    def words(self, language: str = "de") -> str:
        """Tabelle 2, Zeile 3, Spalte 1."""
        kinds = {"table": ("Tabelle", "Table"), "figure": ("Bild", "Image")}
        parts = [(kinds[self.kind], self.number), (("Zeile", "row"), self.row), (("Spalte", "column"), self.column)]
        return ", ".join(f"{names[0 if language == 'de' else 1]} {number}" for names, number in parts if number)


@dataclass(frozen=True, slots=True)
class Problem:
    """`block` is the number of the block in the document, from 0; None means the whole text. `excerpt` and `place` help to find it."""

    code: str
    severity: Severity
    block: int | None
    excerpt: str
    place: Place | None = None

    def message(self, language: str = "de") -> str:
        return message(self.code, language)


def message(code: str, language: str = "de") -> str:
    """The sentence for a code in German or English."""
    return MESSAGES[code][1 if language == "de" else 2]
