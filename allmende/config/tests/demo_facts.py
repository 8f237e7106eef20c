"""What the demo has made, as JSON: run inside its installation by test_demo_story."""

import json
import sys
from typing import Any

import django

django.setup()

from allmende.administration.selectors import legal_pages  # noqa: E402 (after django.setup)
from allmende.core.models import Body, OutboxRow  # noqa: E402 (after django.setup)
from allmende.evidence.models import Certificate, Outage  # noqa: E402
from allmende.law.models import Version  # noqa: E402
from allmende.notices.models import Comment, Explanation, Issue, IssueItem, Notice, NoticeFile, PrintRequest, Subscription  # noqa: E402
from allmende.notices.paper.board import postings  # noqa: E402
from allmende.publication.check import problems  # noqa: E402
from allmende.publication.models import Attachment, Relation, Removal  # noqa: E402
from allmende.publication.witness.selectors import handed  # noqa: E402
from allmende.tasks.models import Task  # noqa: E402


def facts_of(body: Body) -> dict[str, Any]:
    notices = Notice.objects.for_body(body).select_related("record").order_by("year", "number", "pk")
    relations = Relation.objects.for_body(body).select_related("later__record", "earlier__record")
    removals = Removal.objects.for_body(body).select_related("attempt__publication__record")
    items = IssueItem.objects.for_body(body).select_related("notice__record__body").order_by("issue__year", "position")
    log = handed(body)
    assert log is not None
    return {
        "vkey": log.vkey,
        "problems": list(problems(body)),
        "notices": [
            [one.kind, one.state, one.record.path if one.number else "", one.record.titles["de"], str(one.shown_until or "")]
            for one in notices
        ],
        "relations": [[one.word, one.later.record.path, one.earlier.record.path, one.entry_index is not None] for one in relations],
        "removals": [[one.event, one.reason, one.attempt.publication.record.path, one.entry_index is not None] for one in removals],
        "comments": Comment.objects.for_body(body).count(),
        "files": [list(row) for row in NoticeFile.objects.for_body(body).values_list("role", "media", "accessible")],
        "attachments": Attachment.objects.for_body(body).filter(removed_at=None).count(),
        "taken": NoticeFile.objects.for_body(body).filter(taken_at__isnull=False).count(),
        "tasks": [list(row) for row in Task.objects.for_body(body).order_by("pk").values_list("kind", "state")],
        "requests": [list(row) for row in PrintRequest.objects.for_body(body).values_list("large", "channel", "task__state")],
        "posters": [[bool(one.up_on), bool(one.down_on)] for notice in notices for one in postings(notice.pk, body)],
        "bylaws": [
            [one.bylaw.record.titles["de"], one.number, str(one.in_force_on)]
            for one in Version.objects.for_body(body).select_related("bylaw__record").order_by("promulgated_at")
        ],
        "issues": [list(row) for row in Issue.objects.for_body(body).order_by("year").values_list("state", "year", "number")],
        "in_issues": [[one.issue.year, one.notice.record.body.slug] for one in items.select_related("issue")],
        "explanations": [list(row) for row in Explanation.objects.for_body(body).values_list("form", "state")],
        "readers": Subscription.objects.for_body(body).filter(confirmed_at__isnull=False).count(),
        "missing": [str(fact) for page in legal_pages(body) for fact in page.missing],
        "certificates": Certificate.objects.for_body(body).filter(document__isnull=False).count(),
    }


def main() -> None:
    found: dict[str, Any] = {body.slug: facts_of(body) for body in Body.objects.order_by("pk")}
    found["outages"] = list(Outage.objects.values_list("cause", flat=True))
    waiting = OutboxRow._unscoped.exclude(state=OutboxRow.State.DONE).values_list("topic", "last_error")
    found["waiting"] = sorted(list(row) for row in waiting)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
