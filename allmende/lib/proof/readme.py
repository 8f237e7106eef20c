"""The readme of a bundle. For people only: nothing binds it, and nothing is read from it."""

README = """\
NACHWEISPAKET EINER VERÖFFENTLICHUNG

Dieses Paket zeigt ohne Netz und ohne die Seiten der Stadt, dass ein Text veröffentlicht wurde:

  page.html             der Text, wie er im Netz stand (im Browser zu öffnen)
  document.pdf          derselbe Text als versiegeltes PDF
  leaf.json             der Eintrag im öffentlichen Protokoll
  proof.tlog-proof      der Nachweis, dass der Eintrag im Protokoll steht, und wer das bezeugt
  log.vkey, policy.txt  die Schlüssel des Protokolls und seiner Zeugen
  salts.json            Zufallszahlen, die Text und Eintrag verbinden
  seal-certificates.pem, timestamp.tst, timestamp-certificates.pem, revocation/
                        was zur Prüfung von Siegel und Zeitstempel gehört
  manifest.json         Prüfsummen aller Teile

So prüfen Sie das Paket: allmende verify PAKET.zip --vkey SCHLÜSSEL
oder auf der Seite "Dokument prüfen". Entpacken Sie es dafür nicht und packen Sie es nicht neu.

Den Schlüssel nehmen Sie nicht aus diesem Paket, sondern aus einer Quelle, der Sie vertrauen, etwa aus dem
Amtsblatt oder von der Protokollseite der Stadt. Das Paket allein zeigt nur, dass es in sich stimmt.

Diese Datei ist die einzige im Paket, die nicht gegen Änderungen gesichert ist.


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

Do not take the key from this bundle but from a source you trust, such as the official gazette or the log
page of the town. By itself the bundle only shows that it agrees with itself.

This file is the only one in the bundle that is not protected against changes.
""".encode()
