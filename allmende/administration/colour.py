"""What becomes of the one colour of a town: the same calculation as in allmende.css, to show and to prove that it is readable.

The style sheet takes hue and (limited) chroma of the colour and fixes the lightness. OKLCH and OKLab: B. Ottosson, "A
perceptual color space for image processing" (2020), as taken over by CSS Color 4. Contrast: WCAG 2.2, "relative luminance".
"""

from dataclasses import dataclass
from math import atan2, cos, hypot, sin

Linear = tuple[float, float, float]
# Grounds that text stands on in allmende.css: sheet, paper, tint in light; sheet and paper in dark.
LIGHT_GROUNDS = ((1.0, 0.0, 0.0), (0.975, 0.009, 85.0), (0.945, 0.014, 82.0))
DARK_GROUNDS = ((0.25, 0.012, 70.0), (0.2, 0.011, 70.0))
DEGREE = 57.29577951308232


def _to_linear(hex_colour: str) -> Linear:
    parts = [int(hex_colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return r, g, b


def _to_hex(colour: Linear) -> str:
    parts = [min(1.0, max(0.0, part)) for part in colour]
    return "#" + "".join(f"{round(255 * (p * 12.92 if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055)):02x}" for p in parts)


def oklch(hex_colour: str) -> tuple[float, float, float]:
    """Lightness (0 to 1), chroma, hue in degrees of '#12586a'."""
    r, g, b = _to_linear(hex_colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b_ = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(a, b_), atan2(b_, a) * DEGREE % 360


def _from_oklch(lightness: float, chroma: float, hue: float) -> Linear:
    a, b = chroma * cos(hue / DEGREE), chroma * sin(hue / DEGREE)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (_to_linear(one), _to_linear(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@dataclass(frozen=True)
class Derived:
    """What the style sheet makes of a colour, and its lowest contrast on all grounds."""

    light: str
    dark: str
    lowest: float


def derive(town: str) -> Derived:
    """The accent in light and dark mode for the colour '#rrggbb' of a town."""
    _lightness, chroma, hue = oklch(town)
    light = _to_hex(_from_oklch(0.42, min(chroma, 0.13), hue))
    dark = _to_hex(_from_oklch(0.82, min(chroma, 0.1), hue))
    grounds = [(light, ground) for ground in LIGHT_GROUNDS] + [(dark, ground) for ground in DARK_GROUNDS]
    return Derived(light, dark, min(contrast(text, _to_hex(_from_oklch(*ground))) for text, ground in grounds))
