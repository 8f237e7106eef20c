"""The accessibility statement: parts and order after the model in the annex of Implementing Decision (EU) 2018/1523."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allmende.administration.legal.laender import enforcement_of
from allmende.administration.legal.page import Page, link
from allmende.administration.models import LegalFacts
from allmende.core import addresses
from allmende.core.models import Body
from allmende.lib import german
from allmende.lib.richtext import Document, Run, clean_url

STATES = {
    LegalFacts.Conformity.FULL: ("vollständig vereinbar", "fully compliant"),
    LegalFacts.Conformity.PARTIAL: (
        "wegen der unten genannten Barrieren teilweise vereinbar",
        "partially compliant, due to the barriers listed below",
    ),
    LegalFacts.Conformity.NONE: ("nicht vereinbar", "not compliant"),
}
METHODS = {
    LegalFacts.Method.SELF: ("Sie beruht auf einer Selbstbewertung.", "It is based on a self-assessment."),
    LegalFacts.Method.THIRD_PARTY: ("Sie beruht auf einer Prüfung durch Dritte.", "It is based on an assessment by a third party."),
}


def _state(page: Page, facts: LegalFacts) -> None:
    if facts.conformity:
        page.heading(("Stand der Vereinbarkeit", "Compliance status"))
        page.text(
            (
                "Diese Seiten sind mit der Norm EN 301 549 und den Richtlinien WCAG 2.1 (Stufe AA), auf die das Recht des Landes "
                "verweist, {state}.",
                "This site is {state} with the standard EN 301 549 and the guidelines WCAG 2.1 (level AA), to which the law of the Land "
                "refers.",
            ),
            state=STATES[LegalFacts.Conformity(facts.conformity)][page.at],
        )
    barriers = [line.strip() for line in facts.barriers.splitlines() if line.strip()]
    if barriers:
        page.heading(("Bekannte Barrieren", "Known barriers"))
        page.items(barriers)


def _origin(page: Page, facts: LegalFacts) -> None:
    if not facts.statement_day:
        return
    language = ("de", "en")[page.at]
    page.heading(("Zu dieser Erklärung", "About this statement"))
    page.text(
        ("Diese Erklärung wurde am {day} erstellt.", "This statement was prepared on {day}."),
        day=german.date_with_year(facts.statement_day, language),
    )
    if facts.method:
        page.text(METHODS[LegalFacts.Method(facts.method)])
    if facts.review_day:
        reviewed = german.date_with_year(facts.review_day, language)
        page.text(("Sie wurde zuletzt am {day} überprüft.", "It was last reviewed on {day}."), day=reviewed)


def _feedback(page: Page, body: Body, facts: LegalFacts) -> None:
    email = facts.feedback_email or body.email
    page.heading(("Barriere melden", "Reporting a barrier"))
    page.text(
        (
            "Ist etwas für Sie nicht zugänglich, schreiben oder sagen Sie es uns. Sie bekommen die Information dann auf einem anderen Weg.",
            "If something is not accessible to you, write to us or call us. You will then get the information in another way.",
        )
    )
    phone = ("Telefon ", "Telephone ")[page.at] + body.phone if body.phone else ""
    page.lines((Run(("E-Mail ", "Email ")[page.at]), link(email, f"mailto:{email}")) if email else "", phone)


def _enforcement(page: Page, body: Body, facts: LegalFacts) -> None:
    known = enforcement_of(body.ars)
    lines: list[str | Run] = []
    if facts.enforcement:
        for line in facts.enforcement.splitlines():
            address = clean_url(line) if line.strip().startswith(("http", "www.")) else None
            lines.append(link(line.strip(), address) if address else line.strip())
    elif known:
        lines = [(f"{known.name} ({known.law})", f"{known.name_en} ({known.law})")[page.at], known.address, link(known.url, known.url)]
    if lines:
        page.heading(("Wenn unsere Antwort nicht genügt", "If our answer does not suffice"))
        page.text(
            (
                "Bekommen Sie keine oder keine ausreichende Antwort, können Sie sich kostenlos an diese Stelle wenden:",
                "If you get no or no sufficient answer, you can turn to this body free of charge:",
            )
        )
        page.lines(*lines)


def document(body: Body, facts: LegalFacts, language: str) -> Document:
    page = Page(language)
    page.text(
        (
            "{name} will, dass alle diese Seiten benutzen können. Diese Erklärung gilt für {address}.",
            "{name} wants everyone to be able to use this site. This statement applies to {address}.",
        ),
        name=body.name,
        address=addresses.root(body) + "/",
    )
    _state(page, facts)
    _origin(page, facts)
    _feedback(page, body, facts)
    _enforcement(page, body, facts)
    return page.document()


def missing(body: Body, facts: LegalFacts) -> list[str | Promise]:
    asked = [
        (facts.conformity, _("Stand der Barrierefreiheit")),
        (facts.conformity in ("", "full") or facts.barriers.strip(), _("Bekannte Barrieren")),
        (facts.statement_day, _("Tag der Erklärung")),
        (facts.method, _("Wie der Stand ermittelt wurde")),
        (facts.feedback_email or body.email, _("E-Mail für Hinweise auf Barrieren")),
        (facts.enforcement or enforcement_of(body.ars), _("Stelle für Beschwerden")),
    ]
    return [what for there, what in asked if not there]
