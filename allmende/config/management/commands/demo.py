import socket
from os import getpid
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone, translation
from tqdm import tqdm

from allmende.accounts.demo import current_code
from allmende.config import demo
from allmende.core import lease
from allmende.core.commands import SentenceCommand
from allmende.core.models import Body

LEASE = "demo"


class Command(SentenceCommand):
    help = (
        "Fill an empty installation with the demo: the invented town Quellstedt, its association and its neighbour, with three years of "
        "notices. 'demo logins' shows who can log in, 'demo codes' the second factors of this moment.\n\nExample: allmende demo codes"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", nargs="?", choices=["fill", "logins", "codes"], default="fill")

    def handle(self, *args: Any, what: str, verbosity: int, **options: Any) -> None:
        if what == "fill":
            self.fill()
            if verbosity:
                self.show(codes=False)
        else:
            self.show(codes=what == "codes")

    def fill(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        holder = f"{socket.gethostname()}:{getpid()}"
        if not lease.take(LEASE, holder, at=timezone.now()):
            raise CommandError("Another process is making the demo at the moment. Wait until it is done.")
        try:
            # Asked only now: who had the lease before may just have filled it.
            if Body.objects.exists():
                raise CommandError(
                    "This installation is not empty, so the demo is not put into it. Choose an empty folder: ALLMENDE_DATA=…"
                )
            self._make(holder)
        finally:
            lease.give_back(LEASE, holder)

    def _make(self, holder: str) -> None:
        with (
            translation.override("de"),
            tqdm(total=len(demo.steps()), unit="step", ncols=80, bar_format="{desc}: {bar} {n_fmt}/{total_fmt}") as bar,
        ):

            def told(title: str) -> None:
                bar.update()
                lease.take(LEASE, holder, at=timezone.now())

            bar.set_description_str("Demo")
            world = demo.build()
            demo.tell(world, told)

    def show(self, *, codes: bool) -> None:
        """Who can log in, and with `codes` what their second factor shows now."""
        people = demo.load().people
        if not people:
            raise CommandError("The demo is not in this installation. Start with an empty data folder and ALLMENDE_DEMO=1.")
        if not codes:
            self.stdout.write(f"\nLog-ins of the demo, all with the password {demo.PASSWORD}")
        now = timezone.now()
        for somebody in demo.PEOPLE:
            if somebody.login not in people:
                continue
            code = current_code(people[somebody.login], at=now)
            if codes and code:
                self.stdout.write(f"  {somebody.email:<34}{code}")
            elif not codes:
                self.stdout.write(f"  {somebody.email:<34}{somebody.task}{' (second factor: allmende demo codes)' if code else ''}")
