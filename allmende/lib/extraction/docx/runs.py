"""The text of one paragraph: runs with their marks, fields, links, notes, and what cannot come along."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from allmende.lib.extraction.docx.names import child, is_on, tag, value
from allmende.lib.extraction.docx.styles import Style, Styles
from allmende.lib.richtext import Break, Inline, Run, clean_text, clean_url
from allmende.lib.richtext.inlines import LOWERED, RAISED

_LEFT_OUT: Final = "[Hier fehlt {what}]"  # the check list of a notice finds it (lib.richtext.checks)
_HYPERLINK: Final = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"')
_SYMBOLS: Final = {0x2D: "-", 0xA7: "•", 0xB0: "°", 0xB1: "±", 0xB7: "•", 0xD7: "×", 0xE0: "→", 0xA3: "≤", 0xB3: "≥"}  # of the font Symbol
_BOX: Final = "txbxContent"


@dataclass(slots=True)
class Found:
    """What one paragraph holds. `beside`: elements of text boxes that are anchored in it; `notes`: ids of foot- and endnotes."""

    content: list[Inline] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)  # notes for what is left out and stands alone
    beside: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    link: str | None = None
    in_result: bool = False
    instruction: str = ""


class Runs:
    """Reads paragraphs of one document, in their order. `counts` grows with what is found: codes of `messages`."""

    def __init__(self, styles: Styles, links: Mapping[str, str], counts: Counter[str], note: Callable[[str, str], str]) -> None:
        self.styles, self.links, self.counts, self.note = styles, links, counts, note
        self.fields: list[_Field] = []  # open ones: a field may run over several paragraphs
        self._was_hidden = self._was_struck = False

    def read(self, paragraph: Any, style: Style) -> Found:
        found = Found()
        self._was_hidden = self._was_struck = False
        self._inside(paragraph, style, found, None)
        return found

    def _inside(self, element: Any, style: Style, found: Found, link: str | None) -> None:
        for one in element:
            match tag(one):
                case "w:r":
                    self._run(one, style, found, link)
                case "w:del" | "w:moveFrom":
                    self.counts["deleted"] += any(tag(part) in ("w:delText", "w:t") for part in one.iter())
                case "w:ins" | "w:moveTo":
                    self.counts["inserted"] += any(tag(part) == "w:t" for part in one.iter())
                    self._inside(one, style, found, link)
                case "w:hyperlink":
                    target = self.links.get(value(one, "id") or "")
                    self._inside(one, style, found, clean_url(target) if target else link)
                case "w:sdt":
                    if (content := child(one, "sdtContent")) is not None:
                        self._inside(content, style, found, link)
                case "w:fldSimple" | "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo":
                    self._inside(one, style, found, link)
                case "m:oMath" | "m:oMathPara":
                    self._left_out(found, "formulas", "eine Formel")
                case _:
                    pass

    # One run

    def _run(self, run: Any, style: Style, found: Found, link: str | None) -> None:
        properties = child(run, "rPr")
        own = self.styles.of(value(child(properties, "rStyle"))) if child(properties, "rStyle") is not None else Style()
        if self._switch(properties, "vanish", own.hidden or style.hidden) or is_on(child(properties, "webHidden")):
            self.counts["hidden"] += not self._was_hidden and any(tag(part) == "w:t" for part in run)
            self._was_hidden = True
            self._fields_only(run)
            return
        self._was_hidden = False
        struck = is_on(child(properties, "strike")) or is_on(child(properties, "dstrike"))
        self.counts["struck"] += struck and not self._was_struck
        self._was_struck = struck
        bold = self._switch(properties, "b", own.bold or style.bold)
        italic = self._switch(properties, "i", own.italic or style.italic)
        script = value(child(properties, "vertAlign"))
        self._parts(run, found, lambda text: Run(_scripted(text, script), bold, italic, self._link(link)))

    def _switch(self, properties: Any, name: str, inherited: bool) -> bool:
        element = child(properties, name)
        return inherited if element is None else is_on(element)

    def _parts(self, run: Any, found: Found, made: Callable[[str], Run]) -> None:
        for part in run:
            match tag(part):
                case "w:t" if not self._in_instruction:
                    self._text(part.text or "", found, made)
                case "w:tab" | "w:ptab":
                    found.content.append(made("\t"))
                case "w:br" if value(part, "type") in (None, "textWrapping"):
                    found.content.append(Break())
                case "w:br" | "w:cr":
                    found.content.append(Break())
                case "w:noBreakHyphen":
                    found.content.append(made("-"))
                case "w:sym":
                    self._symbol(
                        int(value(part, "char") or "0", 16) if _is_hex(value(part, "char")) else 0, value(part, "font"), found, made
                    )
                case "w:fldChar" | "w:instrText":
                    self._field(part)
                case "w:footnoteReference" | "w:endnoteReference":
                    found.content.append(made(self.note(tag(part), value(part, "id") or "").translate(RAISED)))
                case "w:commentReference":
                    self.counts["comments"] += 1
                case "w:drawing" | "w:pict" | "w:object":
                    self._drawing(part, found)
                case "mc:AlternateContent":
                    self._alternative(part, found)
                case _:
                    pass

    def _fields_only(self, run: Any) -> None:
        for part in run:
            if tag(part) in ("w:fldChar", "w:instrText"):
                self._field(part)

    def _text(self, text: str, found: Found, made: Callable[[str], Run]) -> None:
        """Text; characters of symbol typefaces lie in the private use area."""
        for index, piece in enumerate(re.split("([\uf020-\uf0ff])", text)):
            if index % 2:
                self._symbol(ord(piece), None, found, made)
            elif piece:
                found.content.append(made(piece))

    def _symbol(self, code: int, font: str | None, found: Found, made: Callable[[str], Run]) -> None:
        if font in (None, "Symbol") and (known := _SYMBOLS.get(code & 0xFF)):
            found.content.append(made(known))
            return
        self.counts["symbols"] += 1
        found.content.append(made(_LEFT_OUT.format(what="ein Zeichen")))

    # Fields

    @property
    def _in_instruction(self) -> bool:
        return any(not one.in_result for one in self.fields)

    def _link(self, link: str | None) -> str | None:
        return link or next((one.link for one in reversed(self.fields) if one.link), None)

    def _field(self, part: Any) -> None:
        if tag(part) == "w:instrText":
            if self.fields:
                self.fields[-1].instruction = (self.fields[-1].instruction + (part.text or ""))[:4000]
            return
        match value(part, "fldCharType"):
            case "begin" if len(self.fields) < 20:
                self.fields.append(_Field())
            case "separate" if self.fields:
                self.fields[-1].in_result = True
                if address := _HYPERLINK.match(self.fields[-1].instruction):
                    self.fields[-1].link = clean_url(address[1])
            case "end" if self.fields:
                self.fields.pop()

    # What is no text

    def _alternative(self, element: Any, found: Found) -> None:
        ways = [one for one in element if tag(one) == "mc:Choice"] or [one for one in element if tag(one) == "mc:Fallback"]
        for part in ways[0] if ways else ():
            self._drawing(part, found)

    def _drawing(self, element: Any, found: Found) -> None:
        boxes = [one for one in element.iter() if tag(one) == f"w:{_BOX}"]
        if boxes:
            self.counts["text_boxes"] += len(boxes)
            found.beside.extend(boxes)
            return
        inner = {tag(one) for one in element.iter()}
        about = next((one for one in element.iter() if tag(one) == "wp:docPr"), None)
        if tag(element) == "w:object" or inner & {"?:chart", "?:relIds", "?:chartSpace"}:
            self._left_out(found, "embedded", "ein eingebetteter Inhalt")
        elif inner & {"pic:pic", "v:imagedata", "a:blip"} and not _decorative(element):
            described = clean_text(re.sub(r"[\[\]]", " ", about.get("descr", "") if about is not None else ""))[:150]
            self.counts["pictures_undescribed"] += not described
            self._left_out(found, "pictures", f"ein Bild: {described}" if described else "ein Bild", alone=True)

    def _left_out(self, found: Found, code: str, what: str, *, alone: bool = False) -> None:
        self.counts[code] += 1
        note = _LEFT_OUT.format(what=what)
        if alone:
            found.pictures.append(note)
        else:
            found.content.append(Run(note))


def _scripted(text: str, script: str | None) -> str:
    if script == "superscript":
        return text.translate(RAISED)
    return text.translate(LOWERED) if script == "subscript" else text


def _decorative(element: Any) -> bool:
    return any(str(one.tag).endswith("}decorative") and one.get("val") in ("1", "true") for one in element.iter())


def _is_hex(text: str | None) -> bool:
    return bool(text and re.fullmatch(r"[0-9a-fA-F]{1,6}", text))
