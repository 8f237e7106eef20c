"""Whom each address lets in, as one table, and what may therefore come back."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.test import Client
from django.urls import reverse

from conftest import Role
from tests.addresses import every_address

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
APPROVERS_AND_MANAGERS = f"{APPROVE} or {MANAGE}"
RULES_READERS = f"{MANAGE} or {AUDIT}"
EVERYTHING = {READ, WRITE, APPROVE, SEAL, MANAGE, AUDIT}


@dataclass
class Someone:
    """A person with a browser; `here` and `next_door`: what they may do in each of the two bodies."""

    who: str
    client: Client
    here: set[str]
    next_door: set[str]
    logged_in: bool = True
    operates: bool = False


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
        (
            "start",
            "local_law",
            "log_page",
            "program",
            "imprint",
            "privacy",
            "accessibility",
            "sitemap",
            "robots",
            "stadt_css",
            "wappen",
            "favicon",
        ),
        Rule(EVERYBODY),
    ),
    "law:bylaw": Rule(EVERYBODY, "GET", ABSENT),
    "check": Rule(EVERYBODY, BOTH),
    **dict.fromkeys(("notices:list", "notices:archive"), Rule(EVERYBODY)),
    **{
        f"notices:{name}": Rule(EVERYBODY, "GET", ABSENT)
        for name in ("year", "page", "pdf", "bundle", "large_print", "printout_sent", "attachment", "picture")
    },
    **{
        f"notices:{name}": Rule(EVERYBODY, "GET", ABSENT)
        for name in ("explanation", "explained_picture", "film_mp4", "film_webm", "film_captions")
    },
    "notices:printout": Rule(EVERYBODY, BOTH, ABSENT),
    **{f"publication:log_{name}": Rule(EVERYBODY, "GET", ABSENT) for name in ("checkpoint", "tile", "checkpoint_of", "tile_of")},
    **dict.fromkeys(("evidence:archive", "evidence:archive_of"), Rule(EVERYBODY, "GET", ABSENT)),
    **dict.fromkeys(("witness:add_checkpoint", "witness:add_checkpoint_of"), Rule(EVERYBODY, "POST")),
    **dict.fromkeys(("witness:checkpoint", "witness:checkpoint_of"), Rule(EVERYBODY, "GET", ABSENT)),
    "administration:first_run": Rule(EVERYBODY, BOTH, ABSENT),
    "accounts:invitation": Rule(EVERYBODY, BOTH, frozenset({410})),  # with a secret that nobody was given
    **dict.fromkeys(("notices:feed", "notices:feed_of_kind"), Rule(EVERYBODY)),
    "notices:subscribe": Rule(EVERYBODY, BOTH),
    "notices:confirm": Rule(EVERYBODY, BOTH, ABSENT),  # with a secret that nobody was given
    "notices:leave": Rule(EVERYBODY, BOTH),
    # The gazette
    "gazette:list": Rule(EVERYBODY),
    **{f"gazette:{name}": Rule(EVERYBODY, "GET", ABSENT) for name in ("page", "pdf", "bundle")},
    "gazette:subscribe": Rule(EVERYBODY, BOTH),
    "gazette:confirm": Rule(EVERYBODY, BOTH, ABSENT),  # with a secret that nobody was given
    "gazette:leave": Rule(EVERYBODY, BOTH),
    "gazette_staff:list": Rule(READ, BOTH),  # who may write begins an issue
    "gazette_staff:arrange": Rule(READ, BOTH),
    "gazette_staff:replace": Rule(WRITE, "POST"),
    "gazette_staff:take_back": Rule(APPROVERS_AND_MANAGERS, "POST"),
    "gazette_staff:preview": Rule(READ),
    "gazette_staff:approve": Rule(APPROVE, BOTH, frozenset({200, 409})),
    "gazette_staff:settings": Rule(MANAGE, BOTH),
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
    "notices_staff:bundle": Rule(READ, "GET", ABSENT),
    **{f"notices_staff:{name}": Rule(READ, "GET", ABSENT) for name in ("qr_svg", "qr_png", "poster_a4", "poster_a3")},
    **{f"notices_staff:{name}": Rule(WRITE, BOTH, ABSENT) for name in ("put_up", "printout")},
    **{
        f"notices_staff:{name}": Rule(READ)
        for name in ("explanations_waiting", "explanations", "explanation", "explanation_film", "explanation_captions")
    },
    **{f"notices_staff:{name}": Rule(WRITE, BOTH, MOVED) for name in ("explain", "sign_film", "sign_captions")},
    **{f"notices_staff:{name}": Rule(WRITE, "POST") for name in ("explanation_picture", "explanation_next", "explanation_act")},
    "notices_staff:explanation_review": Rule(APPROVE, BOTH, MOVED),
    "notices_staff:ask_certificate": Rule(WRITE, "POST"),
    "notices_staff:certificate": Rule(READ, "GET", ABSENT),
    "notices_staff:printout_search": Rule(WRITE),
    "notices_staff:patterns": Rule(WRITE, "GET", frozenset({200, 404})),  # 404: nothing from earlier years
    **{
        f"notices_staff:{name}": Rule(READ)
        for name in ("list", "deadlines", "show", "picture", "file", "preview", "preview_pdf", "compare")
    },
    **{f"notices_staff:{name}": Rule(WRITE, BOTH, MOVED) for name in ("new", "kind", "edit", "pictures", "submit", "discard")},
    **{f"notices_staff:{name}": Rule(WRITE, BOTH, MOVED) for name in ("begin_with_file", "files", "take_text", "change_file")},
    **{f"notices_staff:{name}": Rule(WRITE, "POST") for name in ("confirm_text", "move_file", "remove_file")},
    **{f"notices_staff:{name}": Rule(WRITE, "POST") for name in ("autosave", "remove_picture", "withdraw", "copy", "amend")},
    "notices_staff:archive_settings": Rule(MANAGE, BOTH),
    "notices_staff:handover": Rule(WRITE, "GET", ABSENT),
    "notices_staff:take_back": Rule(APPROVERS_AND_MANAGERS, BOTH, MOVED),
    "notices_staff:take_down": Rule(WRITE, BOTH, MOVED),
    **dict.fromkeys(("notices_staff:decide", "notices_staff:approve", "notices_staff:erase"), Rule(APPROVE, BOTH, MOVED)),
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
    "administration:publishing_check": Rule(MANAGE, "POST"),
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


@dataclass(frozen=True)
class Route:
    name: str
    path: str  # without the prefix of a body
    of_one_thing: bool


def routes(holes: dict[str, Any]) -> list[Route]:
    found = []
    for name, route, wanted in every_address():
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


def let_in(someone: Someone, wanted: frozenset[int] | None) -> bool:
    return wanted is None or bool(wanted & {200, 409, 410, 422})
