"""Styles and numbering: what a paragraph is by its style, and the number that Word counts for it."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

from allmende.lib.extraction.docx.names import child, is_on, number, tag, value

_HEADING: Final = re.compile(r"(?:heading|überschrift)\s*([1-9])", re.IGNORECASE)
_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_LOW: Final = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MAX_CHAIN: Final = 20  # styles based on one another
_BODY_TEXT: Final = 9  # outline level of what is no heading


@dataclass(slots=True)
class Style:
    name: str = ""
    level: int = 0  # heading, from 1
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    centred: bool = False
    numbering: tuple[str, int] | None = None


class Styles:
    """What is stated by styles, each with what it is based on."""

    def __init__(self, root: Any) -> None:
        self._elements = {value(one, "styleId") or "": one for one in (root if root is not None else ()) if tag(one) == "w:style"}
        self._known: dict[str, Style] = {}
        self.default = next(
            (value(one, "styleId") or "" for one in self._elements.values() if value(one, "type") == "paragraph" and is_default(one)), ""
        )

    def of(self, style_id: str | None) -> Style:
        key = style_id or ""
        if key not in self._known:
            self._known[key] = self._read(key)
        return self._known[key]

    def _read(self, key: str) -> Style:
        chain: list[Any] = []
        while key in self._elements and len(chain) < _MAX_CHAIN and self._elements[key] not in chain:
            chain.append(self._elements[key])
            key = value(child(chain[-1], "basedOn")) or ""
        style = Style()
        for element in reversed(chain):
            style.name = value(child(element, "name")) or style.name
            properties, run = child(element, "pPr"), child(element, "rPr")
            outline = value(child(properties, "outlineLvl"))
            if outline is not None:
                style.level = 0 if number(outline, _BODY_TEXT) >= _BODY_TEXT else number(outline) + 1
            if (alignment := child(properties, "jc")) is not None:
                style.centred = value(alignment) == "center"
            if (numbered := child(properties, "numPr")) is not None:
                before = style.numbering or ("", 0)
                level = child(numbered, "ilvl")
                style.numbering = (value(child(numbered, "numId")) or before[0], before[1] if level is None else number(value(level)))
            for name, attribute in (("b", "bold"), ("i", "italic"), ("vanish", "hidden")):
                if (switch := child(run, name)) is not None:
                    setattr(style, attribute, is_on(switch))
        if not style.level and (found := _HEADING.fullmatch(style.name.strip())):
            style.level = int(found[1])
        return style


def is_default(style: Any) -> bool:
    return value(style, "default") in ("1", "true", "on")


@dataclass(slots=True)
class _Level:
    kind: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False  # all numbers in Arabic figures


@dataclass(slots=True)
class _Series:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)  # of this series alone


class Numbering:
    """Counts as Word does: ECMA-376 part 1, section 17.9."""

    def __init__(self, root: Any) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._series: dict[str, _Series] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        for one in root if root is not None else ():
            if tag(one) == "w:abstractNum":
                self._abstract[value(one, "abstractNumId") or ""] = {
                    number(value(level, "ilvl")): _level(level) for level in one if tag(level) == "w:lvl"
                }
        for one in root if root is not None else ():
            if tag(one) == "w:num":
                abstract = value(child(one, "abstractNumId")) or ""
                series = _Series(abstract, dict(self._abstract.get(abstract, {})))
                for override in one:
                    if tag(override) == "w:lvlOverride":
                        at = number(value(override, "ilvl"))
                        if (level := child(override, "lvl")) is not None:
                            series.levels[at] = _level(level)
                        if (start := child(override, "startOverride")) is not None:
                            series.starts[at] = number(value(start), 1)
                self._series[value(one, "numId") or ""] = series

    def next(self, series_id: str, at: int) -> str | None:
        """The number or bullet of the next paragraph at level `at` (from 0). None: it has none."""
        series = self._series.get(series_id)
        level = series.levels.get(at) if series else None
        if series is None or level is None or level.kind == "none":
            return None
        counts = self._counts[series.abstract]
        if (series_id, at) not in self._begun and at in series.starts:
            counts[at] = series.starts[at] - 1
        self._begun.add((series_id, at))
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [other for other in counts if other > at]:
            del counts[deeper]
        if level.kind == "bullet":
            return "•"

        def shown(found: re.Match[str]) -> str:
            other = int(found[1]) - 1
            stated = series.levels.get(other, level)
            count = counts.setdefault(other, stated.start) if other < at else counts[at]
            return counted(count, "decimal" if level.legal else stated.kind)

        return re.sub(r"%([1-9])", shown, level.text).strip() or None


def _level(element: Any) -> _Level:
    return _Level(
        kind=value(child(element, "numFmt")) or "decimal",
        text=(value(child(element, "lvlText")) or "")[:100],
        start=number(value(child(element, "start")), 1),
        legal=is_on(child(element, "isLgl")),
    )


def counted(count: int, kind: str) -> str:
    """1, 01, a, A, iv, IV. What else Word knows is shown in figures."""
    count = max(count, 0)
    match kind:
        case "lowerLetter" | "upperLetter" if count:
            letters = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 5)
            return letters if kind == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman" if 0 < count < 4000:
            text = ""
            for size, sign in (*_ROMAN, *_ROMAN_LOW):
                text += sign * (count // size)
                count %= size
            return text if kind == "lowerRoman" else text.upper()
        case "decimalZero":
            return f"{count:02d}"
        case _:
            return str(count)
