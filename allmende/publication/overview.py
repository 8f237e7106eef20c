"""The log of a body as a reader sees it: how long, as of when, who witnesses."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from allmende.core import addresses
from allmende.core.models import Body
from allmende.core.prepared import BODY, Prepared
from allmende.publication.models import Checkpoint, Cosignature, Log


@dataclass(frozen=True)
class LogOverview:
    """`at` and `root` (base64) are those of the newest checkpoint, None and empty before the first.

    `witnesses`: operators that cosigned the newest checkpoint; `earlier`: those that so far have only seen an older one,
    with its size. Only witnesses on other installations are stored, so all of them count.
    """

    origin: str
    vkey: str
    url: str
    size: int
    at: datetime | None
    root: str
    witnesses: tuple[str, ...] = ()
    earlier: tuple[tuple[str, int], ...] = ()


_LOG: Prepared[tuple[str, str]] = Prepared(lambda: Log.objects.for_body(BODY).values_list("origin", "vkey"))
_NEWEST: Prepared[tuple[int, datetime, Any]] = Prepared(
    lambda: Checkpoint.objects.for_body(BODY).order_by("-size").values_list("size", "at", "root")[:1]
)
_SEEN: Prepared[tuple[str, int]] = Prepared(
    lambda: (
        Cosignature.objects.for_body(BODY)
        .values("operator")
        .annotate(size=Max("checkpoint__size"))
        .order_by("-size", "operator")
        .values_list("operator", "size")
    )
)


def log_overview(body: Body) -> LogOverview | None:
    """None if the body has no log. 3 queries, 4 on a body without a host of its own."""
    log = _LOG.first(body=body.pk)
    if log is None:
        return None
    (origin, vkey), url = log, f"{addresses.root(body)}/log"
    newest = _NEWEST.first(body=body.pk)
    if newest is None:
        return LogOverview(origin, vkey, url, 0, None, "")
    size, at, root = newest
    seen = dict(_SEEN.rows(body=body.pk))
    return LogOverview(
        origin=origin,
        vkey=vkey,
        url=url,
        size=size,
        at=at,
        root=b64encode(bytes(root)).decode(),
        witnesses=tuple(name for name, reached in seen.items() if reached == size),
        earlier=tuple((name, reached) for name, reached in seen.items() if reached < size),
    )
