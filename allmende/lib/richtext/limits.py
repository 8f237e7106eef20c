"""How large a text may be. A by-law with annexes stays far below; what is above is a mistake or an attack."""

MAX_SOURCE = 4_000_000  # characters of HTML that are read at all; Word writes ten characters of style per letter
MAX_TYPED = 1_000_000
MAX_HTML_DEPTH = 1_000  # elements inside elements
MAX_TEXT = 400_000  # characters of text in a document, about 150 printed pages
MAX_BLOCKS = 10_000  # blocks, list items and rows together
MAX_CELLS = 10_000
MAX_COLUMNS = 60
MAX_LIST_DEPTH = 6
MAX_URL = 2_000


class RichTextTooLarge(ValueError):
    """The text is larger than a document may be. `limit` names what was exceeded, `allowed` the highest value."""

    def __init__(self, limit: str, allowed: int) -> None:
        super().__init__(f"{limit}: more than {allowed}")
        self.limit = limit
        self.allowed = allowed
