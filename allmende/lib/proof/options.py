"""The command line of the verifier, in the language of whoever asks: help and mistakes too, which argparse says in English only."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NoReturn

from allmende.lib.proof.report import Text

LANGUAGES: Final = ("de", "en")
_MISTAKES: Final = (
    (r"the following arguments are required: (.*)", Text("Es fehlt: {0}.", "Missing: {0}.")),
    (r"unrecognized arguments: (.*)", Text("Unbekannte Angabe: {0}.", "Unknown: {0}.")),
    (r"argument ([^:]*): expected one argument", Text("Hinter {0} fehlt die Angabe dazu.", "Behind {0} its value is missing.")),
    (r"argument ([^:]*): invalid choice: (.*?) \(.*", Text("{0} {1} gibt es nicht.", "There is no {0} {1}.")),
)


def language_of(arguments: Sequence[str]) -> str:
    """The one that is asked for, even on a command line with mistakes; else English where the locale is, or else German."""
    words = [*arguments, ""]
    pairs = pairwise(words)
    stated = [word.partition("=")[2] or following for word, following in pairs if word.partition("=")[0] == "--language"]
    if stated and stated[-1] in LANGUAGES:
        return stated[-1]
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if locale.lower().startswith("en") else "de"


class Parser(argparse.ArgumentParser):
    """`about`: what the command does; `example`: after `{program}`."""

    def __init__(self, program: str, about: Text, example: Text, *, language: str) -> None:
        super().__init__(
            prog=program,
            description=about.in_language(language),
            epilog=example.in_language(language).format(program=program),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.language = language
        self._positionals.title = Text("Angaben", "what is needed").in_language(language)
        self._optionals.title = Text("Zusätze", "options").in_language(language)
        self.add_argument("-h", "--help", action="help", help=Text("diese Hilfe", "this help").in_language(language))
        self.option("--language", Text("Sprache der Antwort", "language of the answer"), choices=LANGUAGES)

    def option(self, name: str, about: Text, *, metavar: Text | None = None, **more: object) -> None:
        """One option, or what is needed where `name` begins without a dash."""
        if metavar is not None:
            more["metavar"] = metavar.in_language(self.language)
        self.add_argument(name, help=about.in_language(self.language), **more)  # type: ignore[arg-type]

    def format_usage(self) -> str:
        return _in(self.language, super().format_usage())

    def format_help(self) -> str:
        return _in(self.language, super().format_help())

    def error(self, message: str) -> NoReturn:
        said = Text(f"Diese Angaben sind nicht zu verstehen: {message}.", f"This cannot be understood: {message}.")
        for pattern, text in _MISTAKES:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                said = Text(text.de.format(*found.groups()), text.en.format(*found.groups()))
        more = Text(f"Mehr sagt: {self.prog} --help", f"For more: {self.prog} --help")
        sys.stderr.write(f"{said.in_language(self.language)}\n{more.in_language(self.language)}\n")
        raise SystemExit(2)


def _in(language: str, text: str) -> str:
    return text if language == "en" else text.replace("usage: ", "Aufruf: ", 1)
