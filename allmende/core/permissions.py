"""Who may do what where. The question is always (person, body, act), never a global permission."""

from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone

from allmende.core.errors import NotAllowed
from allmende.core.models import Body, Membership, Person

Role = Membership.Role


class Act(StrEnum):
    READ_INTERNAL = "read_internal"  # drafts and what waits
    WRITE = "write"
    APPROVE = "approve"
    SEAL = "seal"  # set up, unlock, renew, stop the seal; see its uses
    MANAGE = "manage"  # people, roles, settings of the body
    AUDIT = "audit"  # read and export the audit trail


# The whole rule, in one table.
MAY: dict[Role, frozenset[Act]] = {
    Role.ADMINISTRATOR: frozenset({Act.READ_INTERNAL, Act.MANAGE}),
    Role.EDITOR: frozenset({Act.READ_INTERNAL, Act.WRITE}),
    Role.APPROVER: frozenset({Act.READ_INTERNAL, Act.WRITE, Act.APPROVE}),
    Role.SEAL_HOLDER: frozenset({Act.READ_INTERNAL, Act.SEAL}),
    Role.AUDITOR: frozenset({Act.READ_INTERNAL, Act.AUDIT}),
    Role.MANDATE_HOLDER: frozenset(),  # reads what council and strategy will show
}
# Roles in an association's office that count in the bodies it administers. An auditor or a mandate is for one body.
ACTS_FOR_MEMBERS = frozenset({Role.ADMINISTRATOR, Role.EDITOR, Role.APPROVER, Role.SEAL_HOLDER})
# Log-in needs a second factor (accounts.middleware).
NEEDS_SECOND_FACTOR = frozenset({Role.APPROVER, Role.SEAL_HOLDER})


def valid(at: datetime) -> Q:
    """Memberships that hold on the day of `at` in Germany."""
    day = timezone.localdate(at)
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_until=None) | Q(valid_until__gte=day))


def memberships(person: Person, body: Body, act: Act, *, at: datetime) -> QuerySet[Membership]:
    """Memberships by which `person` may do `act` in `body` at `at`: own ones, and those in the office that administers it."""
    roles = [role for role, acts in MAY.items() if act in acts]
    own = Q(body=body, role__in=roles)
    if body.administered_by_id:
        own |= Q(body=body.administered_by_id, role__in=[role for role in roles if role in ACTS_FOR_MEMBERS])
    return Membership._unscoped.filter(own, valid(at), person=person)


def may(person: Person, body: Body, act: Act, *, at: datetime) -> bool:
    return person.is_active and memberships(person, body, act, at=at).exists()


def require(person: Person, body: Body, act: Act, *, at: datetime) -> None:
    """Raises NotAllowed unless `person` may do `act` in `body` at `at`."""
    if not may(person, body, act, at=at):
        raise NotAllowed


def capacity(person: Person, body: Body, act: Act, *, at: datetime) -> Membership:
    """In which capacity `person` does `act` in `body`: own role before deputy, own body before the association's office.

    The notice names the acting body, the audit trail names whom a deputy stands for.

    Raises:
        NotAllowed: in none.
    """
    found = memberships(person, body, act, at=at).select_related("body", "deputy_for") if person.is_active else []
    best = min(found, key=lambda m: (m.body_id != body.pk, m.deputy_for_id is not None, m.pk), default=None)
    if best is None:
        raise NotAllowed
    return best


def bodies_of(person: Person, *, at: datetime) -> QuerySet[Body]:
    """Bodies in which `person` may act at `at`, by name. 1 query."""
    held = Membership._unscoped.filter(valid(at), person=person)
    acting = held.filter(role__in=ACTS_FOR_MEMBERS)
    return Body.objects.filter(Q(pk__in=held.values("body")) | Q(administered_by__in=acting.values("body"))).order_by("name")


def roles_of(person: Person, body: Body, *, at: datetime) -> list[Role]:
    """The roles by which `person` belongs to `body` at `at`, each once, in the order in which they are named everywhere. 1 query."""
    here = Q(body=body)
    if body.administered_by_id:
        here |= Q(body=body.administered_by_id, role__in=ACTS_FOR_MEMBERS)
    held = set(Membership._unscoped.filter(here, valid(at), person=person).values_list("role", flat=True)) if person.is_active else set()
    return [role for role in Role if role in held]


def acts_of(person: Person, body: Body, *, at: datetime) -> frozenset[Act]:
    """Everything `person` may do in `body`: what menus show. 1 query."""
    if not person.is_active:
        return frozenset()
    here = Q(body=body)
    if body.administered_by_id:
        here |= Q(body=body.administered_by_id, role__in=ACTS_FOR_MEMBERS)
    roles = Membership._unscoped.filter(here, valid(at), person=person).values_list("role", flat=True)
    return frozenset().union(*(MAY[Role(role)] for role in roles))


def holders(body: Body, act: Act, *, at: datetime) -> QuerySet[Person]:
    """Who may do `act` in `body` at `at`, by name: its own people, and only where there are none those of the office that administers it.

    2 queries where it has none of its own, else 1 when read.
    """
    roles = [role for role, acts in MAY.items() if act in acts]
    own = Membership._unscoped.filter(valid(at), body=body, role__in=roles, person__is_active=True)
    if body.administered_by_id and not own.exists():
        acting = [role for role in roles if role in ACTS_FOR_MEMBERS]
        own = Membership._unscoped.filter(valid(at), body=body.administered_by_id, role__in=acting, person__is_active=True)
    return Person.objects.filter(pk__in=own.values("person")).order_by("name", "pk")
