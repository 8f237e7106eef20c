"""After publication: correct, publish anew, heal; take down at once; erase for good."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allmende.core.errors import DomainError
from allmende.core.http import AuthedRequest
from allmende.core.permissions import Act
from allmende.notices.after import amending, removal
from allmende.notices.after.forms import TakeDownForm
from allmende.notices.models import Amendment, Notice, Offer
from allmende.notices.views.reading import read_notice
from allmende.publication import selectors as publication
from allmende.publication.models import Removal

State = Notice.State


@login_required
@require_POST
def amend(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """Begin a correction, a new publication or a healing."""
    read_notice(request, notice_id, Act.WRITE)
    try:
        word = Amendment.Word(request.POST.get("word", ""))
    except ValueError as error:
        raise Http404 from error
    try:
        notice = amending.begin(notice_id, word, body=request.town, by=request.user, at=timezone.now())
    except DomainError as refused:
        messages.error(request, str(refused))
        return redirect("notices_staff:show", notice_id=notice_id)
    messages.success(request, _("Der Entwurf ist angelegt. Schreiben Sie, was richtig ist, und geben Sie ihn zur Freigabe."))
    return redirect("notices_staff:edit", notice_id=notice.pk)


@login_required
@require_http_methods(["GET", "POST"])
def take_down(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """One page, one button: from the click on nothing of it is answered."""
    notice = read_notice(request, notice_id, Act.WRITE)
    if not notice.answers(timezone.now()):
        messages.error(request, _("Davon ist nichts öffentlich."))
        return redirect("notices_staff:show", notice_id=notice_id)
    there = [one for one in publication.attachments_of(notice.record) if not one.removed_at]
    offered = [(f"attachment-{one.number}", _("Anlage %(n)d: %(title)s") % {"n": one.number, "title": one.title}) for one in there]
    form = TakeDownForm(request.POST or None, offered=offered)
    error: DomainError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            removal.take_down(notice_id, artefacts=form.artefacts, reason=form.why, body=request.town, by=request.user, at=timezone.now())
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _said(form.why))
            return redirect("notices_staff:show", notice_id=notice_id)
    context = {"notice": notice, "form": form, "error": error}
    return render(request, "notices/after/take_down.html", context, status=error.status if error else 422 if form.is_bound else 200)


def _said(reason: Removal.Reason) -> str:
    if reason == Removal.Reason.PERSONAL_DATA:
        return _("Es ist vom Netz. Die Aufgabe mit der Frist von 72 Stunden steht in Ihren Aufgaben.")
    return _("Es ist vom Netz.")


@login_required
@require_http_methods(["GET", "POST"])
def erase(request: AuthedRequest, notice_id: UUID) -> HttpResponse:
    """Show what goes and what stays, then ask once."""
    notice = read_notice(request, notice_id, Act.APPROVE)
    if notice.state not in (State.PUBLIC, State.REMOVED):
        return redirect("notices_staff:show", notice_id=notice_id)
    error: DomainError | None = None
    if request.method == "POST":
        try:
            removal.erase(notice_id, body=request.town, by=request.user, at=timezone.now())
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _("Sie ist gelöscht. Nummer, Zeiten und die Zeilen im Protokoll bleiben."))
            return redirect("notices_staff:show", notice_id=notice_id)
    offer = Offer.objects.for_body(request.town).filter(notice=notice, answer=Offer.Answer.OPEN).first()
    context = {"notice": notice, "error": error, "offer": offer}
    return render(request, "notices/after/erase.html", context, status=error.status if error else 200)
