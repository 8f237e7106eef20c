"""What the checks of witnesses and of trust say. As in `checks`."""

from allmende.lib.proof.report import State

#: sentences that a check adds, German and English, with the space before them
PARTS: dict[str, tuple[str, str]] = {
    "manifest_itself": (
        " Für {names} steht darin eine andere Prüfsumme; die übrigen Prüfungen bestätigen aber, dass {names} stimmt.",
        " It states another check sum for {names}; but the other checks confirm that {names} is right.",
    ),
    "manifest_perhaps": (
        " Oder verändert wurde nur die Prüfsumme dazu in manifest.json: Was von beidem, lässt sich nicht unterscheiden.",
        " Or only its check sum in manifest.json was changed: which of the two cannot be told.",
    ),
    "salts_perhaps": (
        " Vielleicht wurde nur die Zufallszahl dazu in salts.json verändert: Was von beidem, lässt sich nicht unterscheiden.",
        " Perhaps only its random number in salts.json was changed: which of the two cannot be told.",
    ),
    "enclosed": (" Es geht um: {names}.", " It is about: {names}."),
    "others": (
        " Außerdem haben Schlüssel unterschrieben, für die niemand bürgt, dem Sie vertrauen: {names}.",
        " Keys that nobody you trust vouches for have signed too: {names}.",
    ),
    "odd": (
        " Nicht gezählt, weil die angegebene Zeit nicht sein kann (vor dem Siegel oder in der Zukunft): {names}.",
        " Not counted, since the time stated cannot be (before the seal, or in the future): {names}.",
    ),
}

CHECKS: dict[tuple[str, str], tuple[State, str, str, str, str]] = {
    ("witness", "ok"): (
        State.OK,
        "Bezeugt von {names}",
        "Wer bezeugt, hat denselben Stand des Protokolls gesehen und unterschrieben, zuletzt am {when}.{more}{odd}",
        "Witnessed by {names}",
        "A witness has seen and signed the same state of the log, most recently on {when}.{more}{odd}",
    ),
    ("witness", "unknown"): (
        State.OPEN,
        "Unterschrieben von {count} Schlüsseln, für die niemand bürgt, dem Sie vertrauen",
        "Sie nennen sich {names}. Einen Schlüssel mit einem solchen Namen kann sich jeder machen. Wenn Sie Zeugen kennen, nennen Sie "
        "sie dem Prüfprogramm mit einer Vertrauensregel (--policy).{odd}",
        "Cosigned by {count} keys that nobody you trust vouches for",
        "They call themselves {names}. Anybody can make a key with such a name. If you know witnesses, name them to the "
        "verifier with a trust policy (--policy).{odd}",
    ),
    ("witness", "unknown_one"): (
        State.OPEN,
        "Unterschrieben von einem Schlüssel, für den niemand bürgt, dem Sie vertrauen",
        "Er nennt sich {names}. Einen Schlüssel mit einem solchen Namen kann sich jeder machen. Wenn Sie Zeugen kennen, nennen Sie "
        "sie dem Prüfprogramm mit einer Vertrauensregel (--policy).{odd}",
        "Cosigned by one key that nobody you trust vouches for",
        "It calls itself {names}. Anybody can make a key with such a name. If you know witnesses, name them to the "
        "verifier with a trust policy (--policy).{odd}",
    ),
    ("witness", "odd"): (
        State.REMARK,
        "Keine Bezeugung, die zählt",
        "Unter dem Stand des Protokolls steht keine Unterschrift mit einer möglichen Zeit.{odd}",
        "No cosignature that counts",
        "Below the state of the log stands no signature with a possible time.{odd}",
    ),
    ("witness", "none"): (
        State.OPEN,
        "Noch nicht bezeugt",
        "Als dieser Nachweis entstand, hatte noch keine andere Stelle den Stand des Protokolls bestätigt. Er zeigt, was im Protokoll "
        "steht und unterschrieben ist, aber nicht, dass alle dasselbe Protokoll sehen. Sobald Zeugen da sind, liegt auf der Seite der "
        "Veröffentlichung eine neue Ausgabe.",
        "Not witnessed yet",
        "When this proof was made, nobody else had confirmed the state of the log yet. It shows what stands in the log and is signed, but "
        "not that everybody sees the same log. As soon as there are witnesses, the page of the publication offers a new edition.",
    ),
    ("witness", "cosignature"): (
        State.BAD,
        "Eine Bezeugung ist nicht gültig",
        "Unter dem Stand des Protokolls steht eine Unterschrift, die nicht von einem der Schlüssel in policy.txt stammt.",
        "A cosignature is not valid",
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
        "Einen Nachweis, der in sich stimmt, kann jeder herstellen. Vergleichen Sie den Schlüssel {vkey} mit dem, den Ihnen die Verwaltung "
        "am Telefon oder am Schalter nennt oder der im Amtsblatt steht, oder geben Sie den, den Sie kennen, bei der Prüfung an.",
        "Whose log this is, you have to compare yourself",
        "Anybody can make a proof that agrees with itself. Compare the key {vkey} with the one that the administration tells you by "
        "telephone or at the counter or that is printed in the official gazette, or state the one you know when you check.",
    ),
    ("trust", "key"): (
        State.OK,
        "Es ist das Protokoll, dessen Schlüssel Sie angegeben haben",
        "Der Schlüssel gehört zu {origin}.",
        "It is the log whose key you have stated",
        "The key belongs to {origin}.",
    ),
    ("trust", "hosted"): (
        State.OK,
        "Es ist das Protokoll, das hier geführt wird",
        "Verglichen wurde der Schlüssel im Nachweis mit dem von {origin}, den diese Seite selbst führt. Eine unabhängige Quelle ist das "
        "nicht.",
        "It is the log that is kept here",
        "The key in the proof was compared with the one of {origin} that this site keeps itself. That is no independent source.",
    ),
    ("trust", "alone"): (
        State.REMARK,
        "Ein Schlüssel lässt sich mit einem PDF allein nicht vergleichen",
        "Der Schlüssel oder die Vertrauensregel, die Sie angegeben haben, blieb deshalb ungenutzt. Das PDF trägt das Siegel, nicht die "
        "Unterschrift des Protokolls; die steht im Nachweis (ZIP).",
        "A key cannot be compared with a PDF alone",
        "The key or the policy that you have stated was not used, therefore. The PDF carries the seal, not the signature of the log; that "
        "stands in the proof (ZIP).",
    ),
    ("trust", "not_hosted"): (
        State.BAD,
        "Der Nachweis ist nicht von dieser Stelle",
        "Das Protokoll {origin} wird hier geführt, der Nachweis ist aber mit einem anderen Schlüssel unterschrieben.",
        "The proof is not by this body",
        "The log {origin} is kept here, but the proof is signed with another key.",
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
        "Angegeben haben Sie den Schlüssel von {given}; dieser Nachweis ist mit einem anderen unterschrieben, der sich {origin} nennt.",
        "The log has another key",
        "You have stated the key of {given}; this proof is signed with another one that calls itself {origin}.",
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
        "des Nachweises.",
        "Witnesses are missing that your trust policy demands",
        "Of these have signed: {names}. There may be a newer edition of the proof on the page of the publication by now.",
    ),
    ("trust", "unchecked"): (
        State.OPEN,
        "Ob es das Protokoll ist, dem Sie vertrauen, ließ sich nicht prüfen",
        "Dafür muss der Nachweis des Eintrags lesbar sein.",
        "Whether it is the log you trust could not be checked",
        "For that the proof of the entry must be readable.",
    ),
}
