"""Is my document as it was published? The same answer as `allmende verify`; nothing of the upload is kept.

People bring the proof, the sealed PDF alone, a page they have saved, or something else. A file that is no proof is never called
wrong: it is said what it is, and how to come to the proof. What this installation has published itself it recognises.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from allauth.core import ratelimit
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from allmende.core.http import TownRequest
from allmende.core.language import page_language
from allmende.evidence.certificates import selectors as certificates
from allmende.evidence.models import Certificate
from allmende.lib import german, proof
from allmende.lib.limited import Turn
from allmende.lib.proof import Report, State
from allmende.lib.proof.recognition import Subject
from allmende.lib.proof.report import counted
from allmende.lib.proof.visible import visible
from allmende.lib.tlog import TlogError
from allmende.portal.forms import CheckForm
from allmende.publication import installation, known, story
from allmende.publication.known import Known

ICONS: Final = {State.OK: "ok", State.BAD: "bad", State.OPEN: "wait", State.REMARK: "warn", State.DEMO: "off"}
STATES: Final = {icon: state for state, icon in ICONS.items()}


class Line(NamedTuple):
    """One line of the answer."""

    icon: str
    word: str
    title: str
    detail: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: TownRequest) -> HttpResponse:
    """Show the form, or the answer for an uploaded file. Stores nothing."""
    if request.method != "POST":
        return render(request, "portal/check.html", {"form": CheckForm()})
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "portal/check.html", {"form": form}, status=413 if form.has_error("bundle", "too_large") else 422)
    # Each file costs seconds of a web process, and the one turn that all share: nobody gets it as often as they like.
    if not ratelimit.consume(request, action="check"):
        form.add_error(
            "bundle", _("Das waren viele Dateien nacheinander. Warten Sie eine Minute und schicken Sie die Datei dann noch einmal.")
        )
        return render(request, "portal/check.html", {"form": form}, status=429)
    upload = form.cleaned_data["bundle"]
    try:
        # Read by a process of its own: it may come from anybody.
        turn = Turn(settings.DATA_DIR / "examination.lock")
        vkey = form.cleaned_data["vkey"].strip() or None
        given = [_given(file) for file in form.cleaned_data["attachments"]]
        certificate = form.cleaned_data["certificate"]
        archive = form.cleaned_data["archive"]
        report = proof.verify_limited(
            upload.read(),
            vkey=vkey,
            hosted=installation.hosted(),
            files=given,
            archive=archive.read() if archive else None,
            certificate=certificate.read() if certificate else None,
            turn=turn,
        )
    except TlogError:
        form.add_error(
            "vkey", _("Dieser Schlüssel ist nicht lesbar. Kopieren Sie ihn noch einmal vollständig, oder lassen Sie das Feld leer.")
        )
        return render(request, "portal/check.html", {"form": form}, status=422)
    if given and report.subject is not Subject.BUNDLE:
        form.add_error("bundle", _("Anlagen lassen sich nur zusammen mit dem Nachweis prüfen. Wählen Sie hier die ZIP-Datei aus."))
        return render(request, "portal/check.html", {"form": form}, status=422)
    if archive and report.subject is not Subject.BUNDLE:
        form.add_error("bundle", _("Der Archivzeitstempel zählt nur mit einem Nachweis. Wählen Sie hier die ZIP-Datei der Bekanntmachung."))
        return render(request, "portal/check.html", {"form": form}, status=422)
    if certificate and report.subject is not Subject.BUNDLE:
        form.add_error("bundle", _("Dazu gehört die Nachweisdatei der Bekanntmachung. Wählen Sie hier die ZIP-Datei aus."))
        return render(request, "portal/check.html", {"form": form}, status=422)
    told = _told(report, _given(upload), [_given(certificate)] if certificate else []) | {
        "name": visible(upload.name),
        "size": upload.size,
        "at": timezone.now(),
    }
    return render(request, "portal/checked.html", told)


def _given(file: UploadedFile) -> proof.Given:
    """What is to be known of an upload, read a part at a time."""
    digest = hashlib.sha256()
    for part in file.chunks():
        digest.update(part)
    return proof.Given(visible(file.name or ""), digest.digest(), file.size or 0)


def _known(report: Report, upload: proof.Given) -> Known | None:
    """The notice of this installation whose file was handed in. Only a file without fault is recognised."""
    facts, now = report.facts, timezone.now()
    if report.subject is not Subject.BUNDLE and (attachment := known.attachment(upload.sha256.hex(), at=now)):
        return attachment
    if report.subject is Subject.PAGE:
        return known.page(facts.title, facts.page_sha256, at=now)
    if facts.document_sha256 and not report.failed:
        return known.document(facts.document_sha256, at=now)
    return None


def _certificate(report: Report, upload: proof.Given, beside: Sequence[proof.Given]) -> Certificate | None:
    """The certificate of publication, issued here, that was handed in alone or beside the proof. Only without fault is it recognised."""
    if report.failed or report.subject not in (Subject.DOCUMENT, Subject.BUNDLE):
        return None
    files = [*beside, upload] if beside or report.subject is Subject.DOCUMENT else []  # the two may have been exchanged
    return next((found for file in files if (found := certificates.issued(file.sha256.hex()))), None)


def _is_foreign(report: Report, found: Known | None) -> bool:
    """A proof of another log around a PDF that was published here: whoever made it may have written any page beside the PDF."""
    return found is not None and report.subject is Subject.BUNDLE and report.facts.vkey != visible(found.vkey)


def _told(report: Report, upload: proof.Given, beside: Sequence[proof.Given]) -> dict[str, Any]:
    """The report in the language of the page, with what this installation knows of the file."""
    language = get_language() or "de"
    found = _known(report, upload)
    certificate = _certificate(report, upload, beside)
    foreign = _is_foreign(report, found)
    told: dict[str, Any] = {
        "report": report,
        "known": found,
        "failed": bool(report.failed) or foreign,
        "tone": _tone(report, found),
        "headline": report.headline.in_language(language),
        "lead": report.lead.in_language(language),
        "summary": "",
        "advice": [text.in_language(language) for text in report.advice],
        "checks": _lines(report, found, language),
        "seal_label": report.facts.seal_label.in_language(language),
        "line": None if report.facts.index is None else report.facts.index + 1,
        "certified_line": report.facts.certifies and report.facts.certifies.index + 1,
    }
    if foreign:
        told["headline"] = _("Dieser Nachweis ist nicht der hier ausgegebene")
        told["lead"] = _(
            "Er enthält ein PDF, das hier veröffentlicht ist, gehört aber zu einem anderen Protokoll. Verlassen Sie sich nicht auf ihn."
        )
        told["summary"] = _("Was nicht stimmt")
        told["advice"] = [_("Laden Sie den Nachweis auf der Seite der Bekanntmachung neu herunter.")]
    elif certificate and report.subject is Subject.BUNDLE:
        detail = _("Er ist Byte für Byte der Nachweis, den %(body)s ausgestellt hat.") % {"body": certificate.publication.record.body.name}
        word = State.OK.word.in_language(language)
        told["checks"].append(Line("ok", word, _("Dieser Bekanntmachungsnachweis ist hier ausgestellt"), detail))
    elif certificate and found is None:
        told |= _issued(certificate)
        told["checks"] = told["checks"][:-1]  # that it is no notice goes without saying
        if report.facts.certifies:
            told["known"] = known.document(report.facts.certifies.document, at=timezone.now())
    elif found and report.subject is not Subject.BUNDLE:
        told["headline"] = _("Genau diese Datei ist hier veröffentlicht")
        told["lead"] = _("Sie stimmt Byte für Byte mit dem überein, was auf dieser Seite bekannt gemacht ist.")
        told["summary"], told["advice"] = _("Was wir dazu sagen können"), []
    if not told["summary"]:  # of the lines that are shown: some are those of this site
        shown = counted([STATES[line.icon] for line in told["checks"]]) if report.examined else report.summary
        told["summary"] = shown.in_language(language)
    return told


def _issued(certificate: Certificate) -> dict[str, Any]:
    """What this installation says of a certificate of its own: no more than stands in it."""
    body = certificate.publication.record.body
    return {
        "headline": _("Dieser Bekanntmachungsnachweis ist hier ausgestellt"),
        "lead": _("Er ist Byte für Byte der Nachweis, den %(body)s ausgestellt hat. Was er bescheinigt, beweist die Nachweisdatei (ZIP).")
        % {"body": body.name},
        "summary": _("Was wir dazu sagen können"),
        "advice": [
            _(
                "Prüfen Sie beide zusammen, die Nachweisdatei (ZIP) und den Bekanntmachungsnachweis: Die Antwort sagt, ob sie "
                "zusammengehören."
            )
        ],
    }


def _tone(report: Report, found: Known | None) -> str:
    """`bad`: something is wrong with it. `ok`: it holds, and somebody vouches for it. Else `open`: neither good nor bad."""
    if report.failed or _is_foreign(report, found):
        return "bad"
    return "ok" if (report.trusted or found) and not report.demo else "open"


def _lines(report: Report, found: Known | None, language: str) -> list[Line]:
    """The checks, and in place of what a PDF cannot say about the log what this installation says."""
    alone = report.subject is not Subject.BUNDLE
    if report.subject in (Subject.PAGE, Subject.ARCHIVE, Subject.OTHER) and not found:
        return []  # the headline has said it
    lines = [
        Line(
            ICONS[check.state] if report.examined else "off",
            check.state.word.in_language(language),
            check.title.in_language(language),
            check.detail.in_language(language),
        )
        for check in report.checks
        if not (found and alone and check.code in ("log", "bundle"))
    ]
    if _is_foreign(report, found):
        detail = _("Der Schlüssel des Protokolls ist nicht der, mit dem diese Bekanntmachung eingetragen wurde.")
        lines.insert(0, Line("bad", State.BAD.word.in_language(language), _("Der Nachweis nennt ein anderes Protokoll"), detail))
    elif found:
        detail = _("Zeile %(line)s im Protokoll von %(body)s. Das sagt diese Seite; ohne uns prüfen lässt es sich mit dem Nachweis.")
        values = {"line": german.number(found.line, language=page_language()), "body": found.record.body.name}
        title = _("Genau diese Datei ist hier veröffentlicht") if alone else _("Genau dieses PDF ist hier veröffentlicht")
        word = State.OK.word.in_language(language)
        lines.insert(0, Line("ok", word, title, detail % values))
    elif report.subject is Subject.DOCUMENT and report.ok:
        lines.append(_unknown(report, State.OPEN.word.in_language(language)))
    return lines + _later(report, language)


def _unknown(report: Report, word: str) -> Line:
    """Of a sealed PDF that is none of this installation."""
    if report.facts.certifies:
        detail = _("Diese Seite hat keinen Bekanntmachungsnachweis ausgestellt, der Byte für Byte diese Datei ist.")
        return Line("wait", word, _("Hier nicht ausgestellt"), detail)
    detail = _("Keine Bekanntmachung dieser Seite ist Byte für Byte diese Datei. Über Dateien anderer Stellen sagt das nichts.")
    return Line("wait", word, _("Auf dieser Seite nicht veröffentlicht"), detail)


def _later(report: Report, language: str) -> list[Line]:
    """What a log that is kept here says about the entry later: taken down, erased, corrected."""
    home = installation.body_of(report.facts.origin) if report.trusted and report.facts.index is not None else None
    if home is None or report.facts.index is None:
        return []
    word = State.REMARK.word.in_language(language)
    return [
        Line(
            "warn",
            word,
            _("Das Protokoll sagt dazu seit dem %(day)s") % {"day": german.date_with_year(told.at, page_language())},
            _("%(what)s Das steht in Zeile %(line)s.") % {"what": told.what, "line": german.number(told.line, language=page_language())},
        )
        for told in story.about(home, report.facts.index)
    ]
