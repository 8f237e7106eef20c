"""By-laws: who adopted and signed them, who approved them, and what they say about their entry into force."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.computation import Code
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices.kinds.conditions import When
from allmende.notices.kinds.fields import Choice, Day, Field, Line, Tick
from allmende.notices.kinds.ordering import not_before
from allmende.notices.kinds.registry import Details, Finding, Group, Kind, Told

# What the text says about its entry into force. The calendar prints the day that follows from it.
ENTRY: Final = (
    ("stated_day", _("an einem bestimmten Tag, den der Text nennt")),
    ("next_day", _("am Tag nach der Bekanntmachung, so steht es im Text")),
    ("silent", _("der Text sagt nichts dazu")),
)
ENTRY_FIELDS: Final[tuple[Field, ...]] = (
    Choice(
        name="entry",
        label=_("Inkrafttreten laut Text"),
        help=_("Wie es in der Satzung steht. Den Tag selbst berechnet das Programm und zeigt ihn vor der Freigabe."),
        options=ENTRY,
        required=True,
        printed=False,
    ),
    Day(
        name="entry_on",
        label=_("Tag des Inkrafttretens, den der Text nennt"),
        required=When("entry", ("stated_day",)),
        only=When("entry", ("stated_day",)),
        printed=False,
    ),
)
FIELDS: Final[tuple[Field, ...]] = (
    Day(name="adopted_on", label=_("Beschlossen am"), required=True, help=_("Der Tag, an dem die Vertretung die Satzung beschlossen hat")),
    Day(name="signed_on", label=_("Ausgefertigt am"), required=True, beside=True, help=_("Der Tag der Unterschrift auf der Urschrift")),
    Line(
        name="signed_by",
        label=_("Ausgefertigt von"),
        required=True,
        help=_("Name und Amt, wie sie unter der Urschrift stehen, zum Beispiel: Marianne Hollweg, Bürgermeisterin"),
    ),
    *ENTRY_FIELDS,
    Tick(name="retroactive", label=_("Die Satzung soll schon für die Zeit vor der Bekanntmachung gelten"), printed=False),
    Tick(name="fines", label=_("Die Satzung droht ein Bußgeld an"), printed=False),
    Line(
        name="approval_authority",
        label=_("Genehmigt von"),
        required=When("approval_on"),
        help=_("Nur wenn die Satzung eine Genehmigung braucht: die Behörde, die sie erteilt hat"),
    ),
    Day(name="approval_on", label=_("Genehmigt am"), required=When("approval_authority"), beside=True),
    Day(
        name="supervision_confirmed_on",
        label=_("Eingang bei der Rechtsaufsicht bestätigt am"),
        printed=False,
        help=_("Nur wo die Satzung vorher vorzulegen ist, zum Beispiel in Thüringen"),
    ),
    Tick(
        name="supervision_allows_earlier",
        label=_("Die Rechtsaufsicht hat die frühere Bekanntmachung zugelassen"),
        only=When("supervision_confirmed_on"),
        printed=False,
    ),
    Tick(
        name="planning",
        label=_("Es ist eine Satzung des Städtebaurechts"),
        printed=False,
        help=_("Zum Beispiel eine Veränderungssperre oder eine Erhaltungssatzung: Für sie gelten eigene Rügefristen."),
    ),
)


def findings(values: Details) -> Iterable[Finding]:
    yield from not_before(
        values, "signed_on", "adopted_on", _("Ausgefertigt wird nach dem Beschluss. Prüfen Sie die Tage von Beschluss und Ausfertigung.")
    )
    yield from not_before(
        values, "approval_on", "adopted_on", _("Genehmigt wird nach dem Beschluss. Prüfen Sie die Tage von Beschluss und Genehmigung.")
    )
    yield from not_before(
        values,
        "supervision_confirmed_on",
        "adopted_on",
        _("Vorgelegt wird nach dem Beschluss. Prüfen Sie, an welchem Tag die Rechtsaufsicht den Eingang bestätigt hat."),
    )


DAYS: Final[tuple[Told, ...]] = (
    Told(Code.ENTRY, _("Die Satzung gilt ab dem %(day)s."), _("Die Satzung gilt seit dem %(day)s.")),
    Told(
        Code.COMPLAINT_END,
        _("Bestimmte Fehler der Satzung lassen sich bis zum %(day)s rügen; wie, steht unter „Rügefrist“."),
        _("Die Zeit, in der sich bestimmte Fehler der Satzung rügen ließen, endete am %(day)s."),
    ),
)

BYLAW = Kind(
    code="bylaw",
    name=_("Satzung"),
    hint=_("Satzungen und Verordnungen, auch Änderungen. Mit der Bekanntmachung entsteht der Eintrag im Ortsrecht."),
    law=NoticeKind.BY_LAW,
    group=Group.LOCAL_LAW,
    meaning=_(
        "Eine Satzung ist eine Regel, die in dieser Kommune für alle gilt, ähnlich wie ein Gesetz. Sie regelt zum Beispiel Gebühren, "
        "Steuern oder Pflichten vor Ort. Ab wann sie gilt, steht auf dieser Seite. Davor ändert sich für Sie nichts."
    ),
    days=DAYS,
    fields=FIELDS,
    findings=findings,
)
