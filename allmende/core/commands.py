"""What the commands of `allmende` have in common: what stops one is a sentence, nothing else."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class SentenceCommand(BaseCommand):
    """A command that, typed by a person, says what stopped it without the name of the exception. With --traceback as Django does."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            if not self._called_from_command_line or options.get("traceback"):  # type: ignore[attr-defined]
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)
