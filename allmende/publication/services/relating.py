"""Relating: a publication that corrects, renews or heals an earlier one says so in the log."""

from datetime import datetime

from django.db import IntegrityError, transaction

from allmende.core import outbox
from allmende.core.models import Record
from allmende.publication.errors import NotRelated
from allmende.publication.models import Publication, Relation

TOPIC = "publication.related"


@transaction.atomic
def relate(later: Record, earlier: Record, word: Relation.Word, *, at: datetime) -> Relation:
    """Have the log say, as soon as `later` is public, what it does to `earlier`. Called in the transaction of its approval.

    Raises:
        NotRelated: the earlier one was never public or belongs to another body, the later one is not approved, or they are related
            already.
    """
    published = Publication.objects.for_body(later.body).exclude(state=Publication.State.APPROVED)
    first, second = published.filter(pk=earlier.pk).first(), Publication.objects.for_body(later.body).filter(pk=later.pk).first()
    if first is None or second is None or first == second:
        raise NotRelated
    try:
        with transaction.atomic():
            relation = Relation.objects.create(later=second, earlier=first, word=word)
    except IntegrityError as error:
        raise NotRelated from error
    # In the queue of the later record: behind its publication.
    outbox.put(later, TOPIC, at=at, once=str(relation.pk))
    return relation
