"""What goes with a notice, or with one of its attachments, when it is erased."""

from datetime import datetime

from allmende.core.models import Record
from allmende.notices.attachments.store import remove_all, remove_files_after_commit
from allmende.notices.models import Notice, NoticeFile, Revision


def erase_files(record: Record, artefacts: tuple[str, ...] | None, at: datetime) -> None:
    """Rows, files, comparisons, and what versions say of the files. `artefacts`: 'attachment-1' …; None: all. In that transaction."""
    body = record.body
    notice = Notice.objects.for_body(body).get(pk=record.pk)
    if artefacts is None:
        remove_all(notice, body=body)
        return
    numbers = [int(name.rpartition("-")[2]) for name in artefacts if name.startswith("attachment-")]
    gone = list(NoticeFile.objects.for_body(body).filter(notice=notice, number__in=numbers))
    NoticeFile.objects.for_body(body).filter(pk__in=[file.pk for file in gone]).delete()
    ids = {str(file.pk) for file in gone}
    for revision in Revision.objects.for_body(body).filter(notice=notice):
        kept = [line for line in revision.values.get("files", ()) if line["id"] not in ids]
        if len(kept) != len(revision.values.get("files", ())):
            values = revision.values | {"files": kept}
            Revision.objects.for_body(body).filter(pk=revision.pk).update(values=values)
    remove_files_after_commit(body, gone)
