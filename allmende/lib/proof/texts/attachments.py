"""What the check of the attachments says. As in `checks`; worded so that one and several fit."""

from allmende.lib.proof.report import State

PARTS: dict[str, tuple[str, str]] = {
    "withheld": (
        " In dieser Ausgabe nicht enthalten: {names}. Ob die Veröffentlichung insoweit beendet wurde, sagt das Protokoll.",
        " Not contained in this edition: {names}. Whether it was taken down, the log says.",
    ),
}

CHECKS: dict[tuple[str, str], tuple[State, str, str, str, str]] = {
    ("attachments", "ok"): (
        State.OK,
        "Anlagen unverändert",
        "Byte für Byte so, wie es im Eintrag des Protokolls festgehalten ist: {names}.",
        "Attachments unchanged",
        "Byte for byte as the entry of the log records it: {names}.",
    ),
    ("attachments", "not_at_hand"): (
        State.OPEN,
        "Nicht geprüft, weil die Datei nicht vorliegt: {names}",
        "Große Dateien liegen nicht im Nachweis. Ihre Prüfsumme steht darin und stimmt mit dem Eintrag im Protokoll überein. Laden Sie die "
        "Datei auf der Seite der Veröffentlichung herunter und geben Sie sie zusammen mit dem Nachweis an.{more}",
        "Not checked, as the file is not at hand: {names}",
        "Large files are not in the proof. Their checksum is, and it agrees with the entry in the log. Download the file from the page of "
        "the publication and state it together with the proof.{more}",
    ),
    ("attachments", "withheld"): (
        State.OPEN,
        "In dieser Ausgabe nicht enthalten: {names}",
        "Ob die Veröffentlichung insoweit beendet wurde, sagt das Protokoll. Weglassen kann sie auch jemand, durch dessen Hände der "
        "Nachweis ging. Eine frühere Ausgabe zeigt weiterhin, was veröffentlicht war.",
        "Not contained in this edition: {names}",
        "Whether it was taken down, the log says. Somebody through whose hands the proof went may have left it out as well. An earlier "
        "edition still shows what was published.",
    ),
    ("attachments", "changed"): (
        State.BAD,
        "Nicht so, wie es veröffentlicht wurde: {names}",
        "Die Datei oder ihre Prüfsumme weicht von dem ab, was im Eintrag des Protokolls festgehalten ist.",
        "Not as it was published: {names}",
        "The file or its checksum differs from what the entry of the log records.",
    ),
    ("attachments", "entry"): (
        State.BAD,
        "Anlagen und Eintrag passen nicht zusammen: {names}",
        "Da auch der Eintrag nicht im Protokoll steht, ist nicht zu sehen, was von beidem verändert wurde.",
        "Attachments and entry do not fit together: {names}",
        "Since the entry is not in the log either, it cannot be seen which of the two was changed.",
    ),
    ("attachments", "foreign"): (
        State.BAD,
        "Keine Anlage aus diesem Nachweis: {names}",
        "Die Datei stimmt mit keiner der Anlagen überein, deren Prüfsumme der Nachweis enthält.",
        "No attachment of this proof: {names}",
        "The file agrees with none of the attachments whose checksum the proof holds.",
    ),
    ("attachments", "unchecked"): (
        State.OPEN,
        "Die Anlagen ließen sich nicht prüfen",
        "Dafür müssen der Eintrag und die Zufallszahlen in salts.json lesbar sein.",
        "The attachments could not be checked",
        "For that the entry and the random numbers in salts.json must be readable.",
    ),
}
