"""What the check of a certificate of publication says. As in `checks`."""

from allmende.lib.proof.report import State, Text

CHECKS: dict[tuple[str, str], tuple[State, str, str, str, str]] = {
    ("certificate", "ok"): (
        State.OK,
        "Der Bekanntmachungsnachweis nennt genau diesen Eintrag",
        "Nachweis {label}, gesiegelt von „{organisation}“ am {when}: Zeile {line}, Eintrag und Prüfsummen von Seite und PDF "
        "sind dieselben.",
        "The certificate of publication names exactly this entry",
        "Certificate {label}, sealed by “{organisation}” on {when}: line {line}, entry and checksums of page and PDF are the same.",
    ),
    ("certificate", "claimed"): (
        State.OPEN,
        "Der Bekanntmachungsnachweis nennt genau diesen Eintrag; sein Aussteller ist nicht geprüft",
        "Nachweis {label}: Zeile {line}, Eintrag und Prüfsummen sind dieselben. Sein Siegel gibt an: „{organisation}“, {when}. "
        "Wenn Sie die "
        "Aussteller von Siegel und Zeitstempel kennen, nennen Sie dem Prüfprogramm deren Zertifikate (--issuers).",
        "The certificate of publication names exactly this entry; its issuer is not checked",
        "Certificate {label}: line {line}, entry and checksums are the same. Its seal states: “{organisation}”, {when}. If you know the "
        "issuers of seal and time stamp, give their certificates to the verifier (--issuers).",
    ),
    ("certificate", "demo"): (
        State.DEMO,
        "Der Bekanntmachungsnachweis nennt genau diesen Eintrag; er ist zur Vorführung gesiegelt",
        "Nachweis {label}: Zeile {line}, Eintrag und Prüfsummen sind dieselben. Ein Siegel zur Vorführung belegt nicht, wer ihn "
        "ausgestellt hat und wann.",
        "The certificate of publication names exactly this entry; it is sealed for demonstration",
        "Certificate {label}: line {line}, entry and checksums are the same. A seal for demonstration does not show who issued "
        "it and when.",
    ),
    ("certificate", "sealer"): (
        State.OPEN,
        "Der Bekanntmachungsnachweis nennt diesen Eintrag, ist aber unter anderem Namen gesiegelt",
        "Nachweis {label}: Zeile {line}, Eintrag und Prüfsummen sind dieselben. Gesiegelt hat ihn „{organisation}“, die "
        "Bekanntmachung trägt "
        "einen anderen Namen. Das kann an einem neuen Siegel liegen: Fragen Sie nach.",
        "The certificate of publication names this entry, but is sealed in another name",
        "Certificate {label}: line {line}, entry and checksums are the same. “{organisation}” sealed it; the notice bears "
        "another name. A new "
        "seal may be the reason: ask.",
    ),
    ("certificate", "form"): (
        State.BAD,
        "Die andere Datei ist kein Bekanntmachungsnachweis",
        "Sie trägt kein Siegel, das einen Eintrag im Protokoll nennt.",
        "The other file is no certificate of publication",
        "It carries no seal that names an entry of the log.",
    ),
    ("certificate", "seal"): (
        State.BAD,
        "Der Bekanntmachungsnachweis ist verändert, oder sein Siegel gilt nicht",
        "{problems} Verlassen Sie sich nicht auf ihn.",
        "The certificate of publication was changed, or its seal is not valid",
        "{problems} Do not rely on it.",
    ),
    ("certificate", "other_log"): (
        State.BAD,
        "Der Bekanntmachungsnachweis gehört zu einem anderen Protokoll",
        "Nachweis {label} nennt das Protokoll {origin}.",
        "The certificate of publication belongs to another log",
        "Certificate {label} names the log {origin}.",
    ),
    ("certificate", "entry"): (
        State.BAD,
        "Der Bekanntmachungsnachweis nennt einen anderen Eintrag",
        "Nachweis {label} nennt Zeile {line}; Zeile, Eintrag oder Prüfsummen sind nicht die dieser Nachweisdatei.",
        "The certificate of publication names another entry",
        "Certificate {label} names line {line}; line, entry or checksums are not those of this proof.",
    ),
    ("certificate", "unchecked"): (
        State.OPEN,
        "Der Bekanntmachungsnachweis konnte nicht verglichen werden",
        "Dazu muss der Eintrag im Protokoll feststehen.",
        "The certificate of publication could not be compared",
        "For that the entry in the log must be certain.",
    ),
    ("certificate", "alone"): (
        State.OPEN,
        "Was er bescheinigt, beweist die Nachweisdatei",
        "Nachweis {label} nennt Zeile {line} im Protokoll {origin}. Prüfen Sie ihn zusammen mit der Nachweisdatei (ZIP) der "
        "Bekanntmachung: "
        "Dann zeigt sich, ob er genau diesen Eintrag nennt.",
        "What it certifies is proven by the proof bundle",
        "Certificate {label} names line {line} in the log {origin}. Check it together with the proof (ZIP) of the notice: then it shows "
        "whether it names exactly that entry.",
    ),
}

#: as in `answers`
ANSWERS: dict[str, tuple[str, str, str, str]] = {
    "certificate_whole": (
        "Dieser Bekanntmachungsnachweis ist unverändert",
        "Sein Siegel nennt „{issuer}“, gesiegelt am {when}. Er ist eine Bescheinigung; was bekannt gemacht wurde, beweist die "
        "Nachweisdatei "
        "(ZIP) der Bekanntmachung.",
        "This certificate of publication is unchanged",
        "Its seal names “{issuer}”, sealed on {when}. It is a statement; what was published is proven by the proof (ZIP) of the notice.",
    ),
    "certificate_claimed": (
        "Dieser Bekanntmachungsnachweis trägt ein Siegel, dessen Aussteller nicht geprüft ist",
        "Die Datei ist so, wie sie gesiegelt wurde; ihr Siegel gibt an: „{issuer}“, {when}. Ein solches Siegel kann sich aber jeder "
        "ausstellen. Was bekannt gemacht wurde, beweist die Nachweisdatei (ZIP) der Bekanntmachung.",
        "This certificate of publication carries a seal whose issuer is not checked",
        "The file is as it was sealed; its seal states: “{issuer}”, {when}. But anybody can issue such a seal. What was published is "
        "proven by the proof (ZIP) of the notice.",
    ),
    "certificate_demo": (
        "Dieser Bekanntmachungsnachweis ist zur Vorführung gesiegelt",
        "Die Datei ist so, wie sie gesiegelt wurde; ihr Siegel nennt „{issuer}“. Ein Siegel zur Vorführung kann sich aber jeder "
        "ausstellen. Was bekannt gemacht wurde, beweist die Nachweisdatei (ZIP) der Bekanntmachung.",
        "This certificate of publication is sealed for demonstration",
        "The file is as it was sealed; its seal names “{issuer}”. But anybody can issue a seal for demonstration. What was published "
        "is proven by the proof (ZIP) of the notice.",
    ),
    "other_certificate": (
        "Der Bekanntmachungsnachweis gehört nicht dazu",
        "Die Nachweisdatei selbst stimmt. Der Bekanntmachungsnachweis, den Sie dazu angegeben haben, nennt aber einen anderen "
        "Eintrag, oder "
        "er wurde verändert.",
        "The certificate of publication does not belong to it",
        "The proof itself is right. But the certificate of publication that you have stated with it names another entry, or it "
        "was changed.",
    ),
}

_TOGETHER = (
    Text(
        "Laden Sie die Nachweisdatei (ZIP) auf der Seite der Bekanntmachung herunter; Adresse und Nummer stehen im "
        "Bekanntmachungsnachweis.",
        "Download the proof (ZIP) from the page of the notice; address and number stand in the certificate of publication.",
    ),
    Text(
        "Prüfen Sie beide zusammen: die Nachweisdatei und dazu den Bekanntmachungsnachweis (--certificate).",
        "Check both together: the proof, and with it the certificate of publication (--certificate).",
    ),
)
ADVICE: dict[str, tuple[Text, ...]] = {
    **dict.fromkeys(("certificate_whole", "certificate_claimed", "certificate_demo"), _TOGETHER),
    "other_certificate": (
        Text(
            "Nehmen Sie die Nachweisdatei der Bekanntmachung, deren Nummer im Bekanntmachungsnachweis steht.",
            "Take the proof of the notice whose number stands in the certificate of publication.",
        ),
        Text(
            "Ist er verändert, lassen Sie sich von der ausstellenden Stelle einen neuen geben.",
            "If it was changed, have the issuing body give you a new one.",
        ),
    ),
}
