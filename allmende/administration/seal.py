"""The seal as its pages, the desk and the overview show it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from allmende.core.language import page_language
from allmende.core.models import Body, Visibility
from allmende.lib import german
from allmende.lib.seal import CertificateFacts, SealLevel, facts_of
from allmende.publication import encoded
from allmende.publication.models import VALID, SealKey, SealUse
from allmende.publication.seals import BUILTIN

EXPIRES_SOON = timedelta(days=60)  # an issuer of seal certificates takes weeks
USES_A_PAGE = 25


@dataclass(frozen=True)
class SealState:
    """`state`: 'ok', 'warn' or 'bad' (nothing can be sealed)."""

    state: str
    title: str
    text: str


def seal_of(body: Body) -> SealKey | None:
    """The seal in use, locked or not. 1 query."""
    return SealKey.objects.for_body(body).exclude(state=SealKey.State.STOPPED).first()


def is_unlocked(key: SealKey, *, at: datetime) -> bool:
    """Whether the worker may seal with it at `at`, as allmende.publication.sealing decides."""
    return key.state == SealKey.State.ACTIVE and key.unlocked_until is not None and at < key.unlocked_until


def is_builtin(key: SealKey) -> bool:
    """Whether the installation stamps for itself."""
    return key.authority_url == BUILTIN


def state_of(key: SealKey | None, *, at: datetime) -> SealState:
    """What to know and to do about the seal, the most pressing alone. No query."""
    if key is None:
        return SealState("bad", _("Kein Siegel"), _("Ohne Siegel wird nichts veröffentlicht. Die Siegelverwaltung richtet es ein."))
    ends = german.date_with_year(key.valid_until, page_language())
    if key.valid_until <= at:
        text = _("Seit dem %(day)s. Bis es erneuert ist, wird nichts veröffentlicht.") % {"day": ends}
        return SealState("bad", _("Siegel abgelaufen"), text)
    if not is_unlocked(key, at=at):
        return SealState("bad", _("Siegel gesperrt"), _("Freigegebenes wartet, bis die Siegelverwaltung das Siegel entsperrt."))
    if key.valid_until <= at + EXPIRES_SOON:
        text = _("Am %(day)s. Beantragen Sie jetzt ein neues Zertifikat.") % {"day": ends}
        return SealState("warn", _("Siegel läuft bald ab"), text)
    if key.level == SealLevel.ADVANCED_DEMO:
        return SealState("warn", _("Siegel nur zur Vorführung"), _("Es beweist nicht, wer gesiegelt hat."))
    assert key.unlocked_until is not None
    text = _("Entsperrt bis einschließlich %(day)s.") % {"day": german.date_with_year(key.unlocked_until, page_language())}
    return SealState("ok", _("Siegel bereit"), text)


@dataclass(frozen=True)
class SealWords:
    """Level of a seal, honestly worded, and what its certificate says."""

    label: str
    text: str
    facts: CertificateFacts
    service: CertificateFacts | None


def in_words(key: SealKey) -> SealWords:
    """In the language of the page. No query."""
    level, language = SealLevel(key.level), get_language() or "de"
    known = encoded.from_pem(key.authority_certificates)
    return SealWords(
        level.label(language),
        level.text(language),
        facts_of(encoded.from_pem(key.certificates)[0]),
        facts_of(known[0]) if known else None,
    )


@dataclass(frozen=True)
class Use:
    """One document sealed. `path` is empty where nothing answers (yet, or never: void)."""

    at: datetime
    title: str
    path: str
    fingerprint: str
    state: str | Promise
    void: bool


def uses_of(body: Body, *, page: str, at: datetime) -> tuple[Page[Any], list[Use]]:
    """Uses of all seals of `body`, newest first. `page` as it stands in the address. 2 queries; never the documents."""
    rows = SealUse.objects.for_body(body).select_related("attempt__publication__record").order_by("-at", "-pk")
    record = "attempt__publication__record__"
    light = rows.only(
        "at",
        "document_hash",
        "purpose",
        "attempt__state",
        "attempt__provided_at",
        "attempt__publication__state",
        *(record + column for column in ("titles", "path", "visibility")),
    )
    found = Paginator(light, USES_A_PAGE).get_page(page)
    return found, [_use(row, at) for row in found]


def _use(row: SealUse, at: datetime) -> Use:
    if row.attempt is None:
        return Use(row.at, str(row.get_purpose_display()), "", bytes(row.document_hash).hex(), _("ausgestellt"), False)
    attempt, record = row.attempt, row.attempt.publication.record
    provided = attempt.state in VALID and attempt.provided_at is not None and attempt.provided_at <= at
    answers = provided and record.visibility == Visibility.PUBLIC
    state = attempt.get_state_display()
    return Use(row.at, record.title, record.path if answers else "", bytes(row.document_hash).hex(), state, not provided)
