"""script/bench [publish] [log] [pages]: all of them without a name. Each runs in an installation of its own that is thrown away."""

import os
import subprocess
import sys
import tempfile

NAMES = ("log", "publish", "pages")


def alone(name: str) -> int:
    """Run one measurement in a process and a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="allmende-bench-") as folder:
        environment = os.environ | {"ALLMENDE_DATA": folder, "DJANGO_SETTINGS_MODULE": "allmende.config.settings"}
        environment.pop("DATABASE_URL", None)
        return subprocess.run([sys.executable, "-m", "tools.bench", "--here", name], env=environment, check=False).returncode


def here(name: str) -> None:
    if name == "log":
        from tools.bench.log import main
    else:
        import django

        django.setup()
        if name == "publish":
            from tools.bench.publish import main
        else:
            from tools.bench.pages import main
    main()


def run(arguments: list[str]) -> int:
    if arguments[:1] == ["--here"]:
        here(arguments[1])
        return 0
    unknown = [name for name in arguments if name not in NAMES]
    if unknown:
        sys.stderr.write(f"There is no measurement {unknown[0]!r}. There are: {', '.join(NAMES)}\n")
        return 2
    print(
        f"Processor: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}. Ratios count; single times depend on the machine.\n", flush=True
    )
    status = 0
    for name in arguments or NAMES:
        status |= alone(name)
        print(flush=True)
    return status


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
