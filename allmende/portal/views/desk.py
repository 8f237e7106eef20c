"""The desk: what waits for me, drafts, what runs, what is published, and what each role does here."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allmende.administration.seal import seal_of, state_of
from allmende.core import addresses, lease
from allmende.core.http import AuthedRequest
from allmende.core.permissions import MAY, Act, Role, bodies_of, roles_of
from allmende.notices import selectors as notices
from allmende.publication.overview import log_overview
from allmende.tasks import selectors as work_list


class Task(NamedTuple):
    """Something this person may do here, and where."""

    url: str
    label: str
    hint: str


def tasks(acts: frozenset[Act]) -> list[Task]:
    """What a person with these rights may do here, most used first; what everybody with a role may do, last."""
    possible: list[tuple[Act | None, str, str, str]] = [
        (Act.WRITE, "notices_staff:new", _("Neue Bekanntmachung schreiben"), _("Aus Word einfügen, prüfen lassen, zur Freigabe geben.")),
        (
            Act.READ_INTERNAL,
            "notices_staff:list",
            _("Bekanntmachungen in Arbeit lesen"),
            _("Entwürfe, was wartet, was gerade veröffentlicht wird."),
        ),
        (
            Act.READ_INTERNAL,
            "tasks:list",
            _("Aufgaben"),
            _("Was außerhalb dieser Seiten zu tun ist: hinweisen, aushängen, versenden, drucken."),
        ),
        (Act.SEAL, "administration:seal", _("Siegel"), _("Entsperren, gesiegelte Dokumente durchsehen, erneuern, sperren.")),
        (Act.MANAGE, "administration:overview", _("Kommune"), _("Kontakt, Wappen, Ämter, Ortsteile und Pflichtseiten pflegen.")),
        (Act.MANAGE, "administration:people", _("Personen"), _("Einladen, Rollen geben und entziehen, Vertretung bestellen.")),
        (Act.AUDIT, "administration:audit", _("Protokollierung"), _("Nachlesen, wer wann was getan hat, und herunterladen.")),
        (None, "notices:list", _("Öffentliche Bekanntmachungen"), _("Suchen, lesen, Dokument und Nachweis herunterladen.")),
        (None, "check", _("Ein Dokument prüfen"), _("Ob es unverändert von der Kommune stammt.")),
        (None, "accounts:overview", _("Mein Konto"), _("Kennwort, zweiter Faktor, offene Anmeldungen.")),
    ]
    return [Task(reverse(name), label, hint) for act, name, label, hint in possible if act is None or act in acts]


def elsewhere(request: AuthedRequest, at: datetime) -> list[tuple[str, str]]:
    """Name and desk of each other body in which this person has a role."""
    language = get_language() or "de"
    path = reverse("desk")[len(get_script_prefix()) - 1 :]
    return [(body.name, f"{addresses.root(body, language)}{path}") for body in bodies_of(request.user, at=at) if body != request.town]


@login_required
@require_safe
def desk(request: AuthedRequest) -> HttpResponse:
    """The desk of the body of the address, by role; whoever has a role elsewhere only, or nowhere, is shown where to go."""
    now = timezone.now()
    roles = roles_of(request.user, request.town, at=now)
    acts: frozenset[Act] = frozenset().union(*(MAY[role] for role in roles))
    context: dict[str, object] = {"now": now, "elsewhere": elsewhere(request, now)}
    context["worker_missing"] = request.user.is_operator and not lease.is_held("worker", at=now)
    if not roles:
        known = context["elsewhere"] or request.user.is_operator
        return render(request, "portal/no_desk.html", context, status=200 if known else 403)
    context |= {"roles": [role.label for role in roles], "tasks": tasks(acts)}
    if Act.READ_INTERNAL not in acts:
        context |= {"mandate": Role.MANDATE_HOLDER in roles, "newest": notices.newest_cards(request.town, at=now, limit=5)}
        return render(request, "portal/reader_desk.html", context)
    context |= {
        "may_write": Act.WRITE in acts,
        "may_approve": Act.APPROVE in acts,
        "waiting": notices.waiting_for(request.user, request.town, at=now),
        "drafts": notices.my_drafts(request.user, request.town) if Act.WRITE in acts else [],
        "running": notices.running(request.town, at=now),
        "due": work_list.next_due(request.town, at=now),
        "published": notices.recently_published(request.town, at=now),
        "log": log_overview(request.town),
        "seal": state_of(seal_of(request.town), at=now),
        "keeps_seal": Act.SEAL in acts,
    }
    return render(request, "portal/desk.html", context)
