"""Announcement of a meeting: when, where, and what is on the agenda."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices.kinds.fields import Line, Lines, Moment
from allmende.notices.kinds.registry import Group, Kind, Told

MEETING = Kind(
    code="meeting",
    name=_("Sitzung"),
    hint=_("Zeit, Ort und Tagesordnung einer Sitzung von Rat, Kreistag, Ausschuss oder Ortschaftsrat"),
    law=NoticeKind.MEETING,
    group=Group.COUNCIL,
    meaning=_(
        "Hier steht, wann und wo ein Gremium der Kommune tagt und worüber es berät. Zum öffentlichen Teil dürfen Sie kommen und "
        "zuhören. Sie müssen sich nicht anmelden, wenn im Wortlaut nichts anderes steht."
    ),
    days=(Told("session_at", _("Die Sitzung beginnt am %(day)s."), _("Die Sitzung war am %(day)s.")),),
    fields=(
        Line(
            name="committee",
            label=_("Gremium"),
            required=True,
            help=_("Zum Beispiel: Stadtrat, Hauptausschuss, Ortschaftsrat Lindenbach"),
        ),
        Moment(name="session_at", label=_("Beginn der Sitzung"), required=True),
        Line(
            name="place",
            label=pgettext_lazy("Sitzung", "Ort"),  # in an address it is the town
            required=True,
            help=_("Gebäude, Raum und Anschrift, zum Beispiel: Rathaus, Ratssaal, Am Markt 1"),
        ),
        Lines(
            name="agenda",
            label=_("Tagesordnung, öffentlicher Teil"),
            required=True,
            numbered=True,
            copied=False,
            help=_("Jede Zeile ist ein Punkt der Tagesordnung. Die Nummern setzt das Programm."),
        ),
        Lines(
            name="closed_agenda",
            label=_("Tagesordnung, nichtöffentlicher Teil"),
            numbered=True,
            copied=False,
            help=_("Nur so weit, wie es öffentlich sein darf. Keine Namen von Privatpersonen."),
        ),
    ),
    wording=False,
)
