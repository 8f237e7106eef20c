"""The privacy notice: Art. 13 GDPR. It tells what this platform really does; change both together.

What is stored: the server's protocol of the operator, name and address of who asks for a print-out, a session and a CSRF cookie
(§ 25 (2) no. 2 TDDDG: needed for what was asked for), accounts of staff, names of people in published notices. Nothing is loaded from
elsewhere, nothing is measured.
"""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.administration.legal.page import Page, link
from allmende.administration.models import LegalFacts
from allmende.core.models import Body
from allmende.lib.richtext import Document, Run


def _controller(page: Page, body: Body, facts: LegalFacts) -> None:
    page.heading(("Verantwortlich", "Controller"))
    page.address(body)
    if facts.officer_name or facts.officer_email:
        page.heading(("Datenschutzbeauftragte", "Data protection officer"))
        mail = link(facts.officer_email, f"mailto:{facts.officer_email}") if facts.officer_email else ""
        page.lines(facts.officer_name, facts.officer_address, mail)


def _visit(page: Page, facts: LegalFacts) -> None:
    page.heading(("Wenn Sie diese Seiten lesen", "When you read these pages"))
    page.text(
        (
            "Zum Lesen brauchen Sie kein Konto. Beim Lesen setzen wir keine Cookies, messen nichts und laden nichts von anderen Anbietern.",
            "You need no account to read. While you read we set no cookies, measure nothing and load nothing from other providers.",
        )
    )
    page.text(
        (
            "Der Server verarbeitet die Internetadresse Ihres Geräts, um Ihnen die Seite zu senden und Angriffe abzuwehren "
            "(Art. 6 Abs. 1 Buchstabe e DSGVO mit dem Datenschutzrecht des Landes).",
            "The server processes the Internet address of your device to send you the page and to ward off attacks "
            "(Art. 6 (1) (e) GDPR with the data protection law of the Land).",
        )
    )
    if facts.log_days is not None:
        page.text(
            ("Protokolle des Servers werden nach {days} Tagen gelöscht.", "Server protocols are deleted after {days} days."),
            days=str(facts.log_days),
        )
    page.text(("Die Server betreibt in unserem Auftrag: {who}.", "The servers are run on our behalf by: {who}."), who=facts.hosting)


def _asked(page: Page) -> None:
    page.heading(("Wenn Sie einen Ausdruck anfordern", "When you ask for a print-out"))
    page.text(
        (
            "Von Ihnen brauchen wir einen Namen und, wenn wir den Ausdruck schicken, Ihre Anschrift. Wir verwenden sie nur dafür "
            "(Art. 6 Abs. 1 Buchstabe e DSGVO mit dem Datenschutzrecht des Landes) und löschen sie {days} Tage, nachdem die Anfrage "
            "erledigt ist. Das Formular setzt ein Cookie, das es vor fremdem Zugriff schützt.",
            "We need a name from you and, if we send the print-out, your address. We use them for that only (Art. 6 (1) (e) GDPR with the "
            "data protection law of the Land) and erase them {days} days after the request has been dealt with. The form sets one cookie "
            "that protects it from access by others.",
        ),
        days=str(settings.KEEP_PRINT_REQUESTS.days),
    )


def _gazette(page: Page) -> None:
    page.heading(("Wenn Sie Bekanntmachungen oder das Amtsblatt per E-Mail bestellen", "When you order notices or the gazette by email"))
    page.text(
        (
            "Wir speichern Ihre E-Mail-Adresse mit Ihrer Einwilligung (Art. 6 Abs. 1 Buchstabe a DSGVO) und nur dafür. In jeder E-Mail "
            "steht ein Link, mit dem Sie abbestellen; dann ist die Adresse gelöscht. Bestätigen Sie die Bestellung nicht, löschen wir sie "
            "nach sieben Tagen.",
            "We store your email address with your consent (Art. 6 (1) (a) GDPR) and for that only. Each mail has a link to unsubscribe; "
            "the address is then erased. If you do not confirm the order, we erase it after seven days.",
        )
    )


def _staff(page: Page) -> None:
    page.heading(("Wenn Sie hier arbeiten", "When you work here"))
    page.text(
        (
            "Von Beschäftigten mit Konto speichern wir Name, dienstliche E-Mail-Adresse, Rollen, Anmeldungen mit Internetadresse und "
            "Browser sowie, wer wann was geändert und freigegeben hat. Das ist nötig, um die Rechtmäßigkeit von Bekanntmachungen "
            "nachzuweisen. "
            "Nach dem Anmelden gibt es zwei Cookies, ohne die es nicht geht: für die Sitzung und zum Schutz der Formulare.",
            "Of staff with an account we store name, official email address, roles, log-ins with Internet address and browser, and "
            "who changed and approved what and when. This is needed to prove that notices are lawful. After log-in there are two cookies "
            "that are strictly necessary: for the session and for the protection of forms.",
        )
    )


def _published(page: Page) -> None:
    page.heading(("Namen in Bekanntmachungen", "Names in notices"))
    page.text(
        (
            "Bekanntmachungen enthalten personenbezogene Daten nur, wo ein Gesetz es verlangt. Sie sind mit einem öffentlichen Protokoll "
            "nachweisbar, das nur Prüfwerte enthält. Werden Daten gelöscht, bleibt im Protokoll ein Wert, aus dem nichts mehr hervorgeht.",
            "Notices contain personal data only where a law demands it. They can be proved with a public log that holds check values only. "
            "When data are erased, a value remains in the log from which nothing can be learned any more.",
        )
    )


def document(body: Body, facts: LegalFacts, language: str) -> Document:
    page = Page(language)
    _controller(page, body, facts)
    _visit(page, facts)
    _asked(page)
    _gazette(page)
    _staff(page)
    _published(page)
    page.heading(("Ihre Rechte", "Your rights"))
    page.text(
        (
            "Sie haben das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung der Verarbeitung und Widerspruch (Art. 15 bis 18 und "
            "21 DSGVO). Ein Schreiben an die oben genannte Stelle genügt.",
            "You have the right of access, rectification, erasure, restriction of processing and objection (Art. 15 to 18 and 21 GDPR). "
            "A letter to the controller named above suffices.",
        )
    )
    if facts.privacy_authority:
        page.lines(
            (
                Run(("Beschweren können Sie sich auch bei: ", "You may also complain to: ")[page.at]),
                Run(facts.privacy_authority),
            )
        )
    return page.document()


def missing(body: Body, facts: LegalFacts) -> list[str | Promise]:
    asked = [
        (body.street and body.postal_code and body.city, _("Anschrift")),
        (facts.officer_name or facts.officer_email, _("Datenschutzbeauftragte")),
        (facts.privacy_authority, _("Aufsichtsbehörde für den Datenschutz")),
        (facts.log_days is not None, _("Aufbewahrung der Server-Protokolle")),
    ]
    return [what for there, what in asked if not there]
