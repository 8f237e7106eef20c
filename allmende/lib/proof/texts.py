"""What a check says, in German and English. First the answer, then the reason; no blame, and what to do next."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allmende.lib.proof.report import Check, State, Text

_MONTHS = (
    ("Januar", "January"),
    ("Februar", "February"),
    ("März", "March"),
    ("April", "April"),
    ("Mai", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("August", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Dezember", "December"),
)

#: check and reason: state; title and detail in German; title and detail in English
_CHECKS: dict[tuple[str, str], tuple[State, str, str, str, str]] = {
    ("bundle", "ok"): (
        State.OK,
        "Das Nachweispaket ist vollständig",
        "Alle {count} Bestandteile sind da und so geschrieben, wie es festgelegt ist.",
        "The proof bundle is complete",
        "All {count} parts are there and written as specified.",
    ),
    ("bundle", "unreadable"): (
        State.BAD,
        "Diese Datei ist kein Nachweispaket",
        "Sie lässt sich nicht als Nachweispaket lesen. Laden Sie die Datei mit der Endung .zip von der Seite der "
        "Veröffentlichung und prüfen Sie sie, ohne sie zu entpacken.",
        "This file is no proof bundle",
        "It cannot be read as one. Download the file ending in .zip from the page of the publication and check it without unpacking it.",
    ),
    ("bundle", "too_large"): (
        State.BAD,
        "Diese Datei ist zu groß für ein Nachweispaket",
        "Ein Nachweispaket hat höchstens 64 MB und 64 Bestandteile.",
        "This file is too large for a proof bundle",
        "A proof bundle has at most 64 MB and 64 parts.",
    ),
    ("bundle", "repacked"): (
        State.BAD,
        "Das Nachweispaket wurde neu gepackt",
        "Die Hülle der Datei ist nicht mehr die ausgegebene. Häufig hat ein Programm sie neu gespeichert; das muss keine "
        "Absicht sein. Laden Sie das Paket neu herunter.",
        "The proof bundle was packed anew",
        "The wrapping of the file is no longer the one that was issued. Often a program has saved it again; that need not be intent. "
        "Download the bundle again.",
    ),
    ("bundle", "missing"): (
        State.BAD,
        "Im Nachweispaket fehlt etwas",
        "Es fehlt: {names}. Laden Sie das Paket neu herunter.",
        "Something is missing in the proof bundle",
        "Missing: {names}. Download the bundle again.",
    ),
    ("bundle", "extra"): (
        State.BAD,
        "Im Nachweispaket ist etwas, das nicht hineingehört",
        "Zu viel oder doppelt: {names}. Laden Sie das Paket neu herunter.",
        "There is something in the proof bundle that does not belong there",
        "Superfluous or twice: {names}. Download the bundle again.",
    ),
    ("bundle", "order"): (
        State.BAD,
        "Das Nachweispaket wurde neu gepackt",
        "Die Bestandteile stehen nicht in der festgelegten Reihenfolge. Laden Sie das Paket neu herunter.",
        "The proof bundle was packed anew",
        "The parts do not stand in the specified order. Download the bundle again.",
    ),
    ("bundle", "changed"): (
        State.BAD,
        "Im Nachweispaket wurde etwas verändert",
        "Nicht mehr so, wie das Paket ausgegeben wurde: {names}.",
        "Something in the proof bundle was changed",
        "No longer as the bundle was issued: {names}.",
    ),
    ("bundle", "form"): (
        State.BAD,
        "Ein Bestandteil ist anders geschrieben als festgelegt",
        "Betroffen: {names}. Laden Sie das Paket neu herunter.",
        "A part is written in another way than specified",
        "Concerned: {names}. Download the bundle again.",
    ),
    ("content", "ok"): (
        State.OK,
        "Der Inhalt ist unverändert",
        "Seite und PDF stimmen Zeichen für Zeichen mit dem überein, was im Eintrag des Protokolls festgehalten ist.",
        "The content is unchanged",
        "Page and PDF agree character by character with what the entry of the log records.",
    ),
    ("content", "page_changed"): (
        State.BAD,
        "Der Text der Seite ist nicht der veröffentlichte",
        "Die Datei page.html weicht von dem ab, was im Eintrag des Protokolls festgehalten ist. Das PDF stimmt mit ihm überein.",
        "The text of the page is not the one published",
        "The file page.html differs from what the entry of the log records. The PDF agrees with it.",
    ),
    ("content", "document_changed"): (
        State.BAD,
        "Das PDF ist nicht das veröffentlichte",
        "Die Datei document.pdf weicht von dem ab, was im Eintrag des Protokolls festgehalten ist. Die Seite stimmt mit ihm überein.",
        "The PDF is not the one published",
        "The file document.pdf differs from what the entry of the log records. The page agrees with it.",
    ),
    ("content", "both_changed"): (
        State.BAD,
        "Der Inhalt ist nicht der veröffentlichte",
        "Seite und PDF weichen von dem ab, was im Eintrag des Protokolls festgehalten ist.",
        "The content is not the one published",
        "Page and PDF differ from what the entry of the log records.",
    ),
    ("content", "salts"): (
        State.BAD,
        "Der Inhalt lässt sich nicht mit dem Eintrag vergleichen",
        "Dafür braucht es die Zufallszahlen in salts.json; sie sind nicht lesbar.",
        "The content cannot be compared with the entry",
        "That takes the random numbers in salts.json; they cannot be read.",
    ),
    ("content", "leaf"): (
        State.BAD,
        "Der Eintrag handelt nicht von dieser Veröffentlichung",
        "Die Datei leaf.json enthält keinen Eintrag, der Seite und PDF als veröffentlicht festhält.",
        "The entry is not about this publication",
        "The file leaf.json holds no entry that records page and PDF as published.",
    ),
    ("seal", "ok"): (
        State.OK,
        "Das PDF trägt ein unversehrtes Siegel",
        "Es nennt „{organisation}“ und gilt bis {until}. {level}",
        "The PDF carries an intact seal",
        "It names “{organisation}” and is valid until {until}. {level}",
    ),
    ("seal", "bad"): (
        State.BAD,
        "Das Siegel des PDF hält der Prüfung nicht stand",
        "{problems}",
        "The seal of the PDF does not hold",
        "{problems}",
    ),
    ("time", "ok"): (
        State.OK,
        "Der Zeitpunkt ist bestätigt",
        "Zeitstempel vom {when}, ausgestellt von „{authority}“.",
        "The time is confirmed",
        "Time stamp of {when}, issued by “{authority}”.",
    ),
    ("time", "bad"): (
        State.BAD,
        "Der Zeitpunkt ist nicht bestätigt",
        "{problems}",
        "The time is not confirmed",
        "{problems}",
    ),
    ("time", "other_token"): (
        State.BAD,
        "Der beigelegte Zeitstempel ist ein anderer",
        "Die Datei timestamp.tst ist nicht der Zeitstempel, der im PDF steht.",
        "The time stamp enclosed is another one",
        "The file timestamp.tst is not the time stamp that stands in the PDF.",
    ),
    ("time", "unchecked"): (
        State.OPEN,
        "Der Zeitpunkt ließ sich nicht prüfen",
        "Der Zeitstempel ist ein Teil des Siegels; ohne lesbares Siegel ist er nicht zu finden.",
        "The time could not be checked",
        "The time stamp is part of the seal; without a readable seal it cannot be found.",
    ),
    ("log", "ok"): (
        State.OK,
        "Der Eintrag steht im Protokoll",
        "Eintrag Nr. {index} im Protokoll {origin}, das zu diesem Zeitpunkt {size} Einträge hatte (gezählt ab 0).",
        "The entry is in the log",
        "Entry no. {index} of the log {origin}, which had {size} entries at that moment (counted from 0).",
    ),
    ("log", "key"): (
        State.BAD,
        "Der Schlüssel des Protokolls ist nicht lesbar",
        "Die Datei log.vkey enthält keinen gültigen Schlüssel. Ohne ihn lässt sich der Eintrag nicht prüfen.",
        "The key of the log cannot be read",
        "The file log.vkey holds no valid key. Without it the entry cannot be checked.",
    ),
    ("log", "form"): (
        State.BAD,
        "Der Nachweis des Eintrags ist nicht lesbar",
        "Die Datei proof.tlog-proof ist nicht so geschrieben, wie es festgelegt ist.",
        "The proof of the entry cannot be read",
        "The file proof.tlog-proof is not written as specified.",
    ),
    ("log", "signature"): (
        State.BAD,
        "Der Stand des Protokolls ist nicht echt unterschrieben",
        "Die Unterschrift stammt nicht von dem Schlüssel in log.vkey, oder der Stand wurde verändert.",
        "The state of the log is not signed genuinely",
        "The signature was not made by the key in log.vkey, or the state was changed.",
    ),
    ("log", "inclusion"): (
        State.BAD,
        "Der Eintrag steht nicht im Protokoll",
        "Der Weg von leaf.json zum unterschriebenen Stand des Protokolls stimmt nicht.",
        "The entry is not in the log",
        "The way from leaf.json to the signed state of the log is not right.",
    ),
    ("witness", "ok"): (
        State.OK,
        "Bezeugt von {names}",
        "Wer bezeugt, hat denselben Stand des Protokolls gesehen und unterschrieben, zuletzt am {when}.",
        "Witnessed by {names}",
        "A witness has seen and signed the same state of the log, most recently on {when}.",
    ),
    ("witness", "none"): (
        State.OPEN,
        "Noch nicht bezeugt",
        "Als dieses Paket entstand, hatte noch keine andere Stelle den Stand des Protokolls bestätigt. Das Paket gilt trotzdem; "
        "sobald Zeugen da sind, liegt auf der Seite der Veröffentlichung eine neue Ausgabe.",
        "Not witnessed yet",
        "When this bundle was made, nobody else had confirmed the state of the log yet. The bundle is valid all the same; "
        "as soon as there are witnesses, the page of the publication offers a new edition.",
    ),
    ("witness", "cosignature"): (
        State.BAD,
        "Eine Bezeugung ist nicht echt",
        "Unter dem Stand des Protokolls steht eine Unterschrift, die nicht von einem der Schlüssel in policy.txt stammt.",
        "A cosignature is not genuine",
        "Below the state of the log stands a signature that was not made by one of the keys in policy.txt.",
    ),
    ("witness", "policy"): (
        State.BAD,
        "Die Liste der Zeugen passt nicht zum Nachweis",
        "Die Datei policy.txt nennt nicht genau das Protokoll und die Zeugen, die unterschrieben haben.",
        "The list of witnesses does not fit the proof",
        "The file policy.txt does not name exactly the log and the witnesses that have signed.",
    ),
    ("witness", "unchecked"): (
        State.OPEN,
        "Die Zeugen ließen sich nicht prüfen",
        "Ohne lesbaren Nachweis des Eintrags ist nicht zu sehen, wer ihn bezeugt.",
        "The witnesses could not be checked",
        "Without a readable proof of the entry it cannot be seen who witnesses it.",
    ),
    ("trust", "none"): (
        State.REMARK,
        "Wem das Protokoll gehört, müssen Sie selbst vergleichen",
        "Ein in sich stimmiges Paket kann jeder herstellen. Vergleichen Sie den Schlüssel {vkey} mit dem, den die Stadt an "
        "anderer Stelle bekannt gibt, oder geben Sie bei der Prüfung den Schlüssel an, den Sie kennen.",
        "Whose log this is, you have to compare yourself",
        "Anybody can make a bundle that agrees with itself. Compare the key {vkey} with the one that the town makes known elsewhere, "
        "or state the key you know when you check.",
    ),
    ("trust", "key"): (
        State.OK,
        "Es ist das Protokoll, dessen Schlüssel Sie angegeben haben",
        "Der Schlüssel gehört zu {origin}.",
        "It is the log whose key you have stated",
        "The key belongs to {origin}.",
    ),
    ("trust", "policy"): (
        State.OK,
        "Ihre Vertrauensregel ist erfüllt",
        "Das Protokoll {origin} steht darin, und die Zeugen, die sie verlangt, haben unterschrieben.",
        "Your trust policy is met",
        "It names the log {origin}, and the witnesses it demands have signed.",
    ),
    ("trust", "other_key"): (
        State.BAD,
        "Das Protokoll hat einen anderen Schlüssel",
        "Angegeben haben Sie den Schlüssel von {given}; dieses Paket ist mit einem anderen unterschrieben, der sich {origin} nennt.",
        "The log has another key",
        "You have stated the key of {given}; this bundle is signed with another one that calls itself {origin}.",
    ),
    ("trust", "other_log"): (
        State.BAD,
        "Ihre Vertrauensregel kennt dieses Protokoll nicht",
        "Sie nennt keinen Schlüssel, mit dem dieser Stand des Protokolls {origin} unterschrieben ist.",
        "Your trust policy does not know this log",
        "It names no key that has signed this state of the log {origin}.",
    ),
    ("trust", "cosignature"): (
        State.BAD,
        "Eine Bezeugung ist nicht von der Stelle, die Sie kennen",
        "Unter dem Namen eines Schlüssels Ihrer Vertrauensregel steht eine Unterschrift, die er nicht geleistet hat.",
        "A cosignature is not by the body you know",
        "Under the name of a key of your trust policy stands a signature that it did not make.",
    ),
    ("trust", "quorum"): (
        State.BAD,
        "Es fehlen Zeugen, die Ihre Vertrauensregel verlangt",
        "Unterschrieben haben davon: {names}. Vielleicht gibt es auf der Seite der Veröffentlichung inzwischen eine neuere Ausgabe "
        "des Pakets.",
        "Witnesses are missing that your trust policy demands",
        "Of these have signed: {names}. There may be a newer edition of the bundle on the page of the publication by now.",
    ),
    ("trust", "unchecked"): (
        State.OPEN,
        "Ob es das Protokoll ist, dem Sie vertrauen, ließ sich nicht prüfen",
        "Dafür muss der Nachweis des Eintrags lesbar sein.",
        "Whether it is the log you trust could not be checked",
        "For that the proof of the entry must be readable.",
    ),
}

#: what the whole comes to: headline and lead in German, headline and lead in English
_ANSWERS: dict[str, tuple[str, str, str, str]] = {
    "genuine": (
        "Dieses Dokument ist echt",
        "Es stimmt Zeichen für Zeichen mit dem überein, was „{issuer}“ am {when} gesiegelt hat und was im Protokoll {origin} steht.",
        "This document is genuine",
        "It agrees character by character with what “{issuer}” sealed on {when} and what stands in the log {origin}.",
    ),
    "consistent": (
        "Dieses Dokument ist unverändert",
        "Alles in diesem Nachweispaket passt zusammen; nach eigener Angabe kommt es von „{issuer}“, gesiegelt am {when}. "
        "Ob das stimmt, zeigt erst der Vergleich des Schlüssels mit einer anderen Quelle.",
        "This document is unchanged",
        "Everything in this proof bundle fits together; by its own account it comes from “{issuer}”, sealed on {when}. "
        "Whether that is true only a comparison of the key with another source can show.",
    ),
    "no_bundle": (
        "Diese Datei ist kein Nachweispaket",
        "Über ihren Inhalt lässt sich deshalb nichts sagen.",
        "This file is no proof bundle",
        "Nothing can be said about its content, therefore.",
    ),
    "changed": (
        "Diese Datei wurde verändert",
        "Sie stimmt nicht mit dem überein, was veröffentlicht wurde. Verlassen Sie sich nicht auf ihren Inhalt.",
        "This file was changed",
        "It does not agree with what was published. Do not rely on its content.",
    ),
    "repacked": (
        "Dieses Nachweispaket ist nicht mehr das ausgegebene",
        "Seite, PDF, Siegel und Eintrag sind in Ordnung, aber das Paket darum wurde verändert. Laden Sie es neu herunter.",
        "This proof bundle is no longer the one issued",
        "Page, PDF, seal and entry are in order, but the bundle around them was changed. Download it again.",
    ),
    "distrusted": (
        "Dieser Nachweis erfüllt nicht, was Sie verlangen",
        "Das Paket passt zwar in sich zusammen, aber nicht zu dem Schlüssel oder der Vertrauensregel, die Sie angegeben haben.",
        "This proof does not meet what you demand",
        "The bundle fits together in itself, but not with the key or the trust policy that you have stated.",
    ),
    "unproven": (
        "Dieser Nachweis stimmt nicht",
        "Es ist nicht gezeigt, dass dieser Inhalt so veröffentlicht wurde. Verlassen Sie sich nicht auf ihn.",
        "This proof is not right",
        "It is not shown that this content was published like this. Do not rely on it.",
    ),
}

_ADVICE: dict[str, tuple[Text, ...]] = {
    "genuine": (
        Text(
            "Sie können sich auf den Text verlassen, auch wenn Sie die Datei per E-Mail bekommen haben.",
            "You can rely on the text, even if you got the file by e-mail.",
        ),
        Text(
            "Heben Sie das Nachweispaket bei wichtigen Vorgängen auf: Es lässt sich auch ohne Netz prüfen.",
            "Keep the proof bundle in important matters: it can be checked without a network.",
        ),
    ),
    "consistent": (
        Text(
            "Vergleichen Sie den Schlüssel des Protokolls mit einer Quelle, der Sie vertrauen, etwa dem Amtsblatt.",
            "Compare the key of the log with a source you trust, such as the official gazette.",
        ),
        Text(
            "Prüfen Sie noch einmal und geben Sie dabei diesen Schlüssel an.",
            "Check again and state that key.",
        ),
    ),
    "bad": (
        Text(
            "Öffnen Sie das Original auf den Seiten der Stadt und laden Sie das Nachweispaket dort neu herunter.",
            "Open the original on the pages of the town and download the proof bundle there again.",
        ),
        Text(
            "Fragen Sie nach, woher die Datei kommt. Häufig hat ein Programm sie beim Weiterleiten neu gespeichert; das muss keine "
            "Absicht sein.",
            "Ask where the file comes from. Often a program has saved it again when it was passed on; that need not be intent.",
        ),
        Text(
            "Vermuten Sie eine Fälschung, wenden Sie sich an die Verwaltung.",
            "If you suspect a forgery, turn to the administration.",
        ),
    ),
    "distrusted": (
        Text(
            "Prüfen Sie, ob Sie den Schlüssel oder die Vertrauensregel der richtigen Stelle angegeben haben.",
            "Make sure that you have stated the key or the trust policy of the right body.",
        ),
        Text(
            "Sehen Sie nach, ob es auf der Seite der Veröffentlichung eine neuere Ausgabe des Pakets gibt.",
            "See whether there is a newer edition of the bundle on the page of the publication.",
        ),
    ),
}


def check(code: str, reason: str, **values: Text | str) -> Check:
    """The check with its texts; `values` fill them, each in the language of the text if it is a `Text`."""
    state, title_de, detail_de, title_en, detail_en = _CHECKS[code, reason]
    title, detail = _filled(title_de, title_en, values), _filled(detail_de, detail_en, values)
    return Check(code, state, reason, title, detail)


def answer(name: str, **values: Text | str) -> tuple[Text, Text, tuple[Text, ...]]:
    """Headline, lead and advice."""
    headline_de, lead_de, headline_en, lead_en = _ANSWERS[name]
    advice = _ADVICE.get(name, _ADVICE["bad"])
    return Text(headline_de, headline_en), _filled(lead_de, lead_en, values), advice


def _filled(german: str, english: str, values: dict[str, Text | str]) -> Text:
    both = {name: value if isinstance(value, Text) else Text(value, value) for name, value in values.items()}
    return Text(
        german.format_map({name: value.de for name, value in both.items()}),
        english.format_map({name: value.en for name, value in both.items()}),
    )


def number(value: int) -> Text:
    """4.218 in German, 4,218 in English."""
    english = f"{value:,}"
    return Text(english.replace(",", "."), english)


def names(values: Sequence[str]) -> Text:
    """a, b und c."""
    if not values:
        return Text("niemand", "nobody")
    *first, last = values
    if not first:
        return Text(last, last)
    return Text(f"{', '.join(first)} und {last}", f"{', '.join(first)} and {last}")


def day(moment: datetime) -> Text:
    """11. November 2026, in the time of Germany."""
    local = moment.astimezone(_zone())
    german, english = _MONTHS[local.month - 1]
    return Text(f"{local.day}. {german} {local.year}", f"{local.day} {english} {local.year}")


def moment(at: datetime) -> Text:
    """11. November 2026, 9.04 Uhr, in the time of Germany."""
    local = at.astimezone(_zone())
    zone = " (UTC)" if _zone() is UTC else ""
    date = day(at)
    return Text(f"{date.de}, {local.hour}.{local.minute:02} Uhr{zone}", f"{date.en}, {local.hour}:{local.minute:02}{zone}")


@cache
def _zone() -> tzinfo:
    """A machine without time zones still gets an answer, with times in UTC that say so."""
    try:
        return ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        return UTC
