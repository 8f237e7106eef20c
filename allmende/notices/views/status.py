"""Drafts of the body, and how it stands with one notice."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act, acts_of, require
from allmende.evidence.certificates import selectors as certificates
from allmende.notices import history, selectors
from allmende.notices.after import repeating
from allmende.notices.attachments.store import files_of
from allmende.notices.models import Comment, Notice, Offer
from allmende.notices.plain.services import EXPLAINED
from allmende.notices.selectors.amendments import related
from allmende.notices.services.decision import authors_of
from allmende.notices.views import law
from allmende.notices.views.paper import panel_of
from allmende.notices.views.reading import read_notice
from allmende.notices.views.shown_files import INSIDE, groups_of
from allmende.publication import selectors as publication
from allmende.publication.views import files


@login_required
@require_safe
def draft_list(request: AuthedRequest) -> HttpResponse:
    """Everything that is not yet approved, and what is on its way. Same number of queries for 1 and 9 rows."""
    require(request.user, request.town, Act.READ_INTERNAL, at=timezone.now())
    acts = acts_of(request.user, request.town, at=timezone.now())
    context = {
        "drafts": selectors.drafts(request.town),
        "running": selectors.running(request.town, at=timezone.now()),
        "published": selectors.recently_published(request.town, at=timezone.now(), limit=20),
        "may_write": Act.WRITE in acts,
        "may_manage": Act.MANAGE in acts,
    }
    return render(request, "notices/drafts.html", context)


@login_required
@require_safe
def bundle(request: AuthedRequest, notice_id: UUID) -> HttpResponseBase:
    """The proof of a notice for the office, which hands it to court and addressee where it names people."""
    return files.serve(request, read_notice(request, notice_id).record, "zip", indexable=False)


@login_required
@require_safe
def show(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """How it stands: what was done by whom, what comes next, and what can be done now."""
    notice = read_notice(request, notice_id)
    acts = acts_of(request.user, request.town, at=timezone.now())
    comments = Comment.objects.for_body(request.town).filter(notice=notice).select_related("author")
    authors = authors_of(notice)
    own = request.user in authors
    answers = notice.answers(timezone.now())
    is_draft = notice.state == Notice.State.DRAFT
    theirs = is_draft and bool(comments) and not own and Act.APPROVE in acts  # sent back: others go on with it
    context = {
        "notice": notice,
        "standing": selectors.returned_to(authors) if theirs else selectors.standing(notice, sent_back=bool(comments), at=timezone.now()),
        "theirs": theirs,
        "next": next(iter(selectors.waiting_for(request.user, request.town, at=timezone.now())), None) if theirs else None,
        "own": own,
        "alone": authors == [request.user],
        "would_lose_approval": Act.APPROVE in acts and not own,
        "file_groups": groups_of(files_of(request.town, notice.pk)),
        "may_read_inside": bool(acts & INSIDE),
        "steps": history.steps(notice, at=timezone.now()),
        "comments": comments,
        "earlier": selectors.earlier(notice),
        "may_write": Act.WRITE in acts,
        "may_approve": Act.APPROVE in acts,
        "waits": notice.state == Notice.State.SUBMITTED,
        "is_draft": is_draft,
        "running": notice.state == Notice.State.APPROVED or (notice.state == Notice.State.PUBLIC and not answers),
        "is_public": answers,
        "certificates": certificates.of_record(notice.record),
        "certifiable": certificates.is_certifiable(notice.record, at=timezone.now()),
        "related": related(notice, at=timezone.now()),
        "offer": Offer.objects.for_body(request.town).filter(notice=notice).first() if notice.names_people else None,
        "to_repeat": repeating.is_to_repeat(notice, at=timezone.now()),
        "is_emergency": repeating.is_emergency(notice),
        "may_take_back": bool({Act.APPROVE, Act.MANAGE} & acts)
        and notice.state == Notice.State.APPROVED
        and publication.is_unsealed(notice.record),
        "may_amend": answers and Act.WRITE in acts,
        "may_erase": Act.APPROVE in acts and (answers or notice.state == Notice.State.REMOVED),
        "explainable": notice.state in EXPLAINED,
        "paper": panel_of(notice, at=timezone.now()),
    } | law.standing(request, notice)
    return render(request, "notices/show.html", context)
