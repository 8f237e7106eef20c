"""Invented coats of arms for the demo, drawn here: no real town bears them."""

import io

from PIL import Image, ImageDraw

WIDTH, HEIGHT, FINE = 320, 384, 4  # drawn four times as large and reduced, for smooth edges
SHIELD = [(16, 16), (304, 16), (304, 208), (288, 260), (252, 306), (208, 342), (160, 368), (112, 342), (68, 306), (32, 260), (16, 208)]


def _wave(top: int) -> list[tuple[float, float]]:
    """A band of water across the shield, 18 high, with its upper edge around `top`."""
    from math import pi, sin

    upper: list[tuple[float, float]] = [(x, top + 9 * sin(x / 304 * 6 * pi)) for x in range(16, 305, 4)]
    return upper + [(x, y + 18) for x, y in reversed(upper)]


CHARGES = {
    "quellstedt": [("tree", 160, 52), ("wave", 244, 0), ("wave", 284, 0)],
    "erlenland": [("tree", 98, 76), ("tree", 222, 76), ("wave", 262, 0)],
    "wiesenmark": [("sheaf", 160, 70), ("wave", 280, 0)],
}
TREE = [(0, 0), (44, 62), (22, 62), (60, 118), (30, 118), (72, 172), (12, 172), (12, 192), (-12, 192), (-12, 172), (-72, 172), (-30, 118)]
TREE += [(-60, 118), (-22, 62), (-44, 62)]


def draw(slug: str, colour: str) -> bytes:
    """PNG of the arms of `slug`: its charges in silver on the colour of the body."""
    image = Image.new("RGBA", (WIDTH * FINE, HEIGHT * FINE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)

    def area(points: list[tuple[float, float]], fill: str) -> None:
        pen.polygon([(x * FINE, y * FINE) for x, y in points], fill=fill)

    area([(float(x), float(y)) for x, y in SHIELD], "#ffffff")
    area([(160 + (x - 160) * 0.94, 186 + (y - 186) * 0.945) for x, y in SHIELD], colour)
    inside = image.getchannel("A")
    for kind, x, y in CHARGES[slug]:
        if kind == "tree":
            area([(x + dx * 0.86, y + dy) for dx, dy in TREE], "#f4f1ea")
        elif kind == "sheaf":
            for lean in (-62, -36, -12, 12, 36, 62):
                area([(x + lean - 9, y + abs(lean) / 3), (x + lean + 9, y + abs(lean) / 3), (x + 8, y + 180), (x - 8, y + 180)], "#f4f1ea")
            area([(x - 34, y + 112), (x + 34, y + 112), (x + 34, y + 130), (x - 34, y + 130)], colour)
        else:
            area([(160 + (px - 160) * 0.9, py) for px, py in _wave(x)], "#f4f1ea")
    image.putalpha(inside)
    picture = io.BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(picture, "PNG", optimize=True)
    return picture.getvalue()
