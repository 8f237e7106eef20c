"""The page of a notice, as a module would hand it over."""

from allmende.core.models import Body
from allmende.lib.official import Fact, OfficialPage
from allmende.lib.richtext import from_html


def page(body: Body, number: int) -> OfficialPage:
    text = (
        "<h2>Sperrung</h2><p>Die Erlenstraße ist vom 9. bis zum 13. März 2026 voll gesperrt.</p>"
        "<table><caption>Umleitung</caption><tr><th>Von</th><th>Nach</th></tr><tr><td>Markt</td><td>Bahnhof</td></tr></table>"
    )
    return OfficialPage(
        kind="Bekanntmachung",
        title=f"Straßensperrung {number}",
        issuer=body.name,
        place=body.short_name,
        document=from_html(text),
        number=f"{number}/2026",
        facts=(Fact("Zuständig", "Ordnungsamt"),),
    )
