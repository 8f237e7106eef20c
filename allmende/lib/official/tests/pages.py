"""Pages of the town for tests."""

import struct
import zlib
from datetime import date
from pathlib import Path

from allmende.lib.official import Fact, Fonts, Image, OfficialPage, Signature
from allmende.lib.richtext import Document, from_plain

DAY = date(2026, 11, 25)
PLAN = "5c6d8a3e-0f63-4b5e-9d0b-3f0b6a1c9f11"
PHOTO = "0d6f5a2c-7d0e-4d69-8a53-2f6f0a7f3b22"
FONTS = Fonts.found(Path(__file__).parents[4] / "build" / "fonts")


def png(width: int = 8, height: int = 4) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x12\x58\x6a" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    from io import BytesIO

    from PIL import Image as Picture

    file = BytesIO()
    Picture.new("RGB", (16, 8), "#a1541f").save(file, "JPEG")
    return file.getvalue()


ARMS = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48">
<path d="M2 2h36v24c0 11-8 17-18 20C10 43 2 37 2 26z" fill="currentColor"/></svg>"""

ROADWORKS = f"""Die Stadt erneuert die **Trinkwasserleitung**.
Die Straßen sind vom 30. November bis *einschließlich* 18. Dezember 2026 gesperrt.
Anlieger dürfen zu Fuß jederzeit durch; #panic("x"), $x^2$, @label, <marke>, *Stern\\* und \\\\ bleiben, was sie sind: "Text" -- 'so' ... ~.

## Wann gearbeitet wird

Tabelle: Sperrungen nach Straßen
| Straße | Zeitraum | Kosten in Euro |
| Am Markt | 30. November bis 4. Dezember | 12.400,00 |
|= Łódźer Straße | 7. bis 11. Dezember | 1.048.000,50 |

### Was Anlieger beachten

- Fahrzeuge stehen auf dem Parkplatz am Schützenhaus.
  1. Die Zufahrt ist ausgeschildert.
  2. Die Höchstparkdauer beträgt 24 Stunden.
     - Ausnahmen erteilt das Hauptamt.
- Rettungswege bleiben frei.

3. Drittens
4. Viertens

a) Anträge stellen Sie beim Hauptamt.
b) Die Stadt entscheidet innerhalb von fünf Werktagen.

#### Auskunft

Der [Bauzeitenplan der Stadtwerke](https://stadtwerke.quellstedt.example/plan?jahr=2026&teil=(1)) und das
[**Hauptamt**](mailto:hauptamt@quellstedt.example) helfen weiter: §\u00a05, 10\u202f%, 5\u2011fach,
„Zitat“ – ‚so‘ … m² CO₂ 3\u2009×\u20094 −3 €.

![Lageplan: gesperrt ist zwischen Rathaus und Schützenhaus]({PLAN}) Lageplan, *Stand* November 2026

!({PHOTO})
"""
LONG_WORDS = (
    "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz "
    "Straßenentwässerungsinvestitionskostenschuldendienstumlage Sachsen-Anhalt Wasserversorgungsanlagenunterhaltungsarbeiten "
)


def make_page(text: str | Document = ROADWORKS, **changes: object) -> OfficialPage:
    values: dict[str, object] = {
        "kind": "Bekanntmachung",
        "number": "17/2026",
        "title": "Sperrung von Straßen wegen der Erneuerung der Trinkwasserleitung",
        "issuer": "Stadt Quellstedt am Erlenbach",
        "acting": "Verbandsgemeinde Erlenland",
        "place": "Quellstedt am Erlenbach",
        "document": from_plain(text) if isinstance(text, str) else text,
        "images": {PLAN: Image("image/png", png()), PHOTO: Image("image/jpeg", jpeg())},
        "contact": (
            Fact("Stelle", "Hauptamt, Stadt Quellstedt am Erlenbach"),
            Fact("Telefon", "03999 000-10"),
            Fact("E-Mail", "hauptamt@quellstedt.example"),
            Fact("Öffnungszeiten", "Di 9–12 und 14–18 Uhr; Do 9–12 und 14–16 Uhr"),
        ),
        "facts": (Fact("Zuständig", "Hauptamt"), Fact("Gilt vom", "30. November bis einschließlich 18. Dezember 2026")),
        "signature": Signature("Marianne Hollweg", "Bürgermeisterin", date(2026, 11, 24)),
        "coat_of_arms": Image("image/svg+xml", ARMS),
        "check": ("Ob diese Seite echt ist, prüfen Sie unter https://quellstedt.example/pruefung/.",),
        "seal": "Mit fortgeschrittenem elektronischem Siegel der Stadt und Zeitstempel versehen.",
    }
    return OfficialPage(**(values | changes))  # type: ignore[arg-type]
