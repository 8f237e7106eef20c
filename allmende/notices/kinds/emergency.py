"""Emergency publication: the prescribed form was not possible, and the text was made known in another one."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.computation import Code
from allmende.lib.legalcalendar.kinds import Form, NoticeKind
from allmende.notices.kinds.bylaw import ENTRY
from allmende.notices.kinds.conditions import When
from allmende.notices.kinds.fields import Choice, Day, Paragraph
from allmende.notices.kinds.registry import Group, Kind, Told

FORMS: Final = (
    (Form.NOTICE_BOARD.value, _("Aushang")),
    (Form.NEWSPAPER.value, _("Zeitung")),
    (Form.GAZETTE.value, _("gedrucktes Amtsblatt")),
    (Form.INTERNET.value, _("Internet")),
    (Form.OTHER.value, _("anders, zum Beispiel mit Lautsprecherwagen oder Handzettel")),
)


EMERGENCY = Kind(
    code="emergency",
    name=_("Notbekanntmachung"),
    hint=_("Die vorgeschriebene Form war nicht möglich, der Text wurde anders bekannt gemacht. Er wird hier nachgeholt."),
    law=NoticeKind.EMERGENCY,
    group=Group.LOCAL_LAW,
    meaning=_(
        "Wegen eines Notfalls konnte die Verwaltung diesen Text nicht auf dem üblichen Weg bekannt machen. Sie hat einen anderen Weg "
        "genommen und holt die Bekanntmachung hier nach. Ab wann der Text gilt, steht auf dieser Seite."
    ),
    days=(Told(Code.ENTRY, _("Der Text gilt ab dem %(day)s."), _("Der Text gilt seit dem %(day)s.")),),
    fields=(
        Choice(name="form", label=_("Wie der Text zuerst bekannt gemacht wurde"), options=FORMS, required=True),
        Day(
            name="could_know_on",
            label=_("Der Öffentlichkeit bekannt seit"),
            required=True,
            help=_("Der Tag, an dem man auf diesem Weg davon erfahren konnte"),
        ),
        Paragraph(
            name="reason",
            label=_("Warum die übliche Form nicht möglich war"),
            required=True,
            max_length=1000,
        ),
        Choice(name="entry", label=_("Inkrafttreten laut Text"), options=ENTRY, printed=False),
        Day(
            name="entry_on",
            label=_("Tag des Inkrafttretens, den der Text nennt"),
            required=When("entry", ("stated_day",)),
            only=When("entry", ("stated_day",)),
            printed=False,
        ),
    ),
)
