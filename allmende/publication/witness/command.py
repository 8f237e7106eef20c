"""`allmende log witness …`: the same as the pages under /verwaltung/zeugen/, for the operator at the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.utils import translation

from allmende.core.errors import DomainError
from allmende.core.models import Body
from allmende.publication.clock import system
from allmende.publication.models import Witness
from allmende.publication.witness import asking, selectors, services
from allmende.publication.witness.errors import NotCosigned


def add_arguments(parser: ArgumentParser) -> None:
    """The four acts under `allmende log witness`."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="{list,add,know,ask}", parser_class=ArgumentParser)
    acts.add_parser("list", help="whom the log asks, whom it cosigns, and what to hand to another operator")
    add = acts.add_parser("add", help="ask this witness from now on")
    add.add_argument("--url", required=True, help="its address, e.g. https://rathaus.wiesenmark.example/witness/wiesenmark")
    know = acts.add_parser("know", help="cosign this log from now on")
    for one, whose in ((add, "witness"), (know, "log")):
        one.add_argument("--vkey", required=True, help=f"key of the {whose}")
        one.add_argument("--operator", required=True, help="who runs it, as it will be shown, e.g. 'Stadt Wiesenmark'")
    acts.add_parser("ask", help="ask every witness now, without waiting for the worker")
    for one in acts.choices.values():
        one.add_argument("--body", metavar="NAME", help="name in the address, e.g. quellstedt; may be left out if there is only one")


def handle(out: OutputWrapper, *, act: str, body: str | None, **options: Any) -> None:
    """Raises CommandError with one sentence."""
    town, at = _body(body), system()
    with translation.override("de"):
        try:
            if act == "add":
                url, vkey, operator = options["url"], options["vkey"], options["operator"]
                _ask(out, services.add_witness(town, url=url, vkey=vkey, operator=operator, by=None, at=at))
            elif act == "know":
                known = services.know_log(town, vkey=options["vkey"], operator=options["operator"], by=None, at=at)
                out.write(f"{town.slug} now cosigns {known.origin}")
            elif act == "ask":
                for witness in Witness.objects.for_body(town).filter(is_active=True).select_related("body"):
                    _ask(out, witness)
            else:
                _list(out, town)
        except DomainError as error:
            raise CommandError(str(error)) from error


def _body(name: str | None) -> Body:
    found = list(Body.objects.filter(slug=name) if name else Body.objects.all()[:2])
    if len(found) != 1:
        raise CommandError(f"There is no body {name!r}." if name else "Say which body: --body NAME")
    return found[0]


def _ask(out: OutputWrapper, witness: Witness) -> None:
    try:
        asking.probe(witness, clock=system)
    except NotCosigned as refused:
        out.write(f"{witness.operator}: {refused.message}")
    else:
        out.write(f"{witness.operator}: cosigned")


def _list(out: OutputWrapper, town: Body) -> None:
    handed = selectors.handed(town)
    if handed is None:
        raise CommandError("This body has no log yet.")
    out.write("To hand to the other operator:")
    for label, value in (("log", handed.vkey), ("witness", handed.witness_vkey), ("address", handed.url), ("operator", handed.operator)):
        out.write(f"  {label:<9} {value or '(set ALLMENDE_OPERATOR)'}")
    out.write("Asked:")
    for row in selectors.asked(town):
        state = "stopped" if not row.witness.is_active else row.witness.last_error or f"{row.behind} entries not yet cosigned"
        out.write(f"  {row.witness.operator}  {row.witness.url}  {state}")
    out.write("Cosigned here:")
    for log in selectors.known(town):
        out.write(f"  {log.operator}  {log.origin}  {log.size}{'' if log.is_active else '  stopped'}")
