"""What the operator of an installation looks at: the logs and seals of all bodies. Hands out no content of any body."""

from django.db.models import QuerySet

from allmende.publication.models import Log, SealKey, Witness


def logs() -> QuerySet[Log]:
    """Every log, with its body, by the name of the body in addresses."""
    return Log._unscoped.select_related("body").order_by("body__slug")


def seals() -> QuerySet[SealKey]:
    """Every seal that has not been stopped, with its body, in the same order."""
    return SealKey._unscoped.exclude(state=SealKey.State.STOPPED).select_related("body").order_by("body__slug")


def witnesses() -> QuerySet[Witness]:
    """Every witness that is asked, of all bodies, by the name of who runs it."""
    return Witness._unscoped.filter(is_active=True).order_by("operator")


def is_origin_taken(origin: str) -> bool:
    """Whether a log of this installation has the name: two logs of one name could be passed off as one another. 1 query."""
    return Log._unscoped.filter(origin=origin).exists()
