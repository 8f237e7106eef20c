"""Reading HTML: from the editor, or pasted from Word, LibreOffice, Outlook or a web page."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from uuid import UUID

import nh3

from allmende.lib.richtext.inlines import LOWERED, RAISED, Break, Inline, Run, clean_text, clean_url, text_of
from allmende.lib.richtext.limits import MAX_HTML_DEPTH, MAX_LIST_DEPTH, MAX_SOURCE, RichTextTooLarge
from allmende.lib.richtext.model import Block, Cell, Document, Figure, Heading, Item, List, Paragraph, Table
from allmende.lib.richtext.word import WordItem, gather, marker_of

ImageId = Callable[[str], str | None]

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MARKS = {"a", "b", "strong", "i", "em", "cite", "dfn", "var", "span", "font", "sup", "sub", "ins", "u", "code", "small", "mark"}
_BLOCKS = {
    *("p", "div", "blockquote", "pre", "section", "article", "aside", "header", "footer", "main", "nav", "address", "center"),
    *("dl", "dt", "dd", "details", "summary", "fieldset", "legend", "form", "hr"),
}
_STRUCTURE = {"ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "figure", "figcaption", "img", "br"}
_ATTRIBUTES = {
    "*": {"style", "class", "hidden"},
    "a": {"href"},
    "img": {"src", "alt", "data-image", "role"},
    "ol": {"start", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_CLEANER = nh3.Cleaner(
    tags=_MARKS | _BLOCKS | _STRUCTURE | set(_HEADINGS),
    clean_content_tags={
        "script",
        "style",
        "title",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "select",
        "textarea",
        "del",
        "head",
    },
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel", "image"},
    link_rel=None,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})")
_CLOSE_THEMSELVES = {
    *("p", "li", "td", "th", "tr", "dt", "dd", "tbody", "thead", "tfoot", "colgroup", "option", "area", "base", "br", "col", "embed"),
    *("hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"),
}
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*comment-list", re.IGNORECASE)
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.IGNORECASE)
_SLANT = re.compile(r"(?<![\w-])font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_WORD_LIST = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d+)", re.IGNORECASE)
_WORD_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)


def image_id(src: str) -> str | None:
    """Return the id in the address of an own image ('image:ID', '/…/ID', '/…/ID.png'), None for every other address."""
    match = re.fullmatch(r"(?:image:|/(?!/)(?:[^?#]*/)?)([0-9a-fA-F-]{36})(?:\.[a-z]{3,4})?/?(?:[?#].*)?", src.strip())
    return match[1] if match else None


def from_html(html: str, *, image_id: ImageId = image_id) -> Document:
    """Read any HTML; what the model does not know is dropped or becomes plain text, lists faked by Word become lists.

    Where a level 1 heading occurs, all headings go one level down. `image_id` finds the id of an own image in its address
    when `data-image` is missing; other images are dropped.

    Raises RichTextTooLarge and nothing else.
    """
    if len(html) > MAX_SOURCE:
        raise RichTextTooLarge("source", MAX_SOURCE)
    html = re.sub("[\x00\ud800-\udfff]", "", html)
    _check_depth(html)
    html = re.sub(r"<!\[[^\]>]*\]>", "", html)  # Word's <![if !supportLists]> outside a comment
    builder = _Builder(image_id)
    builder.feed(_CLEANER.clean(html))
    builder.close()
    return Document(tuple(builder.document()))


def _check_depth(html: str) -> None:
    """The parser needs time that grows with the square of the depth, so what is absurdly deep is not parsed at all."""
    depth = 0
    outside = "".join(part if not index else part.partition("-->")[2] for index, part in enumerate(html.split("<!--")))
    for closing, name in _TAG.findall(outside):
        if name.lower() not in _CLOSE_THEMSELVES:
            depth = max(depth - 1, 0) if closing else depth + 1
            if depth > MAX_HTML_DEPTH:
                raise RichTextTooLarge("depth", MAX_HTML_DEPTH)


@dataclass(slots=True)
class _Box:
    """An open element that collects blocks or text."""

    kind: str  # body, list, item, table, row, cell, caption, figure, figcaption, heading
    blocks: list[Block | WordItem] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)
    items: list[list[Block]] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    caption: list[Inline] = field(default_factory=list)
    figure: Figure | None = None
    header: bool = False
    colspan: int = 1
    rowspan: int = 1
    level: int = 2
    ordered: bool = False
    letters: bool = False
    start: int = 1
    word_level: int = 0  # > 0: the paragraph being read is an item of a list faked by Word
    word_mark: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What holds for the text being read."""

    bold: bool = False
    italic: bool = False
    link: str | None = None
    script: str = ""  # sup or sub
    hidden: bool = False
    mark: bool = False  # inside the marker of a list faked by Word
    pre: bool = False


_PARAGRAPHS = {"body", "item", "list"}  # text in them is a paragraph (in a list: an item)
_LINES = {"cell", "caption", "figure", "figcaption", "heading"}  # hold lines of text: a block inside is a new line


class _Builder(HTMLParser):
    def __init__(self, image_id: ImageId) -> None:
        super().__init__(convert_charrefs=True)
        self.image_id = image_id
        self.boxes = [_Box("body")]
        self.state = _State()
        self.open: list[tuple[str, _State, bool]] = []  # tag, state to come back to, whether it opened a box
        self.top_heading = False

    def document(self) -> list[Block]:
        while len(self.boxes) > 1:
            self._close_box()
        self._end_paragraph()
        blocks = gather(self.boxes[0].blocks)
        if not self.top_heading:
            return blocks
        return [Heading(block.level + 1, block.content) if isinstance(block, Heading) else block for block in blocks]

    # Events

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._line_break()
        elif tag == "hr":
            self._block_edge()
        elif tag == "img":
            self._image(attributes)
        else:
            before = self.state
            self.state = self._state(tag, attributes)
            opened = not self.state.hidden and self._open_box(tag, attributes)
            self.open.append((tag, before, opened))

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _, _ in self.open[-1:]):
            return
        _, before, opened = self.open.pop()
        if opened:
            self._close_box()
        elif not self.state.hidden and tag not in _MARKS:
            self._block_edge()
        self.state = before

    def handle_data(self, data: str) -> None:
        if self.state.hidden:
            return
        box = self._text_box(bool(data.strip()))
        if box is None:
            return
        if self.state.mark:
            box.word_mark += data
            return
        if self.state.script:
            data = data.translate(RAISED if self.state.script == "sup" else LOWERED)
        for index, line in enumerate(data.split("\n") if self.state.pre else [data]):
            if index:
                box.inlines.append(Break())
            box.inlines.append(Run(line, self.state.bold, self.state.italic, self.state.link))

    # State

    def _state(self, tag: str, attributes: dict[str, str]) -> _State:
        state, style = self.state, attributes.get("style", "")
        bold, italic, script = state.bold, state.italic, state.script
        if tag in ("b", "strong"):
            bold = True
        elif tag in ("i", "em", "cite", "dfn", "var"):
            italic = True
        elif tag in ("sup", "sub"):
            script = tag
        if weight := _WEIGHT.search(style):
            bold = weight[1].lower() in ("bold", "bolder") or weight[1][0] in "6789"
        if slant := _SLANT.search(style):
            italic = slant[1].lower() != "normal"
        link = clean_url(attributes.get("href", "")) if tag == "a" else state.link
        css = attributes.get("class", "")
        hidden = state.hidden or "hidden" in attributes or bool(_HIDDEN.search(style)) or "MsoCommentReference" in css
        return _State(bold, italic, link, script, hidden, state.mark or bool(_WORD_MARK.search(style)), state.pre or tag == "pre")

    # Boxes

    def _open_box(self, tag: str, attributes: dict[str, str]) -> bool:
        """Open a box for the element. False: it is transparent."""
        top = self.boxes[-1]
        if tag in _MARKS:
            return False
        if tag == "p" and (found := _WORD_LIST.search(attributes.get("style", ""))) and top.kind in ("body", "item"):
            self._end_paragraph()
            top.word_level = min(max(int(found[1][:3]), 1), MAX_LIST_DEPTH)
            return False
        if tag in ("ul", "ol") and top.kind in ("body", "item", "list"):
            return self._open_list(tag, attributes)
        if tag == "li" and top.kind == "list":
            self._end_paragraph()
            return self._push(_Box("item"))
        if top.kind in ("body", "item"):
            if tag in _HEADINGS:
                self._end_paragraph()
                self.top_heading = self.top_heading or tag == "h1"
                return self._push(_Box("heading", level=_HEADINGS[tag]))
            if tag in ("table", "figure"):
                self._end_paragraph()
                return self._push(_Box(tag))
        if (top.kind, tag) in (("table", "tr"), ("table", "caption"), ("figure", "figcaption")):
            return self._push(_Box("row" if tag == "tr" else tag))
        if top.kind == "row" and tag in ("td", "th"):
            spans = [int(value[:4]) if (value := attributes.get(name, "")).isdecimal() else 1 for name in ("colspan", "rowspan")]
            return self._push(_Box("cell", header=tag == "th", colspan=spans[0], rowspan=spans[1]))
        self._block_edge()
        if tag == "li" and top.kind in _LINES:
            self._text("– ")
        return False

    def _open_list(self, tag: str, attributes: dict[str, str]) -> bool:
        if sum(box.kind == "list" for box in self.boxes) >= MAX_LIST_DEPTH:
            raise RichTextTooLarge("list_depth", MAX_LIST_DEPTH)
        self._end_paragraph()
        start = attributes.get("start", "").strip()
        letters = attributes.get("type") in ("a", "A") or bool(re.search(r"(lower|upper)-(alpha|latin)", attributes.get("style", "")))
        return self._push(
            _Box("list", ordered=tag == "ol", letters=letters and tag == "ol", start=int(start[:5]) if start.isdecimal() else 1)
        )

    def _push(self, box: _Box) -> bool:
        self.boxes.append(box)
        return True

    def _close_box(self) -> None:
        self._end_paragraph()
        box = self.boxes.pop()
        top = self.boxes[-1]
        match box.kind:
            case "heading":
                top.blocks.append(Heading(box.level, tuple(box.inlines)))
            case "item":
                top.items.append(gather(box.blocks))
            case "list":
                self._end_list(box, top)
            case "caption" | "figcaption":
                top.caption.extend([*([Break()] if top.caption else []), *box.inlines])
            case "cell":
                top.cells.append(Cell(tuple(box.inlines), box.header, box.colspan, box.rowspan))
            case "row":
                top.rows.append(tuple(box.cells))
            case "table":
                top.blocks.append(Table(tuple(box.rows), tuple(box.caption)))
            case "figure":
                caption = (*box.caption, Break(), *box.inlines)
                top.blocks.append(replace(box.figure, caption=caption) if box.figure else Paragraph(caption))

    def _end_list(self, box: _Box, top: _Box) -> None:
        blocks = _lists(box)
        if top.kind == "list":  # <ul><ul>: the inner list belongs to the item above
            if top.items:
                top.items[-1].extend(blocks)
            else:
                top.items.append(blocks)
        else:
            top.blocks.extend(blocks)

    # Text

    def _text_box(self, text: bool) -> _Box | None:
        """Where text goes now. A table and a row have no place for text: it goes before them, blank text nowhere."""
        top = self.boxes[-1]
        if top.kind in _PARAGRAPHS or top.kind in _LINES:
            return top
        return next(box for box in reversed(self.boxes) if box.kind in _PARAGRAPHS) if text else None

    def _text(self, text: str) -> None:
        self.boxes[-1].inlines.append(Run(text))

    def _line_break(self) -> None:
        box = self.boxes[-1]
        if self.state.hidden:
            return
        if box.kind in _PARAGRAPHS and _ends_with_break(box.inlines):
            self._end_paragraph()  # two breaks are a paragraph
        elif box.kind in _PARAGRAPHS or box.kind in _LINES:
            box.inlines.append(Break())

    def _block_edge(self) -> None:
        box = self.boxes[-1]
        if box.kind in _LINES:
            box.inlines.append(Break())
        else:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        box = self.boxes[-1]
        if box.kind not in _PARAGRAPHS:
            return
        blank = text_of(box.inlines).isspace() or not box.inlines
        if blank:
            pass
        elif box.kind == "list":
            box.items.append([Paragraph(tuple(box.inlines))])
        elif box.word_level:
            marker, inlines = marker_of(box.word_mark, box.inlines)
            box.blocks.append(WordItem(box.word_level, marker, tuple(inlines)))
        else:
            box.blocks.append(Paragraph(tuple(box.inlines)))
        box.inlines, box.word_level, box.word_mark = [], 0, ""

    def _image(self, attributes: dict[str, str]) -> None:
        box = self.boxes[-1]
        name = attributes.get("data-image") or self.image_id(attributes.get("src", ""))
        if self.state.hidden or not name or box.kind not in ("body", "item", "figure"):
            return
        try:
            image = str(UUID(name))
        except ValueError:
            return
        figure = Figure(image, attributes.get("alt", ""), decorative=attributes.get("role") in ("presentation", "none"))
        if box.kind == "figure":
            box.figure = box.figure or figure
        else:
            self._end_paragraph()
            box.blocks.append(figure)


def _ends_with_break(inlines: Sequence[Inline]) -> bool:
    for inline in reversed(inlines):
        if isinstance(inline, Break):
            return True
        if clean_text(inline.text):
            return False
    return False


def _lists(box: _Box) -> list[Block]:
    """The list, cut where an item holds a table, a figure or a heading: they stand between its parts, the numbering goes on."""
    result: list[Block] = []
    items: list[Item] = []
    start = box.start
    for count, blocks in enumerate(box.items):
        inside: list[Paragraph | List] = []
        outside = False
        for block in blocks:
            if outside:
                result.append(block)
            elif isinstance(block, Paragraph | List):
                inside.append(block)
            else:
                outside = True
                result.extend([List((*items, Item(tuple(inside))), box.ordered, start, box.letters), block])
                items, start = [], box.start + count + 1
        if not outside:
            items.append(Item(tuple(inside)))
    return [*result, List(tuple(items), box.ordered, start, box.letters)]
