"""A job that one process does at a time, held by a row: whoever moves it holds the job."""

from datetime import datetime, timedelta

from allmende.core.models import Lease

LENGTH = timedelta(seconds=30)


def take(name: str, holder: str, *, at: datetime) -> bool:
    """Take or renew the lease. False while another holder has it. Safe with several processes."""
    until = at + LENGTH
    if Lease.objects.filter(name=name, holder=holder).update(until=until):
        return True
    if Lease.objects.filter(name=name, until__lt=at).update(holder=holder, until=until):
        return True
    return Lease.objects.get_or_create(name=name, defaults={"holder": holder, "until": until})[0].holder == holder


def is_held(name: str, *, at: datetime) -> bool:
    """Whether somebody does the job at the moment. 1 query."""
    return Lease.objects.filter(name=name, until__gte=at).exists()


def give_back(name: str, holder: str) -> None:
    """Let the next process take the job at once."""
    Lease.objects.filter(name=name, holder=holder).delete()
