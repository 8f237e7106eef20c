"""Build what pages and documents take from other projects: KERN's style sheet, and the two typefaces.

    .venv/bin/python -m tools.frontend

Writes build/static/allmende/ (for pages: kern.min.css, fonts/*.woff2) and build/fonts/ (for PDF documents: whole fonts, so that
chemical formulas, Greek letters and names from all over Europe are there). Licences lie beside what they cover.
"""

import shutil
import sys
from importlib.metadata import distribution
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
KERN = ROOT / "frontend" / "node_modules" / "@kern-ux" / "native"
PAGES = ROOT / "build" / "static" / "allmende"
DOCUMENTS = ROOT / "build" / "fonts"

FIRA, SERIF = "fontpkg-fira-sans", "fontpkg-source-serif-4"
UPRIGHT, ITALIC = "SourceSerif4[opsz,wght].ttf", "SourceSerif4-Italic[opsz,wght].ttf"

# What German official pages are written with, and the names of the neighbours' towns as far as Latin-1 goes.
# Rarer letters come from the reader's own fonts; each file stays at 10 to 16 kB.
CHARACTERS = (
    "U+20-7E,U+A0,U+A7,U+A9,U+AB,U+AD,U+B0,U+B2,U+B3,U+B5,U+B7,U+BB,U+BC-BE,U+C4,U+C9,U+D6,U+D7,U+DC,U+DF,U+E0,U+E4,U+E8,U+E9,"
    "U+F6,U+FC,U+1E9E,U+2009,U+2010,U+2011,U+2013,U+2014,U+2018,U+201A,U+201C,U+201E,U+2022,U+2026,U+202F,U+2082,U+20AC,"
    "U+2190-2193,U+2212,U+2260,U+2264,U+2265"
)
FEATURES = ["kern", "liga", "lnum", "tnum", "pnum", "locl", "mark", "ccmp"]


def font_file(package: str, name: str) -> Path:
    """The path of a file in an installed font package."""
    for file in distribution(package).files or []:
        if file.name == name:
            return Path(str(file.locate()))
    raise FileNotFoundError(f"{package} holds no {name}")


def open_font(package: str, name: str) -> TTFont:
    """Without a fresh time stamp when it is written: the same input makes the same bytes."""
    return TTFont(font_file(package, name), recalcTimestamp=False)


def with_hyphens(font: TTFont) -> TTFont:
    """Give U+2010 and U+2011 the glyph of the hyphen-minus where a font lacks them: in documents a missing glyph is a box."""
    for table in font["cmap"].tables:
        if table.isUnicode() and 0x2D in table.cmap:
            for code in (0x2010, 0x2011):
                table.cmap.setdefault(code, table.cmap[0x2D])
    return font


def neutral_name(font: TTFont, name: str) -> None:
    """Name a changed font differently: 'Source' is a name reserved by its makers (OFL, section 3). Style sheets use their own alias."""
    names = font["name"]
    style = "Regular"
    for record in list(names.names):
        if record.nameID in (16, 17, 21, 22, 25):
            names.removeNames(record.nameID)
    for number, text in ((1, name), (2, style), (3, name), (4, name), (6, name.replace(" ", ""))):
        names.setName(text, number, 3, 1, 0x409)


def for_pages(font: TTFont) -> TTFont:
    """Take away what pages do not need."""
    reduced = subset.Subsetter(subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=["*"]))
    reduced.populate(unicodes=subset.parse_unicodes(CHARACTERS))
    reduced.subset(font)
    font.flavor = "woff2"
    return font


def build_pages(target: Path) -> None:
    fonts = target / "fonts"
    fonts.mkdir(parents=True)
    shutil.copyfile(KERN / "dist" / "kern.min.css", target / "kern.min.css")
    shutil.copyfile(KERN / "LICENSE.md", target / "kern.LICENSE.md")
    for weight, name in ((400, "FiraSans-Regular.ttf"), (600, "FiraSans-SemiBold.ttf")):
        for_pages(with_hyphens(open_font(FIRA, name))).save(fonts / f"fira-sans-{weight}.woff2")
    # Text, what is bold in it, and headings: each as wide and as strong as its size asks for.
    for name, weight, optical_size in (("400", 400, 14), ("text-600", 600, 14), ("600", 600, 40)):
        # First fewer letters, then fewer axes: the other way round takes ten times as long.
        font = instantiateVariableFont(for_pages(with_hyphens(open_font(SERIF, UPRIGHT))), {"wght": weight, "opsz": optical_size})
        neutral_name(font, f"Allmende Serif {name}")
        font.save(fonts / f"source-serif-{name}.woff2")
    build_licences(fonts)


def build_documents(target: Path) -> None:
    target.mkdir(parents=True)
    for style in ("Regular", "Italic", "SemiBold", "SemiBoldItalic"):
        with_hyphens(open_font(FIRA, f"FiraSans-{style}.ttf")).save(target / f"FiraSans-{style}.ttf")
    shutil.copyfile(font_file(SERIF, UPRIGHT), target / "SourceSerif4.ttf")
    shutil.copyfile(font_file(SERIF, ITALIC), target / "SourceSerif4-Italic.ttf")
    build_licences(target)


def build_licences(target: Path) -> None:
    shutil.copyfile(font_file(FIRA, "LICENSE"), target / "OFL-FiraSans.txt")
    shutil.copyfile(font_file(SERIF, "LICENSE"), target / "OFL-SourceSerif.txt")


def main() -> int:
    for build, target in ((build_pages, PAGES), (build_documents, DOCUMENTS)):
        # Whole or not at all: a page never loads half a font.
        fresh = target.with_name(f"{target.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        build(fresh)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
