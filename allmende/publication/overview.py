"""The log of a body as a reader sees it: how long, as of when, who witnesses."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

from allmende.core import addresses
from allmende.core.models import Body
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


def log_overview(body: Body) -> LogOverview | None:
    """None if the body has no log. 3 queries, 4 on a body without a host of its own."""
    log = Log.objects.for_body(body).first()
    if log is None:
        return None
    url = f"{addresses.root(body)}/log"
    newest = Checkpoint.objects.for_body(body).order_by("-size").first()
    if newest is None:
        return LogOverview(log.origin, log.vkey, url, 0, None, "")
    seen: dict[str, int] = {}
    rows = Cosignature.objects.for_body(body).order_by("-checkpoint__size", "operator")
    for operator, size in rows.values_list("operator", "checkpoint__size")[:100]:
        seen.setdefault(operator, size)
    return LogOverview(
        origin=log.origin,
        vkey=log.vkey,
        url=url,
        size=newest.size,
        at=newest.at,
        root=b64encode(bytes(newest.root)).decode(),
        witnesses=tuple(name for name, size in seen.items() if size == newest.size),
        earlier=tuple((name, size) for name, size in seen.items() if size < newest.size),
    )
