import argparse
import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from allmende.core.commands import SentenceCommand
from allmende.core.models import Body
from allmende.publication import keys
from allmende.publication.errors import KeyMissing
from allmende.publication.models import Log, SealKey


class Command(SentenceCommand):
    help = (
        "Show the keys of a body: log, witness, seals with level and validity. Shows public halves only.\n\n"
        "Example:\n"
        "  allmende keys --body quellstedt"
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--body", metavar="NAME", help="only this body, by its name in the address, e.g. quellstedt")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, body: str | None, **options: Any) -> None:
        bodies = Body.objects.filter(slug=body) if body else Body.objects.order_by("slug")
        if not bodies:
            raise CommandError(
                f"There is no body {body!r}. Leave out --body to see all." if body else "There is no body yet: allmende setup"
            )
        rows = [row for one in bodies for row in self._rows(one)]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            for row in rows:
                self.stdout.write(f"{row['body']:<16}{row['what']:<9}{row['state']:<9}{row['detail']}")
        missing = [row for row in rows if row["state"] == "missing"]
        if missing:
            raise CommandError("A key file is missing or another one. Restore the key folder from the backup.")

    def _rows(self, body: Body) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = []
        log = Log.objects.for_body(body).select_related("body").first()
        if log:
            for what, vkey, read in (("log", log.vkey, keys.log_key), ("witness", log.witness_vkey, keys.witness_key)):
                try:
                    read(log)
                    state = "there"
                except KeyMissing:
                    state = "missing"
                rows.append({"body": body.slug, "what": what, "state": state, "detail": vkey})
        for seal in SealKey.objects.for_body(body).order_by("-created_at"):
            detail = f"{seal.label}, {seal.level}, valid until {seal.valid_until:%Y-%m-%d}, time stamps by {seal.authority_url}"
            rows.append({"body": body.slug, "what": "seal", "state": seal.state, "detail": detail})
        return rows
