"""The texts of the demo, as they lie in texts/: a head of names and values, `---`, and the typed wording.

Names with a capital are about the notice itself, those in small letters are fields of its kind; a name without a value is followed by
a list, a line for each entry. The name of a text is its place: 'haushalt/quellstedt-2026'.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from allmende.core.models import Body, District, Office
from allmende.lib import richtext
from allmende.notices import kinds
from allmende.notices.services import Draft

TEXTS: Final = Path(__file__).parent / "texts"
DRAFTS: Final = "entwuerfe"
EXPLANATIONS: Final = "erklaerungen"
BERLIN: Final = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Told:
    """One text: where and when, by whom written and approved, its fields and its wording."""

    name: str
    head: dict[str, str]
    lists: dict[str, list[str]]
    wording: str

    @property
    def at(self) -> datetime:
        return moment(self.head["At"])

    @property
    def kind(self) -> kinds.Kind:
        return kinds.get(self.head.get("Kind", kinds.GENERAL.code))

    @property
    def details(self) -> dict[str, Any]:
        """As they are stored."""
        stored = {}
        for field in self.kind.fields:
            if field.name in self.lists:
                stored[field.name] = field.write(tuple(self.lists[field.name]))
            elif (text := self.head.get(field.name)) is not None:
                stored[field.name] = _stored(field, text)
        return stored

    def values(self, body: Body) -> Draft:
        names = [name.strip() for name in self.head.get("Districts", "").split(",") if name.strip()]
        districts = District.objects.for_body(body).filter(name__in=names).order_by("pk").values_list("pk", flat=True)
        return Draft(
            title=self.head["Title"],
            title_en=self.head.get("English", ""),
            kind=self.kind.code,
            office=Office.objects.for_body(body).get(name=self.head["Office"]).pk,
            districts=tuple(districts),
            summary=self.head.get("Summary", ""),
            content=richtext.to_data(richtext.from_plain(self.wording)),
            details=self.details,
        )


def _stored(field: kinds.Field, text: str) -> Any:
    if isinstance(field, kinds.Tick):
        return True
    return field.write(moment(text)) if isinstance(field, kinds.Moment) else text


def moment(text: str) -> datetime:
    """2026-01-12 10:25, in the legal time of Germany."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BERLIN)


@cache
def read(name: str) -> Told:
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    head: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    top, _, wording = text.partition("---\n")
    for line in top.splitlines():
        if line.startswith("- "):
            lists[list(lists)[-1]].append(line.removeprefix("- "))
        elif line.endswith(":"):
            lists[line.removesuffix(":")] = []
        else:
            key, _, value = line.partition(": ")
            head[key] = value
    return Told(name, head, lists, wording)


def published() -> Iterator[Told]:
    """Texts that become public, in the order of their names."""
    for path in sorted(TEXTS.glob("*/*.txt")):
        if path.parent.name not in (DRAFTS, EXPLANATIONS):
            yield read(f"{path.parent.name}/{path.stem}")


def drafts() -> Iterator[Told]:
    """Texts that stay drafts."""
    yield from _of(DRAFTS)


def explanations() -> Iterator[Told]:
    """Texts that explain a notice."""
    yield from _of(EXPLANATIONS)


def _of(folder: str) -> Iterator[Told]:
    for path in sorted((TEXTS / folder).glob("*.txt")):
        yield read(f"{folder}/{path.stem}")
