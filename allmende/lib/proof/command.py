"""`allmende verify`: check a proof bundle offline. Needs no configuration, no database and no network."""

import argparse
import hashlib
import io
import json
import os
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from allmende.lib.limited import Limits
from allmende.lib.proof import texts
from allmende.lib.proof.attached import Given
from allmende.lib.proof.container import MAX_BUNDLE
from allmende.lib.proof.limited import verify_limited
from allmende.lib.proof.pem import certificates_in
from allmende.lib.proof.report import Facts, Report, State, Text
from allmende.lib.proof.visible import visible
from allmende.lib.tlog import TlogError

_MARKS = {State.OK: "[ok]", State.BAD: "[--]", State.OPEN: "[..]", State.REMARK: "[!!]", State.DEMO: "[~~]"}
_WIDTH = 100
_LIMITS = Limits(cpu=60, wall=120.0)  # whoever asks here keeps nobody else waiting

_HELP = """\
Check a downloaded proof bundle (.zip) offline and say what holds and what does not.
Of a sealed PDF alone it examines the seal; only the bundle proves the publication. A certificate of publication
(Bekanntmachungsnachweis) is examined beside the bundle (--certificate): does it name exactly this entry?

The bundle alone can only show that it agrees with itself. State the key of the log (--vkey) or a trust
policy (--policy) from a source you trust, and it shows whose publication it is. Witnesses count only if
your policy names them; seal and time stamp only if you bring the certificate of their issuer (--issuers).

Attachments that are too large for the bundle are files of their own: name them too (--attachment), each once.

The file is read by a process of its own with limits of memory and time, as it may come from anybody.

Exit status: 0 nothing is wrong, 1 something is wrong, 2 the check could not be made.
"""
_EXAMPLE = """\
example:
  {program} 17.zip --vkey 'quellstedt.example/log+1a2b3c4d+AU…'
"""


def main(arguments: Sequence[str], *, program: str = "allmende verify") -> int:
    """Run the command; returns the exit status. `program`: how it was called."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot write a letter still gets the answer
    options = _parser(program).parse_args(arguments)
    language = options.language or _language()
    try:
        with Path(options.bundle).open("rb") as file:
            data = file.read(MAX_BUNDLE + 1)
        policy = None if options.policy is None else Path(options.policy).read_bytes().decode("utf-8", "surrogateescape")
        issuers = () if options.issuers is None else certificates_in(Path(options.issuers).read_bytes())
        files = [given(Path(name)) for name in options.attachment]
        archive = None if options.archive is None else Path(options.archive).read_bytes()
        certificate = None if options.certificate is None else Path(options.certificate).read_bytes()
    except ValueError:
        return _cannot(
            Text(
                f"{visible(options.issuers)} enthält kein lesbares Zertifikat (PEM oder DER).",
                f"{visible(options.issuers)} holds no certificate that can be read (PEM or DER).",
            ),
            language,
        )
    except OSError as error:
        return _cannot(_unreadable(error), language)
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
    except TlogError as error:
        reason = f"({error.code})"
        german = f"Der Schlüssel oder die Vertrauensregel ist nicht lesbar {reason}: Kopieren Sie sie noch einmal vollständig."
        return _cannot(Text(german, f"The key or the policy cannot be read {reason}: copy it once more, completely."), language)
    if options.json:
        sys.stdout.write(json.dumps(report.as_dict(language), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(told(report, language))
    return report.exit_status


def _unreadable(error: OSError) -> Text:
    name = visible(str(error.filename))
    if isinstance(error, FileNotFoundError):
        return Text(f"{name} gibt es nicht. Prüfen Sie Name und Ordner.", f"There is no {name}. Check name and folder.")
    if isinstance(error, IsADirectoryError):
        return Text(f"{name} ist ein Ordner. Nennen Sie die Datei darin.", f"{name} is a folder. Name the file in it.")
    if isinstance(error, PermissionError):
        return Text(f"{name} darf dieses Konto nicht lesen.", f"This account may not read {name}.")
    return Text(f"{name} lässt sich nicht lesen ({error.strerror}).", f"Cannot read {name} ({error.strerror}).")


def _parser(program: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=program, description=_HELP, epilog=_EXAMPLE.format(program=program), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundle", metavar="BUNDLE", help="the downloaded file")
    parser.add_argument("--attachment", metavar="FILE", action="append", default=[], help="an attachment that the bundle does not hold")
    parser.add_argument("--vkey", metavar="KEY", help="key of the log, as the town publishes it elsewhere")
    parser.add_argument("--policy", metavar="FILE", help="trust policy: logs, witnesses and how many of them it takes")
    parser.add_argument("--issuers", metavar="FILE", help="certificates (PEM or DER) of issuers of seals and time stamps that you trust")
    parser.add_argument("--archive", metavar="FILE", help="an archive time stamp of the log, from its page")
    parser.add_argument("--certificate", metavar="FILE", help="a certificate of publication (PDF): whether it names exactly this entry")
    parser.add_argument("--language", choices=["de", "en"], help="language of the answer (default: German, unless the locale is English)")
    parser.add_argument("--json", action="store_true", help="answer for programs")
    return parser


def given(path: Path) -> Given:
    """What is to be known of a file beside the bundle; of any size, read a part at a time. Raises OSError."""
    with path.open("rb") as file:
        return Given(path.name, hashlib.file_digest(file, "sha256").digest(), file.tell())


def _language() -> str:
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if locale.lower().startswith("en") else "de"


def _cannot(reason: Text, language: str) -> int:
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
