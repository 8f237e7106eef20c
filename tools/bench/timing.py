"""Processor time of this process, sample by sample, so that two things measured in turn share the mood of the machine."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Samples:
    """Seconds of processor time and of wall time, one pair per run."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def run(self, act: Callable[[], object]) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        act()
        self.cpu.append(time.process_time() - cpu)
        self.wall.append(time.perf_counter() - wall)

    @property
    def cpu_ms(self) -> float:
        return median(self.cpu) * 1000

    @property
    def wall_ms(self) -> float:
        return median(self.wall) * 1000

    def worst_ms(self) -> float:
        """The 99th percentile of processor time."""
        return sorted(self.cpu)[max(0, round(len(self.cpu) * 0.99) - 1)] * 1000


def row(name: str, samples: Samples, note: str = "") -> str:
    return f"  {name:<46}{samples.cpu_ms:9.3f} ms cpu{samples.wall_ms:10.3f} ms wall   {note}".rstrip()


def verdict(what: str, value: float, goal: str, holds: bool) -> str:
    """One line that can be read alone; the goal is named beside the figure, met or missed."""
    return f"  {'met   ' if holds else 'MISSED'}  {what}: {value:.3g} (goal {goal})"
