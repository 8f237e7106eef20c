"""Whether logs, keys and seals are well: what `allmende check` and the operator's page show."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from allmende.core.health import Finding, Level
from allmende.lib import tlog
from allmende.publication import installation, keys, log, store
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
            day = formats.date_format(key.valid_until, "j. F Y")
            level = Level.BAD if key.valid_until <= at else Level.WARN
            what = _("Das Siegel von %(body)s gilt bis zum %(day)s.") % {"body": name, "day": day}
            yield Finding(level, what, _("Die Siegelverwaltung erneuert es rechtzeitig."))
