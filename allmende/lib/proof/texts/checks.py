"""What each check says, by its outcome. First the answer, then the reason; no blame, and what to do next."""

from allmende.lib.proof.report import State

#: check and reason: state; title and detail in German; title and detail in English
CHECKS: dict[tuple[str, str], tuple[State, str, str, str, str]] = {
    ("bundle", "ok"): (
        State.OK,
        "Der Nachweis ist vollständig",
        "Alle {count} Bestandteile sind da und so geschrieben, wie es festgelegt ist.",
        "The proof is complete",
        "All {count} parts are there and written as specified.",
    ),
    ("bundle", "unreadable"): (
        State.BAD,
        "Der Nachweis ist beschädigt",
        "Die Datei ist unvollständig oder nicht mehr lesbar. Oft wurde das Herunterladen unterbrochen. Laden Sie den Nachweis neu "
        "herunter und prüfen Sie ihn, ohne ihn zu entpacken.",
        "The proof is damaged",
        "The file is incomplete or cannot be read any more. Often a download was interrupted. Download the proof again and check it "
        "without unpacking it.",
    ),
    ("bundle", "too_large"): (
        State.BAD,
        "Diese Datei ist zu groß für einen Nachweis",
        "Ein Nachweis hat höchstens 64 MB und 64 Bestandteile.",
        "This file is too large for a proof",
        "A proof has at most 64 MB and 64 parts.",
    ),
    ("bundle", "not_examined"): (
        State.OPEN,
        "Diese Datei konnte nicht geprüft werden",
        "Sie zu lesen braucht mehr Speicher oder Zeit, als dafür vorgesehen ist. Ein ausgegebener Nachweis ist nicht so aufgebaut.",
        "This file could not be examined",
        "Reading it takes more memory or time than is provided for it. A proof as it is issued is not built like this.",
    ),
    ("bundle", "busy"): (
        State.OPEN,
        "Diese Datei wurde noch nicht geprüft",
        "Gerade wird eine andere Datei geprüft. Versuchen Sie es in einer Minute noch einmal.",
        "This file has not been examined yet",
        "Another file is being examined at the moment. Try again in a minute.",
    ),
    ("bundle", "repacked"): (
        State.BAD,
        "Der Nachweis wurde neu gepackt",
        "Die Hülle der Datei ist nicht mehr die ausgegebene. Häufig hat ein Programm sie neu gespeichert; das muss keine "
        "Absicht sein. Laden Sie den Nachweis neu herunter.",
        "The proof was packed anew",
        "The wrapping of the file is no longer the one that was issued. Often a program has saved it again; that need not be intent. "
        "Download the proof again.",
    ),
    ("bundle", "missing"): (
        State.BAD,
        "Im Nachweis fehlt etwas",
        "Es fehlt: {names}. Laden Sie den Nachweis neu herunter.",
        "Something is missing in the proof",
        "Missing: {names}. Download the proof again.",
    ),
    ("bundle", "extra"): (
        State.BAD,
        "Im Nachweis ist etwas, das nicht hineingehört",
        "Zu viel oder doppelt: {names}. Laden Sie den Nachweis neu herunter.",
        "There is something in the proof that does not belong there",
        "Superfluous or twice: {names}. Download the proof again.",
    ),
    ("bundle", "order"): (
        State.BAD,
        "Der Nachweis wurde neu gepackt",
        "Die Bestandteile stehen nicht in der festgelegten Reihenfolge. Laden Sie den Nachweis neu herunter.",
        "The proof was packed anew",
        "The parts do not stand in the specified order. Download the proof again.",
    ),
    ("bundle", "changed"): (
        State.BAD,
        "Im Nachweis wurde etwas verändert",
        "Nicht mehr so, wie ausgegeben: {names}.{more}",
        "Something in the proof was changed",
        "No longer as issued: {names}.{more}",
    ),
    ("bundle", "form"): (
        State.BAD,
        "Ein Bestandteil ist anders geschrieben als festgelegt",
        "Betroffen: {names}. Laden Sie den Nachweis neu herunter.",
        "A part is written in another way than specified",
        "Concerned: {names}. Download the proof again.",
    ),
    ("bundle", "no_proof"): (
        State.OPEN,
        "Diese Datei ist kein Nachweis",
        "Sie enthält nichts, das sich prüfen lässt. Das ist kein Fehler der Datei.",
        "This file is no proof",
        "It holds nothing that can be checked. That is no fault of the file.",
    ),
    ("bundle", "archive_file"): (
        State.OPEN,
        "Diese Datei ist ein Archivzeitstempel, kein Nachweis",
        "Sie wird zusammen mit einem Nachweis geprüft, für sich allein sagt sie nichts über eine Veröffentlichung.",
        "This file is an archive time stamp, no proof",
        "It is checked together with a proof; by itself it says nothing about a publication.",
    ),
    ("bundle", "page_file"): (
        State.OPEN,
        "Eine gespeicherte Webseite ist kein Nachweis",
        "Der Browser verändert eine Seite, wenn er sie speichert. Deshalb lässt sich an ihr nichts prüfen.",
        "A saved web page is no proof",
        "The browser changes a page when it saves it. Therefore nothing can be checked on it.",
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
        "Die Datei page.html weicht von dem ab, was im Eintrag des Protokolls festgehalten ist.{perhaps} Das PDF stimmt mit ihm überein.",
        "The text of the page is not the one published",
        "The file page.html differs from what the entry of the log records.{perhaps} The PDF agrees with it.",
    ),
    ("content", "document_changed"): (
        State.BAD,
        "Das PDF ist nicht das veröffentlichte",
        "Die Datei document.pdf weicht von dem ab, was im Eintrag des Protokolls festgehalten ist.{perhaps} Die Seite stimmt mit ihm "
        "überein.",
        "The PDF is not the one published",
        "The file document.pdf differs from what the entry of the log records.{perhaps} The page agrees with it.",
    ),
    ("content", "both_changed"): (
        State.BAD,
        "Der Inhalt ist nicht der veröffentlichte",
        "Seite und PDF weichen von dem ab, was im Eintrag des Protokolls festgehalten ist.{perhaps}",
        "The content is not the one published",
        "Page and PDF differ from what the entry of the log records.{perhaps}",
    ),
    ("content", "salts_changed"): (
        State.BAD,
        "Der Inhalt lässt sich nicht mit dem Eintrag vergleichen",
        "Verändert wurden die Zufallszahlen in salts.json, die Seite und PDF mit dem Eintrag verbinden. Seite und PDF haben noch die "
        "Prüfsummen, die manifest.json nennt; das beweist allein aber nichts.",
        "The content cannot be compared with the entry",
        "The random numbers in salts.json were changed, which tie page and PDF to the entry. Page and PDF still have the check sums "
        "that manifest.json states; but that alone proves nothing.",
    ),
    ("content", "entry"): (
        State.BAD,
        "Der Eintrag passt nicht zum Inhalt",
        "Was in leaf.json steht, ist nicht der Eintrag von Seite und PDF, und es steht auch nicht im Protokoll. Ob an der Seite oder am "
        "PDF etwas verändert wurde, lässt sich daran nicht erkennen.",
        "The entry does not fit the content",
        "What leaf.json says is not the entry of page and PDF, and it is not in the log either. Whether anything in the page or "
        "the PDF was changed cannot be seen from it.",
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
    ("seal", "demo"): (
        State.DEMO,
        "Das PDF trägt ein Siegel zur Vorführung",
        "Demo, nicht vertrauenswürdig: Das Siegel passt zur Datei, belegt aber nicht, wer sie gesiegelt hat. Es nennt "
        "„{organisation}“; dieses Zertifikat hat sich die Vorführung selbst ausgestellt.",
        "The PDF carries a seal for demonstration",
        "Demo, not trustworthy: the seal fits the file, but does not show who sealed it. It names “{organisation}”; the "
        "demonstration issued this certificate to itself.",
    ),
    ("seal", "claimed"): (
        State.OPEN,
        "Das Siegel passt zum PDF, sein Aussteller ist nicht geprüft",
        "Es gibt an: „{organisation}“, gültig bis {until}, ausgestellt von „{authority}“. Wer das ausgestellt hat, ist nicht geprüft; "
        "ein solches Zertifikat kann sich jeder selbst machen. {level}",
        "The seal fits the PDF, its issuer is not checked",
        "It states: “{organisation}”, valid until {until}, issued by “{authority}”. Who issued that is not checked; anybody can make "
        "such a certificate. {level}",
    ),
    ("seal", "claimed_alone"): (
        State.OPEN,
        "Das Siegel passt zum PDF, sein Aussteller ist nicht geprüft",
        "Es deckt die ganze Datei und gibt an: „{organisation}“, gültig bis {until}, ausgestellt von „{authority}“. Wer das ausgestellt "
        "hat, ist nicht geprüft; ein solches Zertifikat kann sich jeder selbst machen. {level} Ob es gesperrt war, zeigt erst der "
        "Nachweis.",
        "The seal fits the PDF, its issuer is not checked",
        "It covers the whole file and states: “{organisation}”, valid until {until}, issued by “{authority}”. Who issued that is not "
        "checked; anybody can make such a certificate. {level} Only the proof can show whether it was revoked.",
    ),
    ("seal", "whole"): (
        State.OK,
        "Das PDF ist seit dem Siegeln unverändert",
        "Das Siegel deckt die ganze Datei. Es nennt „{organisation}“ und gilt bis {until}; das Zertifikat kommt von „{authority}“. "
        "{level} Ob es gesperrt war, zeigt erst der Nachweis.",
        "The PDF is unchanged since it was sealed",
        "The seal covers the whole file. It names “{organisation}” and is valid until {until}; the certificate "
        "comes from “{authority}”. {level} Only the proof can show whether it was revoked.",
    ),
    ("seal", "changed"): (
        State.BAD,
        "Das PDF ist nicht mehr so, wie es gesiegelt wurde",
        "{problems}",
        "The PDF is no longer as it was sealed",
        "{problems}",
    ),
    ("seal", "no_seal"): (
        State.OPEN,
        "Kein Siegel, das sich prüfen lässt",
        "{problems} Viele PDF-Dateien haben kein Siegel; das ist kein Fehler.",
        "No seal that can be checked",
        "{problems} Many PDF files have no seal; that is no fault.",
    ),
    ("seal", "other_seal"): (
        State.OPEN,
        "Eine Signatur anderer Art",
        "Diese Datei trägt eine Signatur, aber kein Siegel, wie es hier vergeben wird. Sie lässt sich hier nicht prüfen: {problems}",
        "A signature of another kind",
        "This file carries a signature, but no seal of the kind that is given here. It cannot be checked here: {problems}",
    ),
    ("seal", "bad"): (
        State.BAD,
        "Das Siegel des PDF ist nicht bestätigt",
        "{problems}{names}",
        "The seal of the PDF is not confirmed",
        "{problems}{names}",
    ),
    ("time", "ok"): (
        State.OK,
        "Der Zeitpunkt ist bestätigt",
        "Zeitstempel vom {when}, ausgestellt von „{authority}“.",
        "The time is confirmed",
        "Time stamp of {when}, issued by “{authority}”.",
    ),
    ("time", "claimed"): (
        State.OPEN,
        "Der Zeitstempel passt zum Siegel, sein Aussteller ist nicht geprüft",
        "Er gibt an: {when}, ausgestellt von „{authority}“. Wer das ausgestellt hat, ist nicht geprüft; einen solchen Zeitstempel kann "
        "sich jeder selbst machen.",
        "The time stamp fits the seal, its issuer is not checked",
        "It states: {when}, issued by “{authority}”. Who issued that is not checked; anybody can make such a time stamp.",
    ),
    ("time", "demo"): (
        State.DEMO,
        "Der Zeitstempel ist einer zur Vorführung",
        "Demo, nicht vertrauenswürdig: {when}, von einem Zeitstempeldienst, den die Vorführung selbst betreibt.",
        "The time stamp is one for demonstration",
        "Demo, not trustworthy: {when}, by a time stamp authority that the demonstration runs itself.",
    ),
    ("time", "missing"): (
        State.OPEN,
        "Ohne Zeitstempel",
        "Wann gesiegelt wurde, sagt nur die Uhr der Stelle, die gesiegelt hat.",
        "Without a time stamp",
        "When it was sealed is only what the clock of the sealing body says.",
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
        "Zeile {line} von {size} im Protokoll {origin}, in dem Stand, den dieser Nachweis enthält.",
        "The entry is in the log",
        "Line {line} of {size} in the log {origin}, in the state that this proof holds.",
    ),
    ("log", "document"): (
        State.OPEN,
        "Ob das PDF im Protokoll steht, zeigt der Nachweis",
        "Das PDF allein enthält seine Zeile im Protokoll nicht. Der Nachweis (ZIP) enthält beides.",
        "The proof shows whether the PDF is in the log",
        "The PDF alone does not hold its line in the log. The proof (ZIP) holds both.",
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
        "Der Stand des Protokolls ist nicht gültig unterschrieben",
        "Die Unterschrift stammt nicht von dem Schlüssel in log.vkey, oder der Stand wurde verändert.",
        "The state of the log is not signed validly",
        "The signature was not made by the key in log.vkey, or the state was changed.",
    ),
    ("log", "inclusion"): (
        State.BAD,
        "Der Eintrag steht nicht im Protokoll",
        "Der Weg von leaf.json zum unterschriebenen Stand des Protokolls stimmt nicht.",
        "The entry is not in the log",
        "The way from leaf.json to the signed state of the log is not right.",
    ),
}
