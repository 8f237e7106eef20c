"""Public holidays at the place where somebody has to act: the Land's, and what a municipality has of its own.

The days come from the library `holidays`, whose releases now and then correct past years. Whoever stores a computed date
therefore stores the holidays that moved it, too (see computation.Result).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

FIRST_YEAR = 1991
"""Before that year the library knows no holidays of Germany."""


class Land(StrEnum):
    """The sixteen Länder by their usual two letters (ISO 3166-2:DE without the prefix)."""

    BADEN_WUERTTEMBERG = "BW"
    BAYERN = "BY"
    BERLIN = "BE"
    BRANDENBURG = "BB"
    BREMEN = "HB"
    HAMBURG = "HH"
    HESSEN = "HE"
    MECKLENBURG_VORPOMMERN = "MV"
    NIEDERSACHSEN = "NI"
    NORDRHEIN_WESTFALEN = "NW"
    RHEINLAND_PFALZ = "RP"
    SAARLAND = "SL"
    SACHSEN = "SN"
    SACHSEN_ANHALT = "ST"
    SCHLESWIG_HOLSTEIN = "SH"
    THUERINGEN = "TH"

    @classmethod
    def of_regional_key(cls, ars: str) -> Land:
        """The Land of an Amtlicher Regionalschlüssel or of its first two digits. Raises ValueError for other numbers."""
        try:
            return _BY_NUMBER[ars[:2]]
        except KeyError:
            raise ValueError(f"ars={ars!r}: expected a key that begins with the number of a Land, 01 to 16") from None


_BY_NUMBER: dict[str, Land] = {
    f"{number:02d}": Land(letters)
    for number, letters in enumerate(("SH", "HH", "NI", "HB", "NW", "HE", "RP", "BW", "BY", "SL", "BE", "BB", "MV", "SN", "ST", "TH"), 1)
}


class LocalHoliday(StrEnum):
    """A public holiday in some municipalities of a Land only."""

    ASSUMPTION = "assumption"
    """Mariä Himmelfahrt, 15 August: Bayern, in municipalities with mostly Catholic residents (Art. 1 (1) no. 2, (3) FTG)."""
    CORPUS_CHRISTI = "corpus_christi"
    """Fronleichnam: Sachsen and Thüringen, in the municipalities that an ordinance of the Land names."""
    AUGSBURG_PEACE = "augsburg_peace"
    """Friedensfest, 8 August: Augsburg (Art. 1 (2) FTG). There the Assumption is a holiday, too."""


_WHERE: dict[LocalHoliday, frozenset[Land]] = {
    LocalHoliday.ASSUMPTION: frozenset({Land.BAYERN}),
    LocalHoliday.CORPUS_CHRISTI: frozenset({Land.SACHSEN, Land.THUERINGEN}),
    LocalHoliday.AUGSBURG_PEACE: frozenset({Land.BAYERN}),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an act is due. `extra`: days that the Land or a law made holidays and the library does not know yet, with their names.

    Raises ValueError for a local holiday that the Land does not have.
    """

    land: Land
    local: frozenset[LocalHoliday] = frozenset()
    extra: Mapping[date, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for holiday in self.local:
            if self.land not in _WHERE[holiday]:
                raise ValueError(f"{holiday.value} is no holiday in {self.land.value}")

    def holiday(self, day: date) -> str | None:
        """German name of the public holiday, None for any other day. Raises ValueError before 1991."""
        if day.year < FIRST_YEAR:
            raise ValueError(f"{day}: holidays are known from {FIRST_YEAR} on")
        return self.extra.get(day) or _holidays(self.land, self.local, day.year).get(day)

    def is_rest_day(self, day: date) -> bool:
        """Saturday, Sunday or public holiday: the days § 193 BGB names."""
        return day.weekday() >= 5 or self.holiday(day) is not None


@cache
def _holidays(land: Land, local: frozenset[LocalHoliday], year: int) -> Mapping[date, str]:
    import holidays as library  # half a second at first; most processes never count a holiday

    catholic = local & {LocalHoliday.ASSUMPTION, LocalHoliday.CORPUS_CHRISTI}
    found = library.country_holidays(
        "DE",
        subdiv="Augsburg" if LocalHoliday.AUGSBURG_PEACE in local else land.value,
        years=year,
        expand=False,
        language="de",
        categories=("public", "catholic") if catholic and LocalHoliday.AUGSBURG_PEACE not in local else ("public",),
    )
    return dict(found.items())
