"""What people change in their own account, where allauth has nothing for it."""

from datetime import datetime

from django.db import transaction

from allmende.core import audit
from allmende.core.models import Body, Person


@transaction.atomic
def rename(person: Person, name: str, *, at: datetime) -> None:
    """Change the name under which `person` appears. The audit trail shows current names, so every body of theirs records the change."""
    before = Person.objects.get(pk=person.pk).name
    if before == name or not Person.objects.filter(pk=person.pk, name=before).update(name=name):
        return
    for body in Body.objects.filter(memberships__person=person).distinct().order_by("pk"):
        audit.note(body, "people.renamed", {"before": before, "after": name}, by=person, at=at)
