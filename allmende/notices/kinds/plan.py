"""The draft of a land-use plan is published on the internet for comments, § 3 Abs. 2 BauGB."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.computation import Code
from allmende.lib.legalcalendar.kinds import Form, NoticeKind
from allmende.notices.kinds.fields import Address, Choice, Day, Field, Line, Lines, Paragraph
from allmende.notices.kinds.ordering import not_before
from allmende.notices.kinds.registry import Details, Finding, Group, Kind, Told

# The notice may not stand on the internet alone: rule plan.second_medium.
SECOND_FORMS: Final = (
    (Form.NOTICE_BOARD.value, _("Aushang")),
    (Form.GAZETTE.value, _("gedrucktes Amtsblatt")),
    (Form.NEWSPAPER.value, _("Zeitung")),
)
STEPS: Final = (
    ("draft", _("Veröffentlichung des Entwurfs, § 3 Abs. 2 BauGB")),
    ("draft_again", _("Erneute Veröffentlichung eines geänderten Entwurfs, § 4a Abs. 3 BauGB")),
)
TYPES: Final = (("binding", _("Bebauungsplan")), ("preparatory", _("Flächennutzungsplan")))
NAME: Final[tuple[Field, ...]] = (
    Line(
        name="plan_name",
        label=_("Name des Plans"),
        required=True,
        max_length=300,
        help=_("Nummer und Name, zum Beispiel: Bebauungsplan Nr. 14 „Am Mühlgraben“"),
    ),
    Paragraph(
        name="area",
        label=_("Geltungsbereich"),
        required=True,
        max_length=2000,
        help=_("In Worten, so dass man sieht, ob das eigene Grundstück dazugehört: Straßen, Flurstücke, Größe"),
    ),
)

# § 3 Abs. 2 S. 4 Halbs. 2 BauGB (rule plan.hints_list); which other access there is stands in `places`.
COMMENTS: Final = (
    "Stellungnahmen können während der Dauer der Veröffentlichung abgegeben werden. Sie sollen elektronisch übermittelt werden, "
    "können bei Bedarf aber auch auf anderem Weg abgegeben werden. Stellungnahmen, die nicht fristgerecht abgegeben worden sind, "
    "können bei der Beschlussfassung über den Bauleitplan unberücksichtigt bleiben."
)
# § 3 Abs. 3 BauGB (rule plan.preclusion_hint), for preparatory plans.
PRECLUSION: Final = (
    "Eine Vereinigung im Sinne des § 4 Abs. 3 S. 1 Nr. 2 des Umwelt-Rechtsbehelfsgesetzes ist in einem Rechtsbehelfsverfahren nach "
    "§ 7 Abs. 2 des Umwelt-Rechtsbehelfsgesetzes mit allen Einwendungen ausgeschlossen, die sie während der Dauer der Veröffentlichung "
    "nicht oder nicht rechtzeitig geltend gemacht hat, aber hätte geltend machen können."
)


def sentences(values: Details) -> Iterable[str]:
    yield COMMENTS
    if values.get("plan_type") == "preparatory":
        yield PRECLUSION


def findings(values: Details) -> Iterable[Finding]:
    yield from not_before(
        values, "last_on", "begins_on", _("Der letzte Tag der Veröffentlichung liegt vor dem ersten. Prüfen Sie beide Tage.")
    )


PLAN = Kind(
    code="plan",
    name=_("Planentwurf"),
    hint=_("Der Entwurf eines Bauleitplans wird im Internet veröffentlicht, damit sich alle dazu äußern können (§ 3 Abs. 2 BauGB)"),
    law=NoticeKind.PLAN,
    group=Group.PLANNING,
    meaning=_(
        "Die Kommune plant, wie ein Gebiet bebaut oder genutzt werden soll. Der Entwurf ist noch nicht beschlossen. Sie können ihn "
        "ansehen und sich dazu äußern, so lange die Veröffentlichung dauert. Was Sie schreiben, muss geprüft werden."
    ),
    days=(
        Told(Code.DISPLAY_END, _("Den Entwurf können Sie bis zum %(day)s ansehen."), _("Die Veröffentlichung endete am %(day)s.")),
        Told(Code.COMMENTS_END, _("Äußern können Sie sich bis zum %(day)s."), _("Die Zeit für Stellungnahmen endete am %(day)s.")),
    ),
    fields=(
        Choice(name="plan_type", label=_("Art des Plans"), options=TYPES, required=True),
        *NAME,
        Choice(name="procedure_step", label=_("Schritt des Verfahrens"), options=STEPS, required=True),
        Day(
            name="begins_on",
            label=_("Veröffentlicht vom"),
            required=True,
            help=_("Der erste Tag im Internet"),
        ),
        Day(
            name="last_on",
            label=_("bis einschließlich"),
            required=True,
            beside=True,
            help=_("Mindestens ein Monat, nicht weniger als 30 Tage"),
        ),
        Address(
            name="documents_address",
            label=_("Unterlagen im Internet"),
            required=True,
            help=_("Die Seite mit Entwurf, Begründung und Stellungnahmen zur Umwelt, zum Beispiel https://www.beispiel.de/plan14"),
        ),
        Address(
            name="portal_address",
            label=_("Im zentralen Portal des Landes"),
            required=True,
            help=_("Die Seite des Plans im Internetportal des Landes"),
        ),
        Lines(
            name="places",
            label=_("Andere Zugangsmöglichkeiten"),
            required=True,
            help=_("Je Zeile ein Ort, an dem man die Unterlagen auch ohne Internet sieht: Gebäude, Anschrift, Raum und Zeiten"),
        ),
        Lines(
            name="environment",
            label=_("Verfügbare umweltbezogene Informationen"),
            required=True,
            help=_("Je Zeile eine Art, zum Beispiel: Artenschutzgutachten zu Feldlerche und Zauneidechse"),
        ),
        Choice(
            name="second_form",
            label=_("Weitere Form der Bekanntmachung"),
            options=SECOND_FORMS,
            required=True,
            help=_("Diese Bekanntmachung darf nicht nur im Internet stehen. Für den Beginn zählt die andere Form."),
        ),
        Day(name="second_on", label=_("Dort erscheint sie am"), required=True, beside=True),
    ),
    findings=findings,
    sentences=sentences,
)
