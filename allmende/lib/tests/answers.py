"""What a child process may say that a hostile file has taken over: anything, and answers that are right but for one place."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

Path = tuple[str | int, ...]
anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def _places(value: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from _places(part, (*path, key))


@st.composite
def spoilt(draw: st.DrawFn, answer: Any) -> Any:
    """`answer` with something else at one place, or with a field less."""
    *way, last = draw(st.sampled_from([path for path in _places(answer) if path]))
    whole = deepcopy(answer)
    inner = whole
    for key in way:
        inner = inner[key]
    if isinstance(inner, dict) and draw(st.booleans()):
        del inner[last]
    else:
        inner[last] = draw(anything)
    return whole
