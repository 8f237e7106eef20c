import os
import sys
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from allmende.config import demo, serve
from allmende.config.env import port
from allmende.core.commands import SentenceCommand
from allmende.core.models import Body


def static_is_stale() -> bool:
    """True if a static file is newer than the collected ones."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS] + [Path(app.path) / "static" for app in apps.get_app_configs()]
    collected = manifest.stat().st_mtime
    return any(file.stat().st_mtime > collected for folder in folders for file in folder.rglob("*"))


class Command(SentenceCommand):
    help = (
        "Bring database and static files up to date, fill an empty installation with the demo (ALLMENDE_DEMO=0: leave it empty), "
        "then serve web pages and do the work behind them until SIGTERM or Ctrl-C.\n\nExample: PORT=8080 allmende serve --workers 2"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1; a proxy stands in front)")
        parser.add_argument("--port", type=port, default=settings.PORT, help=f"default {settings.PORT}, from PORT")
        parser.add_argument("--workers", type=int, default=max(1, min(os.cpu_count() or 1, 8)), help="web processes (default: one a core)")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        try:
            serve.free_or_raise(host, port)
        except serve.PortTaken as error:
            raise CommandError(str(error)) from error
        self.say("Database …")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if static_is_stale():
            self.say("Static files …")
            call_command("collectstatic", verbosity=0, interactive=False)
        if settings.DEMO and not Body.objects.exists():
            self.say("Demo …")
            call_command("demo", verbosity=0)
        elif not Body.objects.exists():
            call_command("setup", "--show-code")
        sys.exit(serve.run(host, port, workers, self.say, self.announce))

    def announce(self) -> None:
        self.say(f"\nAllmende answers at {settings.BASE_URL}\nStop with Ctrl-C.")
        if settings.DEMO and demo.load().people:  # not in an installation with towns of its own
            call_command("demo", "logins")
