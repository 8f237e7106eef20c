"""What the check of an archive time stamp says, and how long evidence lasts. As in `checks`."""

from typing import Final

from allmende.lib.proof.report import State, Text

CHECKS: dict[tuple[str, str], tuple[State, str, str, str, str]] = {
    ("archive", "ok"): (
        State.OK,
        "Vom Archivzeitstempel gedeckt",
        "{authority} hat den Stand des Protokolls am {when} gestempelt; dieser Eintrag gehört dazu.",
        "Covered by the archive time stamp",
        "{authority} stamped the state of the log on {when}; this entry is part of it.",
    ),
    ("archive", "claimed"): (
        State.OPEN,
        "Vom Archivzeitstempel gedeckt; sein Aussteller ist nicht geprüft",
        "Er nennt {authority} und den {when}; dieser Eintrag gehört zum gestempelten Stand. Wenn Sie den Aussteller kennen, nennen Sie "
        "dem Prüfprogramm sein Zertifikat (--issuers).",
        "Covered by the archive time stamp; its issuer is not checked",
        "It names {authority} and {when}; this entry is part of the stamped state. If you know the issuer, give its certificate to the "
        "verifier (--issuers).",
    ),
    ("archive", "demo"): (
        State.DEMO,
        "Archivzeitstempel zur Vorführung",
        "Er passt, stammt aber von der Vorführung selbst und bürgt für keine Zeit.",
        "Archive time stamp for demonstration",
        "It fits, but was made by the demo itself and vouches for no time.",
    ),
    ("archive", "form"): (
        State.BAD,
        "Der Archivzeitstempel ist nicht lesbar",
        "Die Datei ist keine, wie Allmende sie ausgibt, oder sie wurde verändert. Laden Sie sie neu herunter.",
        "The archive time stamp cannot be read",
        "The file is not one as Allmende makes it, or it was changed. Download it anew.",
    ),
    ("archive", "tree"): (
        State.BAD,
        "Der Archivzeitstempel passt nicht zu sich selbst",
        "Der gestempelte Stand, der Schlüssel und die Fingerabdrücke darin gehören nicht zusammen.",
        "The archive time stamp does not fit itself",
        "The stamped state, the key and the hashes in it do not belong together.",
    ),
    ("archive", "other_log"): (
        State.BAD,
        "Der Archivzeitstempel gehört zu einem anderen Protokoll",
        "Sein Schlüssel ist nicht der des Nachweises.",
        "The archive time stamp belongs to another log",
        "Its key is not the one of the proof.",
    ),
    ("archive", "entry"): (
        State.BAD,
        "Der Archivzeitstempel deckt diesen Eintrag nicht",
        "Im gestempelten Stand steht an dieser Stelle nichts oder etwas anderes. Er ist vielleicht älter als der Eintrag: Nehmen Sie "
        "einen späteren.",
        "The archive time stamp does not cover this entry",
        "In the stamped state nothing or something else stands in this place. It may be older than the entry: take a later one.",
    ),
    ("archive", "stamp"): (
        State.BAD,
        "Der Zeitstempel über dem Stand des Protokolls ist ungültig",
        "Er passt nicht zu dem Stand, oder ein Zertifikat war nicht gültig oder gesperrt.",
        "The time stamp over the state of the log is invalid",
        "It does not fit the state, or a certificate was not valid or was revoked.",
    ),
    ("archive", "unchecked"): (
        State.OPEN,
        "Der Archivzeitstempel konnte nicht geprüft werden",
        "Dazu muss der Eintrag im Protokoll feststehen.",
        "The archive time stamp could not be checked",
        "For that the entry in the log must be certain.",
    ),
}

HEADING: Final = Text("Wie lange die Belege gelten", "How long the evidence lasts")
WHAT: Final = {
    "seal": Text("Siegel", "Seal"),
    "time": Text("Zeitstempel", "Time stamp"),
    "archive": Text("Archivzeitstempel", "Archive time stamp"),
    "log": Text("Protokoll", "Log"),
    "certificate": Text("Bekanntmachungsnachweis", "Certificate of publication"),
}
STATE: Final = {
    "fresh": Text("frisch", "fresh"),
    "covered": Text("abgelaufen, aber durch einen späteren Beleg gedeckt", "ended, but covered by later evidence"),
    "ended": Text("abgelaufen und durch nichts gedeckt", "ended and covered by nothing"),
}
UNTIL: Final = Text("Zertifikate bis {day}", "certificates until {day}")
NO_END: Final = Text("{names}: kein Ende genannt", "{names}: no end named")
UNFIT: Final = Text("{names}: frühestes genanntes Ende der Eignung {day}", "{names}: earliest end of fitness that is named {day}")
