"""`… replay`: compute a whole log again, from a folder or over the network."""

import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from allmende.lib import german
from allmende.lib.proof.command import cannot, unreadable
from allmende.lib.proof.container import MAX_BUNDLE
from allmende.lib.proof.fetching import NotFetched, source
from allmende.lib.proof.options import Parser, language_of
from allmende.lib.proof.replay import Replayed, replay
from allmende.lib.proof.report import Text
from allmende.lib.proof.visible import visible
from allmende.lib.tlog import LOG, TlogError, parse_vkey

_MOST: Final = 20  # faults that are told
_ABOUT: Final = Text(
    """\
Rechnet ein ganzes Protokoll nach: die Unterschrift unter seinem Stand (checkpoint), jeden Eintrag, jede Kachel (tile/…), die
Wurzel, und was Einträge über frühere sagen. Mit --since prüft es auch, dass der neue Stand einen älteren fortsetzt, ohne ihn zu
ändern: Heben Sie dafür einen Stand auf, etwa mit --save; jeder Nachweis (.zip) enthält auch einen.

PROTOKOLL ist die Adresse der Dateien, die auf der Seite „Protokoll“ steht (https://…/log), oder ein Ordner, in den sie kopiert sind
(darin checkpoint und tile/). Nur von einer Adresse wird über das Netz gelesen.

Rückgabe: 0 alles stimmt, 1 etwas stimmt nicht, 2 die Prüfung war nicht möglich.
""",
    """\
Compute a whole log again: the signature of its state (checkpoint), each entry, each tile (tile/…), the root, and what entries say
of earlier ones. With --since it also checks that the new state continues an older one without changing it: keep a state for that,
for example with --save; each proof (.zip) holds one too.

LOG is the address of the files, which the page “Log” states (https://…/log), or a folder into which they were copied (with
checkpoint and tile/ in it). Only an address is read over the network.

Exit status: 0 all is right, 1 something is wrong, 2 the check could not be made.
""",
)
_EXAMPLE: Final = Text(
    "Beispiel:\n  {program} https://quellstedt.example/log --vkey 'quellstedt.example/log+1a2b3c4d+AU…' --save protokoll\n",
    "example:\n  {program} https://quellstedt.example/log --vkey 'quellstedt.example/log+1a2b3c4d+AU…' --save log\n",
)
_EVENTS: Final = {
    "published": Text("veröffentlicht", "published"),
    "void": Text("für ungültig erklärt", "declared void"),
    "removed": Text("nicht mehr gezeigt", "no longer shown"),
    "erased": Text("gelöscht", "erased"),
    "related": Text("berichtigt, erneuert oder geheilt", "corrected, renewed or healed"),
    "other": Text("anderes", "other"),
}


def main(arguments: Sequence[str], *, program: str) -> int:
    """Run the command; returns the exit status."""
    language = language_of(arguments)
    options = _parser(program, language).parse_args(arguments)
    try:
        key = parse_vkey(options.vkey.strip())
        if key.kind != LOG:
            raise TlogError("unknown_key_type", "not the key of a log")
    except TlogError:
        said = Text(
            "Dieser Schlüssel ist nicht lesbar. Kopieren Sie ihn noch einmal vollständig.", "This key cannot be read. Copy it once more."
        )
        return cannot(said, language)
    place = options.log
    folder = Path(place) if Path(place).is_dir() else None
    try:
        older = None
        if options.since is not None:
            with Path(options.since).open("rb") as file:
                older = file.read(MAX_BUNDLE + 1)
        found = replay(source(place, keep=Path(options.save) if options.save else None), key=key, older=older, folder=folder)
    except NotFetched as error:
        detail = visible(str(error))
        return cannot(Text(f"Das lässt sich nicht lesen: {detail}", f"This cannot be read: {detail}"), language)
    except OSError as error:
        return cannot(unreadable(error), language)
    sys.stdout.write(told(found, language))
    return 1 if found.faults else 0


def told(found: Replayed, language: str) -> str:
    """The answer as plain text, what it comes to first."""
    lines = []
    if found.faults:
        lines += [Text("Dieses Protokoll stimmt nicht", "This log is not right").in_language(language), ""]
        for fault in found.faults[:_MOST]:
            lines += textwrap.wrap(visible(fault.in_language(language)), 100, initial_indent="[--] ", subsequent_indent="     ")
        if len(found.faults) > _MOST:
            lines.append(f"     … {len(found.faults)}")
        lines += [
            "",
            *textwrap.wrap(
                Text(
                    "Heben Sie die Dateien auf, und vergleichen Sie mit jemandem, der einen früheren Stand hat. Wenden Sie sich an die "
                    "Verwaltung oder an eine Stelle, die von ihr unabhängig ist: die Kommunalaufsicht oder ein Gericht.",
                    "Keep the files, and compare with somebody who has an earlier state. Turn to the administration or to somebody "
                    "independent of it: the supervisory authority of the municipality or a court.",
                ).in_language(language),
                100,
            ),
        ]
        return "\n".join(lines) + "\n"
    assert found.head is not None
    size, files = _number(found.head.size, language), _number(found.files, language)
    lines += [Text("Dieses Protokoll stimmt", "This log is right").in_language(language), ""]
    said = [
        Text(
            f"Der Stand von {visible(found.head.origin)} mit {size} Zeilen ist mit diesem Schlüssel unterschrieben.",
            f"The state of {visible(found.head.origin)} with {size} lines is signed with this key.",
        ),
        Text(
            f"Alle Einträge und Kacheln passen zusammen und ergeben die unterschriebene Wurzel ({files} Dateien gelesen).",
            f"All entries and tiles fit together and give the root that was signed ({files} files read).",
        ),
    ]
    if found.older is not None:
        older = _number(found.older, language)
        said.append(
            Text(
                f"Der ältere Stand mit {older} Zeilen ist darin unverändert enthalten.",
                f"The older state of {older} lines is contained in it unchanged.",
            )
        )
    for text in said:
        lines += textwrap.wrap(text.in_language(language), 100, initial_indent="[ok] ", subsequent_indent="     ")
    counts = [f"{_EVENTS[name].in_language(language)} {_number(count, language)}" for name, count in found.events.items()]
    if counts:
        lines += ["", Text("Was die Zeilen sagen: ", "What the lines say: ").in_language(language) + ", ".join(counts) + "."]
    if found.older is None:
        said = [
            Text(
                "Ob früher etwas anderes darin stand, zeigt erst der Vergleich mit einem älteren Stand (--since): Heben Sie die Datei "
                "checkpoint auf.",
                "Whether it held something else before only a comparison with an older state can show (--since): keep the file checkpoint.",
            )
        ]
        lines += ["", *textwrap.wrap(said[0].in_language(language), 100)]
    return "\n".join(lines) + "\n"


def _number(value: int, language: str) -> str:
    return german.number(value, language=language)


def _parser(program: str, language: str) -> Parser:
    parser = Parser(program, _ABOUT, _EXAMPLE, language=language)
    parser.option("log", Text("Adresse oder Ordner", "address or folder"), metavar=Text("PROTOKOLL", "LOG"))
    parser.option(
        "--vkey",
        Text("Schlüssel des Protokolls, aus einer Quelle, der Sie vertrauen", "key of the log, from a source you trust"),
        metavar=Text("SCHLÜSSEL", "KEY"),
        required=True,
    )
    parser.option(
        "--since",
        Text(
            "ein älterer Stand: ein checkpoint, ein Nachweis (.zip) oder ein Archivzeitstempel",
            "an older state: a checkpoint, a proof (.zip) or an archive time stamp",
        ),
        metavar=Text("DATEI", "FILE"),
    )
    parser.option(
        "--save",
        Text("legt in diesem Ordner ab, was gelesen wurde", "puts what was read into this folder"),
        metavar=Text("ORDNER", "FOLDER"),
    )
    return parser
