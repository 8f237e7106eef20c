"""Every invariant of one body's log and publications, checked anew. Used by the tests and by `allmende log check`.

Rows and files are read as they are; nothing is believed because it was written by us. States in which a killed
worker can leave things are no problems: the next call goes on from there.

rows          entries, checkpoints and cosignatures in the database
files         tiles, bundles of entries and the file `checkpoint`
publications  attempts, and which of them is public
public        documents and proof bundles
attached      attachments
taken         what was taken down, erased or related
"""

from collections.abc import Collection, Iterator
from uuid import UUID

from allmende.core.models import Body
from allmende.publication import log
from allmende.publication.check import files, publications, rows
from allmende.publication.check.reporting import Progress
from allmende.publication.models import Log, LogEntry, Publication

__all__ = ["problems"]


def problems(body: Body, *, thorough: bool = True, only: Collection[UUID] | None = None, progress: Progress | None = None) -> Iterator[str]:
    """Yield one English sentence per broken invariant; nothing if all is well.

    `thorough`: also open every bundle and examine every seal. `only`: publications of these records (the log is always
    checked as a whole).
    """
    tell = progress or (lambda what, done, total: None)
    found = Log.objects.for_body(body).select_related("body").first()
    if found is None:
        if LogEntry.objects.for_body(body).exists() or Publication.objects.for_body(body).exclude(state="approved").exists():
            yield "there are entries, but no log"
        return
    cosigned = log.all_cosigned(found.body)
    yield from rows.problems(found, cosigned, tell)
    yield from files.problems(found.body, tell)
    yield from files.unproven(found.body, tell)
    yield from publications.problems(found, cosigned, thorough, only, tell)
