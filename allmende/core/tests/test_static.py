import gzip
import re
from pathlib import Path

from django.conf import settings

OURS = Path(settings.BASE_DIR, "allmende", "core", "static", "allmende")
BUILT = Path(settings.BASE_DIR, "build", "static", "allmende")  # KERN and the fonts, fetched by script/setup


def test_every_part_that_a_style_sheet_names_is_there() -> None:
    named = {name for sheet in OURS.glob("*.css") for name in re.findall(r"url\(([^)]+)\)", sheet.read_text(encoding="utf-8"))}

    assert {"kern.min.css", "fonts/fira-sans-400.woff2", "fonts/source-serif-600.woff2"} <= named
    assert not [name for name in named if not (OURS / name).is_file() and not (BUILT / name).is_file()]


def test_kern_is_imported_into_the_lowest_layer() -> None:
    sheet = (OURS / "allmende.css").read_text(encoding="utf-8")

    assert sheet.index("@layer kern, tokens") < sheet.index("@import url(kern.min.css) layer(kern);") < sheet.index("@font-face")


def test_our_style_sheets_stay_small() -> None:
    """Compressed: what every page loads, and everything together."""
    sizes = {sheet.name: len(gzip.compress(sheet.read_bytes())) for sheet in OURS.glob("*.css")}

    assert sizes["allmende.css"] < 8_500
    assert sum(sizes.values()) < 20_000
