"""Whom to complain to about barriers on sites of public bodies, by Land, where we have seen a source. Others fill a field.

Directive (EU) 2016/2102, Art. 7 (1) and 9: each statement names an enforcement procedure. `seen` is when `source` said so.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Enforcement:
    name: str
    name_en: str
    address: str
    url: str
    law: str  # where its task stands
    source: str
    seen: str


ENFORCEMENT: dict[str, Enforcement] = {
    "01": Enforcement(
        "Beschwerdestelle für barrierefreie Informationstechnik Schleswig-Holstein",
        "Complaints office for accessible information technology of Schleswig-Holstein",
        "",
        "https://www.landtag.ltsh.de/beauftragte/beschwerdestelle-fuer-barrieren",
        "§ 16 LBGG",
        "https://www.landtag.ltsh.de/beauftragte/beschwerdestelle-fuer-barrieren",
        "2026-11",
    ),
    "05": Enforcement(
        "Ombudsstelle für barrierefreie Informationstechnik des Landes Nordrhein-Westfalen",
        "Ombuds office for accessible information technology of North Rhine-Westphalia",
        "",
        "https://www.lbbp.nrw.de/ombudsstelle",
        "§ 10d BGG NRW",
        "https://www.lbbp.nrw.de/ombudsstelle",
        "2026-11",
    ),
    "08": Enforcement(
        "Landeszentrum Barrierefreiheit, Schlichtungsstelle",
        "Centre for accessibility of Baden-Württemberg, conciliation body",
        "Else-Josenhans-Straße 6, 70173 Stuttgart",
        "https://barrierefreiheit-bw.de/barrierefreiheitdurchsetzen/schlichtungsantrag",
        "L-BGG",
        "https://barrierefreiheit-bw.de/barrierefreiheitdurchsetzen/schlichtungsantrag",
        "2026-11",
    ),
    "09": Enforcement(
        "Landesamt für Digitalisierung, Breitband und Vermessung, Durchsetzungs- und Überwachungsstelle",
        "Bavarian Agency for Digitisation, High-Speed Internet and Surveying, enforcement and monitoring body",
        "",
        "https://www.finanzministerium.bayern/digitalisierung/barrierefreiheit/",
        "§ 11 BayDiV",
        "https://www.finanzministerium.bayern/digitalisierung/barrierefreiheit/",
        "2026-11",
    ),
    "15": Enforcement(
        "Ombudsstelle bei der Landesfachstelle für Barrierefreiheit Sachsen-Anhalt",
        "Ombuds office at the state office for accessibility of Saxony-Anhalt",
        "",
        "https://lf-barrierefreiheit-st.de/ueber-uns/ombudsstelle",
        "§ 16d BGG LSA",
        "https://lf-barrierefreiheit-st.de/ueber-uns/ombudsstelle",
        "2026-11",
    ),
}


def enforcement_of(ars: str) -> Enforcement | None:
    """The body of the Land an ARS lies in, or None where we know none for sure."""
    return ENFORCEMENT.get(ars[:2])
