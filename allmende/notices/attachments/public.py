"""What the public page says of the attachments beside what the engine knows: whether everybody can read them."""

from allmende.notices.models import Notice, NoticeFile
from allmende.notices.models.file import Accessible, Role


def accessible_by_number(notice: Notice) -> dict[int, Accessible]:
    """Number of the attachment, as it stands on the page -> what is known. Their order is that of the approval. 1 query."""
    rows = NoticeFile.objects.for_body(notice.record.body).filter(notice=notice, role=Role.ATTACHMENT)
    return {number: Accessible(value) for number, value in enumerate(rows.values_list("accessible", flat=True), start=1)}
