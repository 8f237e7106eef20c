"""Imprint, privacy notice and accessibility statement, made from the facts of a body in German and English.

Each is a Document: shown as HTML, or as typed text to begin one's own words with. A fact that is missing leaves out its
sentence; `missing` names it to the administration, the public page says nothing about it.
"""

from collections.abc import Callable

from django.utils.functional import Promise

from allmende.administration.legal import accessibility, imprint, privacy
from allmende.administration.models import LegalFacts, PageText
from allmende.core.models import Body
from allmende.lib.richtext import Document

Maker = Callable[[Body, LegalFacts, str], Document]
Asker = Callable[[Body, LegalFacts], list[str | Promise]]

_PARTS: dict[str, tuple[Maker, Asker]] = {
    PageText.Kind.IMPRINT: (imprint.document, imprint.missing),
    PageText.Kind.PRIVACY: (privacy.document, privacy.missing),
    PageText.Kind.ACCESSIBILITY: (accessibility.document, accessibility.missing),
}


def document(kind: str, body: Body, facts: LegalFacts, language: str) -> Document:
    """The page `kind` of `body` in 'de' or 'en'."""
    return _PARTS[kind][0](body, facts, language)


def missing(kind: str, body: Body, facts: LegalFacts) -> list[str | Promise]:
    """What the page cannot say yet, in words."""
    return _PARTS[kind][1](body, facts)
