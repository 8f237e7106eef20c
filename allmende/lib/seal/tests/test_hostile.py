"""Files from strangers that are made to eat memory and time: each gets its verdict, and the process that asked stays small."""

from __future__ import annotations

import resource
from collections.abc import Callable
from time import monotonic

import pytest

from allmende.lib.limited import Limits
from allmende.lib.seal import SealedPdf, SealProblem, examine_alone, examine_limited
from allmende.lib.seal.pdf import find_seal
from allmende.lib.seal.tests import hostile

from .conftest import Office

LIMITS = Limits(memory=512 * 1024 * 1024, cpu=3, wall=10.0)


@pytest.mark.parametrize(
    "make",
    [
        lambda: hostile.lzw_bomb(150),
        pytest.param(lambda: hostile.flate_bomb(3000), marks=pytest.mark.slow),
        lambda: hostile.layered_bomb(3),
        lambda: hostile.deep_nesting(200_000),
        hostile.huge_xref,
    ],
    ids=["lzw", "flate", "layers", "nesting", "xref"],
)
def test_a_hostile_file_is_refused_in_time(make: Callable[[], bytes]) -> None:
    pdf = make()
    begin, before = monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    report = examine_limited(pdf, limits=LIMITS)

    assert report.problems in ((SealProblem.NOT_EXAMINED,), (SealProblem.NO_SEAL,))
    assert monotonic() - begin < LIMITS.wall + 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB


@pytest.mark.parametrize(
    ("limits", "causes"),
    # "failed": the memory ended while a library was being loaded
    [(Limits(memory=32 * 1024 * 1024), {"memory", "failed"}), (Limits(wall=0.05), {"time"})],
    ids=["memory", "time"],
)
def test_a_file_that_needs_more_than_there_is_could_not_be_examined(sealed: SealedPdf, limits: Limits, causes: set[str]) -> None:
    report = examine_limited(sealed.pdf, limits=limits)

    assert (report.problems, report.holds) == ((SealProblem.NOT_EXAMINED,), False)
    assert report.details[0] in causes
    assert "mehr Speicher oder Zeit" in report.problems[0].text("de")


def test_a_sealed_file_alone_says_who_sealed_it_and_when(sealed: SealedPdf, office: Office) -> None:
    report = examine_limited(sealed.pdf)

    assert report == examine_alone(sealed.pdf)
    assert (report.problems, report.organisation, report.stamped_at) == ((), "Stadt Quellstedt", sealed.stamped_at)
    assert report.token == sealed.token


def test_a_sealed_file_alone_cannot_be_changed_unnoticed(sealed: SealedPdf) -> None:
    """Of what is sealed; the certificates that travel with the seal are compared in the bundle."""
    place = find_seal(sealed.pdf)
    for position in [*range(0, place.begin, 997), *range(place.end, len(sealed.pdf), 97)]:
        changed = bytearray(sealed.pdf)
        changed[position] ^= 1
        assert not examine_alone(bytes(changed)).holds, position
    assert examine_alone(sealed.pdf + b"\n").problems == (SealProblem.NOT_WHOLE,)


def test_a_file_without_a_seal_says_so(notice: bytes) -> None:
    assert examine_alone(notice).problems == (SealProblem.NO_SEAL,)
