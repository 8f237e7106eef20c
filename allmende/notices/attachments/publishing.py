"""Attachments on their way to the engine: listed on the page that is approved, handed over with it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from allmende.core.models import Body
from allmende.notices.attachments.store import path_of
from allmende.notices.models import NoticeFile
from allmende.notices.models.file import Role
from allmende.publication.attachments import Attached

if TYPE_CHECKING:
    from allmende.lib.official import Attachment
    from allmende.notices.services import Draft


def listed(values: "Draft") -> "tuple[Attachment, ...]":
    """The lines of the page, of a version."""
    from allmende.lib.official import Attachment

    public = [one for one in values.files if one["role"] == Role.ATTACHMENT]
    return tuple(Attachment(one["title"], one["media_type"], one["size"]) for one in public)


def hand_over(files: Sequence[NoticeFile], body: Body) -> list[Attached]:
    """What the engine takes over: attachments alone, never a source or an original; each gets its number. In the approval."""
    public = [file for file in files if file.role == Role.ATTACHMENT]
    for number, file in enumerate(public, start=1):
        NoticeFile.objects.for_body(body).filter(pk=file.pk).update(number=number)
    return [Attached(file.title, file.media_type, file.name, file.sha256, file.size, path_of(file, body)) for file in public]
