"""The readme of a bundle. For people only: nothing binds it, and nothing is read from it."""

import hashlib

from allmende.lib.proof.way import FILE, indented

README = f"""\
NACHWEIS EINER VERÖFFENTLICHUNG

Dieser Nachweis zeigt ohne Netz und ohne die Seiten der Stadt, dass ein Text veröffentlicht wurde:

  page.html             der Text, wie er im Netz stand (im Browser zu öffnen)
  document.pdf          derselbe Text als versiegeltes PDF
  leaf.json             der Eintrag im öffentlichen Protokoll
  proof.tlog-proof      der Nachweis, dass der Eintrag im Protokoll steht, und wer das bezeugt
  log.vkey, policy.txt  die Schlüssel des Protokolls und seiner Zeugen
  salts.json            Zufallszahlen, die Text und Eintrag verbinden
  seal-certificates.pem, timestamp.tst, timestamp-certificates.pem, revocation/
                        was zur Prüfung von Siegel und Zeitstempel gehört
  manifest.json         Prüfsummen aller Teile

So prüfen Sie ihn: auf der Seite "Dokument prüfen" (/pruefung/) oder auf dem eigenen Rechner. Entpacken Sie ihn dafür
nicht und packen Sie ihn nicht neu. Das Prüfprogramm mit Quelltext, {FILE}, gibt es auf jener Seite bei
jeder Stelle, die Allmende einsetzt. Im Ordner, in dem beide Dateien liegen (Python ab 3.11, Linux oder macOS):

{indented("de")}

Nur der vierte Schritt braucht ein Netz.

Den Schlüssel nehmen Sie nicht aus diesem Nachweis: Die Verwaltung nennt ihn Ihnen am Telefon oder am Schalter, oder
er steht im Amtsblatt. Der Nachweis allein zeigt nur, dass er in sich stimmt. Wer ihn bezeugt, zählt nur, wenn Sie
die Zeugen kennen.

Jede Änderung fällt auf. Ausgenommen ist nur: Jemand hat diese Datei hier geändert und ihre Prüfsumme in manifest.json
dazu, oder er hat Unterschriften von Zeugen oder Auskünfte über Sperrungen weggelassen, die das Siegel nicht verlangt.
Alles Übrige ist dann immer noch echt.


PROOF OF A PUBLICATION

This bundle shows, without network and without the pages of the town, that a text was published:

  page.html             the text as it stood on the web (open it in a browser)
  document.pdf          the same text as a sealed PDF
  leaf.json             the entry in the public log
  proof.tlog-proof      the proof that the entry is in the log, and who witnesses it
  log.vkey, policy.txt  the keys of the log and its witnesses
  salts.json            random numbers that tie text and entry together
  seal-certificates.pem, timestamp.tst, timestamp-certificates.pem, revocation/
                        what is needed to check seal and time stamp
  manifest.json         check sums of all parts

To check it: on the page "Check a document" (/pruefung/) or on your own computer. Do not unpack and pack it again for
that. The verifier with its source, {FILE}, is on that page of everybody who uses Allmende. In the
folder that holds both files (Python 3.11 or newer, Linux or macOS):

{indented("en")}

Only the fourth step needs a network.

Do not take the key from this proof: the administration tells it to you by telephone or at the counter, or it is
printed in the official gazette. By itself the proof only shows that it agrees with itself. Witnesses count only if
you know them.

Every change is noticed. There are only these exceptions: somebody has changed this file here and its check sum in
manifest.json too, or has left out signatures of witnesses or revocation data that the seal does not demand.
Everything else is then still genuine.
""".encode()

_GERMAN = "  document.pdf          derselbe Text als versiegeltes PDF\n"
_ENGLISH = "  document.pdf          the same text as a sealed PDF\n"
_ATTACHED = {
    _GERMAN: (
        "  attachments/          die Anlagen; was für diesen Nachweis zu groß ist, nennt manifest.json mit seiner Prüfsumme:\n"
        "                        dem letzten Befehl unten angehängt: --attachment DATEI\n"
    ),
    _ENGLISH: (
        "  attachments/          the attachments; of those that are too large for this bundle manifest.json states the checksum:\n"
        "                        added to the last command below: --attachment FILE\n"
    ),
}


def is_ours(readme: bytes) -> bool:
    """Whether it is one that was written into bundles, now or by an earlier version."""
    known = (readme_of(attachments=False), readme_of(attachments=True))
    return readme in known or hashlib.sha256(readme).hexdigest() in EARLIER


def readme_of(*, attachments: bool) -> bytes:
    """What is written into a bundle with attachments, or without."""
    text = README.decode()
    for line, more in _ATTACHED.items() if attachments else ():
        text = text.replace(line, line + more)
    return text.encode()


#: SHA-256 of what earlier versions wrote: bundles with it lie where they were published, and stay as they are.
EARLIER = frozenset(
    {
        "cf389a6d7a69414fed14842d427fd8379f9329987f2e424ce3d85da1fe589fad",
        "2182b52db728ae9e4274a6d99beea9807fdce67a58f6a383122d7ac4719d50db",
        "35711de7a903ff20493a577b2fd8e36a1c7f375ceeca8a6ea01d38e04601e886",
    }
)
