"""The official page of an issue: contents, then each notice as it was sealed."""

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allmende.core import addresses
from allmende.core.models import Body
from allmende.lib import german, official
from allmende.lib.richtext import Block, Break, Document, Heading, Inline, Item, List, Paragraph, RichTextTooLarge, Run
from allmende.notices.gazette.errors import IssueTooLarge
from allmende.notices.gazette.selectors import Entry, contents
from allmende.notices.models import Issue, Notice
from allmende.publication.overview import log_overview
from allmende.publication.sealing import page_of

LONGEST_TITLE = 300


def page(issue: Issue, notices: list[Notice], *, acting: Body | None, address: str) -> tuple[official.OfficialPage, dict[str, bytes]]:
    """(page, SHA-256 → bytes of the images on it), in German whatever the language of the request. `address` is empty in a preview.

    A notice that names people stands in it with kind, number and address alone: it will be erased, and a sealed issue is not.
    About 4 queries for each notice: never inside a transaction.

    Raises:
        IssueTooLarge
    """
    body = issue.record.body
    with translation.override("de"):
        listed = contents(notices)
        blocks: list[Block] = [_heading(_("Inhalt")), List(tuple(Item((_line(entry),)) for entry in listed), ordered=True)]
        images: dict[str, official.Image] = {}
        for position, (notice, entry) in enumerate(zip(notices, listed, strict=True), start=1):
            blocks.append(_heading(f"{position}. {_named(entry)}"))
            if notice.names_people:
                words = _("Der Text nennt Personen und steht nur, so lange es nötig ist, unter %(address)s")
                blocks.append(_text(words % {"address": entry.address}))
                continue
            assert notice.provided_at is not None  # only public ones are taken in
            sealed = page_of(notice.record.publication, german.local(notice.provided_at).date())
            images |= sealed.images
            blocks += _whole(sealed, entry)
        try:
            document = Document(tuple(blocks))
        except RichTextTooLarge as error:
            raise IssueTooLarge from error
        facts = [official.Fact(_("Enthält"), _enough(listed))]
        if issue.replaces is not None and issue.replaces.provided_at is not None:
            earlier = {"number": issue.replaces.label, "day": german.date_with_year(german.local(issue.replaces.provided_at))}
            facts.append(official.Fact(_("Ersetzt"), _("Ausgabe Nr. %(number)s vom %(day)s, die zurückgezogen ist") % earlier))
        check: tuple[str, ...] = (
            _("Diese Ausgabe steht dauerhaft unter %(address)s") % {"address": address},
            _("Den Nachweis dazu und die Prüfung finden Sie dort und unter %(address)s") % {"address": f"{addresses.root(body)}/pruefung/"},
        )
        if log := log_overview(body):  # an issue on paper is where readers find the key without asking the site
            check += (_("Der Schlüssel des öffentlichen Protokolls: %(key)s") % {"key": log.vkey},)
        arms = official.Image("image/png", bytes(body.coat_of_arms)) if body.coat_of_arms else None
        made = official.OfficialPage(
            kind=_("Amtsblatt"),
            number=issue.label,
            title=_("Amtsblatt %(of_body)s") % {"of_body": german.with_article(body.name, "genitive")},
            issuer=body.name,
            place=body.city or body.short_name,
            acting=acting.name if acting else "",
            document=document,
            facts=tuple(facts),
            images={name: images[name] for name in document.images},
            coat_of_arms=arms,
            check=check if address else (),
            colour=body.colour.lower(),
        )
    files = {image.sha256: image.data for image in (*made.images.values(), *([arms] if arms else []))}
    return made, files


def _named(entry: Entry) -> str:
    name = f"{entry.kind} Nr. {entry.label}"
    return f"{name}: {entry.title}" if entry.title else name


def _line(entry: Entry) -> Paragraph:
    return Paragraph((Run(f"{entry.body}: "), Run(_named(entry), link=entry.address)))


def _heading(text: str) -> Heading:
    return Heading(2, (Run(text[:LONGEST_TITLE]),))


def _text(*lines: str) -> Paragraph:
    content: list[Inline] = []
    for line in lines:
        content += [Break(), Run(line)] if content else [Run(line)]
    return Paragraph(tuple(content))


def _enough(listed: list[Entry]) -> str:
    number = ngettext("%(n)d Bekanntmachung", "%(n)d Bekanntmachungen", len(listed)) % {"n": len(listed)}
    bodies = dict.fromkeys(entry.body for entry in listed)
    return f"{number}: {', '.join(bodies)}"


def _whole(sealed: official.OfficialPage, entry: Entry) -> list[Block]:
    """What page and document of the notice say, one level deeper, and where it stands with its proof."""
    facts = [f"{fact.label}: {fact.value}" for fact in sealed.all_facts]
    issuer = f"{sealed.issuer} ({sealed.acting})" if sealed.acting else sealed.issuer
    blocks: list[Block] = [_text(issuer, *facts)]
    blocks += [replace(block, level=block.level + 1) if isinstance(block, Heading) else block for block in sealed.document.blocks]
    for note in sealed.notes:
        blocks.append(_text(f"{note.label}: {note.value}"))
    if sealed.attachments:
        blocks.append(_text(*(f"{fact.label}: {fact.value}" for fact in sealed.attachment_facts)))
    if sealed.signature and sealed.signature.name:
        blocks.append(_text(*filter(None, [f"gezeichnet {sealed.signature.name}", sealed.signature.function])))
    blocks.append(Paragraph((Run(_("Im Internet mit Nachweis: ")), Run(entry.address, link=entry.address))))
    return blocks
