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
    "genuine_demo": (
        "Dieses Dokument ist unverändert",
        "Es stimmt Zeichen für Zeichen mit dem überein, was im Protokoll {origin} steht.",
        "This document is unchanged",
        "It agrees character by character with what stands in the log {origin}.",
    ),
    "genuine_claimed": (
        "Dieses Dokument ist unverändert",
        "Es stimmt Zeichen für Zeichen mit dem überein, was im Protokoll {origin} steht. Sein Siegel gibt an: „{issuer}“, {when}; "
        "wer Siegel und Zeitstempel ausgestellt hat, ist nicht geprüft.",
        "This document is unchanged",
        "It agrees character by character with what stands in the log {origin}. Its seal states: “{issuer}”, {when}; "
        "who issued seal and time stamp is not checked.",
    ),
    "consistent": (
        "In sich stimmig, aber niemand bürgt für den Schlüssel",
        "Alles in diesem Nachweis passt zusammen; nach eigener Angabe kommt es von „{issuer}“, gesiegelt am {when}. "
        "Einen solchen Nachweis kann jeder herstellen: Ob die Angabe stimmt, zeigt erst der Vergleich des Schlüssels mit einer anderen "
        "Quelle.",
        "Consistent in itself, but nobody vouches for the key",
        "Everything in this proof fits together; by its own account it comes from “{issuer}”, sealed on {when}. "
        "Anybody can make such a proof: whether the account is true only a comparison of the key with another source can show.",
    ),
    "not_hosted": (
        "Dieser Nachweis ist nicht von dieser Stelle",
        "Dieses Protokoll wird hier geführt, der Nachweis ist aber mit einem anderen Schlüssel unterschrieben: er ist nicht von dieser "
        "Stelle. Verlassen Sie sich nicht auf seinen Inhalt.",
        "This proof is not by this body",
        "This log is kept here, but the proof is signed with another key: it is not by this body. Do not rely on its content.",
    ),
    "no_proof": (
        "Diese Datei ist kein Nachweis",
        "Das ist kein Fehler der Datei: Sie lässt sich nur nicht prüfen. Ob ihr Inhalt stimmt, ist damit nicht gesagt.",
        "This file is no proof",
        "That is no fault of the file: it just cannot be checked. Whether its content is right is not said by this.",
    ),
    "archive_file": (
        "Das ist ein Archivzeitstempel des Protokolls",
        "Eine andere Stelle bestätigt damit einen Stand des Protokolls. Er hält alte Nachweise beweisbar, wenn deren Zertifikate enden, "
        "und wird zusammen mit einem Nachweis geprüft.",
        "This is an archive time stamp of the log",
        "With it somebody else confirms a state of the log. It keeps old proofs provable when their certificates have ended, and it is "
        "checked together with a proof.",
    ),
    "page_file": (
        "Eine gespeicherte Webseite ist kein Nachweis",
        "Der Browser verändert eine Seite, wenn er sie speichert. Ob der Text stimmt, zeigt der Nachweis.",
        "A saved web page is no proof",
        "The browser changes a page when it saves it. The proof shows whether the text is right.",
    ),
    "document_whole": (
        "Dieses PDF ist seit dem Siegeln unverändert",
        "Sein Siegel nennt „{issuer}“, gesiegelt am {when}. Dass es so veröffentlicht wurde, zeigt nicht das Siegel, sondern der Nachweis.",
        "This PDF is unchanged since it was sealed",
        "Its seal names “{issuer}”, sealed on {when}. The seal alone does not show that it was published like this; the proof does.",
    ),
    "document_claimed": (
        "Dieses PDF trägt ein Siegel, dessen Aussteller nicht geprüft ist",
        "Die Datei ist so, wie sie gesiegelt wurde; ihr Siegel gibt an: „{issuer}“, {when}. Ein solches Siegel kann sich aber jeder "
        "ausstellen. Dass die Datei so veröffentlicht wurde, zeigt erst der Nachweis.",
        "This PDF carries a seal whose issuer is not checked",
        "The file is as it was sealed; its seal states: “{issuer}”, {when}. But anybody can issue such a seal. Only the proof "
        "shows that the file was published like this.",
    ),
    "document_demo": (
        "Dieses PDF trägt ein Siegel zur Vorführung",
        "Die Datei ist so, wie sie gesiegelt wurde; ihr Siegel nennt „{issuer}“. Ein Siegel zur Vorführung kann sich aber jeder "
        "ausstellen. Dass die Datei so veröffentlicht wurde, zeigt erst der Nachweis.",
        "This PDF carries a seal for demonstration",
        "The file is as it was sealed; its seal names “{issuer}”. But anybody can issue a seal for demonstration. Only the proof "
        "shows that the file was published like this.",
    ),
    "document_changed": (
        "Dieses PDF ist nicht mehr so, wie es gesiegelt wurde",
        "Nach dem Siegeln wurde etwas daran verändert, oder das Siegel gilt nicht. Verlassen Sie sich nicht auf den Inhalt.",
        "This PDF is no longer as it was sealed",
        "Something was changed after it was sealed, or the seal is not valid. Do not rely on the content.",
    ),
    "document_open": (
        "Dieses PDF allein lässt sich hier nicht prüfen",
        "Es trägt kein Siegel, das sich hier prüfen lässt. Ob sein Inhalt stimmt, ist damit nicht gesagt.",
        "This PDF alone cannot be checked here",
        "It carries no seal that can be checked here. Whether its content is right is not said by this.",
    ),
    "damaged": (
        "Dieser Nachweis ist beschädigt",
        "Er lässt sich so nicht prüfen. Laden Sie ihn neu herunter.",
        "This proof is damaged",
        "It cannot be checked like this. Download it again.",
    ),
    "changed": (
        "Diese Datei wurde verändert",
        "Sie stimmt nicht mit dem überein, was veröffentlicht wurde. Verlassen Sie sich nicht auf ihren Inhalt.",
        "This file was changed",
        "It does not agree with what was published. Do not rely on its content.",
    ),
    "salts": (
        "Dieser Nachweis wurde verändert",
        "Verändert wurde: salts.json. Ohne diese Zufallszahlen ist nicht gezeigt, dass Seite und PDF zum Eintrag im Protokoll gehören; ob "
        "auch an ihnen etwas verändert wurde, sagt das nicht. Verlassen Sie sich nicht auf diese Datei, und laden Sie sie neu herunter.",
        "This proof was changed",
        "Changed: salts.json. Without these random numbers it is not shown that page and PDF belong to the entry of the log; whether "
        "anything in them was changed too is not said by this. Do not rely on this file, and download it again.",
    ),
    "altered": (
        "Dieser Nachweis wurde verändert",
        "Verändert oder ausgetauscht wurde: {names}. Der Wortlaut der Seite und das PDF sind davon nicht betroffen: Sie passen zum "
        "Eintrag im Protokoll, den der Nachweis enthält. Wer gesiegelt hat und wann oder wer bezeugt, zeigt er so aber nicht mehr und "
        "wird deshalb abgelehnt. Laden Sie ihn neu herunter.",
        "This proof was changed",
        "Changed or exchanged: {names}. The wording of the page and the PDF are not concerned: they fit the entry of the log that the "
        "proof holds. But who has sealed and when, or who witnesses, it does not show any more, and so it is refused. Download it again.",
    ),
    "unsealed": (
        "Das Siegel dieses Nachweises gilt nicht",
        "Seite und PDF passen zum Eintrag im Protokoll, den der Nachweis enthält. Das Siegel des PDF oder sein Zeitstempel hält der "
        "Prüfung aber nicht stand: Wer gesiegelt hat und wann, ist nicht gezeigt.",
        "The seal of this proof is not valid",
        "Page and PDF fit the entry of the log that the proof holds. But the seal of the PDF or its time stamp does not hold: who has "
        "sealed and when is not shown.",
    ),
    "other_file": (
        "Eine Datei gehört nicht zu diesem Nachweis",
        "Der Nachweis selbst stimmt. Eine der Dateien, die Sie dazu angegeben haben, ist aber keine seiner Anlagen oder wurde verändert.",
        "A file does not belong to this proof",
        "The proof itself is right. But one of the files that you have stated with it is none of its attachments, or it was changed.",
    ),
    "other_archive": (
        "Der Archivzeitstempel gehört nicht dazu",
        "Der Nachweis selbst stimmt. Die Datei, die Sie als Archivzeitstempel angegeben haben, deckt ihn aber nicht oder wurde verändert.",
        "The archive time stamp does not belong to it",
        "The proof itself is right. But the file that you have stated as archive time stamp does not cover it, or it was changed.",
    ),
    "repacked": (
        "Dieser Nachweis ist nicht mehr der ausgegebene",
        "Seite, PDF, Siegel und Eintrag sind in Ordnung, aber die Datei darum wurde verändert. Laden Sie sie neu herunter.",
        "This proof is no longer the one issued",
        "Page, PDF, seal and entry are in order, but the file around them was changed. Download it again.",
    ),
    "distrusted": (
        "Dieser Nachweis erfüllt nicht, was Sie verlangen",
        "Er passt zwar in sich zusammen, aber nicht zu dem Schlüssel oder der Vertrauensregel, die Sie angegeben haben.",
        "This proof does not meet what you demand",
        "It fits together in itself, but not with the key or the trust policy that you have stated.",
    ),
    "not_examined": (
        "Diese Datei konnte nicht geprüft werden",
        "Über ihren Inhalt lässt sich deshalb nichts sagen. Verlassen Sie sich nicht auf ihn.",
        "This file could not be examined",
        "Nothing can be said about its content, therefore. Do not rely on it.",
    ),
    "busy": (
        "Diese Datei wurde noch nicht geprüft",
        "Gerade wird eine andere Datei geprüft. Über den Inhalt dieser Datei sagt das nichts.",
        "This file has not been examined yet",
        "Another file is being examined at the moment. That says nothing about the content of this one.",
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
            "Heben Sie den Nachweis bei wichtigen Vorgängen auf: Er lässt sich auch ohne Netz prüfen.",
            "Keep the proof in important matters: it can be checked without a network.",
        ),
    ),
    "genuine_demo": (
        Text(
            "Für den Wortlaut steht das Protokoll, dessen Schlüssel Sie angegeben haben. Für den Absender und den Zeitpunkt steht hier "
            "niemand.",
            "The log whose key you have stated stands for the wording. For sender and time nobody stands here.",
        ),
    ),
    "genuine_claimed": (
        Text(
            "Für den Wortlaut steht das Protokoll, dessen Schlüssel Sie angegeben haben.",
            "The log whose key you have stated stands for the wording.",
        ),
        Text(
            "Wenn Sie den Ausstellern von Siegel und Zeitstempel vertrauen, geben Sie dem Prüfprogramm deren Zertifikate an (--issuers).",
            "If you trust the issuers of seal and time stamp, give their certificates to the verifier (--issuers).",
        ),
    ),
    "consistent": (
        Text(
            "Vergleichen Sie den Schlüssel des Protokolls mit dem, den Ihnen die Verwaltung am Telefon oder am Schalter nennt oder der im "
            "Amtsblatt steht.",
            "Compare the key of the log with the one that the administration tells you by telephone or at the counter or that is printed "
            "in the official gazette.",
        ),
        Text(
            "Prüfen Sie noch einmal und geben Sie dabei diesen Schlüssel an.",
            "Check again and state that key.",
        ),
    ),
    "bad": (
        Text(
            "Öffnen Sie das Original auf den Seiten der Stadt und laden Sie den Nachweis dort neu herunter.",
            "Open the original on the pages of the town and download the proof there again.",
        ),
        Text(
            "Fragen Sie nach, woher die Datei kommt. Häufig hat ein Programm sie beim Weiterleiten neu gespeichert; das muss keine "
            "Absicht sein.",
            "Ask where the file comes from. Often a program has saved it again when it was passed on; that need not be intent.",
        ),
        Text(
            "Kommt bei einer neu heruntergeladenen Datei dieselbe Antwort, liegt es nicht am Herunterladen: Heben Sie beide Dateien auf, "
            "und vergleichen Sie mit jemandem, der eine ältere Ausgabe hat.",
            "If a file that was downloaded again gets the same answer, the download is not the reason: keep both files, and compare "
            "with somebody who has an older edition.",
        ),
        Text(
            "Vermuten Sie eine Fälschung, wenden Sie sich an die Verwaltung oder an eine Stelle, die von ihr unabhängig ist: die "
            "Kommunalaufsicht oder, wenn es um Ihre Rechte geht, ein Gericht.",
            "If you suspect a forgery, turn to the administration or to somebody independent of it: the supervisory authority of the "
            "municipality or, where your rights are concerned, a court.",
        ),
    ),
    "not_hosted": (
        Text(
            "Laden Sie den Nachweis auf der Seite der Bekanntmachung neu herunter, und vergleichen Sie.",
            "Download the proof from the page of the notice again, and compare.",
        ),
        Text(
            "Fragen Sie, woher die Datei kommt. Hat jemand sich für diese Stelle ausgegeben, oder hat sie ihren Schlüssel gewechselt, "
            "ohne es zu sagen? Melden Sie die Datei der Verwaltung oder der Kommunalaufsicht, die von ihr unabhängig ist.",
            "Ask where the file comes from. Has somebody passed themselves off as this body, or has it changed its key without saying so? "
            "Report the file to the administration or to its supervisory authority, which is independent of it.",
        ),
    ),
    "archive_file": (
        Text(
            "Geben Sie den Nachweis (ZIP) einer Bekanntmachung an und diese Datei dazu, auf der Prüfseite unter „Archivzeitstempel“, beim "
            "Prüfprogramm mit --archive: NACHWEIS.zip --archive DIESE-DATEI.zip",
            "State the proof (ZIP) of a notice and this file with it, on the check page in the field “Archive time stamp”, to the verifier "
            "with --archive: PROOF.zip --archive THIS-FILE.zip",
        ),
        Text(
            "Den Nachweis gibt es auf der Seite der Bekanntmachung unter „Nachweis herunterladen“.",
            "The proof is on the page of the notice under “Download proof”.",
        ),
    ),
    "busy": (Text("Prüfen Sie die Datei in einer Minute noch einmal.", "Check the file again in a minute."),),
    "other_archive": (
        Text(
            "Laden Sie auf der Seite des Protokolls einen späteren Archivzeitstempel herunter und prüfen Sie noch einmal.",
            "Download a later archive time stamp from the page of the log and check once more.",
        ),
    ),
    "other_file": (
        Text(
            "Laden Sie die Anlage auf der Seite der Veröffentlichung neu herunter und prüfen Sie noch einmal.",
            "Download the attachment from the page of the publication again and check once more.",
        ),
        Text(
            "Verlassen Sie sich nicht auf den Inhalt der anderen Datei.",
            "Do not rely on the content of the other file.",
        ),
    ),
    "distrusted": (
        Text(
            "Prüfen Sie, ob Sie den Schlüssel oder die Vertrauensregel der richtigen Stelle angegeben haben.",
            "Make sure that you have stated the key or the trust policy of the right body.",
        ),
        Text(
            "Sehen Sie nach, ob es auf der Seite der Veröffentlichung eine neuere Ausgabe des Nachweises gibt.",
            "See whether there is a newer edition of the proof on the page of the publication.",
        ),
        Text(
            "Bleibt es dabei, fragen Sie die Verwaltung nach dem Schlüssel, oder wenden Sie sich an eine Stelle, die von ihr unabhängig "
            "ist: die Kommunalaufsicht oder ein Gericht.",
            "If it stays like this, ask the administration for the key, or turn to somebody independent of it: the supervisory authority "
            "of the municipality or a court.",
        ),
    ),
}

#: in place of the first advice where the key was compared with the one that the asking installation keeps itself
HOSTED = Text(
    "Für den Wortlaut steht das Protokoll {origin}. Sein Schlüssel wurde mit dem verglichen, den diese Seite selbst führt; Sie haben "
    "keinen angegeben. Unabhängig wird die Prüfung erst mit einem Schlüssel, den Ihnen die Verwaltung am Telefon oder am Schalter nennt "
    "oder der im Amtsblatt steht: Geben Sie ihn auf der Prüfseite oder dem Prüfprogramm an. Ohne ihn sagt das Programm „niemand bürgt“.",
    "The log {origin} stands for the wording. Its key was compared with the one that this site keeps itself; you have stated none. The "
    "check becomes independent only with a key that the administration tells you by telephone or at the counter or that is printed in the "
    "official gazette: state it in the form or to the verifier. Without it the verifier says “nobody vouches”.",
)

#: for whoever has something else than the proof
HOW_TO_GET_IT = (
    Text(
        "Öffnen Sie die Bekanntmachung auf den Seiten der Stadt. Auf einem Ausdruck und im PDF stehen Nummer und Internetadresse.",
        "Open the notice on the pages of the town. A printout and the PDF show its number and address.",
    ),
    Text(
        "Wählen Sie dort „Nachweis herunterladen“. Das ist eine Datei mit der Endung .zip.",
        "Choose “Download proof” there. It is a file ending in .zip.",
    ),
    Text(
        "Prüfen Sie diese Datei, ohne sie zu entpacken. Oder vergleichen Sie Ihren Text mit der Seite.",
        "Check that file without unpacking it. Or compare your text with the page.",
    ),
)
for _name in ("no_proof", "page_file", "document_whole", "document_claimed", "document_demo", "document_open"):
    ADVICE[_name] = HOW_TO_GET_IT

#: stands behind the lead when seal, time stamp or both are of the demo
DEMO = {
    ("seal",): Text(
        " Sein Siegel ist ein Muster zur Vorführung und belegt nicht, wer gesiegelt hat.",
        " Its seal is a specimen for demonstration and does not show who sealed it.",
    ),
    ("time",): Text(
        " Sein Zeitstempel ist ein Muster zur Vorführung und belegt nicht, wann gesiegelt wurde.",
        " Its time stamp is a specimen for demonstration and does not show when it was sealed.",
    ),
    ("seal", "time"): Text(
        " Siegel und Zeitstempel sind Muster zur Vorführung: Sie belegen nicht, wer gesiegelt hat und wann.",
        " Seal and time stamp are specimens for demonstration: they do not show who sealed it and when.",
    ),
}
