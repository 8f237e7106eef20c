"""Is the installation well? Parts register checks; `allmende check` and the operator's page show what they find.

A finding speaks of the installation, never of a draft, a title or a person.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from allmende.core.language import page_language
from allmende.core.models import Lease, OutboxRow
from allmende.lib.german import number

LEAST_FREE = 1024**3  # bytes; below that the next notices may not fit


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to do if it is not well."""

    level: Level
    what: str | Promise
    advice: str | Promise = ""


Check = Callable[[datetime], Iterator[Finding]]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check. The same name twice is the same check."""
    _checks[name] = check


def run(at: datetime) -> Iterator[Finding]:
    """All findings, in the order of registration. A check that fails is a finding itself."""
    for name, check in _checks.items():
        try:
            yield from check(at)
        except Exception as error:
            yield Finding(
                Level.BAD,
                f"{name}: {type(error).__name__}",
                _("Die Prüfung selbst ist gescheitert. Sehen Sie in die Protokolle des Servers."),
            )


def database(at: datetime) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield Finding(Level.BAD, _("Die Datenbank ist nicht auf dem Stand des Programms."), _("Starten Sie neu mit „allmende serve“."))
    else:
        yield Finding(Level.OK, _("Die Datenbank antwortet und ist auf dem Stand des Programms."))


def disk(at: datetime) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA_DIR).free
    what = _("Frei auf der Platte: %(size)s GB") % {"size": number(free / 1024**3, 1, page_language())}
    yield Finding(Level.OK, what) if free >= LEAST_FREE else Finding(Level.BAD, what, _("Schaffen Sie Platz: Unter 1 GB ist zu wenig."))


def secrets(at: datetime) -> Iterator[Finding]:
    """Keys and the secret are for this user alone."""
    open_to_others = [
        path.name
        for path in (Path(settings.DATA_DIR) / "secret-key", *Path(settings.KEY_DIR).rglob("*"))
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_to_others:
        yield Finding(
            Level.BAD,
            _("Andere Konten dieses Rechners können Schlüssel lesen: %(names)s") % {"names": ", ".join(sorted(open_to_others))},
            _("Nehmen Sie ihnen die Rechte: chmod -R go= auf den Ordner der Schlüssel."),
        )
    else:
        yield Finding(Level.OK, _("Schlüssel und Geheimnis sind nur für dieses Konto lesbar."))
    if not os.access(settings.DATA_DIR, os.W_OK):
        yield Finding(
            Level.BAD, _("In den Datenordner kann nicht geschrieben werden."), _("Geben Sie dem Konto des Dienstes das Recht dazu.")
        )


def worker(at: datetime) -> Iterator[Finding]:
    lease = Lease.objects.filter(name="worker").first()
    late = OutboxRow._unscoped.filter(state=OutboxRow.State.WAITING, due_at__lt=at).exists()
    parked = OutboxRow._unscoped.filter(state=OutboxRow.State.PARKED).count()
    if lease and lease.until >= at:
        yield Finding(Level.OK, _("Der Arbeitsprozess läuft."))
    elif late:
        yield Finding(
            Level.BAD, _("Es wartet Arbeit, aber kein Arbeitsprozess läuft."), _("Starten Sie „allmende serve“ oder „allmende work“.")
        )
    else:
        yield Finding(
            Level.WARN, _("Der Arbeitsprozess läuft nicht."), _("Ohne ihn wird nichts veröffentlicht: „allmende serve“ startet ihn.")
        )
    if parked:
        yield Finding(
            Level.BAD,
            ngettext("%(n)d Vorgang ist nach zehn Fehlern angehalten.", "%(n)d Vorgänge sind nach zehn Fehlern angehalten.", parked)
            % {"n": parked},
            ngettext(
                "Beheben Sie die Ursache und setzen Sie ihn auf der Betriebsseite fort.",
                "Beheben Sie die Ursache und setzen Sie sie auf der Betriebsseite fort.",
                parked,
            ),
        )


for _name, _check in (("database", database), ("disk", disk), ("secrets", secrets), ("worker", worker)):
    register(_name, _check)
