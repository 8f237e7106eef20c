"""The certificate as an official page. A document of the office and its courts: German, without a translation.

The same facts give the same page.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.utils.translation import override

from allmende.core.models import Body
from allmende.evidence.certificates.facts import Facts
from allmende.evidence.models import Outage
from allmende.lib import german, qr
from allmende.lib.official import Fact, Image, OfficialPage
from allmende.lib.official.attachment import KINDS
from allmende.lib.proof.statement import Statement
from allmende.lib.richtext import Block, Break, Cell, Document, Figure, Heading, Inline, Paragraph, Run, Table
from allmende.lib.seal import DEMO_MARK, SealLevel
from allmende.publication.models import Removal

CODE: Final = UUID("6b1d5f0c-2d0b-5c39-9b1f-5a4f0e2f3a17")  # names the pictures of certificates
DOTS: Final = 2  # of the picture for each module of the code
GROUP: Final = 8  # letters of a checksum that stand together
Rows = Sequence[tuple[str, str]]


def exact(at: datetime) -> str:
    """'Montag, 2. März 2026, 9.00.01 Uhr': to the second, in the legal time of Germany."""
    local = german.local(at)
    return f"{german.long_date(local)}, {local.hour}.{local.minute:02}.{local.second:02}\N{NO-BREAK SPACE}Uhr"


def checksum(text: str) -> str:
    """In groups, so that it can be read aloud and breaks between them. The spaces do not belong to it."""
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def quoted(text: str) -> str:
    """In quotation marks, those inside it halved, as German has it."""
    return f"„{text.replace('„', '‚').replace('“', '‘')}“"


def page(facts: Facts, *, number: int) -> OfficialPage:
    """The certificate with the number `number` of its publication. The day at its head is the day of provision that it certifies."""
    body = facts.body
    with override("de"):
        picture = str(uuid5(CODE, facts.check_address))
        blocks = [*_blocks(facts), _heading("Prüfen")]
        blocks += [_paragraph(sentence) for sentence in _how_to_check(facts)]
        blocks.append(Figure(picture, alt=f"QR-Code zur Prüfseite {facts.check_address}"))
        return OfficialPage(
            kind="Bekanntmachungsnachweis",
            number=label(facts, number),
            title=f"Nachweis der Bekanntmachung {quoted(facts.record.titles.get('de', ''))}",
            issuer=body.name,
            place=body.city or body.short_name,
            acting=_acting(facts),
            document=Document(tuple(blocks)),
            images={picture: Image("image/png", qr.png(facts.check_address, scale=DOTS))},
            coat_of_arms=Image("image/png", bytes(body.coat_of_arms)) if body.coat_of_arms else None,
            facts=(Fact("Ausgestellt für den Stand", exact(facts.as_of)),),
            colour=body.colour.lower(),
            day=facts.attempt.day,
        )


def stated(facts: Facts, *, number: int) -> Statement:
    """What the seal of the certificate states, so that programs can compare it with the proof bundle."""
    return Statement(
        label=label(facts, number),
        origin=facts.log.origin,
        index=facts.line - 1,
        entry=facts.entry,
        page=facts.page_sha256,
        document=facts.document_sha256,
    )


def label(facts: Facts, number: int) -> str:
    """Number of the certificate: that of the notice and its own, '17/2026-1'."""
    return f"{facts.number}-{number}" if facts.number else str(number)


def _acting(facts: Facts) -> str:
    acting: Body = facts.publication.acting_body
    return acting.name if acting.pk != facts.body.pk else ""


def _blocks(facts: Facts) -> Iterable[Block]:
    parts: list[tuple[str, Rows, Iterable[str]]] = [
        ("Was bekannt gemacht wurde", list(_what(facts)), ["Die Leerzeichen in den Prüfsummen gehören nicht dazu."]),
        ("Wo", list(_where(facts)), []),
        ("Von wann bis wann", list(_when(facts)), _on_time(facts)),
        ("Durch wen", list(_by_whom(facts)), []),
        ("Wirkung und Fristen", [(one.label, one.value) for one in facts.effects], _on_effects(facts)),
        ("Ausfälle in dieser Zeit", list(_outages(facts)), _on_outages(facts)),
        ("Stand des Protokolls", list(_log(facts)), []),
    ]
    for title, rows, sentences in parts:
        yield _heading(title)
        if rows:
            yield _table(rows)
        yield from (_paragraph(sentence) for sentence in sentences)


def _what(facts: Facts) -> Iterable[tuple[str, str]]:
    yield "Art", facts.kind
    if facts.number:
        yield "Nummer", facts.number
    yield "Titel", facts.record.titles.get("de", "")
    yield "SHA-256 der Seite (page.html)", checksum(facts.page_sha256)
    yield "SHA-256 des gesiegelten Dokuments (document.pdf)", checksum(facts.document_sha256)
    for one in facts.attachments:
        label = f"Anlage {one.number}"
        if one.erased_at:
            yield label, "gelöscht"
        else:
            yield label, f"{one.title} ({KINDS[one.media_type][1]}), SHA-256: {checksum(one.sha256)}"


def _where(facts: Facts) -> Iterable[tuple[str, str]]:
    yield "Dauerhafte Adresse", facts.address
    yield "Protokoll", facts.log.origin
    yield "Zeile im Protokoll", german.number(facts.line)
    yield "Fingerabdruck der Zeile (SHA-256)", checksum(facts.entry)


def _when(facts: Facts) -> Iterable[tuple[str, str]]:
    yield "Bereitgestellt", exact(facts.provided_at)
    yield "Bis", exact(facts.until) if facts.until else f"am {exact(facts.as_of)} noch öffentlich"
    for one in facts.removals:
        if facts.until and one.at == facts.until:
            yield "Grund", str(Removal.Reason(one.reason).label) if one.reason else "nicht genannt"
        elif one.event == Removal.Event.REMOVED:
            yield "Anlage nicht mehr veröffentlicht seit", exact(one.at)
    stamped = {"when": exact(facts.attempt.stamped_at or facts.provided_at), "authority": facts.attempt.stamp_authority}
    yield "Nicht früher als", "{when}: Zeitstempel des Siegels durch {authority}".format(**stamped)
    if facts.first_seen:
        seen = {"when": exact(facts.first_seen.at), "operator": facts.first_seen.operator}
        yield "Im Protokoll spätestens", "{when}: bezeugt von {operator}".format(**seen)
    else:
        yield "Im Protokoll spätestens", "noch nicht bezeugt"


def _on_time(facts: Facts) -> Iterable[str]:
    if DEMO_MARK in facts.attempt.stamp_authority:
        yield "Der Zeitstempel ist ein Muster zur Vorführung und belegt keine Zeit."
    else:
        yield "Der Zeitstempel stammt nicht von der ausstellenden Stelle und lässt sich ohne sie prüfen."
    if facts.first_seen:
        yield "Die Bestätigung des Zeugen kommt aus einem anderen Betrieb und lässt sich ohne die ausstellende Stelle prüfen."
    else:
        yield "Sobald eine andere Stelle das Protokoll bezeugt, nennt ein neuer Nachweis auch den spätesten Zeitpunkt."
    yield "Dass die Seite im genannten Zeitpunkt abrufbar war, hat das System festgestellt, das sie bereitstellt."


def _by_whom(facts: Facts) -> Iterable[tuple[str, str]]:
    publication = facts.publication
    yield "Bekannt machende Stelle", facts.body.name
    if acting := _acting(facts):
        yield "Handelnde Stelle", acting
    name = publication.approved_by.name
    if publication.deputy_for:
        name = f"{name} in Vertretung für {publication.deputy_for.name}"
    yield "Freigegeben durch", name
    yield "Freigegeben am", exact(publication.approved_at)
    yield "Siegel", f"{facts.attempt.seal_subject} ({SealLevel(facts.attempt.seal_level).label()})"


def _on_effects(facts: Facts) -> Iterable[str]:
    if not facts.effects:
        yield "Für diese Bekanntmachung sind keine Tage mit Rechtswirkung berechnet worden."


def _outages(facts: Facts) -> Iterable[tuple[str, str]]:
    for one in facts.watched.outages:
        end = exact(one.ends_at) if one.ends_at else "dauert an"
        yield str(Outage.Cause(one.cause).label), f"{exact(one.begins_at)} bis {end}"


def _on_outages(facts: Facts) -> Iterable[str]:
    watched = facts.watched
    if not watched.outages and watched.since is not None and watched.since < watched.end:
        yield "In der Zeit, die beobachtet wurde, ist kein Ausfall aufgezeichnet."
    if watched.since is None or watched.since >= watched.end:
        yield "Ob das System lief, wurde in dieser Zeit nicht beobachtet."
    elif not watched.is_whole:
        yield f"Vor {exact(watched.since)} wurde nicht beobachtet, ob das System lief."
    if watched.measured_since is None:
        yield "Ob die öffentliche Adresse antwortet, wurde nicht gemessen."
    elif watched.measured_since > watched.begin:
        yield f"Ob die öffentliche Adresse antwortet, wird seit {exact(watched.measured_since)} gemessen."
    yield (
        "Beobachtet werden das Lebenszeichen des Systems und die Antwort seiner Startseite, einmal in der Minute. "
        "Störungen einzelner Seiten und im Netz der Lesenden sind damit nicht erfasst."
    )


def _log(facts: Facts) -> Iterable[tuple[str, str]]:
    checkpoint = facts.checkpoint
    yield "Einträge", german.number(checkpoint.size)
    yield "Wurzel (SHA-256)", checksum(bytes(checkpoint.root).hex())
    yield "Unterschrieben am", exact(checkpoint.at)
    yield "Schlüssel des Protokolls", facts.log.vkey


def _how_to_check(facts: Facts) -> Iterable[str]:
    yield (
        "Dieser Nachweis trägt das elektronische Siegel der ausstellenden Stelle und einen Zeitstempel. Er steht selbst nicht im "
        "Protokoll. Was bekannt gemacht wurde, beweist die Nachweisdatei (ZIP) auf der Seite der Bekanntmachung; "
        "ihre Prüfung nennt dieselben Prüfsummen und dieselbe Zeile."
    )
    yield f"Beide Dateien zusammen prüft die Seite {facts.check_address} oder, ohne diese Stelle und ohne Netz, das Prüfprogramm mit:"
    yield "allmende verify NACHWEIS.zip --certificate DIESER-NACHWEIS.pdf"


def _heading(text: str) -> Heading:
    return Heading(2, (Run(text),))


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _table(rows: Rows) -> Table:
    head = (Cell((Run("Angabe"),), header=True), Cell((Run("Inhalt"),), header=True))
    return Table((head, *((Cell((Run(label),), header=True), Cell(_lines(value))) for label, value in rows)))


def _lines(value: str) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for line in value.splitlines():
        found += [Break(), Run(line)] if found else [Run(line)]
    return tuple(found)
