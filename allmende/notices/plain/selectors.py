"""Explanations as pages read them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import ngettext

from allmende.core.models import Body, Person, Record
from allmende.core.permissions import Act
from allmende.core.prepared import BODY, Hole, Prepared
from allmende.notices import kinds
from allmende.notices.models import Amendment, Explanation, ExplanationAuthor, Notice
from allmende.notices.models.explanation import OPEN, SLUGS, Form, Standing
from allmende.notices.selectors.public import public
from allmende.tasks.waiting import Waiting

# BCP 47: 'simple' is the registered variant 'Simplified form'. Plain language is German by the rules of German.
LANGUAGES: Final = {Form.EASY: "de-simple", Form.PLAIN: "de", Form.SIGN: "de"}
NAMES: Final[dict[Form, str | Promise]] = {form: form.label for form in Form}

_SHOWN: Prepared[tuple[str, int | None]] = Prepared(
    lambda: (
        Explanation.objects.for_body(BODY)
        .filter(notice=Hole("notice", Record._meta.pk), state=Standing.PUBLISHED)
        .order_by()
        .values_list("form", "of_version")
    )
)


@dataclass(frozen=True)
class Way:
    """From the page of a notice to one of its explanations."""

    form: Form
    url: str
    language: str

    @property
    def name(self) -> str | Promise:
        return NAMES[self.form]


def ways(notice: Notice) -> list[Way]:
    """Which explanations a public notice has, Easy language first. 1 query."""
    shown = {form for form, version in _SHOWN.rows(body=notice.record.body_id, notice=notice.pk) if version == notice.version}
    return [
        Way(form, reverse("notices:explanation", args=[notice.year, notice.number, SLUGS[form]]), LANGUAGES[form])
        for form in Form
        if form.value in shown
    ]


def shown(notice: Notice, form: Form) -> Explanation | None:
    """What the public reads of it, as long as the notice answers; None: there is none. 1 query."""
    found = Explanation.objects.for_body(notice.record.body).filter(notice=notice, form=form, state=Standing.PUBLISHED)
    return found.filter(of_version=notice.version).first()


def indexable(body: Body, *, at: datetime) -> list[tuple[str, datetime | None]]:
    """(path, published at) of what search engines may list: explanations of public notices without personal data. 1 query."""
    rows = Explanation.objects.for_body(body).filter(state=Standing.PUBLISHED, of_version=F("notice__version"))
    found = rows.filter(notice__in=public(body, at=at).filter(personal=kinds.Personal.NONE).values("pk")).order_by("-published_at", "pk")
    return [
        (f"{path}{SLUGS[Form(form)]}/", since) for path, form, since in found.values_list("notice__record__path", "form", "published_at")
    ]


def superseded(notice: Notice, *, at: datetime) -> list[Notice]:
    """Later public notices that correct, renew or heal it: the explanation is about what stood before. 1 query."""
    rows = Amendment.objects.for_body(notice.record.body).filter(earlier=notice.pk, notice__provided_at__lte=at)
    found = rows.filter(notice__state=Notice.State.PUBLIC).select_related("notice__record").order_by("notice__provided_at")
    return [row.notice for row in found]


def versions(body: Body, notice_id: UUID) -> list[tuple[Explanation, list[Person]]]:
    """All versions of all forms, newest first in each, each with who wrote it. 2 queries."""
    rows = Explanation.objects.for_body(body).filter(notice=notice_id).select_related("notice__record", "reviewed_by")
    found = list(rows.defer("content", "captions"))
    authors: dict[UUID, list[Person]] = {row.pk: [] for row in found}
    for written in ExplanationAuthor.objects.for_body(body).filter(explanation__in=found).select_related("person").order_by("pk"):
        authors[written.explanation_id].append(written.person)
    return [(row, authors[row.pk]) for row in found]


def _to_review(person: Person, body: Body) -> Q:
    wrote = ExplanationAuthor.objects.for_body(body).filter(explanation=OuterRef("pk"), person=person)
    return Q(~Exists(wrote), state=Standing.SUBMITTED)


def waits_for(person: Person, body: Body, acts: Collection[Act]) -> Waiting | None:
    """How many explanations wait until `person`, who has these rights, reviews them. 1 query, none for others."""
    number = Explanation.objects.for_body(body).filter(_to_review(person, body)).count() if Act.APPROVE in acts else 0
    if not number:
        return None
    words = ngettext(
        "%(n)s Erklärung in leichter Form wartet auf Ihre Prüfung", "%(n)s Erklärungen in leichter Form warten auf Ihre Prüfung", number
    )
    return Waiting(words % {"n": number}, reverse("notices_staff:explanations_waiting"))


def unfinished(body: Body) -> list[Explanation]:
    """What is in work or waits in the whole body, what waits for review first. 1 query."""
    rows = Explanation.objects.for_body(body).filter(state__in=OPEN).select_related("notice__record", "submitted_by")
    order = {Standing.SUBMITTED: 0, Standing.REVIEWED: 1, Standing.DRAFT: 2}
    return sorted(rows.defer("content", "captions"), key=lambda row: (order[Standing(row.state)], row.changed_at))
