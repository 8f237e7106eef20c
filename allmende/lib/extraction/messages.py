"""The sentences about a file that was handed in, in German and English. The codes are stable."""

from typing import Literal

Weight = Literal["warn", "hint"]
Words = str | tuple[str, str]  # the same for any number, or for one and for several

# code: (weight, German, English), where it counts both for one and for several. {n}: how many; {pages}: their numbers;
# {names}: what they are called. "warn": somebody must look, or wording may be missing. "hint": good to know.
MESSAGES: dict[str, tuple[Weight, Words, Words]] = {
    # What a reader would not see, and what nobody meant to publish
    "scan": (
        "warn",
        "Die Datei ist ein Scan ohne Text. Schreiben Sie den Wortlaut ab, oder übernehmen Sie ihn aus der Word-Datei.",
        "The file is a scan without text. Type the wording, or take it from the Word file.",
    ),
    "pages_without_text": (
        "warn",
        (
            "Ohne Text ist Seite {pages}. Was dort steht, müssen Sie abschreiben.",
            "Ohne Text sind die Seiten {pages}. Was dort steht, müssen Sie abschreiben.",
        ),
        (
            "Page without text: {pages}. What stands there has to be typed.",
            "Pages without text: {pages}. What stands there has to be typed.",
        ),
    ),
    "recognised_text": (
        "warn",
        (
            "Der Text auf Seite {pages} stammt aus einer Texterkennung. Vergleichen Sie jedes Wort und jede Zahl mit dem Bild.",
            "Der Text auf den Seiten {pages} stammt aus einer Texterkennung. Vergleichen Sie jedes Wort und jede Zahl mit dem Bild.",
        ),
        (
            "The text on page {pages} comes from text recognition. Compare every word and number with the picture.",
            "The text on pages {pages} comes from text recognition. Compare every word and number with the picture.",
        ),
    ),
    "unreadable_characters": (
        "warn",
        (
            "Ein Zeichen der Datei lässt sich nicht als Text lesen. Vergleichen Sie mit dem, was Sie sehen.",
            "{n} Zeichen der Datei lassen sich nicht als Text lesen. Vergleichen Sie mit dem, was Sie sehen.",
        ),
        (
            "One character of the file cannot be read as text. Compare with what you see.",
            "{n} characters of the file cannot be read as text. Compare with what you see.",
        ),
    ),
    "inserted": (
        "warn",
        (
            "Die Datei zeigt eine Einfügung aus der Änderungsverfolgung. In den Text kommt sie mit.",
            "Die Datei zeigt {n} Einfügungen aus der Änderungsverfolgung. In den Text kommen sie mit.",
        ),
        (
            "The file shows one tracked insertion. It comes along into the text.",
            "The file shows {n} tracked insertions. They come along into the text.",
        ),
    ),
    "deleted": (
        "warn",
        (
            "Die Datei enthält eine Streichung aus der Änderungsverfolgung; wer sie öffnet, kann sie lesen. "
            "In den Text kommt sie nicht mit.",
            "Die Datei enthält {n} Streichungen aus der Änderungsverfolgung; wer sie öffnet, kann sie lesen. "
            "In den Text kommen sie nicht mit.",
        ),
        (
            "The file holds one tracked deletion; whoever opens it can read it. It does not come along into the text.",
            "The file holds {n} tracked deletions; whoever opens it can read them. They do not come along into the text.",
        ),
    ),
    "comments": (
        "warn",
        (
            "Die Datei enthält einen Kommentar; wer sie öffnet, kann ihn lesen. In den Text kommt er nicht mit.",
            "Die Datei enthält {n} Kommentare; wer sie öffnet, kann sie lesen. In den Text kommen sie nicht mit.",
        ),
        (
            "The file holds one comment; whoever opens it can read it. It does not come along into the text.",
            "The file holds {n} comments; whoever opens it can read them. They do not come along into the text.",
        ),
    ),
    "hidden": (
        "warn",
        (
            "Die Datei enthält an einer Stelle verborgenen Text; wer sie öffnet, kann ihn lesen. In den Text kommt er nicht mit.",
            "Die Datei enthält an {n} Stellen verborgenen Text; wer sie öffnet, kann ihn lesen. In den Text kommt er nicht mit.",
        ),
        (
            "The file holds hidden text in one place; whoever opens it can read it. It does not come along into the text.",
            "The file holds hidden text in {n} places; whoever opens it can read it. It does not come along into the text.",
        ),
    ),
    "struck": (
        "warn",
        (
            "Eine durchgestrichene Stelle steht ohne Strich im Text. Löschen Sie sie, wenn sie nicht gelten soll.",
            "{n} durchgestrichene Stellen stehen ohne Strich im Text. Löschen Sie, was nicht gelten soll.",
        ),
        (
            "One struck-out passage stands in the text without the stroke. Delete it if it shall not apply.",
            "{n} struck-out passages stand in the text without the stroke. Delete what shall not apply.",
        ),
    ),
    "pictures": (
        "warn",
        (
            "Ein Bild kam nicht mit. An seiner Stelle steht ein Vermerk in eckigen Klammern.",
            "{n} Bilder kamen nicht mit. An ihrer Stelle stehen Vermerke in eckigen Klammern.",
        ),
        (
            "One picture did not come along. A note in square brackets stands in its place.",
            "{n} pictures did not come along. Notes in square brackets stand in their place.",
        ),
    ),
    "embedded": (
        "warn",
        (
            "Ein eingebetteter Inhalt kam nicht mit, zum Beispiel eine Zeichnung. An seiner Stelle steht ein Vermerk.",
            "{n} eingebettete Inhalte kamen nicht mit, zum Beispiel Zeichnungen. An ihrer Stelle stehen Vermerke.",
        ),
        (
            "One embedded content did not come along, such as a drawing. A note stands in its place.",
            "{n} embedded contents did not come along, such as drawings. Notes stand in their place.",
        ),
    ),
    "embedded_files": (
        "warn",
        "In der Datei stecken weitere Dateien ({names}). Wer sie herunterlädt, bekommt sie mit.",
        "Further files are inside the file ({names}). Whoever downloads it gets them too.",
    ),
    "formulas": (
        "warn",
        (
            "Eine Formel kam nicht mit. An ihrer Stelle steht ein Vermerk in eckigen Klammern.",
            "{n} Formeln kamen nicht mit. An ihrer Stelle stehen Vermerke in eckigen Klammern.",
        ),
        (
            "One formula did not come along. A note in square brackets stands in its place.",
            "{n} formulas did not come along. Notes in square brackets stand in their place.",
        ),
    ),
    "symbols": (
        "warn",
        (
            "Ein Zeichen aus einer Symbolschrift kam nicht mit. An seiner Stelle steht ein Vermerk.",
            "{n} Zeichen aus einer Symbolschrift kamen nicht mit. An ihrer Stelle stehen Vermerke.",
        ),
        (
            "One character of a symbol typeface did not come along. A note stands in its place.",
            "{n} characters of a symbol typeface did not come along. Notes stand in their place.",
        ),
    ),
    "tables_guessed": (
        "warn",
        (
            "Eine Tabelle ist aus der Lage der Wörter erschlossen. Prüfen Sie jede Zeile.",
            "{n} Tabellen sind aus der Lage der Wörter erschlossen. Prüfen Sie jede Zeile.",
        ),
        (
            "One table is inferred from where words stand. Check every row.",
            "{n} tables are inferred from where words stand. Check every row.",
        ),
    ),
    "columns": (
        "warn",
        (
            "Auf Seite {pages} steht der Text in mehreren Spalten. Prüfen Sie die Reihenfolge.",
            "Auf den Seiten {pages} steht der Text in mehreren Spalten. Prüfen Sie die Reihenfolge.",
        ),
        (
            "On page {pages} the text stands in several columns. Check the order.",
            "On pages {pages} the text stands in several columns. Check the order.",
        ),
    ),
    "not_read_in_full": (
        "warn",
        "Die Datei ist so umfangreich, dass nicht alle Seiten angesehen wurden.",
        "The file is so large that not all pages were looked at.",
    ),
    # Good to know
    "footnotes": (
        "hint",
        (
            "Eine Fußnote steht am Ende des Textes. Besser ist ein Satz an der Stelle, zu der sie gehört.",
            "{n} Fußnoten stehen am Ende des Textes. Besser sind Sätze an den Stellen, zu denen sie gehören.",
        ),
        (
            "One footnote stands at the end of the text. A sentence where it belongs is better.",
            "{n} footnotes stand at the end of the text. Sentences where they belong are better.",
        ),
    ),
    "text_boxes": (
        "hint",
        (
            "Ein Textfeld steht jetzt als Absatz im Text. Prüfen Sie, ob es an der richtigen Stelle steht.",
            "{n} Textfelder stehen jetzt als Absätze im Text. Prüfen Sie, ob sie an der richtigen Stelle stehen.",
        ),
        (
            "One text box now stands as a paragraph in the text. Check its place.",
            "{n} text boxes now stand as paragraphs in the text. Check their places.",
        ),
    ),
    "nested": (
        "hint",
        (
            "Eine Tabelle stand in einer Zelle einer anderen. Ihre Zeilen stehen dort als Text.",
            "{n} Tabellen standen in Zellen von anderen. Ihre Zeilen stehen dort als Text.",
        ),
        (
            "One table stood in a cell of another. Its rows stand there as text.",
            "{n} tables stood in cells of others. Their rows stand there as text.",
        ),
    ),
    "headings_guessed": (
        "hint",
        (
            "Eine Überschrift war nicht als solche gekennzeichnet und ist am Aussehen erkannt. Prüfen Sie sie.",
            "{n} Überschriften waren nicht als solche gekennzeichnet und sind am Aussehen erkannt. Prüfen Sie die Ebenen.",
        ),
        (
            "One heading was not marked as such and was recognised by its look. Check it.",
            "{n} headings were not marked as such and were recognised by their look. Check their levels.",
        ),
    ),
    "structure_guessed": (
        "hint",
        "Das PDF hat keine Struktur. Absätze, Listen und Überschriften sind aus der Lage der Zeilen erschlossen.",
        "The PDF has no structure. Paragraphs, lists and headings are inferred from where lines stand.",
    ),
    "repeated_lines": (
        "hint",
        ("Eine Kopf- oder Fußzeile ist weggelassen.", "Kopf- und Fußzeilen sind weggelassen ({n} Zeilen)."),
        ("One header or footer is left out.", "Headers and footers are left out ({n} lines)."),
    ),
    "contents": ("hint", "Das Inhaltsverzeichnis ist weggelassen.", "The table of contents is left out."),
    "people": (
        "hint",
        "In den Eigenschaften der Datei stehen Namen: {names}. Wer die Datei herunterlädt, kann sie lesen.",
        "The properties of the file hold names: {names}. Whoever downloads it can read them.",
    ),
    "form_fields": (
        "hint",
        ("Die Datei hat ein Formularfeld. Im Text steht es nicht.", "Die Datei hat {n} Formularfelder. Im Text stehen sie nicht."),
        ("The file has one form field. It is not in the text.", "The file has {n} form fields. They are not in the text."),
    ),
    "signed": (
        "hint",
        "Die Datei trägt eine elektronische Signatur. Sie bleibt erhalten, weil die Datei unverändert aufbewahrt wird.",
        "The file carries an electronic signature. It is preserved, since the file is kept unchanged.",
    ),
    "untagged": (
        "hint",
        "Das PDF hat keine Struktur für Vorleseprogramme.",
        "The PDF has no structure for screen readers.",
    ),
    "without_language": ("hint", "Das PDF nennt seine Sprache nicht.", "The PDF does not state its language."),
    "pictures_undescribed": (
        "hint",
        ("Ein Bild der Datei hat keine Beschreibung.", "{n} Bilder der Datei haben keine Beschreibung."),
        ("One picture of the file has no description.", "{n} pictures of the file have no description."),
    ),
}

# code: (German, English). Each says what to do.
REFUSALS: dict[str, tuple[str, str]] = {
    "unknown_type": (
        "Diese Datei ist keine, die wir annehmen. Wählen Sie PDF, Word (DOCX), OpenDocument (ODT, ODS), Excel (XLSX), PNG, JPEG, TIFF, "
        "GML, CSV oder ZIP.",
        "This is not a kind of file we take. Choose PDF, Word (DOCX), OpenDocument (ODT, ODS), Excel (XLSX), PNG, JPEG, TIFF, GML, CSV or "
        "ZIP.",
    ),
    "empty": ("Die Datei ist leer. Wählen Sie die richtige Datei.", "The file is empty. Choose the right file."),
    "old_office": (
        "Die Datei hat ein altes Office-Format. Öffnen Sie sie in Word oder LibreOffice und speichern Sie sie als DOCX.",
        "The file has an old Office format. Open it in Word or LibreOffice and save it as DOCX.",
    ),
    "encrypted": (
        "Die Datei ist verschlüsselt oder mit einem Kennwort geschützt. Speichern Sie sie ohne Schutz und laden Sie sie dann hoch.",
        "The file is encrypted or protected by a password. Save it without protection, then upload it.",
    ),
    "macros": (
        "Die Datei enthält Makros. Speichern Sie sie als Datei ohne Makros (DOCX oder XLSX).",
        "The file holds macros. Save it as a file without macros (DOCX or XLSX).",
    ),
    "active": (
        "Die Datei führt beim Öffnen etwas aus oder lädt etwas nach ({names}). Drucken Sie sie als PDF und laden Sie dieses hoch.",
        "The file runs or loads something when opened ({names}). Print it as a PDF and upload that.",
    ),
    "archive": (
        "Im Archiv liegt etwas, das wir nicht annehmen ({names}). Nehmen Sie es heraus. Hinein dürfen Geodaten, Tabellen, Texte, PDF und "
        "Bilder, aber keine Programme und keine Archive.",
        "The archive holds something we do not take ({names}). Take it out. Geodata, tables, texts, PDF and pictures may be in it, but "
        "no programs and no archives.",
    ),
    "formula": (
        "In der Tabelle steht etwas, das ein Programm beim Öffnen ausrechnet (Zeile {names}). Setzen Sie Werte statt Formeln ein.",
        "The table holds something that a program works out when it is opened (line {names}). Put values in place of formulas.",
    ),
    "only_attachment": (
        "GML, CSV und ZIP können nur Anlagen sein. Wählen Sie „Anlage“, oder laden Sie den Text als Word-Datei oder PDF hoch.",
        "GML, CSV and ZIP can only be attachments. Choose “attachment”, or upload the text as a Word file or PDF.",
    ),
    "broken": (
        "Die Datei ist beschädigt oder unvollständig. Öffnen Sie sie auf Ihrem Rechner, speichern Sie sie neu und laden Sie sie dann hoch.",
        "The file is damaged or incomplete. Open it on your computer, save it anew, then upload it.",
    ),
    "bomb": (
        "Die Datei wird beim Entpacken ungewöhnlich groß. Speichern Sie sie neu, ohne was nicht hineingehört.",
        "The file becomes unusually large when unpacked. Save it anew without what does not belong in it.",
    ),
    "too_large": (
        "Aus einer so umfangreichen Datei lässt sich kein Text übernehmen. Laden Sie sie als Anlage hoch und schreiben Sie den Text.",
        "No text can be taken from a file this large. Upload it as an attachment and write the text.",
    ),
    "no_text_in_kind": (
        "Aus dieser Art von Datei wird kein Text übernommen. Nehmen Sie die Word-Datei (DOCX) oder das PDF.",
        "No text is taken from this kind of file. Use the Word file (DOCX) or the PDF.",
    ),
    "not_examined": (
        "Die Datei ließ sich nicht in der vorgesehenen Zeit prüfen. Speichern Sie sie neu oder teilen Sie sie auf.",
        "The file could not be examined in the time allowed. Save it anew or divide it.",
    ),
    "busy": (
        "Gerade wird eine andere Datei geprüft. Versuchen Sie es in einigen Sekunden noch einmal.",
        "Another file is being examined. Try again in a few seconds.",
    ),
}
