"""The decision on a land-use plan, or its approval, is announced: with the notice the plan is in force, § 10 Abs. 3 BauGB."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.computation import Code
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices.kinds.conditions import When
from allmende.notices.kinds.fields import Choice, Day, Line, Lines
from allmende.notices.kinds.ordering import not_before
from allmende.notices.kinds.plan import NAME, SECOND_FORMS
from allmende.notices.kinds.registry import Details, Finding, Group, Kind, Told


def findings(values: Details) -> Iterable[Finding]:
    yield from not_before(
        values, "approval_on", "decided_on", _("Genehmigt wird nach dem Beschluss. Prüfen Sie die Tage von Beschluss und Genehmigung.")
    )


PLAN_IN_FORCE = Kind(
    code="plan_in_force",
    name=_("Inkraftsetzung eines Plans"),
    hint=_("Der Beschluss über einen Bebauungsplan oder seine Genehmigung wird bekannt gemacht (§ 10 Abs. 3 BauGB)"),
    law=NoticeKind.PLAN_IN_FORCE,
    group=Group.PLANNING,
    meaning=_(
        "Der Plan ist beschlossen und gilt mit dieser Bekanntmachung. Er legt fest, was in dem Gebiet gebaut werden darf. Plan und "
        "Begründung kann jede und jeder einsehen und sich erklären lassen. Wo, steht auf dieser Seite."
    ),
    days=(
        Told(Code.ENTRY, _("Der Plan gilt ab dem %(day)s."), _("Der Plan gilt seit dem %(day)s.")),
        Told(
            Code.COMPLAINT_END,
            _("Bestimmte Mängel des Plans lassen sich bis zum %(day)s geltend machen; wie, steht unter „Rügefrist“."),
            _("Die Zeit, in der sich bestimmte Mängel des Plans geltend machen ließen, endete am %(day)s."),
        ),
    ),
    fields=(
        *NAME,
        Day(name="decided_on", label=_("Beschlossen am"), required=True, help=_("Der Tag des Satzungsbeschlusses")),
        Line(
            name="approval_authority",
            label=_("Genehmigt von"),
            required=When("approval_on"),
            help=_("Nur wenn der Plan eine Genehmigung braucht: die Behörde, die sie erteilt hat"),
        ),
        Day(name="approval_on", label=_("Genehmigt am"), required=When("approval_authority"), beside=True),
        Lines(
            name="places",
            label=_("Einsicht in Plan und Begründung"),
            required=True,
            help=_("Je Zeile ein Ort, an dem der Plan für alle bereitliegt: Gebäude, Anschrift, Raum und Zeiten"),
        ),
        Choice(name="second_form", label=_("Weitere Form der Bekanntmachung"), options=SECOND_FORMS, required=When("second_on")),
        Day(name="second_on", label=_("Dort erscheint sie am"), required=When("second_form"), beside=True),
    ),
    findings=findings,
)
