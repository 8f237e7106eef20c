"""Legal pages: the facts they are made of, and own words instead."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from allmende.administration.models import LegalFacts, PageText
from allmende.core import audit
from allmende.core.models import Body, Person
from allmende.core.permissions import Act, require
from allmende.lib.richtext import from_plain


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def change_facts(body: Body, values: Mapping[str, object], *, by: Person, at: datetime) -> LegalFacts:
    """Change facts for the legal pages (validated by the form). Raises NotAllowed."""
    require(by, body, Act.MANAGE, at=at)
    facts, _made = LegalFacts.objects.for_body(body).get_or_create(defaults={"body": body})
    before = {name: _plain(getattr(facts, name)) for name, value in values.items() if getattr(facts, name) != value}
    if before:
        LegalFacts.objects.for_body(body).update(**{name: values[name] for name in before})
        after = {name: _plain(values[name]) for name in before}
        audit.note(body, "pages.facts_changed", {"before": before, "after": after}, by=by, at=at)
    return facts


@transaction.atomic
def write_page(body: Body, kind: PageText.Kind, language: PageText.Language, source: str, *, by: Person, at: datetime) -> None:
    """Put own words in place of the made page. Raises NotAllowed, RichTextTooLarge."""
    require(by, body, Act.MANAGE, at=at)
    from_plain(source)  # refuses what is too large to be read
    here = PageText.objects.for_body(body)
    here.update_or_create(kind=kind, language=language, defaults={"source": source}, create_defaults={"body": body, "source": source})
    audit.note(body, "pages.text_written", {"page": kind.value, "language": language.value, "text": source}, by=by, at=at)


@transaction.atomic
def drop_page(body: Body, kind: PageText.Kind, language: PageText.Language, *, by: Person, at: datetime) -> None:
    """Go back to the made page. Raises NotAllowed."""
    require(by, body, Act.MANAGE, at=at)
    if PageText.objects.for_body(body).filter(kind=kind, language=language).delete()[0]:
        audit.note(body, "pages.text_dropped", {"page": kind.value, "language": language.value}, by=by, at=at)
