import argparse
import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from allmende.core.commands import SentenceCommand
from allmende.core.models import Body
from allmende.lib.tlog import EMPTY_ROOT
from allmende.publication import installation
from allmende.publication.check import problems
from allmende.publication.models import Checkpoint, Cosignature, Log
from allmende.publication.witness import command as witnesses


class Command(SentenceCommand):
    help = (
        "Show the log of a body, or check it anew: every entry, tile, checkpoint, document, seal and bundle, from rows and from files.\n\n"
        "Examples:\n"
        "  allmende log info --json --body quellstedt\n"
        "  allmende log check\n"
        "  allmende log witness list --body quellstedt"
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        commands = parser.add_subparsers(dest="command", required=True, metavar="{info,check,witness}")
        info = commands.add_parser("info", help="origin, size, root, key of the log, witnesses")
        info.add_argument("--json", action="store_true", help="for programs")
        check = commands.add_parser("check", help="replay everything; exit status 1 if anything differs")
        check.add_argument("--quick", action="store_true", help="do not open every bundle and seal")
        for one in (info, check):
            one.add_argument("--body", metavar="NAME", help="only this body, by its name in the address, e.g. quellstedt")

        witnesses.add_arguments(commands.add_parser("witness", help="whom the log asks to cosign it, whom it cosigns"))

    def handle(self, *args: Any, command: str, body: str | None, **options: Any) -> None:
        if command == "witness":
            witnesses.handle(self.stdout, body=body, **options)
            return
        logs = installation.logs()
        logs = logs.filter(body__slug=body) if body else logs
        if body and not Body.objects.filter(slug=body).exists():
            raise CommandError(f"There is no body {body!r}. Leave out --body to see all.")
        if not logs:
            raise CommandError("There is no log yet. Set up a body first: allmende setup")
        if command == "info":
            self._info(list(logs), as_json=options["json"], one=body is not None)
        else:
            self._check(list(logs), thorough=not options["quick"], verbosity=options["verbosity"])

    def _info(self, logs: list[Log], *, as_json: bool, one: bool) -> None:
        facts = [self._facts(log) for log in logs]
        if as_json:
            self.stdout.write(json.dumps(facts[0] if one or len(facts) == 1 else facts, ensure_ascii=False, indent=2))
            return
        for fact in facts:
            for name, value in fact.items():
                shown = ", ".join(w["operator"] for w in fact["witnesses"]) or "none" if name == "witnesses" else value
                self.stdout.write(f"{name + ':':<14}{shown}")
            self.stdout.write("")

    def _facts(self, log: Log) -> dict[str, Any]:
        """Size and root are those of the newest checkpoint: what everyone can verify."""
        newest = Checkpoint.objects.for_body(log.body).order_by("-size").first()
        witnesses = Cosignature.objects.for_body(log.body).filter(checkpoint=newest).order_by("operator") if newest else []
        return {
            "body": log.body.slug,
            "origin": log.origin,
            "size": newest.size if newest else 0,
            "root": (bytes(newest.root) if newest else EMPTY_ROOT).hex(),
            "vkey": log.vkey,
            "witness_vkey": log.witness_vkey,
            "checkpoint_at": newest.at.isoformat() if newest else None,
            "waiting": log.size - (newest.size if newest else 0),
            "witnesses": [{"operator": w.operator, "vkey": w.vkey, "at": w.at.isoformat()} for w in witnesses],
        }

    def _check(self, logs: list[Log], *, thorough: bool, verbosity: int) -> None:
        bad: list[str] = []
        for log in logs:
            with tqdm(desc=log.body.slug, disable=None if verbosity else True, unit="") as bar:

                def show(what: str, done: int, total: int, bar: Any = bar) -> None:
                    bar.set_postfix_str(what, refresh=False)
                    bar.total, bar.n = total, done
                    bar.refresh()

                bad += [f"{log.body.slug}: {problem}" for problem in problems(log.body, thorough=thorough, progress=show)]
        if bad:
            raise CommandError("\n".join([f'{len(bad)} problems. See docs/guide-operators/README.md, "The log is damaged".', *bad]))
        if verbosity:
            self.stdout.write(self.style.SUCCESS("1 log intact" if len(logs) == 1 else f"{len(logs)} logs intact"))
