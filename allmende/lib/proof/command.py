"""`allmende verify`: check a proof bundle offline. Needs no configuration, no database and no network."""

import hashlib
import io
import json
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from allmende.lib.limited import Limits
from allmende.lib.proof import texts
from allmende.lib.proof.attached import Given
from allmende.lib.proof.container import MAX_BUNDLE
from allmende.lib.proof.limited import verify_limited
from allmende.lib.proof.options import Parser, language_of
from allmende.lib.proof.pem import certificates_in
from allmende.lib.proof.report import Facts, Report, State, Text
from allmende.lib.proof.visible import visible
from allmende.lib.tlog import TlogError

_MARKS = {State.OK: "[ok]", State.BAD: "[--]", State.OPEN: "[..]", State.REMARK: "[!!]", State.DEMO: "[~~]"}
_WIDTH = 100
_LIMITS = Limits(cpu=60, wall=120.0)  # whoever asks here keeps nobody else waiting

_ABOUT = Text(
    """\
Prüft einen heruntergeladenen Nachweis (.zip) ohne Netz und sagt, was stimmt und was nicht.
Von einem versiegelten PDF allein prüft es das Siegel; die Veröffentlichung beweist erst der Nachweis.
Ein Bekanntmachungsnachweis (PDF) wird neben dem Nachweis geprüft (--certificate): Nennt er genau diesen Eintrag?

Der Nachweis allein kann nur zeigen, dass er in sich stimmt. Mit dem Schlüssel des Protokolls (--vkey) oder einer
Vertrauensregel (--policy) aus einer Quelle, der Sie vertrauen, zeigt er, wessen Veröffentlichung es ist. Den Schlüssel nennt
Ihnen die Verwaltung am Telefon oder am Schalter, oder er steht im Amtsblatt. Zeugen zählen nur, wenn Ihre Vertrauensregel sie
nennt, Siegel und Zeitstempel nur, wenn Sie das Zertifikat ihres Ausstellers angeben (--issuers).

Anlagen, die für den Nachweis zu groß sind, sind eigene Dateien: Nennen Sie auch sie (--attachment), jede einmal.

Ein ganzes Protokoll rechnet {program} replay nach (mit --help mehr dazu).

Die Datei liest ein eigener Prozess, der nur begrenzt Speicher und Zeit bekommt: Sie kann von irgendwem kommen.

Rückgabe: 0 nichts ist falsch, 1 etwas ist falsch, 2 die Prüfung war nicht möglich.
""",
    """\
Check a downloaded proof (.zip) offline and say what holds and what does not.
Of a sealed PDF alone it examines the seal; only the proof shows the publication. A certificate of publication
(Bekanntmachungsnachweis) is examined beside the proof (--certificate): does it name exactly this entry?

The proof alone can only show that it agrees with itself. State the key of the log (--vkey) or a trust policy (--policy) from a
source you trust, and it shows whose publication it is. The administration tells you the key by telephone or at the counter, or
it is printed in the official gazette. Witnesses count only if your policy names them; seal and time stamp only if you bring the
certificate of their issuer (--issuers).

Attachments that are too large for the proof are files of their own: name them too (--attachment), each once.

{program} replay computes a whole log again (--help says more).

The file is read by a process of its own with limits of memory and time, as it may come from anybody.

Exit status: 0 nothing is wrong, 1 something is wrong, 2 the check could not be made.
""",
)
_EXAMPLE = Text(
    "Beispiel:\n  {program} 17.zip --vkey 'quellstedt.example/log+1a2b3c4d+AU…'\n",
    "example:\n  {program} 17.zip --vkey 'quellstedt.example/log+1a2b3c4d+AU…'\n",
)
_FILE = Text("DATEI", "FILE")


def main(arguments: Sequence[str], *, program: str = "allmende verify") -> int:
    """Run the command; returns the exit status. `program`: how it was called."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot write a letter still gets the answer
    if arguments[:1] == ["replay"]:
        from allmende.lib.proof.replaying import main as replay  # asks the network, which the check of a proof never does

        return replay(arguments[1:], program=f"{program} replay")
    language = language_of(arguments)
    options = _parser(program, language).parse_args(arguments)
    try:
        with Path(options.bundle).open("rb") as file:
            data = file.read(MAX_BUNDLE + 1)
        policy = None if options.policy is None else Path(options.policy).read_bytes().decode("utf-8", "surrogateescape")
        issuers = () if options.issuers is None else certificates_in(Path(options.issuers).read_bytes())
        files = [given(Path(name)) for name in options.attachment]
        archive = None if options.archive is None else Path(options.archive).read_bytes()
        certificate = None if options.certificate is None else Path(options.certificate).read_bytes()
    except ValueError:
        return cannot(
            Text(
                f"{visible(options.issuers)} enthält kein lesbares Zertifikat (PEM oder DER).",
                f"{visible(options.issuers)} holds no certificate that can be read (PEM or DER).",
            ),
            language,
        )
    except OSError as error:
        return cannot(unreadable(error), language)
    if not data:
        return cannot(Text("Diese Datei ist leer. Laden Sie sie neu herunter.", "This file is empty. Download it again."), language)
    try:
        report = verify_limited(
            data,
            vkey=options.vkey,
            policy=policy,
            issuers=issuers,
            files=files,
            archive=archive,
            certificate=certificate,
            limits=_LIMITS,
        )
    except TlogError:
        german = "Der Schlüssel oder die Vertrauensregel ist nicht lesbar: Kopieren Sie sie noch einmal vollständig."
        english = "The key or the policy cannot be read: copy it once more, completely."
        return cannot(Text(german, english), language)
    if options.json:
        sys.stdout.write(json.dumps(report.as_dict(language), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(told(report, language))
    return report.exit_status


def unreadable(error: OSError) -> Text:
    name = visible(str(error.filename))
    if isinstance(error, FileNotFoundError):
        return Text(f"{name} gibt es nicht. Prüfen Sie Name und Ordner.", f"There is no {name}. Check name and folder.")
    if isinstance(error, IsADirectoryError):
        return Text(f"{name} ist ein Ordner. Nennen Sie die Datei darin.", f"{name} is a folder. Name the file in it.")
    if isinstance(error, PermissionError):
        return Text(f"{name} darf dieses Konto nicht lesen.", f"This account may not read {name}.")
    return Text(f"{name} lässt sich nicht lesen ({error.strerror}).", f"Cannot read {name} ({error.strerror}).")


def _parser(program: str, language: str) -> Parser:
    about = Text(_ABOUT.de.format(program=program), _ABOUT.en.format(program=program))
    parser = Parser(program, about, _EXAMPLE, language=language)
    parser.option("bundle", Text("die heruntergeladene Datei", "the downloaded file"), metavar=Text("NACHWEIS", "PROOF"))
    parser.option(
        "--attachment",
        Text("eine Anlage, die der Nachweis nicht selbst enthält", "an attachment that the proof does not hold"),
        metavar=_FILE,
        action="append",
        default=[],
    )
    parser.option(
        "--vkey",
        Text("Schlüssel des Protokolls, aus einer Quelle, der Sie vertrauen", "key of the log, from a source you trust"),
        metavar=Text("SCHLÜSSEL", "KEY"),
    )
    parser.option(
        "--policy",
        Text(
            "Vertrauensregel: Protokolle, Zeugen und wie viele davon nötig sind",
            "trust policy: logs, witnesses and how many of them it takes",
        ),
        metavar=_FILE,
    )
    parser.option(
        "--issuers",
        Text(
            "Zertifikate (PEM oder DER) von Ausstellern von Siegeln und Zeitstempeln, denen Sie vertrauen",
            "certificates (PEM or DER) of issuers of seals and time stamps that you trust",
        ),
        metavar=_FILE,
    )
    parser.option(
        "--archive",
        Text("ein Archivzeitstempel des Protokolls, von dessen Seite", "an archive time stamp of the log, from its page"),
        metavar=_FILE,
    )
    parser.option(
        "--certificate",
        Text(
            "ein Bekanntmachungsnachweis (PDF): ob er genau diesen Eintrag nennt",
            "a certificate of publication (PDF): whether it names exactly this entry",
        ),
        metavar=_FILE,
    )
    parser.option("--json", Text("Antwort für Programme", "answer for programs"), action="store_true")
    return parser


def given(path: Path) -> Given:
    """What is to be known of a file beside the bundle; of any size, read a part at a time. Raises OSError."""
    with path.open("rb") as file:
        return Given(path.name, hashlib.file_digest(file, "sha256").digest(), file.tell())


def cannot(reason: Text, language: str) -> int:
    sys.stderr.write(reason.in_language(language) + "\n")
    return 2


def told(report: Report, language: str) -> str:
    """The report as plain text."""
    lines = [report.headline.in_language(language), "", *textwrap.wrap(report.lead.in_language(language), _WIDTH), ""]
    for check in report.checks:
        lines.append(f"{_MARKS[check.state]} {check.state.word.in_language(language)} {check.title.in_language(language)}")
        lines += textwrap.wrap(
            check.detail.in_language(language),
            _WIDTH,
            initial_indent="     ",
            subsequent_indent="     ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    lines += ["", f"{report.summary.in_language(language)}."]
    facts = [(label.in_language(language), value.in_language(language)) for label, value in rows(report)]
    if facts:
        width = max(len(label) for label, _ in facts)
        lines += ["", *(f"{label:<{width}}  {value}" for label, value in facts)]
    if report.lasting:
        lines += ["", f"{texts.LASTING.in_language(language)}:"]
        for one in report.lasting:
            name, how = texts.lasts(one.what, one.state.value, one.until, one.algorithms, one.unfit_from)
            lines += textwrap.wrap(f"{name.in_language(language)}: {how.in_language(language)}", _WIDTH, subsequent_indent="  ")
    lines += [
        "",
        *(
            line
            for text in report.advice
            for line in textwrap.wrap(text.in_language(language), _WIDTH, initial_indent="- ", subsequent_indent="  ")
        ),
    ]
    return "\n".join(lines) + "\n"


def _line(facts: Facts) -> Text | None:
    """People count from 1; programs and docs/log.md from 0."""
    if facts.index is None or facts.size is None:
        return None
    line, size = texts.number(facts.index + 1), texts.number(facts.size)
    return Text(f"{line.de} von {size.de} (index {facts.index})", f"{line.en} of {size.en} (index {facts.index})")


def _certified(facts: Facts) -> list[tuple[Text, Text | str | None]]:
    """What a certificate of publication names."""
    named = facts.certifies
    if named is None:
        return []
    line = texts.number(named.index + 1)
    return [
        (Text("Bescheinigt im Protokoll", "Certified in the log"), named.origin),
        (Text("Bescheinigte Zeile", "Certified line"), Text(f"{line.de} (index {named.index})", f"{line.en} (index {named.index})")),
        (Text("Bescheinigte SHA-256 der Seite", "Certified SHA-256 of the page"), named.page),
        (Text("Bescheinigte SHA-256 des PDF", "Certified SHA-256 of the PDF"), named.document),
    ]


def rows(report: Report) -> list[tuple[Text, Text]]:
    """The facts as label and value, without those that are unknown."""
    facts = report.facts
    found: list[tuple[Text, Text | str | None]] = [
        (Text("Titel", "Title"), facts.title),
        (Text("Siegel nennt", "Seal names"), facts.issuer),
        (Text("Art des Siegels", "Kind of seal"), facts.seal_label),
        (Text("Zeitstempel", "Time stamp"), texts.moment(facts.stamped_at) if facts.stamped_at else None),
        (Text("Zeitstempel nennt", "Time stamp names"), facts.authority),
        (Text("Protokoll", "Log"), facts.origin),
        (Text("Zeile im Protokoll", "Line in the log"), _line(facts)),
        (Text("Zeugen", "Witnesses"), texts.names([witness.name for witness in facts.witnesses]) if facts.witnesses else None),
        (
            Text("Sonst unterschrieben von", "Otherwise signed by"),
            texts.names([cosigner.name for cosigner in facts.cosigners]) if facts.cosigners else None,
        ),
        (Text("Schlüssel des Protokolls", "Key of the log"), facts.vkey),
        (Text("SHA-256 der Seite", "SHA-256 of the page"), facts.page_sha256),
        (Text("SHA-256 des PDF", "SHA-256 of the PDF"), facts.document_sha256),
        *_certified(facts),
        *((Text(f"SHA-256 der Anlage {one.number}", f"SHA-256 of attachment {one.number}"), one.sha256) for one in facts.attachments),
    ]
    return [(label, value if isinstance(value, Text) else Text(value, value)) for label, value in found if value and any(value)]
