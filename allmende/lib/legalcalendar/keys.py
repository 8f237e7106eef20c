"""Every key a rule can have: type of its value, name in words, and the kinds of notices it matters to.

A key that is not listed here is refused with the nearest ones that are, so that a slip of the pen never becomes a rule that
nobody asks for.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from allmende.lib.legalcalendar.choices import (
    Choice,
    Complaint,
    Completion,
    Counting,
    Entry,
    EntryCounting,
    Internet,
    MeetingDisplay,
    SealNeeded,
)
from allmende.lib.legalcalendar.kinds import Form, NoticeKind
from allmende.lib.legalcalendar.periods import Period
from allmende.lib.legalcalendar.rules import Value
from allmende.lib.legalcalendar.text import Text


class UnknownKey(ValueError):
    """No such key. The message names the nearest ones."""


class WrongValue(ValueError):
    """A value that the key does not take. The message says which it takes."""


@dataclass(frozen=True, slots=True)
class Key:
    """`type`: bool, int (1 or more), str (not empty), Period, or an enumeration; `many`: a list of its members.

    `kinds`: to which notices the key matters; empty: to all.
    """

    name: str
    type: type[bool] | type[int] | type[str] | type[Period] | type[StrEnum]
    words: Text
    kinds: frozenset[NoticeKind] = frozenset()
    many: bool = False

    def read(self, raw: Any) -> Value:
        """The value as it is written in a file or form. Raises WrongValue."""
        if self.many:
            if not isinstance(raw, list) or not raw or len(set(map(str, raw))) != len(raw):
                raise WrongValue(f"{self.name}: {raw!r}: expected a list of {self.takes}, each once")
            return frozenset(self._member(item) for item in raw)
        if self.type in (bool, int, str):
            if not (
                (self.type is bool and isinstance(raw, bool))
                or (self.type is int and isinstance(raw, int) and not isinstance(raw, bool) and raw >= 1)
                or (self.type is str and isinstance(raw, str) and raw.strip())
            ):
                raise WrongValue(f"{self.name}: {raw!r}: expected {self.takes}")
            return raw
        if self.type is Period:
            try:
                return Period.parse(raw)
            except (TypeError, ValueError) as error:
                raise WrongValue(f"{self.name}: {error}") from None
        return self._member(raw)

    def _member(self, raw: Any) -> StrEnum:
        assert issubclass(self.type, StrEnum)
        try:
            return self.type(raw)
        except ValueError:
            raise WrongValue(f"{self.name}: {raw!r}: expected {self.takes}") from None

    @property
    def options(self) -> tuple[tuple[str, Text], ...]:
        """For a form: each value to choose from with its words; empty if the value is written freely."""
        if self.type is bool:
            return ("true", value_words(True)), ("false", value_words(False))
        if issubclass(self.type, StrEnum):
            return tuple((item.value, value_words(item)) for item in self.type)
        return ()

    @property
    def takes(self) -> str:
        """For the message and for a form: what can be entered."""
        if issubclass(self.type, StrEnum):
            return ", ".join(self.type)
        return {bool: "true or false", int: "a whole number from 1 on", str: "words", Period: "a period such as P1M"}[self.type]


def written(value: Value) -> bool | int | str | list[str]:
    """The value as a file or a stored record writes it; the contrary of Key.read."""
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, bool | int):
        return value
    return str(value)


def value_words(value: Value) -> Text:
    """The value as a page names it: '6 Monate', 'mit der Bereitstellung', 'ja'."""
    if isinstance(value, bool):
        return Text("ja", "yes") if value else Text("nein", "no")
    if isinstance(value, frozenset):
        items = [value_words(item) for item in sorted(value)]
        return Text(", ".join(item.de for item in items), ", ".join(item.en for item in items))
    if isinstance(value, Period | Choice | Form):
        return value.words
    return Text(str(value), str(value))


def key(name: str) -> Key:
    """Raises UnknownKey."""
    try:
        return KEYS[name]
    except KeyError:
        near = difflib.get_close_matches(name, KEYS, n=3, cutoff=0.6)
        hint = f"; near: {', '.join(near)}" if near else ""
        raise UnknownKey(f"{name!r} is no key of a rule{hint}") from None


def _kinds(*kinds: NoticeKind) -> frozenset[NoticeKind]:
    return frozenset(kinds)


_LAW = _kinds(NoticeKind.BY_LAW, NoticeKind.REPLACEMENT)
_PLANS = _kinds(NoticeKind.PLAN, NoticeKind.PLAN_IN_FORCE)
_SHOWN = _kinds(NoticeKind.BY_LAW, NoticeKind.REPLACEMENT, NoticeKind.EMERGENCY)
_MEETING = _kinds(NoticeKind.MEETING)
_REPLACEMENT = _kinds(NoticeKind.REPLACEMENT)
_SERVICE = _kinds(NoticeKind.SERVICE)
_ORDER = _kinds(NoticeKind.GENERAL_ORDER)
_EMERGENCY = _kinds(NoticeKind.EMERGENCY)
_ELECTION = _kinds(NoticeKind.ELECTION)
_EVERY: frozenset[NoticeKind] = frozenset()

_ALL = (
    # Form of publication
    Key("internet", Internet, Text("Internet als Form der Bekanntmachung", "internet as a form of publication"), _LAW),
    Key("forms", Form, Text("zulässige Formen", "forms allowed"), _LAW, many=True),
    Key("form.fixed_by_local_law", bool, Text("Form in Hauptsatzung oder Satzung festgelegt", "form fixed by local law"), _EVERY),
    Key("form.fixed_by_standing_orders", bool, Text("Form in Geschäftsordnung oder Beschluss", "form fixed by standing orders"), _EVERY),
    Key("form.address_named", bool, Text("Internetadresse örtlich festgelegt", "internet address fixed locally"), _EVERY),
    Key("form.own_responsibility", bool, Text("Seite in alleiniger Verantwortung", "site under sole responsibility"), _EVERY),
    Key("form.free_access", bool, Text("Zugang ohne Gebühr und Kaufprogramm", "access without fee or paid software"), _EVERY),
    Key("form.special_law", bool, Text("Sonderregel eines Fachgesetzes", "rule of a special law"), _LAW),
    Key("form.exceptional", bool, Text("Ausnahmeform mit Hinweis", "exceptional form with a hint"), _EMERGENCY),
    Key("form.gazette_name", bool, Text("Angaben des Amtsblatts", "what a gazette states"), _EVERY),
    Key("form.ordinances_alike", bool, Text("Verordnungen wie Satzungen", "ordinances like by-laws"), _LAW),
    Key("form.text_also_online", bool, Text("Text zusätzlich im Internet", "text also on the internet"), _LAW),
    Key("form.joint_media", bool, Text("gemeinsame Bekanntmachungsmedien", "joint media"), _EVERY),
    Key("form.expired", bool, Text("Verordnung außer Kraft", "ordinance expired"), _EVERY),
    Key("other_notices.same_rules", bool, Text("andere Bekanntmachungen wie Satzungen", "other notices like by-laws"), _EVERY),
    Key("associations.own_form", bool, Text("Bekanntmachung der Verbände", "publication by associations"), _EVERY),
    Key(
        "building.paper_notice", bool, Text("Bauleitplanung nicht nur im Internet", "building-law notices not on the internet only"), _PLANS
    ),
    # Completion
    Key("provision_day.shown", bool, Text("Tag der Bereitstellung angegeben", "day of provision shown"), _EVERY),
    Key("completion.internet", Completion, Text("Vollzug bei Bekanntmachung im Internet", "completion on the internet"), _EVERY),
    Key(
        "completion.electronic_gazette",
        Completion,
        Text("Vollzug im elektronischen Amtsblatt", "completion in an electronic gazette"),
        _EVERY,
    ),
    Key("completion.deposit", Completion, Text("Vollzug bei Niederlegung", "completion by deposit"), _LAW),
    Key("completion.notice_board", Completion, Text("Vollzug beim Aushang", "completion on the notice board"), _EVERY),
    Key("completion.gazette", Completion, Text("Vollzug im gedruckten Amtsblatt", "completion in the printed gazette"), _EVERY),
    Key("completion.newspaper", Completion, Text("Vollzug in der Zeitung", "completion in a newspaper"), _EVERY),
    Key("completion.several", Completion, Text("Vollzug bei mehreren Formen", "completion with several forms"), _EVERY),
    Key("completion.several_newspapers", Completion, Text("Vollzug bei mehreren Zeitungen", "completion with several newspapers"), _EVERY),
    Key(
        "completion.replacement",
        Completion,
        Text("Vollzug der Ersatzbekanntmachung", "completion of a replacement publication"),
        _REPLACEMENT,
    ),
    Key("completion.emergency", Completion, Text("Vollzug der Notbekanntmachung", "completion of an emergency publication"), _EMERGENCY),
    Key("completion.meeting_internet", Completion, Text("Sitzung: Vollzug im Internet", "meeting: completion on the internet"), _MEETING),
    Key("completion.meeting_board", Completion, Text("Sitzung: Vollzug beim Aushang", "meeting: completion on the board"), _MEETING),
    # Hint, permanence, seal, access
    Key("hint.required", bool, Text("Hinweis in einer anderen Form", "hint in another medium"), _SHOWN),
    Key("hint.media", Form, Text("Formen für den Hinweis", "media for the hint"), _SHOWN, many=True),
    Key("hint.without_delay", bool, Text("Hinweis unverzüglich", "hint without delay"), _SHOWN),
    Key("hint.names_address", bool, Text("Hinweis nennt die Adresse", "hint names the address"), _SHOWN),
    Key("online.period", Period, Text("Mindestdauer im Internet", "least time online"), _SHOWN),
    Key("online.permanent", bool, Text("dauerhaft im Internet", "permanently online"), _SHOWN),
    Key("online.protected", bool, Text("Schutz vor Löschung und Änderung", "protection against deletion and change"), _SHOWN),
    Key("seal.level", SealNeeded, Text("elektronisches Siegel oder Signatur", "electronic seal or signature"), _SHOWN),
    Key("start_page.link", str, Text("Bereich auf der Startseite", "area on the start page"), _SHOWN),
    Key("start_page.clicks", int, Text("höchstens so viele Klicks zum Ortsrecht", "at most so many clicks to local law"), _LAW),
    Key("start_page.by_body", bool, Text("auffindbar unter dem Namen der Gemeinde", "findable under the municipality's name"), _LAW),
    Key("inspection.stated", bool, Text("Einsicht und Kopien angegeben", "inspection and copies stated"), _LAW),
    Key("copies.by_post", bool, Text("Zusendung von Satzungen", "by-laws sent on request"), _LAW),
    Key("copies.superseded", bool, Text("auch außer Kraft getretene Satzungen", "also by-laws no longer in force"), _LAW),
    Key("authentic_form.named", bool, Text("maßgebliche Fassung angegeben", "authentic form named"), _SHOWN),
    Key(
        "evidence.copy", bool, Text("gesonderte revisionssichere Ablage mit Zeitpunkt", "separate revision-safe copy with its time"), _SHOWN
    ),
    Key("evidence.to_file", bool, Text("Nachweis zu den Akten", "proof to the file"), _SHOWN),
    Key("evidence.specimens", bool, Text("Belegstücke aufbewahrt", "specimen copies kept"), _SHOWN),
    Key("evidence.note_on_original", bool, Text("Vermerk auf der Urschrift", "note on the original"), _LAW),
    # Before publication and sending
    Key("signing.chief_officer", bool, Text("Unterzeichnung der Satzung", "signing of the by-law"), _LAW),
    Key("text.full", bool, Text("voller Wortlaut", "full wording"), _LAW),
    Key("text.equals_original", bool, Text("Text gleich der unterzeichneten Satzung", "text equals the signed by-law"), _LAW),
    Key("confirmation.written", bool, Text("schriftliche Bestätigung des Wortlauts", "written confirmation of the wording"), _LAW),
    Key("order.signed", bool, Text("unterzeichnete Bekanntmachungsanordnung", "signed publication order"), _LAW),
    Key("approval.named", bool, Text("Genehmigung mit Behörde und Datum", "approval with authority and date"), _LAW),
    Key("supervision.wait", Period, Text("Wartezeit nach Bestätigung der Aufsicht", "waiting time after confirmation"), _LAW),
    Key("supervision.report", bool, Text("Anzeige an die Aufsicht", "report to supervision"), _LAW),
    Key("supervision.gazette", bool, Text("Veröffentlichung durch die Aufsicht", "publication by supervision"), _LAW),
    Key("send.court_and_police", bool, Text("bewehrte Satzungen an Gericht und Polizei", "by-laws with fines to court and police"), _LAW),
    # Board, replacement, emergency, meetings
    Key("board.period", Period, Text("Aushangfrist", "time on the board"), _EVERY),
    Key("board.inhabitants", int, Text("Aushang nur unter dieser Einwohnerzahl", "board only below this number of inhabitants"), _EVERY),
    Key("board.hint", bool, Text("Hinweis auf den Aushang", "hint to the board"), _EVERY),
    Key("replacement.period", Period, Text("Dauer der Auslegung", "time of display"), _REPLACEMENT),
    Key("replacement.counting", Counting, Text("Zählung der Auslegungstage", "counting of the days of display"), _REPLACEMENT),
    Key("replacement.hint_before", bool, Text("Hinweis spätestens am Tag davor", "hint at the latest on the day before"), _REPLACEMENT),
    Key("replacement.described", bool, Text("Inhalt im Text beschrieben", "content described in the text"), _REPLACEMENT),
    Key("replacement.place_named", bool, Text("Ort und Zeit angegeben", "place and time named"), _REPLACEMENT),
    Key(
        "replacement.state_ordinances", Period, Text("Auslegung bei Verordnungen des Landes", "display for State ordinances"), _REPLACEMENT
    ),
    Key("deposit.period", Period, Text("Dauer des Hinweises auf die Niederlegung", "time of the notice of deposit"), _LAW),
    Key("emergency.other_form", bool, Text("andere Form im Notfall", "another form in an emergency"), _EMERGENCY),
    Key("emergency.catch_up", bool, Text("Nachholen in der üblichen Form", "repeat in the normal form"), _EMERGENCY),
    Key("emergency.place_named", bool, Text("Ort der Einsicht genannt", "place of inspection named"), _EMERGENCY),
    Key(
        "meeting.in_good_time",
        bool,
        Text("rechtzeitig, mit Ort, Zeit und Tagesordnung", "in good time, with place, time and agenda"),
        _MEETING,
    ),
    Key("meeting.display", MeetingDisplay, Text("Dauer der Bekanntgabe einer Sitzung", "how long a meeting stays announced"), _MEETING),
    Key("meeting.boards", bool, Text("Aushang für Sitzungen", "boards for meetings"), _MEETING),
    Key("meeting.same_form", bool, Text("Sitzungen in ortsüblicher Form", "meetings in the local form"), _MEETING),
    # Entry into force and complaint
    Key("entry.default", Entry, Text("Inkrafttreten ohne eigene Angabe", "entry into force if none is named"), _LAW),
    Key("entry.counting", EntryCounting, Text("Zählung bis zum Inkrafttreten", "counting up to entry into force"), _LAW),
    Key("entry.fines_next_day", bool, Text("mit Bußgeld frühestens am Tag danach", "with fines the day after at the earliest"), _LAW),
    Key("complaint.period", Period, Text("Frist für Rügen", "time for complaints"), _LAW),
    Key("complaint.model", Complaint, Text("Wirkung der Rügefrist", "effect of the time for complaints"), _LAW),
    Key("complaint.hint", bool, Text("Hinweis auf die Rügefrist in der Bekanntmachung", "hint on complaints in the publication"), _LAW),
    Key("complaint.planning_only", bool, Text("nur städtebauliche Satzungen", "planning by-laws only"), _LAW),
    Key("complaint.exceptions", bool, Text("Ausnahmen von der Rügefrist", "exceptions from the time for complaints"), _LAW),
    Key("complaint.publication_faults", bool, Text("gilt auch für Bekanntmachungsfehler", "covers publication faults"), _LAW),
    # Plans
    Key("plan.period", Period, Text("Dauer der Veröffentlichung des Entwurfs", "time of publication of the draft"), _PLANS),
    Key("plan.days", int, Text("Mindestzahl der Tage", "least number of days"), _PLANS),
    Key("plan.other_access", bool, Text("weiterer leicht erreichbarer Zugang", "another easy way of access"), _PLANS),
    Key("plan.notice_before", bool, Text("Bekanntmachung vor Beginn", "notice before the beginning"), _PLANS),
    Key("plan.hints", bool, Text("Hinweise in der Bekanntmachung", "hints in the notice"), _PLANS),
    Key("plan.hints_list", bool, Text("Inhalt der Hinweise", "content of the hints"), _PLANS),
    Key("plan.portal", bool, Text("zentrales Landesportal", "central portal of the Land"), _PLANS),
    Key(
        "plan.preclusion_hint",
        bool,
        Text("Flächennutzungsplan: Hinweis für Vereinigungen", "preparatory plan: hint for associations"),
        _PLANS,
    ),
    Key("plan.second_medium", bool, Text("nicht nur im Internet", "not on the internet only"), _PLANS),
    Key("plan.in_force_with_notice", bool, Text("in Kraft mit der Bekanntmachung", "in force with the notice"), _PLANS),
    Key("plan.kept_for_all", bool, Text("zur Einsicht für alle", "kept for everybody"), _PLANS),
    Key("plan.online_after", bool, Text("in Kraft getretener Plan im Internet", "plan in force on the internet"), _PLANS),
    Key("plan.complaint_period", Period, Text("Frist für Mängel des Plans", "time for complaints about a plan"), _PLANS),
    Key("plan.complaint_hint", bool, Text("Hinweis auf die Frist", "hint on that time"), _PLANS),
    # Service, general order, procedure
    Key("service.federal", bool, Text("Verwaltungszustellungsgesetz des Bundes gilt", "federal act on service applies"), _SERVICE),
    Key("service.own_law", bool, Text("eigenes Zustellungsgesetz", "own act on service"), _SERVICE),
    Key("service.form", bool, Text("Form und Anordnung der Zustellung", "form and order of service"), _SERVICE),
    Key("service.contents", bool, Text("Inhalt der Benachrichtigung", "content of the notice"), _SERVICE),
    Key("service.fiction", Period, Text("gilt als zugestellt nach", "deemed served after"), _SERVICE),
    Key("service.record", bool, Text("Vermerk in den Akten", "record in the file"), _SERVICE),
    Key("service.erase", bool, Text("Löschung nach der Zustellung", "erasure after service"), _SERVICE),
    Key("service.no_full_text", bool, Text("kein Bescheid, keine Geburtsdaten", "no decision, no birth data"), _SERVICE),
    Key("procedure.federal", bool, Text("Verwaltungsverfahrensgesetz des Bundes gilt", "federal procedure act applies"), _ORDER),
    Key("procedure.own_rule", bool, Text("eigene Regel für Allgemeinverfügungen", "own rule for general orders"), _ORDER),
    Key("order.fiction", Period, Text("gilt als bekanntgegeben nach", "deemed notified after"), _ORDER),
    Key("order.earliest_next_day", bool, Text("anderer Tag frühestens am Folgetag", "another day, the next at the earliest"), _ORDER),
    Key("order.printed_whole", bool, Text("voll abgedruckt ohne Ort der Einsicht", "printed whole without place of inspection"), _ORDER),
    Key("website.duty", bool, Text("zusätzlich auf der eigenen Internetseite", "also on the own web site"), _EVERY),
    Key("display.duty", bool, Text("Auslegung im Internet und auf anderem Weg", "display on the internet and another way"), _EVERY),
    Key("remedy.period", Period, Text("Widerspruchsfrist", "time for objections"), _ORDER),
    Key("election.delete_within", Period, Text("Löschung nach dem Wahlergebnis", "erasure after the result"), _ELECTION),
    # Counting and general duties
    Key("counting.event", bool, Text("Tag des Ereignisses zählt nicht", "day of the event is not counted"), _EVERY),
    Key("counting.day", bool, Text("Beginn mit einem Tag: er zählt", "beginning of a day: it counts"), _EVERY),
    Key("counting.end", bool, Text("Ende von Wochen und Monaten", "end of weeks and months"), _EVERY),
    Key("counting.missing_day", bool, Text("fehlender Tag: letzter des Monats", "missing day: last of the month"), _EVERY),
    Key("counting.roll", bool, Text("Ruhetage verschieben Handlungen", "rest days move acts"), _EVERY),
    Key("counting.no_roll", bool, Text("Fiktionen verschieben sich nicht", "fictions do not move"), _EVERY),
    Key("gazette.electronic", bool, Text("nur elektronisches Amtsblatt", "electronic gazette only"), _EVERY),
    Key("accessibility.duty", bool, Text("Barrierefreiheit", "accessibility"), _EVERY),
    Key("personal.necessity", bool, Text("Namen nur, soweit erforderlich", "names only as far as necessary"), _EVERY),
    Key("copyright.free", bool, Text("amtliche Bekanntmachungen frei nutzbar", "official notices are free to use"), _EVERY),
)

KEYS: dict[str, Key] = {item.name: item for item in _ALL}

MUST_ANSWER = (
    "internet",
    "completion.internet",
    "hint.required",
    "online.period",
    "seal.level",
    "entry.default",
    "complaint.period",
    "service.federal",
    "procedure.federal",
)
"""Keys that the profile of every Land answers, with a rule or as open: silence would hide a gap."""
