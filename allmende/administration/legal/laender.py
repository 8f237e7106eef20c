"""Whom to complain to about barriers on sites of public bodies, for each Land, with source and date.

Directive (EU) 2016/2102, Art. 7 (1) and 9: each statement names an enforcement procedure. What the body itself says about its
task is confirmed and goes into the statement. Where sources contradict each other, are old, or only others speak of the body, the
administrator sees what we found and enters what is right: a wrong address would be worse than a missing one.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Enforcement:
    """`seen`: when the page `source` was read (year and month). `doubt`: why it is not confirmed, in German; empty if it is."""

    name: str
    name_en: str
    address: str
    url: str
    law: str  # where its task stands
    source: str
    seen: str
    doubt: str = ""


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
    "02": Enforcement(
        "Schlichtungsstelle nach dem Hamburgischen Behindertengleichstellungsgesetz",
        "Conciliation body under Hamburg's act on equality of people with disabilities",
        "",
        "https://www.hamburg.de/politik-und-verwaltung/behoerden/sozialbehoerde/themen/behinderung/schlichtungsstelle-behinderung/start-43312",
        "§ 13a HmbBGG",
        "https://www.hamburg.de/politik-und-verwaltung/behoerden/sozialbehoerde/themen/behinderung/schlichtungsstelle-behinderung/start-43312",
        "2026-11",
        "Daneben sieht § 4 HmbBITVO eine Ombudsstelle vor; welche für Internetseiten zuständig ist, geht aus den Quellen nicht hervor.",
    ),
    "03": Enforcement(
        "Schlichtungsstelle nach § 9d des Niedersächsischen Behindertengleichstellungsgesetzes",
        "Conciliation body under Lower Saxony's act on equality of people with disabilities",
        "",
        "https://www.behindertenbeauftragte-niedersachsen.de/DE/Schlichtungsstelle/Schlichtungsverfahren/Aufgabe/Aufgabe_node.html",
        "§ 9d NBGG",
        "https://www.behindertenbeauftragte-niedersachsen.de/DE/Schlichtungsstelle/Schlichtungsverfahren/Aufgabe/Aufgabe_node.html",
        "2026-11",
    ),
    "04": Enforcement(
        "Zentralstelle für barrierefreie Informationstechnik der Freien Hansestadt Bremen",
        "Central office for accessible information technology of Bremen",
        "",
        "https://www.service.bremen.de/dienstleistungen/beschwerde-gegen-einen-verstoss-gegen-die-barrierefreiheit-bei-digitalen-angeboten-oeffentlicher-stellen-139830",
        "§§ 15 und 16 BremBGG",
        "https://www.service.bremen.de/dienstleistungen/beschwerde-gegen-einen-verstoss-gegen-die-barrierefreiheit-bei-digitalen-angeboten-oeffentlicher-stellen-139830",
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
    "06": Enforcement(
        "Durchsetzungs- und Überwachungsstelle für barrierefreie Informationstechnik des Landes Hessen",
        "Enforcement and monitoring body for accessible information technology of Hesse",
        "",
        "https://lbit.hessen.de/Durchsetzungs-und-Ueberwachungsstelle/Durchsetzungsverfahren-beantragen",
        "§ 6 HVBIT",
        "https://lbit.hessen.de/Durchsetzungs-und-Ueberwachungsstelle/Durchsetzungsverfahren-beantragen",
        "2026-11",
    ),
    "07": Enforcement(
        "",
        "",
        "",
        "",
        "",
        "https://behindertenbeauftragte.rlp.de/landesbeauftragte/schwerpunkte/barrierefreiheit/barrierefreie-verwaltung",
        "2026-11",
        "Gefunden haben wir nur, dass § 10 des Landesinklusionsgesetzes barrierefreie Informationstechnik regelt, aber keine Stelle.",
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
    "10": Enforcement(
        "Schlichtungsstelle nach dem Saarländischen Behindertengleichstellungsgesetz",
        "Conciliation body under Saarland's act on equality of people with disabilities",
        "",
        "https://service.saarland.de/barrierefreiheit",
        "§ 17 SBGG",
        "https://service.saarland.de/barrierefreiheit",
        "2026-11",
        "Sie kam zur Landesfachstelle Barrierefreiheit, und das Gesetz wird geändert; eine neue Anschrift haben wir nicht gefunden.",
    ),
    "11": Enforcement(
        "Landesbeauftragte für digitale Barrierefreiheit Berlin",
        "State commissioner for digital accessibility of Berlin",
        "",
        "https://www.berlin.de/lb/digitale-barrierefreiheit/aufgaben/durchsetzungsverfahren/durchsetzungsverfahren-1305830.php",
        "BIKTG Bln",
        "https://www.berlin.de/lb/digitale-barrierefreiheit/aufgaben/durchsetzungsverfahren/durchsetzungsverfahren-1305830.php",
        "2026-11",
    ),
    "12": Enforcement(
        "Durchsetzungsstelle für digitale Barrierefreiheit bei der Landesbeauftragten für die Belange der Menschen mit Behinderungen",
        "Enforcement body for digital accessibility at Brandenburg's commissioner for people with disabilities",
        "",
        "https://msgiv.brandenburg.de/msgiv/de/beauftragte/landesbehindertenbeauftragte/durchsetzungsstelle",
        "BbgBITV",
        "https://msgiv.brandenburg.de/msgiv/de/beauftragte/landesbehindertenbeauftragte/durchsetzungsstelle",
        "2026-11",
    ),
    "13": Enforcement(
        "Anlauf- und Überwachungsstelle Digitale Barrierefreiheit im Sozialministerium Mecklenburg-Vorpommern",
        "Contact and monitoring body for digital accessibility at the ministry of social affairs of Mecklenburg-Western Pomerania",
        "",
        "https://www.laf-mv.de/service/Barrierefreiheit",
        "BITVO M-V",
        "https://www.laf-mv.de/service/Barrierefreiheit",
        "2026-11",
        "Gefunden nur in der Erklärung einer anderen Behörde ohne Datum; das Ministerium heißt inzwischen anders.",
    ),
    "14": Enforcement(
        "Beauftragter der Sächsischen Staatsregierung für die Belange von Menschen mit Behinderungen",
        "Commissioner of the government of Saxony for people with disabilities",
        "Archivstraße 1, 01097 Dresden",
        "https://www.sk.sachsen.de/behindertenbeauftragter-der-saechsischen-staatsregierung.html",
        "BfWebG",
        "https://portal.klimaschulen.sachsen.de/barrierefreiheitserklaerung",
        "2026-11",
        "Gefunden nur in Erklärungen anderer Stellen, die letzte vom September 2024.",
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
    "16": Enforcement(
        "Landesdurchsetzungsstelle für digitale Barrierefreiheit beim Thüringer Landesbeauftragten für Menschen mit Behinderungen",
        "Enforcement body for digital accessibility at Thuringia's commissioner for people with disabilities",
        "",
        "https://tlmb-thueringen.de/themen/barrierefreiheit/landesdurchsetzungsstelle",
        "ThürBarrWebG",
        "https://tlmb-thueringen.de/themen/barrierefreiheit/landesdurchsetzungsstelle",
        "2026-11",
    ),
}


def enforcement_of(ars: str) -> Enforcement | None:
    """The body of the Land an ARS lies in, as it goes into the statement; None where we are not sure."""
    found = ENFORCEMENT.get(ars[:2])
    return found if found and not found.doubt else None


def unconfirmed_of(ars: str) -> Enforcement | None:
    """What we found for the Land without being sure, for the administrator's eyes alone. Its name may be empty."""
    found = ENFORCEMENT.get(ars[:2])
    return found if found and found.doubt else None
