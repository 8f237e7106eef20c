"""A draft of Erika and files that come in for it."""

from collections.abc import Callable
from typing import Any

import pytest

from allmende.core.models import Body, Person
from allmende.lib.extraction.tests.office import by_law
from allmende.notices.attachments import services
from allmende.notices.attachments.intake import from_bytes
from allmende.notices.models import Notice, NoticeFile
from allmende.notices.models.file import Role
from allmende.notices.tests.conftest import at, log_in, make_draft, make_public, office, publish
from conftest import NOW

__all__ = ["AddFile", "add_file", "at", "log_in", "make_draft", "make_public", "office", "publish"]
AddFile = Callable[..., NoticeFile]


@pytest.fixture
def add_file(town: Body, editor: Person) -> AddFile:
    """A file for a draft, by Erika: a by-law as DOCX unless `data` says something else."""

    def add(notice: Notice, data: bytes | None = None, name: str = "Satzung.docx", role: Role = Role.SOURCE, **more: Any) -> NoticeFile:
        file = from_bytes(town, by_law() if data is None else data, name)
        how: dict[str, Any] = {"by": editor, "at": NOW} | more
        return services.add(notice.pk, body=town, file=file, role=role, **how)

    return add
