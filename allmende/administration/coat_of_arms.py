"""A picture that a town uploads as its coat of arms: looked at, and made anew by us."""

from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from allmende.core.errors import DomainError

MAX_UPLOAD = 5 * 1024 * 1024  # bytes
MAX_STORED = 200_000  # bytes
MAX_PIXELS = 25_000_000
SIDES = (512, 384, 256, 192, 128)  # pixels of the longer side, tried until it is small enough


class NotAPicture(DomainError):
    code, status = "coat_of_arms_not_a_picture", 400
    message = _("Das ist kein Bild, das wir lesen können. Wählen Sie eine Datei im Format PNG oder JPEG.")


class SvgRefused(DomainError):
    code, status = "coat_of_arms_svg", 400
    message = _("SVG-Dateien können Programme enthalten und werden nicht angenommen. Speichern Sie das Wappen als PNG.")


class PictureTooLarge(DomainError):
    code, status = "coat_of_arms_too_large", 400
    message = _("Die Datei ist zu groß. Nehmen Sie ein Bild mit höchstens 5 MB und 25 Millionen Bildpunkten.")


def cleaned(content: bytes) -> bytes:
    """A PNG of at most 200 kB, without anything that was hidden in the file.

    Raises:
        SvgRefused, NotAPicture, PictureTooLarge
    """
    if len(content) > MAX_UPLOAD:
        raise PictureTooLarge
    if b"<svg" in content[:4096].lower():
        raise SvgRefused
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise PictureTooLarge
            picture = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPicture from error
    for side in SIDES:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        out = BytesIO()
        picture.save(out, "PNG", optimize=True)
        if out.tell() <= MAX_STORED:
            return out.getvalue()
    raise PictureTooLarge
