"""The archive time stamps of a log as a page lists them, and the file of each."""

from dataclasses import dataclass
from datetime import datetime

from allmende.core import addresses
from allmende.core.models import Body
from allmende.core.prepared import BODY, Prepared
from allmende.evidence.models import ArchiveStamp
from allmende.lib.proof import archive
from allmende.lib.seal import DEMO_MARK
from allmende.publication import encoded, keys
from allmende.publication.models import LogEntry


@dataclass(frozen=True)
class Listed:
    """`size`: how many entries it covers. `url` is absolute."""

    number: int
    size: int
    stamped_at: datetime
    authority: str
    url: str

    @property
    def is_demo(self) -> bool:
        return DEMO_MARK in self.authority


_LISTED: Prepared[tuple[int, int, datetime, str]] = Prepared(
    lambda: ArchiveStamp.objects.for_body(BODY).order_by("-number").values_list("number", "checkpoint__size", "stamped_at", "authority")
)


def of_log(body: Body) -> list[Listed]:
    """Newest first. 1 query, 2 on a body without a host of its own."""
    rows = list(_LISTED.rows(body=body.pk))
    root = f"{addresses.root(body)}/log/archiv" if rows else ""
    return [Listed(*row, url=f"{root}/{row[0]}.zip") for row in rows]


def file_of(body: Body, number: int) -> bytes | None:
    """The file, the same bytes each time; None if there is none of this number. 3 queries."""
    row = ArchiveStamp.objects.for_body(body).filter(number=number).select_related("checkpoint").first()
    if row is None:
        return None
    hashes = LogEntry.objects.for_body(body).filter(index__lt=row.checkpoint.size).order_by("index").values_list("leaf_hash", flat=True)
    return archive.write(
        archive.Archive(
            checkpoint=bytes(row.checkpoint.note),
            leaves=b"".join(bytes(one) for one in hashes.iterator()),
            vkey=keys.log_of(body).vkey,
            token=bytes(row.token),
            certificates=encoded.from_pem(row.certificates),
            revocation=encoded.from_json(row.revocation),
        )
    )
