"""Whether each log has its archive time stamp, for `allmende check` and the operator's page."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from allmende.core.health import Finding, Level
from allmende.core.models import Body
from allmende.evidence.archive.stamping import due
from allmende.evidence.models import ArchiveStamp
from allmende.publication.models import Checkpoint

PATIENCE: Final = timedelta(days=3)  # the worker tries every hour


def stamps(at: datetime) -> Iterator[Finding]:
    """A log whose next archive time stamp has been due for longer than `PATIENCE`. One query for each log and three for those due."""
    late = [body for body in due(at - PATIENCE) if _was_there(body, at - PATIENCE)]
    for body in late:
        what = _("Der Archivzeitstempel für das Protokoll von %(body)s ist seit mehr als drei Tagen fällig.") % {"body": body.name}
        advice = _("Der Zeitstempeldienst antwortet nicht. Die Seite „Siegel“ nennt den Grund und lässt ihn wechseln.")
        yield Finding(Level.WARN, what, advice)
    if not late:
        yield Finding(Level.OK, _("Kein Archivzeitstempel ist überfällig."))


def _was_there(body: Body, at: datetime) -> bool:
    """Whether the log had an entry then: one that has just begun is not late."""
    if ArchiveStamp.objects.for_body(body).exists():
        return True
    return Checkpoint.objects.for_body(body).filter(size__gte=1, at__lte=at).exists()
