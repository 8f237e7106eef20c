"""One installation as processes of its own, for tests that need two; its settings come from the environment.

    python -m tests.installation ACT …

serve PORT        answer on 127.0.0.1 until standard input is closed; prints the port when it listens (0: any free one)
set_up NAME       database, one town with its people, log and seal; prints what it hands to the other operator
publish TITLE     write, submit and approve a notice through the services, then do as the worker does
work              what the worker does, until nothing is due
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing to say in tests."""


def serve(port: str) -> None:
    import threading

    server = WSGIServer(("127.0.0.1", int(port)), Quiet)
    os.environ |= {"PORT": str(server.server_port), "ALLMENDE_URL": f"http://127.0.0.1:{server.server_port}"}
    from allmende.config.wsgi import application

    server.set_app(application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.shutdown()
    server.server_close()


def set_up(name: str) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from allmende.core.models import Body, Membership, Office, Person
    from allmende.publication.seals import set_up_demo_seal
    from allmende.publication.setup import set_up_log
    from allmende.publication.witness.selectors import handed

    call_command("migrate", verbosity=0, interactive=False)
    at = timezone.now()
    body = Body.objects.create(
        slug=name, name=f"Stadt {name.title()}", short_name=name.title(), kind="municipality", ars="150990010001", is_default=True
    )
    Office.objects.create(body=body, name="Ordnungsamt")
    for who, role in (("Erika", Membership.Role.EDITOR), ("Anna", Membership.Role.APPROVER)):
        person = Person.objects.create_user(email=f"{who.lower()}@{name}.example", name=who)
        Membership.objects.create(person=person, body=body, role=role)
    set_up_log(body, origin=f"log.{name}.example/amtlich", at=at, by=None)
    set_up_demo_seal(body, at=at, by=None)
    found = handed(body)
    assert found is not None
    sys.stdout.write(json.dumps({"log": found.vkey, "witness": found.witness_vkey}))


def work() -> None:
    """Publishing, asking and renewing each cause the next, so the worker looks three times."""
    from django.core.management import call_command

    for _ in range(3):
        call_command("work", once=True, verbosity=0)


def publish(title: str) -> None:
    from django.utils import timezone

    from allmende.core.models import Body, Office, Person
    from allmende.lib import richtext
    from allmende.notices import services
    from allmende.notices.services import Draft

    body, at = Body.objects.get(), timezone.now()
    erika, anna = (Person.objects.get(name=name) for name in ("Erika", "Anna"))
    content = richtext.to_data(richtext.from_plain("Die Gehwege sind werktags von 7 bis 20 Uhr zu räumen."))
    values = Draft(title=title, office=Office.objects.for_body(body).get().pk, content=content)
    notice = services.draft(body=body, values=values, by=erika, at=at)
    services.submit(notice.pk, body=body, version=notice.version, by=erika, at=at)
    services.approve(notice.pk, body=body, version=notice.version, by=anna, at=at)
    work()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allmende.config.settings")
    act, *arguments = sys.argv[1:]
    if act != "serve":
        import django

        django.setup()
    acts: dict[str, Callable[..., None]] = {"serve": serve, "set_up": set_up, "publish": publish, "work": work}
    acts[act](*arguments)
