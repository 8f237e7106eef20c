from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices.kinds.registry import Group, Kind

GENERAL = Kind(
    code="general",
    name=_("Allgemeine Bekanntmachung"),
    hint=_("Für Hinweise und Mitteilungen, zum Beispiel auf eine Straßensperrung, einen Termin oder eine Versteigerung"),
    law=NoticeKind.INFORMATION,
    group=Group.OTHER,
    meaning=_(
        "Die Verwaltung teilt hier etwas mit, das alle wissen sollen. Ob Sie etwas tun müssen und bis wann, steht im Wortlaut. "
        "Bei Fragen hilft die Stelle, die auf dieser Seite genannt ist."
    ),
)
