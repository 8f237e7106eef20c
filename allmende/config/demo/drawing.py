"""Drawn sheets of the demo: plans of an invented place and scanned papers, as a PDF that holds a picture and no text."""

import io
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1240, 877  # A4 lying, 106 dpi: enough to read, small to keep
TITLES: Final = {
    "14-lageplan": "Bebauungsplan Nr. 14 „Am Mühlgraben“ · Lageplan",
    "14-planzeichnung": "Bebauungsplan Nr. 14 „Am Mühlgraben“ · Planzeichnung · Entwurf",
    "14-planzeichnung-satzung": "Bebauungsplan Nr. 14 „Am Mühlgraben“ · Planzeichnung · Satzung",
    "muehlgrabenring-lageplan": "Mühlgrabenring · gewidmete Flächen",
    "kleingaerten-lageplan": "Kleingärten am Mühlgraben · freie Gärten",
    "kleingaerten-belegung": "Kleingärten am Mühlgraben · Belegung",
}
# Whose names must not be public: the mistake that is taken down again. Invented.
TENANTS: Final = ("H. Sauerzapf", "R. Blankenfeld", "E. Quitzow", "M. Tannhöfer", "L. Brösicke", "P. Wendehals", "I. Kornmeister")


def pdf(name: str) -> bytes:
    """The sheet of this name, the same bytes each time."""
    sheet = _plan(name) if name in TITLES else _scan(name)
    out = io.BytesIO()
    sheet.save(out, "PDF", resolution=106, creationDate=None, modDate=None)
    return out.getvalue()


def _plan(name: str) -> Image.Image:
    """Railway above, ditch below, a ring of road between, and parcels on both sides of it."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen, chance = ImageDraw.Draw(image), Random(name)  # noqa: S311 (a drawing)
    pen.rectangle((40, 40, WIDTH - 40, HEIGHT - 120), outline="#333333", width=2)
    for x in range(48, WIDTH - 48, 14):
        pen.line((x, 84, x + 7, 84), fill="#333333", width=6)
    ditch = [(40 + x, 690 + chance.randint(-7, 7)) for x in range(0, WIDTH - 79, 40)]
    pen.line(ditch, fill="#3b7ea1", width=16)
    pen.rectangle((40, 640, WIDTH - 40, 672), fill="#dbe8cf")
    pen.rounded_rectangle((190, 260, WIDTH - 190, 500), radius=70, outline="#999999", width=30)
    number = 0
    for top, bottom in ((120, 240), (300, 372), (388, 460), (520, 636)):
        for left in range(210, WIDTH - 260, 92):
            number += 1
            pen.rectangle((left, top, left + 86, bottom), outline="#7a5230", width=2)
            pen.rectangle((left + 22, top + 22, left + 58, bottom - 26), fill="#e9d8c3")
            said = TENANTS[number % len(TENANTS)] if name.endswith("belegung") else str(number)
            pen.text((left + 5, top + 3), said, fill="#333333", font=_font(13))
    pen.text((40, HEIGHT - 100), TITLES[name], fill="#111111", font=_font(28))
    pen.text((40, HEIGHT - 60), "Maßstab 1:1.000 · Ort und Grundstücke sind erfunden", fill="#444444", font=_font(18))
    return image


def _scan(name: str) -> Image.Image:
    """Grey lines on grey paper with a signature: what a scanner makes of a signed by-law."""
    image = Image.new("L", (HEIGHT, WIDTH), 246)
    pen, chance = ImageDraw.Draw(image), Random(name)  # noqa: S311 (a drawing)
    pen.text((90, 80), "Urschrift (Demo)", fill=60, font=_font(26))
    for line in range(30):
        pen.line((90, 150 + 30 * line, chance.randint(620, 790), 150 + 30 * line), fill=120, width=5)
    pen.line([(500 + 12 * step, 1090 + chance.randint(-26, 26)) for step in range(20)], fill=40, width=4)
    pen.text((500, 1130), "Ehlers, Bürgermeister", fill=60, font=_font(20))
    return image


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
