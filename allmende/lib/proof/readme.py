"""The readme of a bundle. For people only: nothing binds it, and nothing is read from it."""

import hashlib

README = """\
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

So prüfen Sie ihn: allmende verify NACHWEIS.zip --vkey SCHLÜSSEL
oder auf der Seite "Dokument prüfen". Entpacken Sie ihn dafür nicht und packen Sie ihn nicht neu.

Den Schlüssel nehmen Sie nicht aus diesem Nachweis, sondern aus einer Quelle, der Sie vertrauen, etwa aus dem
Amtsblatt. Der Nachweis allein zeigt nur, dass er in sich stimmt. Wer ihn bezeugt, zählt nur, wenn Sie die
Zeugen kennen.

Jede Änderung fällt auf, außer an dieser Datei, und außer dass jemand Unterschriften von Zeugen oder Auskünfte
über Sperrungen weggelassen hat, die das Siegel nicht verlangt. Was übrig ist, ist dann immer noch echt.


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

To check the bundle: allmende verify BUNDLE.zip --vkey KEY
or use the page "Check a document". Do not unpack and pack it again for that.

Do not take the key from this bundle but from a source you trust, such as the official gazette. By itself the
bundle only shows that it agrees with itself. Witnesses count only if you know them.

Every change is noticed, except to this file, and except that somebody has left out signatures of witnesses or
revocation data that the seal does not demand. What is left is then still genuine.
""".encode()

_GERMAN = "  document.pdf          derselbe Text als versiegeltes PDF\n"
_ENGLISH = "  document.pdf          the same text as a sealed PDF\n"
_ATTACHED = {
    _GERMAN: (
        "  attachments/          die Anlagen; was für diesen Nachweis zu groß ist, nennt manifest.json mit seiner Prüfsumme:\n"
        "                        allmende verify NACHWEIS.zip --attachment DATEI\n"
    ),
    _ENGLISH: (
        "  attachments/          the attachments; of those that are too large for this bundle manifest.json states the checksum:\n"
        "                        allmende verify BUNDLE.zip --attachment FILE\n"
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
EARLIER = frozenset({"cf389a6d7a69414fed14842d427fd8379f9329987f2e424ce3d85da1fe589fad"})
