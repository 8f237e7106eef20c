"""Whether logs, keys and seals are well: what `allmende check` and the operator's page show."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from allmende.core.health import Finding, Level
from allmende.core.language import page_language
from allmende.lib import german, tlog
from allmende.lib.seal import facts_of
from allmende.publication import installation, keys, log, revocation, store
from allmende.publication.errors import KeyMissing
from allmende.publication.models import SealKey

SOON = timedelta(days=42)  # a new seal takes weeks to get


def heads(at: datetime) -> Iterator[Finding]:
    """The newest checkpoint of each log: signed, shown, and what its files give."""
    for found in installation.logs():
        name, newest = found.body.short_name, log.last_checkpoint(found.body)
        shown = store.read(log.checkpoint_file(found.body))
        try:
            if newest is not None:
                opened = tlog.open_checkpoint(shown or b"", [tlog.parse_vkey(found.vkey)])
                right = opened.checkpoint.size == newest.size
                right &= tlog.root(log.reader(found.body), newest.size) == opened.checkpoint.root == bytes(newest.root)
            else:
                right = shown is None
        except tlog.TlogError:
            right = False
        if right:
            yield Finding(Level.OK, _("Protokoll %(body)s: der Kopf passt zu den Dateien.") % {"body": name})
        else:
            advice = _("Prüfen Sie es ganz: „allmende log check“.")
            yield Finding(Level.BAD, _("Protokoll %(body)s: der Kopf passt nicht zu den Dateien.") % {"body": name}, advice)


def key_files(at: datetime) -> Iterator[Finding]:
    """The keys of each log are there and the right ones."""
    for found in installation.logs():
        try:
            keys.log_key(found)
            keys.witness_key(found)
        except KeyMissing as error:
            yield Finding(Level.BAD, _("%(body)s: ein Schlüssel fehlt.") % {"body": found.body.short_name}, error.message)


def seals(at: datetime) -> Iterator[Finding]:
    """Seals that are locked or end soon."""
    for key in installation.seals():
        name = key.body.short_name
        if key.state == SealKey.State.LOCKED or (key.unlocked_until and key.unlocked_until <= at):
            advice = _("Die Siegelverwaltung entsperrt es; bis dahin wird nichts veröffentlicht.")
            yield Finding(Level.WARN, _("Das Siegel von %(body)s ist gesperrt.") % {"body": name}, advice)
        if key.valid_until - at < SOON:
            day = german.date_with_year(key.valid_until, page_language())
            level = Level.BAD if key.valid_until <= at else Level.WARN
            what = _("Das Siegel von %(body)s gilt bis zum %(day)s.") % {"body": name, "day": day}
            yield Finding(level, what, _("Die Siegelverwaltung erneuert es rechtzeitig."))


def revocation_data(at: datetime) -> Iterator[Finding]:
    """Whether it can be shown that each seal is not revoked; without that nothing is sealed. Asks nobody, reads what is kept."""
    for key in installation.seals():
        for number, pair in enumerate(revocation.pairs(key)):
            found = revocation.standing(key, pair, at=at)
            names = {"body": key.body.short_name, "name": facts_of(pair[0]).name}
            if found.silent_since:
                names["since"] = german.moment(found.silent_since, page_language())
            if found.until:
                names["until"] = german.moment(found.until, page_language())
            if number == 0 and found.needed and not found.until and (found.silent_since or not revocation.can_ask(key, pair)):
                what = _("Ob das Siegel von %(body)s gesperrt ist, lässt sich nicht feststellen.") % names
                advice = _(
                    "Bis die Auskunft des Ausstellers da ist, wird nichts veröffentlicht; gefragt wird alle fünf Minuten. "
                    "Antwortet der Aussteller länger nicht, wendet sich die Siegelverwaltung an ihn."
                )
                yield Finding(Level.BAD, what, advice)
            elif found.silent_since and found.until:
                what = _("Die Sperrauskunft zu „%(name)s“ antwortet nicht seit %(since)s.") % names
                yield Finding(Level.WARN, what, _("Die zuletzt erhaltene gilt bis %(until)s; so lange geht alles weiter.") % names)
            elif found.silent_since:
                what = _("Die Sperrauskunft zu „%(name)s“ antwortet nicht seit %(since)s.") % names
                yield Finding(Level.WARN, what, _("Was jetzt gesiegelt wird, enthält sie nicht; der Nachweis gilt auch ohne sie."))
            elif number == 0 and found.until:
                yield Finding(Level.OK, _("Die Sperrauskunft zum Siegel von %(body)s liegt vor und gilt bis %(until)s.") % names)
