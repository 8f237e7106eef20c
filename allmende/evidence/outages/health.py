"""Whether it ran and answered, for `allmende check` and the operator's page."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allmende.core.health import Finding, Level
from allmende.core.language import page_language
from allmende.evidence.models import Heartbeat, Outage
from allmende.evidence.outages import measuring
from allmende.evidence.outages.beating import GAP
from allmende.evidence.outages.selectors import between
from allmende.lib import german

LOOKED_BACK = timedelta(days=30)


def outages(at: datetime) -> Iterator[Finding]:
    """The last sign of life, whether the public address answers, and the outages of the last 30 days."""
    beat = Heartbeat.objects.first()
    if beat is None:
        yield Finding(Level.WARN, _("Ausfälle sind noch nicht beobachtet."), _("Das tut der Arbeitsprozess: „allmende serve“."))
        return
    if at - beat.last_at > GAP:
        what = _("Das letzte Lebenszeichen ist von %(when)s.") % {"when": german.moment(beat.last_at, page_language())}
        yield Finding(Level.WARN, what, _("Bis zum nächsten zählt die Zeit als Ausfall. „allmende serve“ startet den Arbeitsprozess."))
    found = between(at - LOOKED_BACK, at).outages
    for lasting in (outage for outage in found if outage.ends_at is None):
        what = _("Die öffentliche Adresse antwortet nicht seit %(when)s.") % {"when": german.moment(lasting.begins_at, page_language())}
        yield Finding(Level.BAD, what, _("Gefragt wird %(address)s von diesem Rechner aus.") % {"address": measuring.address()})
    if not measuring.address():
        yield Finding(
            Level.OK,
            _("Ob die öffentliche Adresse antwortet, wird nicht gemessen: ALLMENDE_URL ist eine Adresse dieses Rechners selbst."),
        )
    yield _counted(found)


def _counted(found: Sequence[Outage]) -> Finding:
    count = len(found)
    if not count:
        return Finding(Level.OK, _("Kein Ausfall in den letzten 30 Tagen."))
    what = ngettext("%(n)d Ausfall in den letzten 30 Tagen.", "%(n)d Ausfälle in den letzten 30 Tagen.", count) % {"n": count}
    return Finding(Level.OK, what)
