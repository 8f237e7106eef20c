"""Explanations on the desk: how each form stands, and writing the two that are texts."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.language import page_language
from allmende.core.models import Person
from allmende.core.permissions import Act, acts_of, require
from allmende.lib import easy_language, richtext
from allmende.notices import rendering, text
from allmende.notices.forms import PictureForm
from allmende.notices.models import Explanation, Notice, Picture
from allmende.notices.models.explanation import OPEN, SLUGS, Form, Standing
from allmende.notices.plain import selectors, services, shown
from allmende.notices.plain.errors import ExplanationIncomplete, NothingToExplain
from allmende.notices.plain.forms import TextForm
from allmende.notices.services import pictures
from allmende.notices.views.preview import preview_of
from allmende.notices.views.reading import read_notice, read_version

TEXTS: Final = {SLUGS[form]: form for form in (Form.EASY, Form.PLAIN)}
SIGNS: Final = {
    Standing.DRAFT: "off",
    Standing.SUBMITTED: "wait",
    Standing.REVIEWED: "run",
    Standing.PUBLISHED: "ok",
    Standing.ENDED: "off",
}
ABOUT: Final = {
    Form.EASY: gettext_lazy("Für Menschen mit Lernschwierigkeiten. Eine Gruppe von ihnen liest den Text, bevor er erscheint."),
    Form.PLAIN: gettext_lazy("Für alle, denen Amtsdeutsch Mühe macht. Jemand anderes aus dem Haus prüft den Text."),
    Form.SIGN: gettext_lazy("Für gehörlose Menschen, die mit Gebärden leben. Ein Video in Deutscher Gebärdensprache mit Untertiteln."),
}


@dataclass(frozen=True)
class Listed:
    """One version in the overview; `own`: the reader has written a part of it."""

    row: Explanation
    authors: list[Person]
    own: bool

    @property
    def sign(self) -> str:
        return SIGNS[Standing(self.row.state)]

    @property
    def other(self) -> bool:
        """It was reviewed beside another version of the notice, and is therefore not shown."""
        return self.row.of_version not in (None, self.row.notice.version)


@login_required
@require_safe
def waiting(request: AuthedRequest) -> HttpResponse:
    """Everything in the body that is in work, waits for review, or waits to be published."""
    require(request.user, request.town, Act.READ_INTERNAL, at=timezone.now())
    rows = [(row, SIGNS[Standing(row.state)]) for row in selectors.unfinished(request.town)]
    return render(request, "notices/plain/waiting.html", {"rows": rows})


@login_required
@require_safe
def overview(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """The three forms of one notice: what is shown, what is in work, and every version there was."""
    notice = read_notice(request, notice_id)
    found = selectors.versions(request.town, notice.pk)
    forms = []
    for form in Form:
        mine = [Listed(row, authors, request.user in authors) for row, authors in found if row.form == form]
        forms.append(
            {
                "form": form,
                "slug": SLUGS[form],
                "about": ABOUT[form],
                "rows": mine,
                "open": any(one.row.state in OPEN for one in mine),
                "shown": any(one.row.published_at for one in mine),
            }
        )
    acts = acts_of(request.user, request.town, at=timezone.now())
    context = {
        "notice": notice,
        "forms": forms,
        "may_write": Act.WRITE in acts and notice.state in services.EXPLAINED,
        "may_review": Act.APPROVE in acts,
        "is_public": notice.answers(timezone.now()),
    }
    return render(request, "notices/plain/overview.html", context)


def writable(request: AuthedRequest, notice: Notice, form: Form) -> tuple[Explanation | None, HttpResponse | None]:
    """The draft of the form, if there is one; and where to go on if it is none any more, or nothing can be begun."""
    row = services.open_version(request.town, notice.pk, form)
    if row is None and notice.state in services.EXPLAINED:
        return None, None
    if row is not None and row.state == Standing.DRAFT:
        return row, None
    words = _("Diese Erklärung ist eingereicht oder geprüft. Zum Ändern muss sie erst zurückgegeben werden.")
    messages.error(request, words if row else str(NothingToExplain.message))
    return None, redirect("notices_staff:explanations", notice_id=notice.pk)


@login_required
@require_http_methods(["GET", "POST"])
def write(request: AuthedRequest, notice_id: UUID, slug: str) -> HttpResponse:
    """Write an explanation beside the official text. Works without script."""
    notice = read_notice(request, notice_id, Act.WRITE)
    if slug not in TEXTS:
        raise Http404
    row, away = writable(request, notice, TEXTS[slug])
    if away is not None:
        return away
    form = TextForm(TEXTS[slug], request.POST or None, initial=_initial(row))
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        at, chosen = timezone.now(), form.cleaned_data
        try:
            row = services.save_text(
                notice.pk,
                TEXTS[slug],
                body=request.town,
                saved=chosen["saved"],
                title=chosen["title"],
                content=chosen["content"],
                by=request.user,
                at=at,
            )
            if "einreichen" in request.POST:
                services.submit(row.pk, body=request.town, saved=row.saved, by=request.user, at=at)
                messages.success(request, _("Eingereicht. Jetzt prüft jemand, der nichts davon geschrieben hat."))
                return redirect("notices_staff:explanations", notice_id=notice.pk)
            messages.success(request, _("Gespeichert."))
            return redirect("notices_staff:explain", notice_id=notice.pk, slug=slug)
        except DomainError as refused:
            error = refused
            if row is not None and isinstance(refused, ExplanationIncomplete):  # what was typed is saved
                form = TextForm(TEXTS[slug], initial=_initial(row))
    return _page(request, notice, TEXTS[slug], row, form, error)


def _initial(row: Explanation | None) -> dict[str, Any]:
    if row is None:
        return {"saved": 0}
    return {"saved": row.saved, "title": row.title, "text": richtext.to_plain(text.read(row.content))}


def _page(
    request: AuthedRequest,
    notice: Notice,
    form: Form,
    row: Explanation | None,
    fields: TextForm,
    error: DomainError | None,
    picture_form: PictureForm | None = None,
) -> HttpResponse:
    language = page_language()
    seen = easy_language.findings(richtext.plain_text(text.read(row.content)), easy=form == Form.EASY) if row else []
    context = {
        "notice": notice,
        "form": fields,
        "chosen": form,
        "about": ABOUT[form],
        "slug": SLUGS[form],
        "easy": form == Form.EASY,
        "language": selectors.LANGUAGES[form],
        "row": row,
        "html": shown.html_of(row, lambda picture: rendering.picture_address(notice.pk, picture), lower=True) if row else "",
        "findings": [(finding.excerpt, easy_language.message(finding, language)) for finding in seen],
        "preview": preview_of(request, notice, read_version(notice, notice.version)[1]),
        "pictures": Picture.objects.for_body(request.town).filter(notice=notice),
        "picture_form": picture_form or PictureForm(auto_id="picture_%s"),
        "error": error,
    }
    refused = error or fields.errors or (picture_form and picture_form.errors)
    return render(request, "notices/plain/write.html", context, status=error.status if error else 422 if refused else 200)


@login_required
@require_POST
def add_picture(request: AuthedRequest, notice_id: UUID, slug: str) -> HttpResponse:
    """A picture for the text, also after the notice is public: it becomes part of the explanation and of nothing official."""
    notice = read_notice(request, notice_id, Act.WRITE)
    if slug not in TEXTS:
        raise Http404
    row, away = writable(request, notice, TEXTS[slug])
    if away is not None:
        return away
    form = PictureForm(request.POST, request.FILES, auto_id="picture_%s")
    error: DomainError | None = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            pictures.add(
                notice.pk,
                body=request.town,
                file=file,
                name=file.name,
                by=request.user,
                at=timezone.now(),
                states=services.EXPLAINED,
            )
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Das Bild ist da. Setzen Sie seine Zeile in den Text ein."))
            return redirect(reverse("notices_staff:explain", args=[notice.pk, slug]) + "#bilder")
    return _page(request, notice, TEXTS[slug], row, TextForm(TEXTS[slug], initial=_initial(row)), error, form)
