"""Of a notice that is erased no explanation stays: no text, film, caption, name of a file or draft, in no row and no file."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from allmende.core import housekeeping, outbox
from allmende.core.models import Body, Person
from allmende.lib.video.tests.made import box, mp4
from allmende.notices.after import amending
from allmende.notices.attachments.intake import from_bytes
from allmende.notices.models import Amendment, Explanation, Notice
from allmende.notices.models.explanation import Form
from allmende.notices.plain import films, services
from allmende.notices.plain.tests.conftest import Explain, typed
from allmende.notices.tests.conftest import Publish, wording
from allmende.notices.tests.lawful import make_lawful, stated
from allmende.notices.tests.samples import DETAILS
from allmende.publication.check import problems
from allmende.publication.tests.test_erasing import files_with, rows_with
from conftest import NOW

NAME = "Unverwechselbar"
SERVED = NOW + timedelta(days=15)


def test_at_its_day_no_row_and_no_file_holds_the_name(
    committed: None, explain: Explain, publish: Publish, town: Body, editor: Person, approver: Person, administrator: Person
) -> None:
    make_lawful(town, administrator)
    details = DETAILS["service"]
    notice = publish(
        kind="service",
        details=details,
        content=wording("Zugestellt wird ein Bescheid."),
        meaning=f"Das betrifft {NAME}.",
        said=stated("service", details, body=town),
    )
    explain(notice, Form.PLAIN, words=f"Ein Brief liegt für Kunigunde {NAME} bereit.")
    services.next_version(notice.pk, Form.PLAIN, body=town, by=editor, at=NOW)  # a draft, too
    easy = explain(notice, Form.EASY, until="submitted")
    services.send_back(easy.pk, body=town, remark=f"{NAME} richtig schreiben", by=approver, at=NOW)
    film = from_bytes(town, mp4(more=box(b"free", NAME.encode())), f"{NAME}.mp4", place=films.folder(town))
    row = services.set_film(notice.pk, body=town, saved=0, file=film, by=editor, at=NOW)
    captions = f"WEBVTT\n\n00:01.000 --> 00:02.000\nFür Kunigunde {NAME}."
    row = services.set_captions(notice.pk, body=town, saved=row.saved, captions=captions, by=editor, at=NOW)
    services.submit(row.pk, body=town, saved=row.saved, by=editor, at=NOW)
    services.review(row.pk, body=town, saved=row.saved, of_version=notice.version, by=approver, at=NOW)
    services.publish(row.pk, body=town, by=editor, at=NOW)
    correction = amending.begin(notice.pk, Amendment.Word.CORRECTS, body=town, by=editor, at=NOW)
    services.save_text(correction.pk, Form.EASY, body=town, saved=0, title=NAME, content=typed(NAME), by=editor, at=NOW)
    assert {"notices_explanation", "notices_notice", "notices_revision", "core_auditvalues"} <= set(rows_with(NAME))
    assert [name for name in files_with(NAME) if name == str(row.film)]

    housekeeping.do("erasure", SERVED)
    outbox.work(SERVED)

    assert list(rows_with(NAME)) == []
    assert files_with(NAME) == []
    assert not Explanation.objects.for_body(town).exists()
    assert list(films.folder(town).iterdir()) == []
    assert list(problems(town)) == []


def test_what_is_taken_down_stays_inside_the_office_until_it_is_erased(
    explain: Explain, publish: Publish, town: Body, editor: Person
) -> None:
    """Who has to report a leak must know what it was (docs/adr/0014); that nobody is answered is asked in test_public."""
    from allmende.publication.models import Removal
    from allmende.publication.services import erase, take_down

    notice = publish()
    explain(notice, Form.SIGN)
    take_down(notice.record, reason=Removal.Reason.PERSONAL_DATA, by=editor, at=NOW + timedelta(minutes=1))
    assert Explanation.objects.for_body(town).count() == 1
    erase(notice.record, by=None, at=NOW + timedelta(minutes=2))
    assert not Explanation.objects.for_body(town).exists()


def test_of_an_attachment_alone_nothing_of_it_goes(explain: Explain, publish: Publish, town: Body) -> None:
    from allmende.notices.services import ended

    notice = publish()
    explain(notice)
    ended.erased(Notice.objects.for_body(town).get(pk=notice.pk).record, ("attachment-1",), NOW)
    assert Explanation.objects.for_body(town).exists()


def test_the_housekeeping_takes_halves_and_films_without_a_row(explain: Explain, publish: Publish, town: Body) -> None:
    import os

    row = explain(publish(), Form.SIGN)
    place = films.folder(town)
    for name in (".half", "00000000-0000-0000-0000-000000000000"):
        (place / name).write_bytes(b"x")
    long_ago = (NOW - timedelta(days=3)).timestamp()
    for path in place.iterdir():
        os.utime(path, (long_ago, long_ago))
    housekeeping.do("films", NOW)

    assert [path.name for path in place.iterdir()] == [str(row.film)]
    assert Path(settings.UPLOAD_DIR) in place.parents
    assert timezone.is_aware(NOW)
