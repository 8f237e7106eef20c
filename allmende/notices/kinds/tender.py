"""Invitations to tender. No rule of publication law attaches anything to their day."""

from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices.kinds.fields import Line, Moment
from allmende.notices.kinds.registry import Group, Kind, Told

TENDER = Kind(
    code="tender",
    name=_("Ausschreibung"),
    hint=_("Aufträge, die vergeben werden, und Grundstücke oder Sachen, die die Kommune verkauft oder verpachtet"),
    law=NoticeKind.TENDER,
    group=Group.OTHER,
    meaning=_(
        "Die Kommune sucht ein Unternehmen für einen Auftrag, oder sie will etwas verkaufen oder verpachten. Wer mitmachen will, "
        "gibt bis zum genannten Zeitpunkt ein Angebot ab. Was hineingehört, steht im Wortlaut."
    ),
    days=(Told("deadline_at", _("Angebote müssen bis %(day)s da sein."), _("Angebote waren bis %(day)s möglich.")),),
    fields=(
        Line(
            name="procedure",
            label=_("Verfahren"),
            required=True,
            help=_("Zum Beispiel: Öffentliche Ausschreibung nach VOB/A, Verkauf gegen Gebot"),
        ),
        Moment(name="deadline_at", label=_("Angebote bis"), required=True),
        Line(
            name="submission_place",
            label=_("Angebote an"),
            required=True,
            max_length=300,
            help=_("Die Vergabeplattform oder die Stelle, bei der Angebote eingehen"),
        ),
    ),
)
