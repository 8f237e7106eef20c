"""Vacancies. No rule of publication law attaches anything to their day."""

from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices.kinds.fields import Day, Line
from allmende.notices.kinds.registry import Group, Kind, Told

JOB = Kind(
    code="job",
    name=_("Stellenausschreibung"),
    hint=_("Stellen, Ausbildungsplätze und Ehrenämter, auf die man sich bewerben kann"),
    law=NoticeKind.INFORMATION,
    group=Group.OTHER,
    meaning=_(
        "Die Kommune sucht jemanden für eine Aufgabe. Wenn Sie sich bewerben wollen, tun Sie das bis zum genannten Tag bei der "
        "genannten Stelle. Was Sie mitbringen sollten, steht im Wortlaut."
    ),
    days=(Told("apply_by", _("Bewerben können Sie sich bis zum %(day)s."), _("Bewerbungen waren bis zum %(day)s möglich.")),),
    fields=(
        Day(name="apply_by", label=_("Bewerben bis"), required=True),
        Line(
            name="apply_to",
            label=_("Bewerbung an"),
            required=True,
            max_length=300,
            help=_("Stelle mit E-Mail-Adresse oder Anschrift, zum Beispiel: Personalamt, bewerbung@beispiel.de"),
        ),
    ),
)
