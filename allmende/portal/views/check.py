"""Is my document genuine? The same answer as `allmende verify`; nothing of the upload is kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from allmende.core.http import TownRequest
from allmende.lib import proof
from allmende.lib.proof.report import Report, State
from allmende.lib.tlog import TlogError
from allmende.portal.forms import CheckForm

ICONS = {State.OK: "ok", State.BAD: "bad", State.OPEN: "wait", State.REMARK: "warn"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: TownRequest) -> HttpResponse:
    """Show the form, or the answer for an uploaded bundle. Stores nothing."""
    if request.method != "POST":
        return render(request, "portal/check.html", {"form": CheckForm()})
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "portal/check.html", {"form": form}, status=422)
    upload = form.cleaned_data["bundle"]
    try:
        report = proof.verify(upload.read(), vkey=form.cleaned_data["vkey"].strip() or None)
    except TlogError:
        form.add_error(
            "vkey", _("Dieser Schlüssel ist nicht lesbar. Kopieren Sie ihn noch einmal vollständig, oder lassen Sie das Feld leer.")
        )
        return render(request, "portal/check.html", {"form": form}, status=422)
    return render(request, "portal/checked.html", _told(report) | {"name": upload.name, "size": upload.size, "at": timezone.now()})


def _told(report: Report) -> dict[str, Any]:
    """The report in the language of the page."""
    language = get_language() or "de"
    return {
        "report": report,
        "headline": report.headline.in_language(language),
        "lead": report.lead.in_language(language),
        "summary": report.summary.in_language(language),
        "advice": [text.in_language(language) for text in report.advice],
        "checks": [
            (
                ICONS[check.state],
                check.state.word.in_language(language),
                check.title.in_language(language),
                check.detail.in_language(language),
            )
            for check in report.checks
        ],
        "seal_label": report.facts.seal_label.in_language(language),
    }
