"""Fixtures for all tests: people with names, three bodies, one clock."""

import importlib
import os
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from allmende.core.models import Body, Membership, Person
from allmende.publication import clock
from tools import prepared_database

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # Monday, 9 o'clock in Germany
Role = Membership.Role


def append_only_triggers(action: str) -> None:
    """'create' or 'drop' every trigger that forbids deleting: only without them a flushing test can empty its tables."""
    modules = (
        "allmende.core.migrations.0002_audit_append_only",
        "allmende.publication.migrations.0002_guards",
        "allmende.publication.migrations.0003_witness",
        "allmende.publication.migrations.0005_attachments",
        "allmende.publication.migrations._removal_guards",
        "allmende.publication.migrations._taking_back_guards",
        "allmende.evidence.migrations.0002_outage_guards",
        "allmende.evidence.migrations.0004_certificate_guards",
        "allmende.evidence.migrations.0006_archive_guards",
        "allmende.administration.migrations.0004_rules_guards",
        "allmende.administration.migrations.0006_publishing_guards",
        "allmende.administration.migrations.0007_kept_guard",
        "allmende.notices.migrations.0008_calendar_guards",
        "allmende.notices.migrations.0016_basis_taken_back",
        "allmende.notices.migrations.0023_gazette_days",
        "allmende.tasks.migrations.0002_guards",
        "allmende.notices.migrations.0012_gazette_guards",
    )
    for module in modules if action == "create" else reversed(modules):
        migration = importlib.import_module(module)
        name = connection.vendor.upper() + ("" if action == "create" else "_REVERSE")
        with connection.cursor() as cursor:
            for statement in getattr(migration, name):
                cursor.execute(statement)


@pytest.fixture(scope="session", autouse=True)
def _no_power_cut() -> Iterator[None]:
    """Nothing here outlives the tests: no disk is waited for (tools/cluster.py does so too). A kill loses nothing by it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _handle: None)
        yield


@pytest.fixture(scope="session")
def _prepared(django_db_modify_db_settings: None) -> Iterator[ExitStack]:
    """On SQLite: the turn of making or copying the migrated database, until django_db_setup gives it back."""
    with ExitStack() as turn:
        if connection.vendor == "sqlite":
            options = connection.settings_dict["OPTIONS"]
            options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
            turn.enter_context(prepared_database.turn())
        yield turn


def _test_database() -> Path:
    return Path(connection.creation._get_test_db_name())  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_keepdb(_prepared: ExitStack) -> bool:
    """Whether a migrated database lies ready; it goes with the data folder of the run."""
    return connection.vendor == "sqlite" and prepared_database.put(_test_database())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, _prepared: ExitStack) -> None:
    if connection.vendor == "sqlite" and not django_db_keepdb:
        prepared_database.keep(_test_database())
    _prepared.close()


@pytest.fixture
def _triggers_return(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():
        append_only_triggers("create")


@pytest.fixture
def committed(_triggers_return: None, transactional_db: None) -> Iterator[None]:
    """Real commits, for threads and kills."""
    yield
    append_only_triggers("drop")


@pytest.fixture(autouse=True)
def _own_folders(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    for name in ("PUBLIC_DIR", "UPLOAD_DIR", "KEY_DIR", "MAIL_DIR"):
        setattr(settings, name, tmp_path / name.removesuffix("_DIR").lower())


@pytest.fixture(autouse=True)
def _fast_and_alone(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.INSTALLATION_HOSTS = ["testserver", "localhost", "127.0.0.1"]


@pytest.fixture(autouse=True)
def _worker_believes_the_time() -> Iterator[None]:
    """What is published by `outbox.work(NOW)` is provided a second after NOW, not today."""
    with clock.as_told():
        yield


@pytest.fixture
def town(db: None) -> Body:
    """The default body: its addresses have no prefix."""
    return Body.objects.create(
        slug="musterstedt",
        name="Stadt Musterstedt",
        short_name="Musterstedt",
        kind=Body.Kind.MUNICIPALITY,
        ars="150990010001",
        is_default=True,
    )


@pytest.fixture
def neighbour(db: None) -> Body:
    """Another municipality of the same installation, under /nebenan/."""
    return Body.objects.create(
        slug="nebenan", name="Gemeinde Nebenan", short_name="Nebenan", kind=Body.Kind.MUNICIPALITY, ars="150990010002"
    )


@pytest.fixture
def association(town: Body) -> Body:
    """The Verbandsgemeinde whose office acts for Musterstedt."""
    office = Body.objects.create(
        slug="verbund", name="Verbandsgemeinde Musterland", short_name="Musterland", kind=Body.Kind.ASSOCIATION, ars="150990010000"
    )
    town.administered_by = office
    town.save()
    return office


def person(name: str, *roles: tuple[Body, Role]) -> Person:
    new = Person.objects.create_user(email=f"{name.lower()}@example.org", name=name, password="ein langes Kennwort 7")
    for body, role in roles:
        Membership.objects.create(person=new, body=body, role=role)
    return new


@pytest.fixture
def editor(town: Body) -> Person:
    """Erika writes for Musterstedt."""
    return person("Erika", (town, Role.EDITOR))


@pytest.fixture
def approver(town: Body) -> Person:
    """Anna gives notices of Musterstedt free."""
    return person("Anna", (town, Role.APPROVER))


@pytest.fixture
def administrator(town: Body) -> Person:
    """Adam keeps people, roles and settings of Musterstedt."""
    return person("Adam", (town, Role.ADMINISTRATOR))


@pytest.fixture
def seal_holder(town: Body) -> Person:
    """Selma keeps the seal of Musterstedt."""
    return person("Selma", (town, Role.SEAL_HOLDER))


@pytest.fixture
def auditor(town: Body) -> Person:
    """Paul reads everything in Musterstedt and changes nothing."""
    return person("Paul", (town, Role.AUDITOR))


@pytest.fixture
def operator(db: None) -> Person:
    """Otto keeps the installation running and sees no draft."""
    new = person("Otto")
    new.is_operator = True
    new.save()
    return new


@pytest.fixture
def foreigner(neighbour: Body) -> Person:
    """Nora holds every role in the neighbouring municipality, and none here."""
    return person("Nora", *((neighbour, role) for role in Role))


@pytest.fixture
def citizen(db: None) -> Person:
    """Kim can log in and has no role anywhere."""
    return person("Kim")
