"""Kinds of notices, forms of publication and kinds of bodies, as far as rules of law tell them apart."""

from enum import StrEnum

from allmende.lib.legalcalendar.text import Text


class NoticeKind(StrEnum):
    BY_LAW = "by_law"
    PLAN = "plan"
    """The draft of a land-use plan is published for comments, § 3 (2) BauGB."""
    PLAN_IN_FORCE = "plan_in_force"
    """The decision on a plan or its approval is announced, which puts the plan in force, § 10 (3) BauGB."""
    MEETING = "meeting"
    SERVICE = "service"
    """Service of a document by publication, § 10 VwZG."""
    GENERAL_ORDER = "general_order"
    ELECTION = "election"
    TENDER = "tender"
    REPLACEMENT = "replacement"
    """Maps, plans and reasons of a by-law are displayed instead of being printed."""
    EMERGENCY = "emergency"
    INFORMATION = "information"

    @property
    def words(self) -> Text:
        return _KINDS[self]

    @property
    def has_legal_effect(self) -> bool:
        """False where no rule of publication law attaches anything to the day: tender and information."""
        return self not in (NoticeKind.TENDER, NoticeKind.INFORMATION)

    @property
    def is_local_law(self) -> bool:
        """True where a by-law comes into being with the notice: its form must be one that the Land allows."""
        return self in (NoticeKind.BY_LAW, NoticeKind.REPLACEMENT)


_KINDS = {
    NoticeKind.BY_LAW: Text("Satzung", "by-law"),
    NoticeKind.PLAN: Text("Veröffentlichung eines Planentwurfs", "publication of a draft plan"),
    NoticeKind.PLAN_IN_FORCE: Text("Inkraftsetzung eines Bauleitplans", "plan coming into force"),
    NoticeKind.MEETING: Text("Bekanntgabe einer Sitzung", "announcement of a meeting"),
    NoticeKind.SERVICE: Text("Öffentliche Zustellung", "service by publication"),
    NoticeKind.GENERAL_ORDER: Text("Allgemeinverfügung", "general order"),
    NoticeKind.ELECTION: Text("Wahlbekanntmachung", "election notice"),
    NoticeKind.TENDER: Text("Ausschreibung", "tender"),
    NoticeKind.REPLACEMENT: Text("Ersatzbekanntmachung", "replacement publication"),
    NoticeKind.EMERGENCY: Text("Notbekanntmachung", "emergency publication"),
    NoticeKind.INFORMATION: Text("Mitteilung", "information"),
}


class Form(StrEnum):
    """The medium of the publication that counts. Whatever else carries the text is an addition."""

    INTERNET = "internet"
    """A page or an electronic edition of the single notice on the web site."""
    ELECTRONIC_GAZETTE = "electronic_gazette"
    DEPOSIT = "deposit"
    """Deposit in the office with a notice of the deposit on the web site (Bayern)."""
    NOTICE_BOARD = "notice_board"
    GAZETTE = "gazette"
    NEWSPAPER = "newspaper"
    OTHER = "other"
    """Any other way, in an emergency."""

    @property
    def words(self) -> Text:
        return _FORMS[self]

    @property
    def is_electronic(self) -> bool:
        return self in (Form.INTERNET, Form.ELECTRONIC_GAZETTE, Form.DEPOSIT)


_FORMS = {
    Form.INTERNET: Text("Internet", "internet"),
    Form.ELECTRONIC_GAZETTE: Text("elektronisches Amtsblatt", "electronic gazette"),
    Form.DEPOSIT: Text("Niederlegung mit Hinweis im Internet", "deposit with a notice on the internet"),
    Form.NOTICE_BOARD: Text("Aushang", "notice board"),
    Form.GAZETTE: Text("gedrucktes Amtsblatt", "printed gazette"),
    Form.NEWSPAPER: Text("Zeitung", "newspaper"),
    Form.OTHER: Text("andere Form", "another form"),
}


class BodyKind(StrEnum):
    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    ASSOCIATION = "association"
    SPECIAL_PURPOSE = "special_purpose"

    @property
    def words(self) -> Text:
        return _BODIES[self]


_BODIES = {
    BodyKind.MUNICIPALITY: Text("Gemeinde", "municipality"),
    BodyKind.DISTRICT: Text("Landkreis", "district"),
    BodyKind.ASSOCIATION: Text("Verbandsgemeinde oder Amt", "association"),
    BodyKind.SPECIAL_PURPOSE: Text("Zweckverband", "special-purpose association"),
}
