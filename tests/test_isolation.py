"""Every address of the platform × every kind of person × two bodies: who gets how far, and that nobody else learns or changes anything.

The addresses come from the URL configuration: one without a line in RULES, or with a hole that HOLES cannot fill, fails.
"""

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image
from pytest_django import Settings

from allmende.accounts import invitations
from allmende.administration.rules import services as rules
from allmende.core import audit
from allmende.core.middleware import HEADERS
from allmende.core.models import Body, District, Host, Membership, Office, OutboxRow, Person
from allmende.lib import richtext
from allmende.notices import services, text
from allmende.notices.models import Picture
from allmende.notices.services import Draft, pictures
from allmende.tasks import services as tasks
from allmende.tasks.kinds import BREACH, Evidence
from allmende.tasks.models import Scan
from conftest import NOW, Role, person

# What a role may do, written down once more on purpose: core.permissions is under test here.
READ, WRITE, APPROVE, SEAL, MANAGE, AUDIT = "read", "write", "approve", "seal", "manage", "audit"
ACTS = {
    Role.ADMINISTRATOR: {READ, MANAGE},
    Role.EDITOR: {READ, WRITE},
    Role.APPROVER: {READ, WRITE, APPROVE},
    Role.SEAL_HOLDER: {READ, SEAL},
    Role.AUDITOR: {READ, AUDIT},
    Role.MANDATE_HOLDER: set(),
}
RULES_READERS = f"{MANAGE} or {AUDIT}"
EVERYTHING = {READ, WRITE, APPROVE, SEAL, MANAGE, AUDIT}


class Rule(NamedTuple):
    """Whom an address lets in: everybody, anyone logged in, holders of an act, the operator; and by which methods."""

    who: str
    methods: str = "GET"
    found: frozenset[int] = frozenset({200})  # what GET may answer to whom it lets in


EVERYBODY, LOGGED_IN, OPERATOR, OWN = "everybody", "logged in", "operator", "own account"
BOTH = "GET POST"
ABSENT = frozenset({404})  # not provided, or no log there
MOVED = frozenset({200, 302})
RULES: dict[str, Rule] = {
    # Public pages and files
    **dict.fromkeys(
        ("start", "local_law", "log_page", "imprint", "privacy", "accessibility", "sitemap", "robots", "stadt_css", "wappen", "favicon"),
        Rule(EVERYBODY),
    ),
    "check": Rule(EVERYBODY, BOTH),
    **dict.fromkeys(("notices:list", "notices:archive"), Rule(EVERYBODY)),
    **dict.fromkeys(("notices:year", "notices:page", "notices:pdf", "notices:bundle"), Rule(EVERYBODY, "GET", ABSENT)),
    **{f"publication:log_{name}": Rule(EVERYBODY, "GET", ABSENT) for name in ("checkpoint", "tile", "checkpoint_of", "tile_of")},
    **dict.fromkeys(("witness:add_checkpoint", "witness:add_checkpoint_of"), Rule(EVERYBODY, "POST")),
    **dict.fromkeys(("witness:checkpoint", "witness:checkpoint_of"), Rule(EVERYBODY, "GET", ABSENT)),
    "administration:first_run": Rule(EVERYBODY, BOTH, ABSENT),
    "accounts:invitation": Rule(EVERYBODY, BOTH, frozenset({410})),  # with a secret that nobody was given
    # Logging in and one's own account: pages of allauth, which say nothing of any body
    **dict.fromkeys(
        (
            *("account_login", "mfa_authenticate", "mfa_login_webauthn", "account_inactive", "account_logout", "account_reset_password"),
            *("account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done"),
        ),
        Rule(OWN),
    ),
    **dict.fromkeys(
        (
            *("account_reauthenticate", "account_change_password", "account_set_password", "mfa_reauthenticate"),
            *("mfa_reauthenticate_webauthn", "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes"),
            *("mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn"),
            *("mfa_edit_webauthn", "mfa_remove_webauthn", "usersessions_list", "accounts:overview"),
        ),
        Rule(LOGGED_IN, BOTH, frozenset({200, 302, 404, 405})),
    ),
    "accounts:bodies": Rule(LOGGED_IN, "GET"),
    "desk": Rule(LOGGED_IN, "GET", frozenset({200, 403})),  # 403 for people who have no desk anywhere
    # The work list
    "tasks:list": Rule(READ),
    "tasks:show": Rule(READ, BOTH),
    "tasks:scan": Rule(READ),
    # Notices, inside the office
    **{f"notices_staff:{name}": Rule(READ) for name in ("list", "show", "picture", "preview", "preview_pdf", "compare")},
    **{f"notices_staff:{name}": Rule(READ, "GET", ABSENT) for name in ("qr_svg", "qr_png")},
    **{f"notices_staff:{name}": Rule(WRITE, BOTH, MOVED) for name in ("new", "edit", "pictures", "submit", "discard")},
    **{f"notices_staff:{name}": Rule(WRITE, "POST") for name in ("autosave", "remove_picture", "withdraw", "copy")},
    **dict.fromkeys(("notices_staff:decide", "notices_staff:approve"), Rule(APPROVE, BOTH, MOVED)),
    # Administration of a body
    **{f"administration:{name}": Rule(MANAGE) for name in ("overview", "colour_sample", "people")},
    **{
        f"administration:{name}": Rule(MANAGE, BOTH)
        for name in ("identity", "contact", "colour", "coat_of_arms", "hosts", "parts", "part", "log", "pages", "page", "invite", "person")
    },
    **{f"administration:{name}": Rule(MANAGE, "POST") for name in ("host_remove", "invitation")},
    **{f"administration:{name}": Rule(AUDIT) for name in ("audit", "audit_csv", "audit_jsonl")},
    **{f"administration:{name}": Rule(RULES_READERS, "GET", MOVED) for name in ("rules", "rule", "rules_history", "rules_proposal")},
    "administration:publishing": Rule(RULES_READERS),
    "administration:publishing_change": Rule(MANAGE, BOTH),
    **{f"administration:{name}": Rule(MANAGE, BOTH, MOVED) for name in ("rule_change", "own_rule_change", "own_rule_end")},
    **{f"administration:{name}": Rule(MANAGE, "POST") for name in ("rules_begin", "rules_decide")},
    "administration:seal": Rule(SEAL, "GET"),
    **{
        f"administration:seal_{name}": Rule(SEAL, BOTH, frozenset({200, 302, 409}))
        for name in ("set_up", "unlock", "renew", "authority", "stop")
    },
    "administration:seal_lock": Rule(SEAL, "POST"),
    "witness:overview": Rule(MANAGE),
    **{f"witness:{name}": Rule(MANAGE, BOTH) for name in ("add_witness", "know_log")},
    **{f"witness:{name}": Rule(MANAGE, "POST") for name in ("change_witness", "change_log")},
    # The installation
    "administration:operations": Rule(OPERATOR),
    "administration:new_body": Rule(OPERATOR, BOTH),
    "administration:retry": Rule(OPERATOR, "POST"),
}
# Addresses of one thing of the first body: under the other body they lead nowhere.
OF_ONE_THING = ("<int:pk>", "<uuid:")
SECRETS = {  # word -> the act that lets read it in the body whose word it is
    "geheimtitel": {READ},
    "geheimtext": {READ},
    "geheimkommentar": {READ},
    "geheimbild": {READ},
    "geheimnachweis": {READ},
    "geheimwert": {AUDIT},
    "geheimgast": {MANAGE, AUDIT},
    "geheimgrund": {MANAGE, AUDIT},
}
PASSING = {"sessions", "usersessions"}  # apps whose rows say only who is logged in


@dataclass(frozen=True)
class Route:
    name: str
    path: str  # without the prefix of a body
    of_one_thing: bool


@dataclass
class Someone:
    """A person with a browser; `here` and `next_door`: what they may do in each of the two bodies."""

    who: str
    client: Client
    here: set[str]
    next_door: set[str]
    logged_in: bool = True
    operates: bool = False


def patterns(found: Sequence[URLPattern | URLResolver], route: str = "", space: str = "") -> Iterator[tuple[str, str, set[str]]]:
    """(name, route, holes) of every address."""
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, route + str(one.pattern), f"{space}{one.namespace}:" if one.namespace else space)
        else:
            holes = set(one.pattern.converters) | set(one.pattern.regex.groupindex)
            yield f"{space}{one.name}", route + str(one.pattern), holes


ALL = list(patterns(get_resolver().url_patterns))


def log_in(who: Person) -> Client:
    """A browser after a log-in with a second factor."""
    client = Client(raise_request_exception=False)
    client.force_login(who)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": NOW.timestamp()}]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
    return client


def secret_draft(town: Body, office: Office, editor: Person) -> UUID:
    content = text.write(richtext.from_plain("GEHEIMtext dieser Bekanntmachung.\n\n## Grundlage\n\nGrundlage ist die Satzung."))
    values = Draft(title="GEHEIMtitel Winterdienst", office=office.pk, content=content)
    made: UUID = services.draft(body=town, values=values, by=editor, at=NOW).pk
    return made


@pytest.fixture(autouse=True)
def _no_word_of_every_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of warnings of refused requests take time; an exception is among the findings."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


@pytest.fixture
def people(
    town: Body,
    neighbour: Body,
    association: Body,
    foreigner: Person,
    citizen: Person,
    operator: Person,
) -> list[Someone]:
    found = [Someone("anonymous", Client(raise_request_exception=False), set(), set(), logged_in=False)]
    found += [Someone(str(role), log_in(person(f"Rolle-{role}", (town, role))), ACTS[role], set()) for role in Role]
    found.append(Someone("citizen", log_in(citizen), set(), set()))
    found.append(Someone("operator", log_in(operator), set(), set(), operates=True))
    found.append(Someone("all roles next door", log_in(foreigner), set(), EVERYTHING))
    stands_for = Person.objects.get(name=f"Rolle-{Role.APPROVER}")
    for who, until, acts in (("deputy", "2099-12-31", ACTS[Role.APPROVER]), ("deputy of last year", "2025-12-31", set())):
        new = person(who.replace(" ", "-"))
        dates = {"valid_from": "2025-01-01", "valid_until": until}
        Membership.objects.create(person=new, body=town, role=Role.APPROVER, deputy_for=stands_for, reason="Urlaub", **dates)
        found.append(Someone(who, log_in(new), set(acts), set()))
    for role in (Role.EDITOR, Role.ADMINISTRATOR):
        found.append(Someone(f"{role} of the association", log_in(person(f"Verbund-{role}", (association, role))), ACTS[role], set()))
    away = person("Verbund-Prüfung", (association, Role.AUDITOR))  # an auditor is for one body
    found.append(Someone("auditor of the association", log_in(away), set(), set()))
    gone = person("Gesperrt", (town, Role.ADMINISTRATOR))
    browser = log_in(gone)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    found.append(Someone("closed account", browser, set(), set(), logged_in=False))
    return found


@pytest.fixture
def holes(town: Body, editor: Person, approver: Person, administrator: Person) -> dict[str, Any]:
    """What fills the holes of addresses: things of the town, full of words that nobody else may read."""
    office = Office.objects.create(body=town, name="Bauamt")
    District.objects.create(body=town, name="Lindenbach")
    notice, waiting = secret_draft(town, office, editor), secret_draft(town, office, editor)
    png = io.BytesIO()
    Image.new("RGB", (4, 4)).save(png, "PNG")
    png.seek(0)
    pictures.add(notice, body=town, file=png, name="GEHEIMbild.png", by=editor, at=NOW)
    services.submit(notice, body=town, version=1, by=editor, at=NOW)
    services.send_back(notice, body=town, version=1, reason="GEHEIMkommentar", by=approver, at=NOW)
    services.submit(waiting, body=town, version=1, by=editor, at=NOW)
    services.approve(waiting, body=town, version=1, by=approver, at=NOW)  # approved and numbered, not provided yet
    audit.note(town, "body.changed", {"note": "GEHEIMwert"}, by=administrator, at=NOW)
    guest = invitations.invite(body=town, name="GEHEIMgast", email="geheimgast@example.org", roles=[Role.EDITOR], by=administrator, at=NOW)
    row = OutboxRow._unscoped.create(body=town, queue="q", topic="t", key="k", due_at=NOW, state="parked")
    rules.begin(body=town, by=administrator, at=NOW)
    entered = rules.NewRule(key="complaint.period", value="P6M", law="Hauptsatzung", section="§ 22", reason="GEHEIMgrund")
    own = rules.set_rule(entered, body=town, by=administrator, at=NOW)
    breach = tasks.open(kind=BREACH.code, body=town, by=editor, at=NOW)
    told = Evidence(day=NOW.date(), text="GEHEIMnachweis", scan=("bestaetigung.pdf", b"%PDF-1.7 GEHEIMnachweis"))
    tasks.finish(breach.pk, told, body=town, by=editor, at=NOW)
    return {
        "notice_id": notice,
        "picture_id": Picture.objects.for_body(town).get().pk,
        "version": 1,
        "year": NOW.year,
        "number": 1,
        "path": "0/000.p/1",
        "name": "musterstedt",
        "seen": f"{'0' * 64}/checkpoint",
        "secret": "0" * 64,
        "uidb36": "1",
        "key": "abc-0123",
        "kind": "office",
        "language": "de",
        "administration:host_remove pk": Host.objects.create(body=town, name="bekannt.musterstedt.example").pk,
        "administration:part pk": office.pk,
        "administration:page kind": "imprint",
        "administration:invitation pk": guest.pk,
        "administration:person pk": editor.pk,
        "administration:retry pk": row.pk,
        "administration:rule key": "complaint.period",
        "administration:rule_change key": "complaint.period",
        "administration:own_rule_change pk": own.pk,
        "administration:own_rule_end pk": own.pk,
        "tasks:show pk": breach.pk,
        "tasks:scan pk": breach.pk,
        "scan": Scan.objects.for_body(town).get().pk,
        "profile": "ST",
        "mfa_edit_webauthn pk": 1,
        "mfa_remove_webauthn pk": 1,
        "witness:change_witness pk": 1,
        "witness:change_log pk": 1,
    }


def routes(holes: dict[str, Any]) -> list[Route]:
    found = []
    for name, route, wanted in ALL:
        values = {hole: holes.get(f"{name} {hole}", holes.get(hole)) for hole in wanted}
        assert None not in values.values(), f"{name}: nothing to fill {values}"
        found.append(Route(name, reverse(name, kwargs=values), any(word in route for word in OF_ONE_THING)))
    return found


def expected(someone: Someone, route: Route, method: str, *, next_door: bool) -> frozenset[int] | None:
    """The status codes that may come; None: let in, and what follows depends on what was sent."""
    rule = RULES[route.name]
    acts = someone.next_door if next_door else someone.here
    if rule.who not in (EVERYBODY, OWN) and not someone.logged_in:
        return frozenset({302})
    if rule.who == OWN:
        return None
    if method not in rule.methods:
        return frozenset({404, 405}) if rule.found == ABSENT else frozenset({302, 405} if rule.who == LOGGED_IN else {405})
    if rule.who == OPERATOR and not someone.operates:
        return frozenset({403})
    if rule.who not in (EVERYBODY, LOGGED_IN, OPERATOR) and not set(rule.who.split(" or ")) & acts:
        return frozenset({403})
    if next_door and route.of_one_thing and rule.who not in (OPERATOR, LOGGED_IN):
        return frozenset({404}) if method == "GET" else frozenset({302, 404})  # 302: what is not there need not be removed
    return rule.found if method == "GET" and not route.of_one_thing else None


def read(response: HttpResponse) -> str:
    whole = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return (whole.decode(errors="replace") + str(response.headers)).lower()


def rows() -> dict[str, list[Any]]:
    """The whole database but for sessions."""
    models: list[type[Model]] = [model for model in apps.get_models() if model._meta.app_label not in PASSING]
    return {model._meta.label: sorted(model._base_manager.values_list(), key=str) for model in models}


# Public pages and one's own account are the same for all roles; under the address of the other body all outsiders are the same.
EVERY_PAGE = {"anonymous", "approver", "all roles next door"}
NEXT_DOOR = {"anonymous", "administrator", "all roles next door", "administrator of the association"}
# Whether an address knows a method at all is asked before anybody is looked at.
EVERY_METHOD = {"anonymous", "all roles next door"}
# These stand where one of the roles stands, or stand nowhere: each address is asked once, by the method that shows most.
ONE_METHOD = {
    *("citizen", "deputy", "deputy of last year", "closed account", "auditor of the association"),
    *("editor of the association", "administrator of the association"),
}


def methods(someone: Someone, rule: Rule) -> list[str]:
    if someone.who in EVERY_METHOD:
        return ["GET", "POST"]
    known = rule.methods.split()
    return known[:1] if someone.who in ONE_METHOD else known


class Findings:
    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.asked = 0
        self.seen: dict[str, set[str]] = {}

    def look(self, someone: Someone, response: Any, what: str, wanted: frozenset[int] | None, *, next_door: bool) -> None:
        self.asked += 1
        told = f"{someone.who}: {what} → {response.status_code}"
        if response.status_code >= 500:
            self.wrong.append(f"{told} {response.exc_info[1]!r}" if getattr(response, "exc_info", None) else told)
        if wanted is not None and response.status_code not in wanted:
            self.wrong.append(f"{told}, not {sorted(wanted)}")
        body, acts = read(response), set() if next_door else someone.here
        found = [word for word in SECRETS if word in body]
        for word in found:
            self.seen.setdefault(word, set()).add(someone.who)
        leaked = [word for word in found if not SECRETS[word] & acts]
        if leaked:
            self.wrong.append(f"{told} shows {leaked} … {body[max(0, body.find(leaked[0]) - 80) :][:160]}")
        if missing := [name for name in HEADERS if name not in response.headers]:
            self.wrong.append(f"{told} without {missing}")


@contextmanager
def undone(folder: Path) -> Iterator[None]:
    """What happens inside leaves neither rows nor missing files behind."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    for path, data in files.items():
        if not path.exists():
            path.write_bytes(data)


def let_in(someone: Someone, wanted: frozenset[int] | None) -> bool:
    return wanted is None or bool(wanted & {200, 409, 410, 422})


def ask(someone: Someone, method: str, address: str) -> Any:
    """One request, after which the browser is as before."""
    before = SimpleCookie({name: morsel.value for name, morsel in someone.client.cookies.items()})
    try:
        return someone.client.generic(method, address, b"", "application/x-www-form-urlencoded")
    finally:
        someone.client.cookies = before


def test_every_address_has_a_rule() -> None:
    names = {name for name, _, _ in ALL}

    assert names - set(RULES) == set()


@pytest.mark.slow
def test_nobody_learns_or_changes_what_is_not_theirs(people: list[Someone], holes: dict[str, Any], settings: Settings) -> None:
    findings, addresses = Findings(), routes(holes)
    for someone in people:
        cache.clear()  # counters of the throttles
        before = rows()
        for next_door in (False, True) if someone.who in NEXT_DOOR else (False,):
            for route in addresses:
                if RULES[route.name].who in (OWN, LOGGED_IN, EVERYBODY) and someone.who not in EVERY_PAGE:
                    continue
                address = f"/nebenan{route.path}" if next_door else route.path
                for method in methods(someone, RULES[route.name]):
                    if route.name == "notices_staff:preview_pdf" and method == "GET" and READ in someone.here and not next_door:
                        continue  # takes long, and its own tests read it
                    wanted = expected(someone, route, method, next_door=next_door)
                    if let_in(someone, wanted):
                        with undone(settings.UPLOAD_DIR):
                            response = ask(someone, method, address)
                            findings.look(someone, response, f"{method} {address}", wanted, next_door=next_door)
                    else:
                        response = ask(someone, method, address)
                        findings.look(someone, response, f"{method} {address}", wanted, next_door=next_door)
        after = rows()
        findings.wrong += [f"{someone.who}: changed {label}" for label in before if before[label] != after[label]]

    assert findings.wrong == [], "\n".join([f"{len(findings.wrong)} of {findings.asked}", *findings.wrong])
    # The words are really there, or nothing above could fail.
    readers = {one.who for one in people if READ in one.here}
    assert findings.seen["geheimtitel"] == findings.seen["geheimtext"] == findings.seen["geheimkommentar"] == readers
    assert findings.seen["geheimnachweis"] == readers
    assert findings.seen["geheimwert"] == {"auditor"}
    assert {"administrator", "auditor"} <= findings.seen["geheimgast"]
    assert {"administrator", "auditor"} <= findings.seen["geheimgrund"]
    assert "editor" in findings.seen["geheimbild"]


def test_other_methods_open_no_other_door(people: list[Someone], holes: dict[str, Any], settings: Settings) -> None:
    """HEAD is GET without content; OPTIONS and DELETE let nobody in."""
    findings = Findings()
    before = rows()
    for someone in (one for one in people if one.who in ("anonymous", "all roles next door")):
        for route in routes(holes):
            wanted = expected(someone, route, "GET", next_door=False)
            with transaction.atomic():
                head = ask(someone, "HEAD", route.path)
                findings.look(someone, head, f"HEAD {route.path}", None, next_door=False)
                if wanted is not None and head.status_code not in wanted | {405}:
                    findings.wrong.append(f"{someone.who}: HEAD {route.path} → {head.status_code}")
                if b"".join(head.streaming_content) if head.streaming else head.content:
                    findings.wrong.append(f"{someone.who}: HEAD {route.path} has content")
                transaction.set_rollback(True)
            for method in ("OPTIONS", "DELETE"):
                own = RULES[route.name].who in (OWN, LOGGED_IN)  # allauth notes the address of whoever comes by
                with undone(settings.UPLOAD_DIR) if own else nullcontext():
                    response = ask(someone, method, route.path)
                    findings.look(someone, response, f"{method} {route.path}", None, next_door=False)
                if response.status_code == 200 and not own:
                    findings.wrong.append(f"{someone.who}: {method} {route.path} → 200")
    assert before == rows()
    assert findings.wrong == [], "\n".join(findings.wrong)
