import logging
import signal
import socket
import sys
import threading
from contextlib import suppress
from os import getpid
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

from allmende.core import housekeeping, lease, outbox
from allmende.core.commands import SentenceCommand

PAUSE = 0.5  # seconds between two looks at an empty outbox
PATIENCE = 5  # seconds between two looks at a database that does not answer
log = logging.getLogger("allmende.work")


class Command(SentenceCommand):
    help = (
        "Do the work behind the pages: publish what was approved, send mail, tidy up. One process at a time holds the job; "
        "a second one waits and takes over. Stop it whenever you like, nothing is lost.\n\nExample: allmende work --once"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is due")

    def handle(self, *args: Any, once: bool, verbosity: int, **options: Any) -> None:
        for start in settings.AT_START_OF_WORK:
            import_string(start)()
        if once:
            tried = outbox.work(timezone.now())
            housekeeping.do_all(timezone.now())
            if verbosity:
                self.stdout.write(f"{tried} rows tried")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        holder = f"{socket.gethostname()}:{getpid()}"
        rounds = housekeeping.Rounds()
        try:
            while not stop.is_set():
                close_old_connections()
                try:
                    # Renewed before each row and each chore: either takes less than the length of the lease.
                    mine = lease.take("worker", holder, at=timezone.now())
                    busy = mine and (outbox.work_one(timezone.now()) or rounds.step(timezone.now()))
                except (OperationalError, InterfaceError):
                    # The database is restarting, or away: wait for it, as the web processes do.
                    log.exception("database_away next try in %d s", PATIENCE)
                    stop.wait(PATIENCE)
                else:
                    if not busy:
                        stop.wait(PAUSE)
        except Exception:
            log.critical("worker_stopped", exc_info=True)
            sys.exit(1)
        finally:
            with suppress(DatabaseError):  # the lease ends by itself
                lease.give_back("worker", holder)
