"""What import-linter cannot see: foreign keys by string, migrations between modules, reads without a body, drawers."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from allmende.core.errors import DomainError
from allmende.core.models import Body, Lease, Person
from allmende.core.scope import BodyOwned
from allmende.evidence.models import Heartbeat, Outage

ROOT = Path(__file__).parent.parent / "allmende"
MODULES = {"notices", "law"}
HOUSE = MODULES | {"core", "accounts", "publication", "evidence", "tasks", "administration", "portal", "config"}
# Works for all bodies, or hands a row on that it was given; each says in its docstring why.
MAY_READ_UNSCOPED = {
    "core/scope.py",
    "core/thread.py",
    "core/outbox.py",
    "core/audit.py",
    "core/health.py",
    "core/middleware.py",
    "core/permissions.py",
    "administration/operations.py",
    "evidence/certificates/selectors.py",
    "publication/installation.py",
    "publication/witness/own.py",
}
LONGEST = 400  # lines of a file


def sources() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def test_no_foreign_key_between_modules() -> None:
    crossing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in MODULES
        for field in model._meta.get_fields()
        if field.many_to_one or field.one_to_one or field.many_to_many
        if not field.auto_created
        if field.related_model and field.related_model._meta.app_label in MODULES - {model._meta.app_label}
    ]
    assert not crossing, crossing


def test_no_migration_depends_on_a_sibling() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    crossing = [
        (key, dep)
        for key, migration in loader.disk_migrations.items()
        for dep in migration.dependencies
        if key[0] in MODULES and dep[0] in MODULES - {key[0]}
    ]
    assert not crossing, crossing


def test_everything_belongs_to_a_body() -> None:
    free = {m for m in apps.get_models() if m._meta.app_label in HOUSE and not issubclass(m, BodyOwned)}

    assert free == {Body, Person, Lease, Heartbeat, Outage}


def test_nothing_outside_the_named_files_reads_across_bodies() -> None:
    words = ("._unscoped", "._base_manager", "._default_manager")
    readers = {name for name, text in sources() if any(word in text for word in words)}

    assert readers <= MAY_READ_UNSCOPED, readers - MAY_READ_UNSCOPED


def test_no_file_is_a_drawer() -> None:
    long = {name: text.count("\n") for name, text in sources() if text.count("\n") > LONGEST}
    names = {name for name, _ in sources() if Path(name).stem in {"utils", "helpers", "common", "misc"}}

    assert (long, names) == ({}, set())


def all_errors(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from all_errors(sub)


def test_every_error_has_its_own_code_and_says_what_to_do() -> None:
    kinds = [kind for kind in all_errors() if kind.__module__.startswith("allmende.") and hasattr(kind, "code")]

    assert len({kind.code for kind in kinds}) == len(kinds)
    assert [kind for kind in kinds if str(kind.message).count(".") < 2] == []  # what is the matter. What to do.
