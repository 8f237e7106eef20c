"""What the public page says of the attachments beside what the engine knows: whether everybody can read them."""

from allmende.notices.models import Notice, NoticeFile
from allmende.notices.models.file import Accessible


def accessible_by_number(notice: Notice) -> dict[int, Accessible]:
    """Number of the attachment, as it stands on the page -> what is known. 1 query."""
    rows = NoticeFile.objects.for_body(notice.record.body).filter(notice=notice, number__isnull=False)
    return {number: Accessible(value) for number, value in rows.values_list("number", "accessible") if number is not None}
