"""How the pages of the office get at a notice: right first, then search."""

from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from allmende.core.http import AuthedRequest
from allmende.core.models import Visibility
from allmende.core.permissions import Act, require
from allmende.notices import selectors
from allmende.notices.models import Notice, Revision
from allmende.notices.services import Draft


def read_notice(request: AuthedRequest, notice_id: UUID, act: Act = Act.READ_INTERNAL) -> Notice:
    """The notice of this body, for people who may `act` here. First the right, then the search: others learn nothing.

    Raises:
        NotAllowed, Http404
    """
    require(request.user, request.town, act, at=timezone.now())
    notice = selectors.one(request.town, notice_id)
    if notice is None:
        raise Http404
    return notice


def read_public(request: AuthedRequest, notice_id: UUID, act: Act = Act.READ_INTERNAL) -> Notice:
    """The same, if its page answers: not before its moment, and not after it was taken down.

    Raises:
        NotAllowed, Http404
    """
    notice = read_notice(request, notice_id, act)
    if not is_there(notice, at=timezone.now()):
        raise Http404
    return notice


def is_there(notice: Notice, *, at: datetime) -> bool:
    """Whether everybody can read it."""
    return notice.answers(at) and notice.record.visibility == Visibility.PUBLIC


def read_at(request: AuthedRequest, notice_id: UUID, version: int, act: Act) -> Notice:
    """The same, where the address names a version that there is or has been. The editor replaces versions that it has saved itself.

    Raises:
        NotAllowed, Http404
    """
    notice = read_notice(request, notice_id, act)
    if not 1 <= version <= notice.version:
        raise Http404
    return notice


def read_version(notice: Notice, version: int) -> tuple[Revision, Draft]:
    """Raises Http404 if there is no such version, or not any more."""
    revision = selectors.revision(notice, version)
    if revision is None:
        raise Http404
    return revision, Draft.of_json(revision.values)
