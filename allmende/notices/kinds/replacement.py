"""Replacement publication: maps, plans or reasons of a by-law are displayed at an office instead of being printed with it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.computation import Code
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices.kinds import bylaw
from allmende.notices.kinds.fields import Day, Line, Lines, Paragraph
from allmende.notices.kinds.ordering import not_before
from allmende.notices.kinds.registry import Details, Finding, Group, Kind, Told


def findings(values: Details) -> Iterable[Finding]:
    yield from bylaw.findings(values)
    yield from not_before(values, "last_on", "begins_on", _("Der letzte Tag der Auslegung liegt vor dem ersten. Prüfen Sie beide Tage."))


REPLACEMENT = Kind(
    code="replacement",
    name=_("Ersatzbekanntmachung"),
    hint=_("Eine Satzung, deren Karten, Pläne oder Begründung ausgelegt statt abgedruckt werden"),
    law=NoticeKind.REPLACEMENT,
    group=Group.LOCAL_LAW,
    meaning=_(
        "Zu dieser Satzung gehören Karten, Pläne oder andere Teile, die sich nicht gut abdrucken lassen. Sie liegen stattdessen für "
        "einige Zeit zur Einsicht aus. Wo und wie lange, steht auf dieser Seite. Ansehen darf sie jede und jeder."
    ),
    days=(
        *bylaw.DAYS,
        Told(Code.DISPLAY_END, _("Die ausgelegten Teile liegen bis zum %(day)s zur Einsicht aus."), _("Die Auslegung endete am %(day)s.")),
    ),
    fields=(
        *bylaw.FIELDS,
        Line(
            name="part",
            label=_("Ausgelegter Teil"),
            required=True,
            help=_("Was ausliegt, zum Beispiel: Lageplan im Maßstab 1:2.000, Anlage 1 der Satzung"),
        ),
        Paragraph(
            name="description",
            label=_("Was der ausgelegte Teil zeigt"),
            required=True,
            help=_("Der Inhalt in groben Zügen, so dass man sieht, ob man betroffen ist"),
        ),
        Lines(
            name="places",
            label=_("Ort und Zeiten der Auslegung"),
            required=True,
            help=_("Je Zeile ein Ort: Gebäude, Anschrift, Raum und die Zeiten, zu denen man hineinkann"),
        ),
        Day(name="begins_on", label=_("Erster Tag der Auslegung"), required=True),
        Day(name="last_on", label=_("Letzter Tag der Auslegung"), required=True, beside=True),
    ),
    findings=findings,
)
