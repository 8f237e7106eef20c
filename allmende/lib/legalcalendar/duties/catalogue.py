"""All duties that a rule can bring, in the order in which they are worked off."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from allmende.lib.legalcalendar.kinds import NoticeKind
from allmende.lib.legalcalendar.text import Text


class When(StrEnum):
    BEFORE = "before"
    """Before the notice is published; unmet it blocks."""
    WITH = "with"
    """On the page, in the text or about the site; checked when the notice is published."""
    AFTER = "after"
    """A task with its evidence, after publication."""


_LAW = frozenset({NoticeKind.BY_LAW, NoticeKind.REPLACEMENT})
_ALL = frozenset(NoticeKind)
_LEGAL = frozenset(kind for kind in NoticeKind if kind.has_legal_effect)
_PLANS = frozenset({NoticeKind.PLAN, NoticeKind.PLAN_IN_FORCE})


@dataclass(frozen=True, slots=True)
class Entry:
    """A duty that a rule with this key brings.

    `electronic`: only where the publication that counts is electronic. `board`: only on a board. `fines`: only for by-laws that
    threaten fines. Words may have the places {value} and {media}.
    """

    key: str
    when: When
    kinds: frozenset[NoticeKind]
    words: Text
    electronic: bool = False
    board: bool = False
    fines: bool = False

    @property
    def how_published(self) -> bool:
        """About the way of publication, not about by-laws as such."""
        return self.electronic and self.key.split(".")[0] in ("form", "hint", "online", "seal", "start_page", "evidence")


def _one(kind: NoticeKind) -> frozenset[NoticeKind]:
    return frozenset({kind})


DUTIES = (
    Entry(
        "form.fixed_by_local_law",
        When.BEFORE,
        _LAW,
        Text("Form der Bekanntmachung ist in der Hauptsatzung oder einer Satzung festgelegt.", "Local law fixes the form of publication."),
    ),
    Entry(
        "form.fixed_by_standing_orders",
        When.BEFORE,
        _LAW,
        Text("Geschäftsordnung oder Beschluss legt die Form fest.", "Standing orders or a decision fix the form."),
        electronic=True,
    ),
    Entry(
        "form.address_named",
        When.BEFORE,
        _LAW,
        Text("Örtlich festgelegt ist die Internetadresse.", "The internet address is fixed locally."),
        electronic=True,
    ),
    Entry(
        "form.own_responsibility",
        When.WITH,
        _LAW,
        Text("Die Seite steht in alleiniger Verantwortung der Kommune.", "The site is solely under the body's responsibility."),
        electronic=True,
    ),
    Entry(
        "form.free_access",
        When.WITH,
        _LAW,
        Text("Zugang ohne Gebühr und ohne Kaufprogramm.", "Access without fee or paid software."),
        electronic=True,
    ),
    Entry("form.text_also_online", When.AFTER, _LAW, Text("Der Text steht auch im Internet.", "The text is on the internet, too.")),
    Entry(
        "seal.level",
        When.BEFORE,
        _LAW,
        Text("Elektronisches Siegel oder Signatur: {value}.", "Electronic seal or signature: {value}."),
        electronic=True,
    ),
    Entry(
        "start_page.link",
        When.BEFORE,
        _LAW,
        Text("Auf der benannten Startseite ist der Bereich „{value}“ zu erkennen.", "The named start page shows the area '{value}'."),
        electronic=True,
    ),
    Entry(
        "start_page.clicks",
        When.WITH,
        _LAW,
        Text("Höchstens {value} Klicks bis zum Ortsrecht.", "At most {value} clicks to local law."),
        electronic=True,
    ),
    Entry(
        "start_page.by_body",
        When.WITH,
        _LAW,
        Text("Auffindbar unter dem Namen der Gemeinde.", "Findable under the municipality's name."),
        electronic=True,
    ),
    Entry(
        "provision_day.shown",
        When.WITH,
        _LEGAL,
        Text("Der Tag der Bereitstellung ist angegeben.", "The day of provision is stated."),
        electronic=True,
    ),
    Entry(
        "inspection.stated",
        When.BEFORE,
        _LAW,
        Text(
            "Angegeben ist, wo Satzungen eingesehen und kopiert werden können.", "It is stated where by-laws can be inspected and copied."
        ),
    ),
    Entry("copies.by_post", When.WITH, _LAW, Text("Satzungen werden auf Wunsch zugesandt.", "By-laws are sent on request.")),
    Entry(
        "copies.superseded",
        When.WITH,
        _LAW,
        Text("Auch frühere Satzungen sind zu erhalten.", "By-laws no longer in force can be had as well."),
    ),
    Entry("signing.chief_officer", When.BEFORE, _LAW, Text("Die Satzung ist unterzeichnet.", "The by-law is signed.")),
    Entry("text.full", When.BEFORE, _LAW, Text("Bekannt gemacht wird der volle Wortlaut.", "The full wording is published.")),
    Entry(
        "text.equals_original",
        When.BEFORE,
        _LAW,
        Text("Der Text gleicht der unterzeichneten Satzung.", "The text equals the signed by-law."),
    ),
    Entry(
        "confirmation.written",
        When.BEFORE,
        _LAW,
        Text(
            "Schriftlich bestätigt ist, dass der Wortlaut dem Beschluss entspricht.",
            "It is confirmed in writing that the wording equals the decision.",
        ),
    ),
    Entry(
        "order.signed",
        When.BEFORE,
        _LAW,
        Text("Die Bekanntmachungsanordnung liegt datiert und unterzeichnet vor.", "The publication order is there, dated and signed."),
    ),
    Entry(
        "approval.named",
        When.BEFORE,
        _LAW,
        Text("Eine nötige Genehmigung ist mit Behörde und Datum genannt.", "A required approval is named with authority and date."),
    ),
    Entry(
        "supervision.wait",
        When.BEFORE,
        _LAW,
        Text(
            "Nach der Bestätigung der Aufsicht ist gewartet worden: {value}.", "There was a wait after supervision's confirmation: {value}."
        ),
    ),
    Entry(
        "complaint.hint",
        When.WITH,
        _LAW,
        Text("Die Bekanntmachung enthält den Hinweis auf die Rügefrist.", "The publication has the hint on the time for complaints."),
    ),
    Entry("authentic_form.named", When.WITH, _LAW, Text("Die maßgebliche Fassung ist genannt.", "The authentic form is named.")),
    Entry(
        "hint.required",
        When.AFTER,
        _LAW,
        Text("Hinweis in einer anderen Form ({media}), mit Nachweis.", "Hint in another medium ({media}), with evidence."),
        electronic=True,
    ),
    Entry("online.period", When.AFTER, _LAW, Text("Mindestens bereitgestellt: {value}.", "Online for at least {value}."), electronic=True),
    Entry(
        "online.permanent",
        When.AFTER,
        _LAW,
        Text("Auf Dauer bereitgestellt, solange die Satzung gilt.", "Online for good as long as the by-law is valid."),
        electronic=True,
    ),
    Entry(
        "online.protected",
        When.AFTER,
        _LAW,
        Text("Gegen Löschung und Änderung geschützt.", "Protected against deletion and change."),
        electronic=True,
    ),
    Entry(
        "evidence.copy",
        When.AFTER,
        _LAW,
        Text(
            "Gesondert, nicht öffentlich und revisionssicher abgelegt, mit Zeitpunkt.",
            "Stored apart, not public and revision-safe, with the time.",
        ),
        electronic=True,
    ),
    Entry("evidence.to_file", When.AFTER, _LAW, Text("Nachweis der Bekanntmachung zu den Akten.", "Proof of publication to the file.")),
    Entry("evidence.specimens", When.AFTER, _LAW, Text("Belegstücke aufbewahren.", "Keep specimen copies.")),
    Entry(
        "evidence.note_on_original",
        When.AFTER,
        _LAW,
        Text("Art und Tag der Bekanntmachung auf der Urschrift vermerken.", "Note kind and day of publication on the original."),
    ),
    Entry("supervision.report", When.AFTER, _LAW, Text("Die Satzung der Aufsicht anzeigen.", "Report the by-law to supervision.")),
    Entry(
        "send.court_and_police",
        When.AFTER,
        _LAW,
        Text("Die Satzung an Amtsgericht und Polizei senden.", "Send the by-law to the local court and the police."),
        fines=True,
    ),
    Entry(
        "board.hint",
        When.BEFORE,
        _LEGAL,
        Text("Auf den Aushang wird in einer anderen Form hingewiesen.", "Another medium points to the board."),
        board=True,
    ),
    Entry(
        "board.inhabitants",
        When.BEFORE,
        _LEGAL,
        Text("Aushang nur unter {value} Einwohnerinnen und Einwohnern.", "Board only below {value} inhabitants."),
        board=True,
    ),
    Entry(
        "replacement.described",
        When.BEFORE,
        _one(NoticeKind.REPLACEMENT),
        Text("Der Text beschreibt, was ausgelegt wird.", "The text describes what is displayed."),
    ),
    Entry(
        "replacement.place_named",
        When.BEFORE,
        _one(NoticeKind.REPLACEMENT),
        Text("Ort, Zeit und Dauer der Auslegung sind genannt.", "Place, time and duration of the display are named."),
    ),
    Entry(
        "emergency.catch_up",
        When.AFTER,
        _one(NoticeKind.EMERGENCY),
        Text("In der üblichen Form nachholen, wenn nicht überholt.", "Repeat in the normal form unless overtaken."),
    ),
    Entry(
        "meeting.in_good_time",
        When.BEFORE,
        _one(NoticeKind.MEETING),
        Text("Rechtzeitig, mit Ort, Zeit und Tagesordnung.", "In good time, with place, time and agenda."),
    ),
    Entry(
        "plan.hints",
        When.WITH,
        _one(NoticeKind.PLAN),
        Text("Die Bekanntmachung enthält die Hinweise zu Stellungnahmen und Zugang.", "The notice has the hints on comments and access."),
    ),
    Entry(
        "plan.other_access",
        When.BEFORE,
        _one(NoticeKind.PLAN),
        Text("Ein weiterer leicht erreichbarer Zugang besteht.", "There is another easy way of access."),
    ),
    Entry(
        "plan.portal",
        When.AFTER,
        _one(NoticeKind.PLAN),
        Text("Auch über das zentrale Landesportal zugänglich.", "Available through the central portal of the Land as well."),
    ),
    Entry(
        "plan.preclusion_hint",
        When.WITH,
        _one(NoticeKind.PLAN),
        Text("Beim Flächennutzungsplan: Hinweis für Vereinigungen.", "For a preparatory plan: hint for associations."),
    ),
    Entry(
        "plan.second_medium",
        When.BEFORE,
        _PLANS,
        Text("Bekanntmachung auch außerhalb des Internets.", "Notice in a medium other than the internet as well."),
    ),
    Entry(
        "plan.kept_for_all",
        When.WITH,
        _one(NoticeKind.PLAN_IN_FORCE),
        Text("Die Bekanntmachung sagt, wo der Plan für alle bereitliegt.", "The notice says where the plan is kept for everybody."),
    ),
    Entry(
        "plan.complaint_hint",
        When.WITH,
        _one(NoticeKind.PLAN_IN_FORCE),
        Text(
            "Die Bekanntmachung enthält den Hinweis auf die Frist für Mängel.", "The notice has the hint on the time for raising defects."
        ),
    ),
    Entry(
        "service.form",
        When.BEFORE,
        _one(NoticeKind.SERVICE),
        Text(
            "Angeordnet von einer zeichnungsberechtigten Person; ein gesetzlicher Grund liegt vor.",
            "Ordered by an officer entitled to sign; there is a statutory reason.",
        ),
    ),
    Entry(
        "service.contents",
        When.BEFORE,
        _one(NoticeKind.SERVICE),
        Text("Alle vorgeschriebenen Angaben sind enthalten.", "All prescribed details are there."),
    ),
    Entry(
        "service.no_full_text",
        When.BEFORE,
        _one(NoticeKind.SERVICE),
        Text("Weder Bescheid noch Geburtsdaten sind enthalten.", "Neither the decision nor birth data are in it."),
    ),
    Entry(
        "service.record",
        When.AFTER,
        _one(NoticeKind.SERVICE),
        Text("In den Akten steht, wann und wie bekannt gemacht wurde.", "The file says when and how the notice was made."),
    ),
    Entry(
        "personal.necessity",
        When.BEFORE,
        frozenset({NoticeKind.SERVICE, NoticeKind.ELECTION, NoticeKind.GENERAL_ORDER}),
        Text("Geprüft ist für jeden Namen, ob er ins Internet muss.", "For each name it was weighed whether it must be on the internet."),
    ),
    Entry(
        "website.duty",
        When.WITH,
        _LEGAL,
        Text("Die Bekanntmachung steht auch auf der Internetseite der Behörde.", "The notice is on the authority's web site, too."),
    ),
    Entry("accessibility.duty", When.WITH, _ALL, Text("Seite und PDF sind barrierefrei.", "Page and PDF are accessible.")),
)
