"""What people see of accounts."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from allmende.core.models import Membership, Person
from allmende.core.permissions import valid


def roles_of(person: Person, *, at: datetime) -> QuerySet[Membership]:
    """Roles that `person` holds at `at`, by body, own before deputy. 1 query."""
    return person.memberships.filter(valid(at)).select_related("body", "deputy_for").order_by("body__name", "deputy_for", "role")


def factors_of(person: Person) -> list[Authenticator]:
    """Second factors and emergency codes of `person`, oldest first. 1 query."""
    return list(Authenticator.objects.filter(user=person).order_by("pk"))


def session_count(person: Person) -> int:
    """How many browsers are logged in. 1 query."""
    return int(UserSession.objects.filter(user=person).count())
