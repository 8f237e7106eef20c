from typing import Any

from django.core import checks
from django.core.management.base import CommandError
from django.utils import timezone, translation

from allmende.core import health
from allmende.core.commands import SentenceCommand
from allmende.core.health import Level

MARKS = {Level.OK: "ok  ", Level.WARN: "warn", Level.BAD: "BAD "}


class Command(SentenceCommand):
    help = (
        "Check configuration, database, disk, keys, seals, clock and the heads of the logs. Reads only. "
        "Exit status 1 if something is broken.\n\nExample: allmende check"
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for message in checks.run_checks():
            if message.is_silenced():
                continue
            broken += message.is_serious()
            self.stdout.write(f"{MARKS[Level.BAD if message.is_serious() else Level.WARN]}  {message}")
        with translation.override("de"):
            for finding in health.run(timezone.now()):
                broken += finding.level is Level.BAD
                self.stdout.write(f"{MARKS[finding.level]}  {finding.what}")
                if finding.advice:
                    self.stdout.write(f"      → {finding.advice}")
        if broken:
            raise CommandError(
                f"{broken} Befunde verlangen, dass jemand etwas tut." if broken > 1 else "Ein Befund verlangt, dass jemand etwas tut."
            )
