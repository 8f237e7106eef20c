"""The Amtlicher Regionalschlüssel (ARS) and what follows from it. Pure functions: no Django, no database.

An ARS has 12 digits: Land (2), Regierungsbezirk (1), Kreis (2), Verband (4), Gemeinde (3).
The Amtlicher Gemeindeschlüssel (AGS) has 8: the same without the four digits of the association.
Source: Statistisches Bundesamt, Gemeindeverzeichnis GV-ISys, description of the keys.
"""

LAENDER = {
    "01": "Schleswig-Holstein",
    "02": "Hamburg",
    "03": "Niedersachsen",
    "04": "Bremen",
    "05": "Nordrhein-Westfalen",
    "06": "Hessen",
    "07": "Rheinland-Pfalz",
    "08": "Baden-Württemberg",
    "09": "Bayern",
    "10": "Saarland",
    "11": "Berlin",
    "12": "Brandenburg",
    "13": "Mecklenburg-Vorpommern",
    "14": "Sachsen",
    "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}


def is_regional_key(ars: str) -> bool:
    """True if `ars` has 12 ASCII digits and begins with the number of a Land."""
    return len(ars) == 12 and ars.isascii() and ars.isdigit() and ars[:2] in LAENDER


def _checked(ars: str) -> str:
    if not is_regional_key(ars):
        raise ValueError(f"ars={ars!r}: expected 12 digits that begin with a Land, 01 to 16")
    return ars


def land(ars: str) -> str:
    """Return the name of the Land. Raises ValueError unless `ars` is an ARS."""
    return LAENDER[_checked(ars)[:2]]


def municipality_key(ars: str) -> str:
    """Return the AGS of a municipality, 8 digits. Raises ValueError unless `ars` is an ARS."""
    return _checked(ars)[:5] + ars[9:]


def district_key(ars: str) -> str:
    """Return the key of the district (Kreis) an ARS lies in, 5 digits. Raises ValueError unless `ars` is an ARS."""
    return _checked(ars)[:5]
