"""What the whole comes to, and what one can do next."""

from allmende.lib.proof.report import Text

#: what the whole comes to: headline and lead in German, headline and lead in English
ANSWERS: dict[str, tuple[str, str, str, str]] = {
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

ADVICE: dict[str, tuple[Text, ...]] = {
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

#: stands behind the lead when the seal is one of the demo
DEMO_SEAL = Text(
    " Sein Siegel ist ein Muster zur Vorführung und belegt nicht, wer gesiegelt hat.",
    " Its seal is a specimen for demonstration and does not show who sealed it.",
)
