"""What the check list of a notice says about its files."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from allmende.core.models import Body
from allmende.lib.extraction import DATA, NOT_FOR_THE_PUBLIC, Finding
from allmende.notices import kinds
from allmende.notices.attachments import confirmation
from allmende.notices.attachments.store import files_of
from allmende.notices.checks import Check
from allmende.notices.models import NoticeFile
from allmende.notices.models.file import Accessible, Role
from allmende.notices.services.draft import Draft


def points(body: Body, notice_id: UUID, values: Draft) -> list[Check]:
    """1 query; 1 more where the wording stands in a scan."""
    files = files_of(body, notice_id)
    page = reverse("notices_staff:files", args=[notice_id])
    found = [*_scan(body, notice_id, values, files, page)]
    for file in files:
        if file.role == Role.ATTACHMENT:
            found += _attachment(file, page)
    if kinds.get(values.kind).local_law and not any(file.role == Role.ORIGINAL for file in files):
        advice = _("Laden Sie den Scan des unterzeichneten Originals hoch. Er bleibt im Haus; wer freigibt, vergleicht den Text mit ihm.")
        found.append(Check("hint", _("Hinweis: Unterzeichnetes Original"), advice, "hochladen", link=f"{page}#hochladen"))
    return found


def _scan(body: Body, notice_id: UUID, values: Draft, files: Sequence[NoticeFile], page: str) -> list[Check]:
    if confirmation.scan_to_read(files) is None:
        return []
    if confirmation.confirmed(body, notice_id, values, confirmation.Of.SCAN):
        return [Check("done", _("Text mit dem Scan verglichen"), "", "vergleich")]
    advice = _("Der Wortlaut steht nur in einem Scan. Schreiben oder berichtigen Sie den Text, vergleichen und bestätigen Sie ihn.")
    return [Check("open", _("Fehlt: Vergleich mit dem Scan"), advice, "vergleich", lacks=True, link=f"{page}#vergleich")]


def _attachment(file: NoticeFile, page: str) -> list[Check]:
    language = "en" if (get_language() or "de").startswith("en") else "de"
    findings = [Finding.of_json(one) for one in file.findings]
    anchor = f"datei-{file.pk}"
    unfit = next((finding for finding in findings if finding.code in NOT_FOR_THE_PUBLIC), None)
    if unfit is not None:
        advice = _("%(what)s Laden Sie eine Fassung ohne das hoch, oder machen Sie die Datei zur Vorlage.")
        title = _("Bitte ändern: Anlage „%(title)s“") % {"title": file.title}
        return [Check("open", title, advice % {"what": unfit.message(language)}, anchor, link=f"{page}#{anchor}")]
    title = _("Hinweis zu Anlage „%(title)s“") % {"title": file.title}
    found = []
    if file.accessible == Accessible.NO:
        advice = _("Nicht alle können diese Datei lesen. Die Seite sagt das und nennt, wer hilft. Besser ist ein PDF mit Struktur.")
        if file.media in DATA:
            advice = _("Diese Daten liest nur, wer ein Programm dafür hat. Die Seite sagt das und nennt, wer hilft.")
        found.append(Check("hint", title, advice, anchor, link=f"{page}#{anchor}"))
    people = next((finding for finding in findings if finding.code == "people"), None)
    if people is not None:
        found.append(Check("hint", title, people.message(language), anchor, link=f"{page}#{anchor}"))
    return found
