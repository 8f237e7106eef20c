"""What a body still lacks before its first notice can become public: on its overview, and at the end of setting up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from allmende.accounts.models import Invitation
from allmende.administration.models import PublishingSettings
from allmende.administration.rules.selectors import has_rules
from allmende.administration.seal import seal_of, state_of
from allmende.administration.selectors import LegalPage
from allmende.core.models import Body, Membership, Office
from allmende.core.permissions import ACTS_FOR_MEMBERS, MAY, Act, Role, valid
from allmende.publication.models import Log


@dataclass(frozen=True)
class Missing:
    """One thing to be done. `code` is 'log', 'rules', 'publishing', 'office', 'editor', 'approver', 'seal_holder' or 'seal'.

    `page` and `kind`: name and argument of the address where the administrator does it; empty where somebody else does.
    """

    code: str
    title: str
    text: str
    page: str = ""
    kind: str = ""

    @property
    def url(self) -> str:
        return reverse(self.page, args=[self.kind] if self.kind else []) if self.page else ""


def missing_to_publish(body: Body, *, at: datetime) -> list[Missing]:
    """In the order in which to mend it; nothing is missing once a notice can go from draft to public. 7 queries, 8 with an association.

    Two people are needed: one who approves, and another one who writes. Who has both roles cannot approve an own text.
    People in the office that administers `body` count.
    """
    can = _people(body, at)
    invited = _invited(body, at)
    found = []
    if not Log.objects.for_body(body).exists():
        text = _("Sein Name wird einmal gewählt und bleibt für immer.")
        found.append(Missing("log", _("Öffentliches Protokoll einrichten"), text, "administration:log"))
    if not has_rules(body):
        text = _("Nach ihnen rechnet die Plattform aus, wann eine Bekanntmachung wirkt und was sie enthalten muss.")
        found.append(Missing("rules", _("Regeln Ihres Landes übernehmen"), text, "administration:rules"))
    if not PublishingSettings.objects.for_body(body).exists():
        text = _("Form und Rechtsgrundlage stehen in Ihrer Hauptsatzung. Danach prüft die Plattform jede Bekanntmachung.")
        found.append(Missing("publishing", _("Eintragen, wie Ihre Kommune bekannt macht"), text, "administration:publishing_change"))
    if not Office.objects.for_body(body).exists():
        text = _("Jede Bekanntmachung nennt das Amt, das Auskunft gibt.")
        found.append(Missing("office", _("Ein Amt anlegen"), text, "administration:parts", "office"))
    if not can[Act.WRITE] - can[Act.APPROVE] and len(can[Act.APPROVE]) < 2:
        text = _("Mindestens eine Person schreibt, die nicht selbst freigibt.")
        found.append(_person("editor", Role.EDITOR, invited, _("Eine Person für die Redaktion einladen"), text))
    if not can[Act.APPROVE]:
        text = _("Sie braucht einen zweiten Faktor und gibt frei, was andere geschrieben haben.")
        found.append(_person("approver", Role.APPROVER, invited, _("Eine Person für die Freigabe einladen"), text))
    key = seal_of(body)
    if not can[Act.SEAL]:
        text = _("Sie richtet das Siegel ein, entsperrt und erneuert es. Auch dafür ist ein zweiter Faktor nötig.")
        found.append(_person("seal_holder", Role.SEAL_HOLDER, invited, _("Eine Person für die Siegelverwaltung einladen"), text))
    elif key is None:
        text = _("Das macht, wer die Rolle Siegelverwaltung hat, unter „Siegel“.")
        found.append(Missing("seal", _("Siegel einrichten"), text))
    elif (judged := state_of(key, at=at)).state == "bad":  # expired or locked
        found.append(Missing("seal", judged.title, judged.text))
    return found


def _invited(body: Body, at: datetime) -> dict[str, list[str]]:
    """Who has been asked to take which role and has not answered yet: names by role."""
    found: dict[str, list[str]] = {}
    for name, roles in (
        Invitation.objects.for_body(body).filter(state=Invitation.State.OPEN, expires_at__gt=at).values_list("name", "roles")
    ):
        for role in roles:
            found.setdefault(role, []).append(name)
    return found


def _person(code: str, role: Role, invited: dict[str, list[str]], title: str, text: str) -> Missing:
    """Somebody has to be invited, or has been and has not answered yet."""
    if names := invited.get(role):
        said = _("Eingeladen, noch nicht angenommen: %(names)s") % {"names": ", ".join(names)}
        return Missing(code, str(role.label), said, "administration:people")
    return Missing(code, title, text, "administration:invite")


def facts_to_add(body: Body, pages: Iterable[LegalPage]) -> list[Missing]:
    """What the public pages cannot say yet: contact, imprint, privacy, accessibility. No notice waits for it. No query."""
    found = []
    contact = [
        str(body._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in ("street", "postal_code", "city", "phone", "email", "opening_hours")
        if not getattr(body, name)
    ]
    if not body.represented_by:
        text = str(body._meta.get_field("represented_by").verbose_name)
        found.append(Missing("identity", _("Angaben"), text, "administration:identity"))
    if contact:
        found.append(Missing("contact", _("Kontakt"), ", ".join(contact), "administration:contact"))
    for page in pages:
        if page.missing:
            found.append(Missing(f"page_{page.kind}", str(page.kind.label), ", ".join(map(str, page.missing)), "administration:pages"))
    return found


def _people(body: Body, at: datetime) -> dict[Act, set[int]]:
    """Who may do what here, by id: own people, and those of the association's office whose roles count here."""
    roles = _held(body, at)
    if body.administered_by is not None:
        roles |= {(role, person) for role, person in _held(body.administered_by, at) if role in ACTS_FOR_MEMBERS}
    return {act: {person for role, person in roles if act in MAY[Membership.Role(role)]} for act in Act}


def _held(body: Body, at: datetime) -> set[tuple[str, int]]:
    return set(Membership.objects.for_body(body).filter(valid(at), person__is_active=True).values_list("role", "person"))
