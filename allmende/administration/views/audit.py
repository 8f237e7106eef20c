"""The audit trail, for the auditor."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from allmende.administration import audit_export, selectors
from allmende.administration.audit_values import readable
from allmende.administration.forms import AuditForm
from allmende.administration.selectors import AuditFilter
from allmende.core import audit
from allmende.core.http import AuthedRequest
from allmende.core.models import AuditEntry
from allmende.core.permissions import Act, require


def _chosen(request: AuthedRequest) -> tuple[AuditForm, AuditFilter]:
    form = AuditForm(request.GET or None, actors=selectors.actors_of(request.town))
    return form, AuditFilter(**form.cleaned_data) if form.is_bound and form.is_valid() else AuditFilter()


def _values(entry: AuditEntry) -> list[tuple[str, str]] | None:
    held = audit_export.values(entry)
    return None if held is None else list(readable(held, entry.act))


@login_required
@require_safe
def trail(request: AuthedRequest) -> HttpResponse:
    """Sentences, newest first; values while they are not erased; whether they are what was written."""
    require(request.user, request.town, Act.AUDIT, at=timezone.now())
    form, chosen = _chosen(request)
    before = request.GET.get("before", "")
    found, following = selectors.audit_page(request.town, chosen, before=int(before) if before.isdigit() else None)
    rows = [(entry, audit_export.sentence(entry), _values(entry), audit.is_intact(entry)) for entry in found]
    query = request.GET.copy()
    query.pop("before", None)
    context = {"form": form, "rows": rows, "following": following, "query": query.urlencode(), "first": not before}
    return render(request, "administration/audit.html", context)


def _export(request: AuthedRequest, kind: str) -> StreamingHttpResponse:
    at = timezone.now()
    require(request.user, request.town, Act.AUDIT, at=at)
    _form, chosen = _chosen(request)
    entries = selectors.audit_entries(request.town, chosen)
    # Who takes the trail out of the house leaves a trace in it.
    audit.note(request.town, "audit.exported", {"format": kind}, by=request.user, at=at)
    lines = audit_export.csv_lines(entries) if kind == "csv" else audit_export.json_lines(entries)
    content_type = "text/csv; charset=utf-8" if kind == "csv" else "application/jsonl; charset=utf-8"
    name = f"protokollierung-{request.town.slug}-{timezone.localdate(at):%Y-%m-%d}.{kind}"
    return StreamingHttpResponse(lines, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@login_required
@require_safe
def export_csv(request: AuthedRequest) -> StreamingHttpResponse:
    return _export(request, "csv")


@login_required
@require_safe
def export_json_lines(request: AuthedRequest) -> StreamingHttpResponse:
    return _export(request, "jsonl")
