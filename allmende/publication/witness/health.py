"""Whether the logs are witnessed, and which witness is silent: for `allmende check` and the page of the operator, who runs all bodies."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from allmende.core.health import Finding, Level
from allmende.core.language import page_language
from allmende.lib import german
from allmende.publication import installation
from allmende.publication.models import Log, Witness
from allmende.publication.witness.errors import OtherHistory, in_words

PATIENCE: Final = timedelta(hours=1)  # a restart or an update there is no reason to look


def witnesses(at: datetime) -> Iterator[Finding]:
    """One finding per witness; for a log without any, one that says so. 2 queries."""
    asked: dict[int, list[Witness]] = {}
    for witness in installation.witnesses():
        asked.setdefault(witness.body_id, []).append(witness)
    for log in installation.logs():
        if not asked.get(log.body_id):
            what = _("Das Protokoll von %(body)s hat noch keine Zeugen.") % {"body": log.body.short_name}
            yield Finding(Level.WARN, what, _("Die Administration vereinbart mit anderen Kommunen, dass sie einander bezeugen."))
        for witness in asked.get(log.body_id, []):
            yield _finding(log, witness, at)


def _finding(log: Log, witness: Witness, at: datetime) -> Finding:
    names = {"operator": witness.operator, "body": log.body.short_name}
    if witness.last_error == OtherHistory.code:
        return Finding(Level.BAD, _("Zeuge %(operator)s widerspricht dem Protokoll von %(body)s.") % names, in_words(witness.last_error))
    if witness.silent_since and at - witness.silent_since >= PATIENCE:
        names["moment"] = german.moment(witness.silent_since, page_language())
        what = _("Zeuge %(operator)s bestätigt %(body)s nicht mehr seit %(moment)s.") % names
        return Finding(Level.WARN, what, in_words(witness.last_error))
    if witness.heard_at is None:
        return Finding(Level.OK, _("Zeuge %(operator)s ist für %(body)s eingetragen und hat noch nichts bestätigt.") % names)
    names["moment"] = german.moment(witness.heard_at, page_language())
    return Finding(Level.OK, _("Zeuge %(operator)s hat %(body)s zuletzt bestätigt: %(moment)s.") % names)
