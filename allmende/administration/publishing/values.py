"""How a body publishes from a day on, as plain values: asked by the calendar, kept with every notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from allmende.lib.legalcalendar.days import OpeningDays
from allmende.lib.legalcalendar.kinds import Form
from allmende.lib.legalcalendar.places import Land, LocalHoliday, Place

FORMS = tuple(form for form in Form if form is not Form.OTHER)
WORKING_WEEK = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """What local law fixes about publication, and what a notice says with it.

    `form`: the form that counts. `further`: others that local law prescribes as well; a publication is complete with the last.
    `law`, `section`: where that stands, e.g. 'Hauptsatzung', '§ 22 Abs. 1'. `address`: the internet address named there.
    `start_page`: the page on which the area for notices has to be recognised. `inspection`: where by-laws can be inspected and copied.
    `copies`: postal address and cost of print-outs. `holidays`: public holidays of this municipality only.
    `opening`: days of the week with service, 0 Monday to 6 Sunday. `valid_from`: first day of publication for which it holds.
    """

    form: Form
    law: str
    section: str
    valid_from: date
    further: tuple[Form, ...] = ()
    address: str = ""
    start_page: str = ""
    inspection: str = ""
    copies: str = ""
    holidays: tuple[LocalHoliday, ...] = ()
    opening: tuple[int, ...] = WORKING_WEEK

    @property
    def basis(self) -> str:
        """'§ 22 Abs. 1 Hauptsatzung'."""
        return f"{self.section} {self.law}"

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every prescribed form, the one that counts first."""
        return (self.form, *self.further)

    @property
    def days_with_service(self) -> OpeningDays:
        return OpeningDays(frozenset(self.opening))

    def place(self, land: Land) -> Place:
        """Where an act would be due. Raises ValueError for a holiday that the Land does not have."""
        return Place(land, frozenset(self.holidays))

    def as_json(self) -> dict[str, Any]:
        return {
            "form": self.form.value,
            "further": [form.value for form in self.further],
            "law": self.law,
            "section": self.section,
            "address": self.address,
            "start_page": self.start_page,
            "inspection": self.inspection,
            "copies": self.copies,
            "holidays": [holiday.value for holiday in self.holidays],
            "opening": list(self.opening),
            "valid_from": self.valid_from.isoformat(),
        }

    @classmethod
    def of_json(cls, raw: dict[str, Any]) -> Publishing:
        """What as_json wrote. Raises KeyError or ValueError for anything else."""
        return cls(
            form=Form(raw["form"]),
            further=tuple(map(Form, raw["further"])),
            law=raw["law"],
            section=raw["section"],
            address=raw["address"],
            start_page=raw["start_page"],
            inspection=raw["inspection"],
            copies=raw["copies"],
            holidays=tuple(map(LocalHoliday, raw["holidays"])),
            opening=tuple(raw["opening"]),
            valid_from=date.fromisoformat(raw["valid_from"]),
        )


def in_force(known: list[Publishing], on: date) -> Publishing | None:
    """The one that holds on a day: of those that have begun the latest, and of two that begin on one day the one entered last.

    `known` in the order in which they were entered.
    """
    begun = [item for item in enumerate(known) if item[1].valid_from <= on]
    return max(begun, key=lambda item: (item[1].valid_from, item[0]))[1] if begun else None
