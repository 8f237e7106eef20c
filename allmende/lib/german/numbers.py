"""Numbers with point and comma, a true minus, and a no-break space before the unit."""

from decimal import ROUND_HALF_UP, Decimal

from allmende.lib.german.dates import NO_BREAK, key

NARROW = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def number(value: Decimal | int | float, places: int = 0, language: str = "de") -> str:
    """4218: '4.218', English '4,218'. Rounds half away from zero, as in administration.

    Not for years, notice numbers and postal codes: they carry no point.
    """
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}"
    if key(language) == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if rounded < 0 else text


def percent(value: Decimal | int | float, places: int = 1, language: str = "de") -> str:
    """19.4: '19,4 %' with a narrow no-break space, English '19.4%'."""
    return number(value, places, language) + (f"{NARROW}%" if key(language) == "de" else "%")


def file_size(octets: int, language: str = "de") -> str:
    """In powers of ten, as people see them: '999 Byte', '212 kB', '1,3 MB'."""
    if octets < 1000:
        return f"{octets}{NO_BREAK}Byte"
    if octets < 999_500:
        return f"{number(Decimal(octets) / 1000, 0, language)}{NO_BREAK}kB"
    return f"{number(Decimal(octets) / 1_000_000, 1, language)}{NO_BREAK}MB"
