"""Election notices. Those that name candidates or members hold personal data."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.notices.kinds.conditions import When
from allmende.notices.kinds.fields import Day, Line, Tick
from allmende.notices.kinds.necessity import weighed
from allmende.notices.kinds.ordering import not_before
from allmende.notices.kinds.registry import Details, Finding, Group, Kind, Personal, Told


def personal(details: Details) -> Personal:
    return Personal.NAMES if details.get("names") else Personal.NONE


def findings(values: Details) -> Iterable[Finding]:
    yield from not_before(
        values,
        "result_on",
        "election_on",
        _("Das Ergebnis steht erst nach der Wahl fest. Prüfen Sie beide Tage."),
    )
    yield from not_before(
        values,
        "erase_on",
        "election_on",
        _("Gelöscht wird frühestens nach der Wahl. Prüfen Sie beide Tage."),
    )


ELECTION = Kind(
    code="election",
    name=_("Wahlbekanntmachung"),
    hint=_("Wahltag, Wahlvorschläge, Ausschüsse und Ergebnisse von Wahlen und Abstimmungen"),
    law=NoticeKind.ELECTION,
    group=Group.COUNCIL,
    meaning=_(
        "Hier steht etwas zu einer Wahl oder Abstimmung: wann gewählt wird, wer sich bewirbt oder wie sie ausgegangen ist. Ob Sie "
        "wählen dürfen, sagt Ihre Wahlbenachrichtigung; bei Fragen hilft das Wahlamt."
    ),
    days=(Told("election_on", _("Gewählt wird am %(day)s."), _("Gewählt wurde am %(day)s.")),),
    fields=(
        Line(
            name="election",
            label=_("Wahl"),
            required=True,
            help=_("Zum Beispiel: Wahl des Stadtrats, Bürgerentscheid zur Schule"),
        ),
        Day(name="election_on", label=_("Tag der Wahl"), required=True),
        Tick(
            name="names",
            label=_("Der Text nennt Namen, zum Beispiel von Bewerberinnen und Bewerbern"),
            printed=False,
            help=_("Dann bleibt die Bekanntmachung aus Suchmaschinen heraus und wird gelöscht, wenn sie nicht mehr gebraucht wird."),
        ),
        weighed(When("names")),
        Day(
            name="result_on",
            label=_("Ergebnis bekannt gemacht am"),
            printed=False,
            help=_("Wenn davon abhängt, wann die Namen zu löschen sind"),
        ),
        Day(
            name="erase_on",
            label=_("Namen löschen am"),
            only=When("names"),
            printed=False,
            help=_("Nur wo keine Regel des Wahlrechts den Tag bestimmt"),
        ),
    ),
    personal=personal,
    findings=findings,
)
