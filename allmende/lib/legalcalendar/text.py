"""A statement in both languages, and the words for dates that statements are made of. `lib` has no translations of its own."""

from datetime import date
from typing import NamedTuple

from allmende.lib.german import long_date


class Text(NamedTuple):
    """One statement in German and English."""

    de: str
    en: str

    def in_language(self, language: str) -> str:
        """English for 'en…', German for every other language."""
        return self.en if language.lower().startswith("en") else self.de

    def then(self, other: "Text") -> "Text":
        """Both statements, one after the other."""
        return Text(f"{self.de} {other.de}".strip(), f"{self.en} {other.en}".strip())

    @property
    def capital(self) -> "Text":
        """As the beginning of a sentence."""
        return Text(self.de[:1].upper() + self.de[1:], self.en[:1].upper() + self.en[1:])

    def filled(self, **values: "str | Text") -> "Text":
        """Both sentences with their {places} filled; a Text gives each language its own words."""
        german = {name: value.de if isinstance(value, Text) else value for name, value in values.items()}
        english = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
        return Text(self.de.format(**german), self.en.format(**english))


NOTHING = Text("", "")


def day_words(day: date) -> Text:
    """'Dienstag, 1. Dezember 2026' / 'Tuesday, 1 December 2026'."""
    return Text(long_date(day, "de"), long_date(day, "en"))
