"""General orders: an administrative act for all whom it concerns, announced locally, § 35 S. 2 and § 41 Abs. 3, 4 VwVfG."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.computation import Code
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices.kinds.conditions import Unless
from allmende.notices.kinds.fields import Day, Line, Paragraph, Tick
from allmende.notices.kinds.ordering import not_before
from allmende.notices.kinds.registry import Details, Finding, Group, Kind, Told


def findings(values: Details) -> Iterable[Finding]:
    yield from not_before(
        values,
        "effect_on",
        "order_date",
        _("Die Verfügung kann nicht vor dem Tag gelten, an dem sie erlassen ist. Prüfen Sie beide Tage."),
    )


ORDER = Kind(
    code="order",
    name=_("Allgemeinverfügung"),
    hint=_("Eine Anordnung mit Begründung und Rechtsbehelf, die für viele gilt, zum Beispiel ein Verbot (§ 41 Abs. 4 VwVfG)"),
    law=NoticeKind.GENERAL_ORDER,
    group=Group.ACTS,
    meaning=_(
        "Die Verwaltung ordnet etwas an, das für viele zugleich gilt, zum Beispiel ein Verbot oder eine Pflicht. Ab wann es gilt, "
        "steht auf dieser Seite. Sind Sie betroffen und nicht einverstanden, steht unter „Rechtsbehelf“, was Sie bis wann tun können."
    ),
    days=(
        Told(
            Code.EFFECT,
            _("Die Anordnung gilt am %(day)s als bekannt gegeben."),
            _("Die Anordnung gilt seit dem %(day)s als bekannt gegeben."),
        ),
        Told(
            Code.COMPLAINT_END,
            _("Für einen Rechtsbehelf ist Zeit bis zum %(day)s; was dabei zu beachten ist, steht unter „Rechtsbehelf“."),
            _("Die Zeit für einen Rechtsbehelf endete am %(day)s."),
        ),
    ),
    fields=(
        Day(name="order_date", label=_("Erlassen am"), required=True),
        Line(name="file_number", label=_("Aktenzeichen"), max_length=80, copied=False),
        Day(
            name="effect_on",
            label=_("Gilt als bekannt gegeben am"),
            printed=False,
            help=_("Nur wenn die Verfügung einen Tag nennt, frühestens den Tag nach der Bekanntmachung. Sonst gelten zwei Wochen."),
        ),
        Tick(
            name="printed_whole",
            label=_("Verfügung, Begründung und Rechtsbehelf stehen ganz im amtlichen Text"),
            printed=False,
        ),
        Line(
            name="inspection_place",
            label=_("Hier können Verfügung und Begründung eingesehen werden"),
            required=Unless("printed_whole"),
            help=_("Stelle, Anschrift, Raum und Zeiten. Nicht nötig, wenn alles im amtlichen Text steht."),
        ),
        Paragraph(
            name="remedy",
            label=_("Rechtsbehelf"),
            required=True,
            max_length=2000,
            help=_("Die Rechtsbehelfsbelehrung: was man einlegen kann, bei wem, in welcher Form und bis wann"),
        ),
    ),
    findings=findings,
)
