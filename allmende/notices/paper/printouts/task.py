"""The kind of task: print this, send it there."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from allmende.notices.models import PrintRequest
from allmende.notices.paper import about
from allmende.tasks import kinds as tasks
from allmende.tasks.kinds import Asked, Entrance, Part, TaskKind
from allmende.tasks.models import Task


def _context(task: Task, *, may_do: bool) -> Mapping[str, Any]:
    """What to print; who wants it only for those who do it. 1 query."""
    wanted = PrintRequest.objects.for_body(task.body).filter(task=task).select_related("notice__record", "entered_by").first()
    return {"wanted": wanted, "may_do": may_do}


PRINTOUT = tasks.register(
    TaskKind(
        code="notices.printout",
        name=_("Ausdruck auf Anfrage"),
        hint=_("Drucken, in den Umschlag oder an die Auskunft, erledigt. Name und Anschrift löscht das Programm danach von selbst."),
        asks=(Asked(Part.DAY, _("Abgeschickt oder abgeholt am"), required=True),),
        address=about.address,
        about=about.about,
        template="notices/paper/printout.html",
        context=_context,
        entrance=Entrance(_("Anfrage per Telefon oder Brief eintragen"), "notices_staff:printout_search"),
    )
)
