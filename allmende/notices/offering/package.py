"""What the archive gets: the sealed document, the proof, the attachments, and a sheet that says what is what. Made from rows alone."""

import io
import zipfile
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from allmende.core import addresses
from allmende.lib import german
from allmende.notices.models import Notice
from allmende.publication import handing_over


def package(notice: Notice, *, at: datetime) -> bytes:
    """A ZIP. Also of a notice that was taken down; not of one that is erased.

    Raises:
        NotPublic: it was never provided, or is erased.
        AttachmentDamaged, LogDamaged: see publication.bundle.build.
    """
    parts = handing_over.parts_of(notice.record)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bekanntmachung.pdf", parts.document)
        archive.writestr("nachweis.zip", parts.bundle)
        for one in parts.attachments:
            archive.write(one.path, f"anlagen/{one.name}")
        archive.writestr("uebergabe.txt", _sheet(notice, [one.name for one in parts.attachments], at))
    return out.getvalue()


def _sheet(notice: Notice, files: list[str], at: datetime) -> str:
    body = notice.record.body
    assert notice.provided_at is not None
    with translation.override("de"):
        lines = [
            f"{body.name}: {notice.kind_name} Nr. {notice.label}",
            _("Bereitgestellt am %(moment)s unter %(address)s")
            % {"moment": german.moment(german.local(notice.provided_at)), "address": addresses.of_record(notice.record)},
            _("Übergabedatei vom %(moment)s") % {"moment": german.moment(german.local(at))},
            "",
            _("bekanntmachung.pdf: das gesiegelte Dokument (PDF/A)"),
            _("nachweis.zip: der Nachweis; prüfen ohne diese Verwaltung mit „allmende verify nachweis.zip“"),
            *(_("anlagen/%(name)s: veröffentlicht mit der Bekanntmachung, Bit für Bit") % {"name": name} for name in files),
            "",
            _("Die Datei nennt Personen. Die Verwaltung löscht ihre eigene Fassung; was hier steht, gibt es dann nur noch im Archiv."),
        ]
    return "\r\n".join(lines) + "\r\n"
