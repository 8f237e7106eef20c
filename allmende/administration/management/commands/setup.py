"""`allmende setup`: the first body and its administrator, by questions or by options."""

import getpass
import sys
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone, translation

from allmende.administration import setup_code
from allmende.administration.readiness import missing_to_publish
from allmende.administration.services.first_run import FirstBody, is_set_up, set_up_installation
from allmende.core import addresses
from allmende.core.commands import SentenceCommand
from allmende.core.errors import DomainError
from allmende.core.models import Body, Person

# option, question, example
QUESTIONS = (
    ("name", "Amtlicher Name", "Stadt Quellstedt"),
    ("short_name", "Kurzer Name", "Quellstedt"),
    ("slug", "Name in der Adresse", "quellstedt"),
    ("kind", f"Art ({', '.join(Body.Kind.values)})", "municipality"),
    ("ars", "Regionalschlüssel, 12 Ziffern (nur ein Zweckverband hat keinen)", "150990010001"),
    ("admin_name", "Name der Administratorin oder des Administrators", "Maria Beispiel"),
    ("admin_email", "E-Mail-Adresse", "maria.beispiel@quellstedt.example"),
)


class Command(SentenceCommand):
    help = (
        "Make the first body and its administrator, who also sees the operator's page. Asks for what no option gives. "
        "--show-code only prints the code for the page /einrichten/.\n\n"
        "Example: allmende setup --name 'Stadt Quellstedt' --short-name Quellstedt --slug quellstedt --kind municipality "
        "--ars 150990010001 --admin-name 'Maria Beispiel' --admin-email maria@quellstedt.example --password-file password.txt"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name, question, example in QUESTIONS:
            parser.add_argument(f"--{name.replace('_', '-')}", help=f"{question}, e.g. {example}")
        parser.add_argument("--password-file", type=Path, help="file with the administrator's password (else it is asked for)")
        parser.add_argument("--show-code", action="store_true", help="print the code for setting up in the browser, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("de"):
            if is_set_up():
                raise CommandError("Die Plattform ist schon eingerichtet. Weitere Personen laden Sie unter Verwaltung, Personen ein.")
            if options["show_code"]:
                self.stdout.write(f"Einrichtungscode für die Seite /einrichten/: {setup_code.current()}")
                return
            self._set_up(
                {
                    name: options[name] if options[name] is not None else self._ask(question, example)
                    for name, question, example in QUESTIONS
                },
                options,
            )

    def _ask(self, question: str, example: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"Es fehlt: {question}. Geben Sie es als Option an (allmende setup --help).")
        return input(f"{question}, zum Beispiel {example}: ").strip()

    def _password(self, file: Path | None) -> str:
        if file:
            try:
                return file.read_text(encoding="utf-8").strip()
            except OSError as error:
                raise CommandError(f"{file} lässt sich nicht lesen: {error.strerror}. Nennen Sie eine lesbare Datei.") from error
        if not sys.stdin.isatty():
            raise CommandError("Es fehlt das Kennwort. Nennen Sie eine Datei: --password-file DATEI")
        first = getpass.getpass("Kennwort, mindestens 12 Zeichen: ")
        if first != getpass.getpass("Kennwort noch einmal: "):
            raise CommandError("Die beiden Kennwörter sind verschieden. Beginnen Sie noch einmal.")
        return first

    def _set_up(self, given: dict[str, str], options: dict[str, Any]) -> None:
        if given["kind"] not in Body.Kind.values:
            raise CommandError(f"Die Art „{given['kind']}“ gibt es nicht. Schreiben Sie eine von: {', '.join(Body.Kind.values)}.")
        password = self._password(options["password_file"])
        first = FirstBody(
            name=given["name"],
            short_name=given["short_name"],
            slug=given["slug"],
            kind=Body.Kind(given["kind"]),
            ars=given["ars"].replace(" ", ""),
        )
        try:
            validate_password(password, Person(name=given["admin_name"], email=given["admin_email"]))
            body, person = set_up_installation(
                first, administrator=given["admin_name"], email=given["admin_email"], password=password, at=timezone.now()
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{body.name} ist eingerichtet, {person.name} kann sich anmelden.")
        self.stdout.write("\nBevor Sie veröffentlichen können, fehlt noch:")
        for one in missing_to_publish(body, at=timezone.now()):
            self.stdout.write(f"  - {one.title}. {one.text}")
        self.stdout.write(f"Das alles beginnt unter {addresses.root(body)}{reverse('administration:overview')}")
