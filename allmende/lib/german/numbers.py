"""Numbers with point and comma, a true minus, and a no-break space before the unit."""

from decimal import ROUND_HALF_UP, Decimal

from allmende.lib.german.dates import key

NO_BREAK = "\u00a0"
NARROW = "\u202f"
MINUS = "−"


def decimal_number(value: Decimal | int | float, places: int, language: str = "de") -> str:
    """1234.5 with one place: '1.234,5', English '1,234.5'. Rounds half away from zero, as in administration."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}"
    if key(language) == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if rounded < 0 else text


def whole_number(value: int, language: str = "de") -> str:
    """4218: '4.218', English '4,218'."""
    return decimal_number(value, 0, language)


def percent(value: Decimal | int | float, places: int = 1, language: str = "de") -> str:
    """19.4: '19,4 %' with a narrow no-break space, English '19.4%'."""
    return decimal_number(value, places, language) + (f"{NARROW}%" if key(language) == "de" else "%")


def file_size(size: int, language: str = "de") -> str:
    """Bytes in decimal units, as people see them: '212 kB', '1,3 MB'. Below 1 kB: '1 kB'."""
    if size < 1_000_000 - 500:
        return f"{whole_number(max(1, (size + 500) // 1000), language)}{NO_BREAK}kB"
    return f"{decimal_number(Decimal(size) / 1_000_000, 1, language)}{NO_BREAK}MB"
