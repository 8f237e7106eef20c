"""Documents of every shape for property tests."""

from hypothesis import strategies as st

from allmende.lib.richtext import Block, Break, Cell, Document, Figure, Heading, Inline, Item, List, Paragraph, Run, Table

# Words that have broken readers before: signs of the notation, German typography, look-alikes of list items and dates.
AWKWARD = [
    *("*", "**", "***", "\\", "|", "#", "##", "-", "–", "•", "1.", "1)", "a)", "aa)", "24. September", "1. Mai", "[", "]", "(", ")"),
    *("](https://a.example)", "[x](https://a.example)", "<br>", "<b>", "</i>", "&amp;", "&", "<", ">", '"', "{2x1}", "=", "|---|", "---"),
    *("![", "!(", "Tabelle: x", "Bürger*innen", "§\u00a05", "10\u00a0%", "„Zitat“", "Łódź", "Straße", "#panic()", "$x$", "@ref", "~", "`"),
    *(
        "Donaudampfschifffahrtsgesellschaftskapitän",
        "e\u0301",
        "\u0301",
        "\u00ad",
        "\u200b",
        "\u202e",
        "\u2028",
        "\t",
        "\n",
        "  ",
        "\u00a0",
    ),
    *("ok", "Stadt", "Quellstedt", "am", "Erlenbach"),
]
WORDS = st.lists(st.one_of(st.sampled_from(AWKWARD), st.text(max_size=6)), max_size=5)
TEXT = st.tuples(WORDS, st.sampled_from(["", " "])).map(lambda parts: parts[1].join(parts[0]))
PRINTABLE = st.lists(st.sampled_from([word for word in AWKWARD if word.isprintable() and word != "\u0301"]), min_size=1, max_size=6).map(
    " ".join
)
LINKS = st.sampled_from(
    [None, None, None, "https://quellstedt.example/a(b)?c=d&e#f", "mailto:rathaus@quellstedt.example", "tel:+493999000"]
)
IMAGES = st.uuids().map(str)


def inlines(text: st.SearchStrategy[str] = TEXT) -> st.SearchStrategy[tuple[Inline, ...]]:
    run = st.builds(Run, text, st.booleans(), st.booleans(), LINKS)
    return st.lists(st.one_of(run, run, st.just(Break())), max_size=5).map(tuple)


def documents(text: st.SearchStrategy[str] = TEXT, images: st.SearchStrategy[str] = IMAGES) -> st.SearchStrategy[Document]:
    content = inlines(text)
    paragraph = st.builds(Paragraph, content)

    def lists(part: st.SearchStrategy[Paragraph | List]) -> st.SearchStrategy[List]:
        items = st.lists(st.lists(part, max_size=3).map(lambda blocks: Item(tuple(blocks))), max_size=3).map(tuple)
        return st.builds(List, items, st.booleans(), st.integers(1, 30), st.booleans())

    nested: st.SearchStrategy[Paragraph | List] = st.one_of(paragraph, lists(st.one_of(paragraph, lists(paragraph))))
    cell = st.builds(Cell, content, st.booleans(), st.integers(1, 3), st.integers(1, 3))
    plain_cell = st.builds(Cell, content, st.booleans())
    row = st.one_of(st.lists(cell, max_size=3), st.lists(plain_cell, max_size=3)).map(tuple)
    header = st.lists(st.builds(Cell, content, st.just(True)), min_size=1, max_size=3).map(tuple)
    table = st.builds(Table, st.tuples(st.lists(header, max_size=2), st.lists(row, max_size=3)).map(lambda p: tuple(p[0] + p[1])), content)
    block: st.SearchStrategy[Block] = st.one_of(
        paragraph,
        st.builds(Heading, st.integers(1, 6), content),
        lists(nested),
        table,
        st.builds(Figure, images, text, content, st.booleans()),
    )
    return st.lists(block, max_size=5).map(lambda blocks: Document(tuple(blocks)))
