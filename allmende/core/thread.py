"""The thread: which records hang together. Read side and write side."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from allmende.core.errors import DomainError
from allmende.core.models import Body, Link, Record, Visibility

K, R = Record.Kind, Link.Relation
WIDTH = 50  # links per level, and per page of `neighbours`

# The whole grammar of the thread, in one place. (source kind, relation, target kind)
GRAMMAR = {
    (K.MEASURE, R.TAKES_UP, K.IDEA),
    (K.PAPER, R.PROPOSES, K.MEASURE),
    (K.PAPER, R.TAKES_UP, K.IDEA),
    (K.RESOLUTION, R.DECIDES, K.PAPER),
    (K.RESOLUTION, R.ENACTS, K.BYLAW),
    (K.NOTICE, R.PROMULGATES, K.BYLAW),
    (K.NOTICE, R.PROMULGATES, K.RESOLUTION),
    (K.GAZETTE, R.PROMULGATES, K.NOTICE),
    (K.GAZETTE, R.RENEWS, K.GAZETTE),
    (K.NOTICE, R.CORRECTS, K.NOTICE),
    (K.NOTICE, R.RENEWS, K.NOTICE),
    (K.NOTICE, R.HEALS, K.NOTICE),
    (K.INDICATOR, R.MEASURES, K.MEASURE),
}


class LinkNotMeaningful(DomainError):
    code, message = "link_not_meaningful", "Diese Verbindung gibt es nicht. Wählen Sie ein anderes Ziel."


def link(source: Record, relation: Link.Relation, target: Record) -> Link:
    """Connect two records. Idempotent.

    Raises:
        LinkNotMeaningful: the triple is not in GRAMMAR.
    """
    if (Record.Kind(source.kind), relation, Record.Kind(target.kind)) not in GRAMMAR:
        raise LinkNotMeaningful
    return Link._unscoped.get_or_create(source=source, relation=relation, target=target)[0]


@dataclass(frozen=True)
class Thread:
    records: list[Record]
    links: list[Link]
    cut: frozenset[UUID]  # these have more neighbours than shown: link to their `neighbours` page


def visible(inside: Body | None, prefix: str = "") -> Q:
    """What a reader sees: public records of every body, and the internal ones of `inside`.

    `inside` is a body in which the reader has passed `require(..., READ_INTERNAL)`; None is the public.
    """
    public = Q(**{f"{prefix}visibility": Visibility.PUBLIC})
    if inside is None:
        return public
    return public | Q(**{f"{prefix}body": inside, f"{prefix}visibility": Visibility.INTERNAL})


def _edges(around: set[UUID], inside: Body | None) -> QuerySet[Link]:
    outward = Q(source__in=around) & visible(inside, "target__")
    inward = Q(target__in=around) & visible(inside, "source__")
    return Link._unscoped.filter(outward | inward).order_by("pk")


def thread_of(start: Record, *, inside: Body | None, max_depth: int = 6, width: int = WIDTH) -> Thread:
    """Return the visible records reachable from `start`, in either direction.

    Breadth first: at most `max_depth` + 2 queries and `width` links per level, whatever the size
    of the thread. A start that the reader may not see gives an empty thread.
    """
    if not Record._unscoped.filter(visible(inside), pk=start.pk).exists():
        return Thread([], [], frozenset())
    seen, frontier, cut = {start.pk}, {start.pk}, set[UUID]()
    links: dict[int, Link] = {}
    for _level in range(max_depth):
        edges = list(_edges(frontier, inside)[: width + 1])
        if len(edges) > width:
            cut |= frontier
        links |= {edge.pk: edge for edge in edges[:width]}
        frontier = {end for edge in edges[:width] for end in (edge.source_id, edge.target_id)} - seen
        if not frontier:
            break
        seen |= frontier
    records = Record._unscoped.filter(pk__in=seen).select_related("body").order_by("kind", "path")
    return Thread(list(records), list(links.values()), frozenset(cut))


def neighbours(record: Record, *, inside: Body | None, after: int = 0, width: int = WIDTH) -> list[Link]:
    """One page of visible links of `record`, oldest first. `after` is the id of the last link seen. 1 query."""
    return list(_edges({record.pk}, inside).filter(pk__gt=after).select_related("source__body", "target__body")[:width])
