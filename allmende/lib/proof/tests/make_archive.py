"""Makes the examples of docs/log.md, sections 14 and 15: `python -m allmende.lib.proof.tests.make_archive FOLDER`.

A notice of March 2026, a certificate of publication made a day later, and an archive time stamp of March 2027 by an authority with
certificates of its own. What lies in `examples/archive` was made once and stays.
"""

import hashlib
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import typst
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from allmende.lib.proof import archive, read
from allmende.lib.proof.pem import to_pem
from allmende.lib.proof.statement import Statement
from allmende.lib.proof.tests.make_examples import LOG, Growing, Issuers, Notice
from allmende.lib.seal import DemoAuthority, stamp_data
from allmende.lib.seal.tests.conftest import NOW
from allmende.lib.seal.tests.papers import Paper, issue, name, usage
from allmende.lib.tlog import leaf_hash, read_entry

A_YEAR_LATER: Final = datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
CERTIFIED: Final = NOW + timedelta(hours=6)
BEGIN: Final = datetime(2027, 1, 1, tzinfo=UTC)
UNTIL: Final = datetime(2036, 12, 31, tzinfo=UTC)


def certificate(issuers: Issuers, notice: Notice, statement: Statement) -> bytes:
    """A certificate of publication, sealed as the notice was."""
    source = (
        '#set document(title: "Nachweis der Bekanntmachung", date: datetime(year: 2026, month: 3, day: 2))\n'
        f'#set text(lang: "de")\n#title()\n{notice.title}, bereitgestellt am {notice.day}.\n'
    )
    pdf = bytes(typst.compile(source.encode(), pdf_standards=["a-2a", "ua-1"], ignore_system_fonts=True))
    return issuers.sealed(pdf, replace(notice, at=CERTIFIED), reason=statement.text).pdf


def stamper() -> tuple[Paper, Paper]:
    """An authority of the next year: who stamps, and who issued its certificate."""
    issuer = issue(
        name("Ausstellerin der Zeitstempel von 2027", identifier=""),
        authority=True,
        extensions=[usage(sign=False, certificates=True)],
        begin=BEGIN,
        until=UNTIL,
    )
    stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    whose = name("Zeitstempel von 2027", identifier="")
    return issue(whose, issuer=issuer, extensions=[usage(), (stamping, True)], begin=BEGIN, until=UNTIL), issuer


def archived(log: Growing, size: int, by: tuple[Paper, Paper]) -> bytes:
    authority = DemoAuthority(by[0].pkcs12("Zeit", by[1]), "Zeit", clock=lambda: A_YEAR_LATER)
    checkpoint = log.files["checkpoint"]
    stamp = stamp_data(checkpoint, authority, certificates=authority.certificates, clock=lambda: A_YEAR_LATER)
    made = archive.Archive(
        checkpoint=checkpoint,
        leaves=b"".join(leaf_hash(read_entry(log.files.get, index, size)) for index in range(size)),
        vkey=str(LOG.key),
        token=stamp.token,
        certificates=stamp.certificates,
    )
    return archive.write(made)


def examples() -> dict[str, bytes]:
    """Name to content."""
    issuers = Issuers()
    asked = (issuers.answer(), issuers.list_of(issuers.time_ca))
    log = Growing(issuers)
    first = Notice("Bekanntmachung Nr. 7/2026: Hebesätze", "2. März 2026", 0x50, issuers.seal, asked)
    log.publish(first)
    second = replace(first, title="Bekanntmachung Nr. 8/2026: Hundesteuer", salt=0x60)
    bundle = log.publish(second)
    opened = read(bundle)
    statement = Statement(
        label="8/2026-1",
        origin=LOG.name,
        index=1,
        entry=leaf_hash(opened.leaf).hex(),
        page=hashlib.sha256(opened.page).hexdigest(),
        document=hashlib.sha256(opened.document).hexdigest(),
    )
    later = stamper()
    return {
        "notice.zip": bundle,
        "certificate.pdf": certificate(issuers, second, statement),
        "archive.zip": archived(log, 2, later),
        "issuers.pem": to_pem((issuers.ca.der, issuers.time_ca.der, later[1].der)),
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for path, data in examples().items():
        (folder / path).write_bytes(data)
