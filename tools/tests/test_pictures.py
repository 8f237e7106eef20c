"""The pictures of the READMEs are the ones that can be retaken."""

import re

from PIL import Image

from tools.pictures import COLOURS, FOLDER, PICTURES, ROOT, with_few_colours


def test_every_picture_that_is_shown_can_be_retaken_and_every_one_is_shown() -> None:
    shown = {
        name for page in ("README.md", "README.de.md") for name in re.findall(r"docs/pictures/(\w+)\.png", (ROOT / page).read_text("utf-8"))
    }

    assert shown == set(PICTURES) == {path.stem for path in FOLDER.iterdir()}


def test_areas_keep_their_colour_and_a_rare_one_becomes_the_nearest() -> None:
    image = Image.new("RGB", (COLOURS, 10), (249, 246, 240))
    for at in range(1, COLOURS):
        for row in range(9):
            image.putpixel((at, row), (5 * at, 255, 255))
    image.putpixel((0, 9), (33, 255, 255))  # once

    few = with_few_colours(image).convert("RGB")

    assert few.getpixel((0, 0)) == (249, 246, 240)
    assert few.getpixel((7, 3)) == (35, 255, 255)
    assert few.getpixel((0, 9)) == (35, 255, 255)
