"""Service of a document by publication, § 10 VwZG. The notice names a person: it holds what the law wants, and no more."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.computation import Code
from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices.kinds.fields import Choice, Day, Line, Tick
from allmende.notices.kinds.necessity import weighed
from allmende.notices.kinds.registry import Details, Group, Kind, Personal, Told

# § 10 Abs. 1 S. 1 VwZG
REASONS: Final = (
    ("address_unknown", _("Der Aufenthaltsort ist unbekannt (Nr. 1)")),
    ("company_unreachable", _("Eine juristische Person ist unter der eingetragenen Anschrift nicht zu erreichen (Nr. 2)")),
    ("abroad", _("Die Zustellung im Ausland ist nicht möglich oder verspricht keinen Erfolg (Nr. 3)")),
)
# § 10 Abs. 2 S. 3 and 4 VwZG (rule service.contents)
TIME_LIMITS: Final = (
    "Das Dokument wird öffentlich zugestellt. Damit können Fristen in Gang gesetzt werden, nach deren Ablauf Rechtsverluste drohen können."
)
SUMMONS: Final = "Das Dokument enthält eine Ladung zu einem Termin, dessen Versäumung Rechtsnachteile zur Folge haben kann."


def sentences(values: Details) -> Iterable[str]:
    yield TIME_LIMITS
    if values.get("summons"):
        yield SUMMONS


SERVICE = Kind(
    code="service",
    name=_("Öffentliche Zustellung"),
    hint=_("Ein Dokument lässt sich anders nicht zustellen (§ 10 VwZG). Veröffentlicht wird die Benachrichtigung, nicht das Dokument."),
    law=NoticeKind.SERVICE,
    group=Group.ACTS,
    meaning=_(
        "Die Verwaltung hat ein Schreiben für eine Person oder Firma, die sie nicht erreicht. Sind Sie das, holen Sie das Schreiben "
        "bald an der genannten Stelle ab: Nach zwei Wochen gilt es als zugestellt, auch wenn Sie es nicht gelesen haben. "
        "Sind Sie es nicht, müssen Sie nichts tun."
    ),
    days=(Told(Code.EFFECT, _("Das Schreiben gilt am %(day)s als zugestellt."), _("Das Schreiben gilt seit dem %(day)s als zugestellt.")),),
    fields=(
        Line(
            name="addressee",
            label=_("Name der Person oder Firma, der zugestellt wird"),
            required=True,
            copied=False,
            help=_("Kein Geburtsdatum und kein Geburtsort. Der Name steht nur hier, nie im Titel oder in der Kurzfassung."),
        ),
        Line(name="last_address", label=_("Letzte bekannte Anschrift"), required=True, copied=False),
        Day(name="document_date", label=_("Datum des Dokuments"), required=True),
        Line(name="file_number", label=_("Aktenzeichen"), required=True, max_length=80, copied=False, beside=True),
        Line(
            name="inspection_place",
            label=_("Hier kann das Dokument eingesehen werden"),
            required=True,
            help=_("Stelle, Anschrift, Raum und Zeiten"),
        ),
        Tick(name="summons", label=_("Das Dokument ist eine Ladung zu einem Termin"), printed=False, copied=False),
        weighed(),
        Choice(
            name="reason",
            label=_("Grund der öffentlichen Zustellung"),
            options=REASONS,
            required=True,
            printed=False,
            help=_("Für die Akte, § 10 Abs. 1 VwZG. Er wird nicht veröffentlicht."),
        ),
        Line(
            name="ordered_by",
            label=_("Angeordnet von"),
            required=True,
            printed=False,
            help=_("Die zeichnungsberechtigte Person. Für die Akte; der Name wird nicht veröffentlicht."),
        ),
    ),
    personal=Personal.NAMES,
    names=("addressee",),
    sentences=sentences,
    wording=False,
)
