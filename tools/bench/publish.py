"""One notice from approved to public, against the parts that nothing can avoid: render, seal with time stamp, hash and sign."""

from datetime import timedelta
from uuid import UUID

from allmende.config.demo.world import Demo
from allmende.lib import tlog
from allmende.publication import clock, keys, log, sealing
from allmende.publication.models import Log, LogEntry, Publication, State
from allmende.publication.worker import advance
from tools.bench import world
from tools.bench.timing import Samples, row, verdict

RUNS = 15
MANY = 100_000


def publish(demo: Demo, notice: UUID) -> None:
    body = world.body_of(demo)
    now = clock.from_(world.START)
    while advance(notice, body=body, clock=now) is not State.PUBLIC:
        pass


def parts(demo: Demo, notice: UUID, samples: dict[str, Samples]) -> None:
    """The unavoidable, measured alone on another notice of the same size: nothing that publishing then finds ready."""
    body = world.body_of(demo)
    now = clock.from_(world.START)
    publication = Publication.objects.for_body(body).select_related("record__body", "body").get(pk=notice)
    key = sealing.usable_key(body, at=world.START)
    day = (world.START + timedelta(days=1)).date()
    samples["render page and PDF"].run(lambda: sealing.render(publication, day))
    both = Samples()
    both.run(lambda: sealing.make(publication, day, key, now))
    # Rendering the same page twice is remembered by the typesetter, so this is the seal with its time stamp.
    samples["seal with time stamp"].cpu.append(both.cpu[0])
    samples["seal with time stamp"].wall.append(both.wall[0])
    newest, signer = log.last_checkpoint(body), keys.log_key(keys.log_of(body))
    size = newest.size if newest else 0

    def hash_and_sign() -> None:
        grown = tlog.extend(log.reader(body), size, [b"x" * 200])
        tlog.sign_checkpoint(tlog.Checkpoint("quellstedt.example/log", grown.size, grown.root), signer)

    samples["extend the log and sign"].run(hash_and_sign)


def fill(demo: Demo) -> None:
    """Entries as of a hundred thousand publications, without their artefacts."""
    body = world.body_of(demo)
    size = Log.objects.for_body(body).get().size
    rows = []
    for index in range(size, MANY):
        entry = b'{"n":%d}' % index
        rows.append(LogEntry(body=body, index=index, entry=entry, leaf_hash=tlog.leaf_hash(entry), at=world.START))
    LogEntry._unscoped.bulk_create(rows, batch_size=5000)
    Log.objects.for_body(body).update(size=MANY)
    log.integrate(body, at=world.START)


def measured(demo: Demo, first: int) -> tuple[Samples, dict[str, Samples]]:
    whole = Samples()
    alone = {name: Samples() for name in ("render page and PDF", "seal with time stamp", "extend the log and sign")}
    for n in range(first, first + RUNS):
        mine, other = world.approved(demo, 2 * n), world.approved(demo, 2 * n + 1)
        parts(demo, other, alone)
        whole.run(lambda mine=mine: publish(demo, mine))  # type: ignore[misc]
    return whole, alone


def main() -> None:
    demo = world.build()
    publish(demo, world.approved(demo, 0))  # loads libraries, keys and fonts
    whole, alone = measured(demo, 1)
    print(f"Publish one notice, median of {RUNS}, short log")
    print(row("approved → public", whole))
    for name, samples in alone.items():
        print(row(f"  of it, alone: {name}", samples))
    least = sum(samples.cpu_ms for samples in alone.values())
    print(f"  ratio to the sum of the parts (cpu)            {whole.cpu_ms / least:.2f}")
    fill(demo)
    later, _ = measured(demo, 1 + RUNS)
    print(row(f"approved → public at {MANY:,} entries", later, f"ratio {later.cpu_ms / whole.cpu_ms:.2f}"))
    print(verdict("publish one notice, ms at the median (wall)", whole.wall_ms, "< 400", whole.wall_ms < 400))
    print(verdict("against the sum of its parts (cpu)", whole.cpu_ms / least, "< 2", whole.cpu_ms / least < 2))
    growth = later.cpu_ms / whole.cpu_ms
    print(verdict(f"growth to {MANY:,} entries", growth, "< 1.15", growth < 1.15))
