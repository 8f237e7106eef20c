"""The one command line: `allmende`. Each part is a management command with help and an example.

`verify` runs before Django is set up: it needs neither database nor configuration, only the file.
"""

import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "serve": "Set up what is missing, then serve web pages and do the work behind them",
    "work": "Do the work behind the pages (publishing, mail) in a process of its own",
    "setup": "Make the first body and its administrator",
    "demo": "Fill an empty installation with the demo; `demo codes` shows the second factors",
    "verify": "Check a downloaded proof offline: allmende verify 17.zip --vkey …",
    "log": "Show the log of a body, or replay it whole: log info, log check",
    "keys": "Show the keys and seals of a body",
    "check": "Check configuration, keys, clock, disk and the heads of the logs",
}
# What may make the data folder; to the others one that is not there is a mistyped name.
MAKE_FOLDER = {"serve", "setup", "demo"}
# What the scripts of the repository call; not part of the promise above.
FOR_SCRIPTS = {"migrate", "makemigrations", "collectstatic", "createcachetable", "shell", "test"}


def overview() -> str:
    width = max(map(len, COMMANDS))
    rows = "\n".join(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items())
    return f"Usage: allmende COMMAND [OPTION …]\n\n{rows}\n\nMore about one of them, with an example: allmende COMMAND --help\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point. Errors are one sentence on standard error and a status that is not zero."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        sys.stdout.write(overview())
        return
    name, *rest = arguments
    if name == "verify":
        from allmende.lib.proof.command import main as verify

        sys.exit(verify(rest))
    if name not in COMMANDS and name not in FOR_SCRIPTS:
        sys.stderr.write(f"There is no command {name!r}.\n\n{overview()}")
        sys.exit(2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allmende.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from allmende.config.env import data_dir

    try:
        folder = data_dir()
        if name in COMMANDS and name not in MAKE_FOLDER and not {"-h", "--help"} & set(rest) and not folder.is_dir():
            raise ImproperlyConfigured(f"There is no data folder {folder}. Check ALLMENDE_DATA; `allmende serve` makes a new one.")
        execute_from_command_line(["allmende", *arguments])
        sys.stdout.flush()
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read has seen enough (`| head`). What is still in the buffer goes nowhere, or Python would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)  # as a shell names a process that ended by SIGPIPE


if __name__ == "__main__":
    main()
