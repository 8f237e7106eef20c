"""An approver on a telephone: nothing goes out by a slip of the finger, nothing typed is lost, every refusal says who did what."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image

from allmende.core.models import AuditValues, Body, Membership, Office, Person
from allmende.notices import services
from allmende.notices.models import Comment, Notice
from allmende.notices.services import Draft, pictures
from allmende.notices.tests.conftest import LogIn, MakeDraft, Publish, wording
from allmende.notices.tests.test_approve import approved, submitted
from allmende.notices.tests.test_drafts import edited
from conftest import NOW, person

NOTE = "Bitte sagen, ab wann."


def address(name: str, notice: Notice, *rest: int) -> str:
    return reverse(f"notices_staff:{name}", args=[notice.pk, *rest])


def words(answer: Any) -> str:
    """What stands in <main>, without tags."""
    html = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


def state_of(notice: Notice) -> str:
    return Notice.objects.for_body(notice.record.body).get(pk=notice.pk).state


def test_approving_takes_two_steps_and_says_what_follows(make_draft: MakeDraft, log_in: LogIn, editor: Person, approver: Person) -> None:
    notice = submitted(make_draft(), editor)
    client = log_in(approver)

    first = client.post(address("decide", notice, 1), {"freigeben": "1", "reason": ""})
    assert (first.status_code, first["Location"]) == (302, address("approve", notice, 1))
    assert state_of(notice) == "submitted", "one touch publishes nothing"
    asked = words(client.get(first["Location"]))
    for part in ("Jetzt freigeben?", "Winterdienst auf Gehwegen", "Eingereicht Erika, ", "sofort öffentlich", "nicht zurücknehmen"):
        assert part in asked
    client.post(first["Location"], {"freigeben": "1"})
    assert state_of(notice) == "approved"


def test_whoever_typed_a_note_is_asked_and_the_note_is_kept(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person
) -> None:
    notice = submitted(make_draft(), editor)
    client = log_in(approver)

    asked = client.post(address("decide", notice, 1), {"freigeben": "1", "reason": NOTE}, follow=True)
    assert "Zurückgeben oder trotzdem freigeben?" in words(asked)
    assert f"{NOTE}</textarea>" in asked.content.decode()
    assert f"{NOTE}</textarea>" in client.get(address("decide", notice, 1)).content.decode(), "also after going back"
    client.post(address("approve", notice, 1), {"freigeben": "1", "reason": NOTE})

    comment = Comment.objects.for_body(town).get()
    assert (comment.text, comment.author, comment.with_approval) == (NOTE, approver, True)
    assert AuditValues.objects.for_body(town).get(entry__act="notice.approved").values["note"] == NOTE
    history = words(client.get(address("show", notice)))
    assert NOTE in history
    assert "Zurückgegeben: Anna" not in history
    assert "seit der Rückgabe" not in history


def test_from_the_second_step_it_can_still_be_sent_back(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person
) -> None:
    notice = submitted(make_draft(), editor)
    client = log_in(approver)
    asked = client.post(address("decide", notice, 1), {"freigeben": "1", "reason": NOTE}, follow=True).content.decode()
    assert f'formaction="{address("decide", notice, 1)}"' in asked

    client.post(address("decide", notice, 1), {"zurueckgeben": "1", "reason": NOTE})

    assert state_of(notice) == "draft"
    assert not Comment.objects.for_body(town).get().with_approval


def test_a_missing_reason_is_told_at_its_field(make_draft: MakeDraft, log_in: LogIn, editor: Person, approver: Person) -> None:
    notice = submitted(make_draft(), editor)
    client = log_in(approver)

    assert "freiwillig" not in words(client.get(address("decide", notice, 1)))
    answer = client.post(address("decide", notice, 1), {"zurueckgeben": "1", "reason": " "})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_reason">' in page, "the summary leads to the field"
    assert re.search(r'<textarea[^>]*aria-invalid="true"', page)
    assert re.search(r'<textarea[^>]*aria-describedby="[^"]*id_reason_error', page)
    assert "freiwillig" not in words(answer)


@pytest.mark.parametrize("button", ["freigeben", "zurueckgeben"])
def test_an_old_tab_after_a_return_says_so_and_offers_no_button(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person, button: str
) -> None:
    notice = submitted(make_draft(), editor)
    services.send_back(notice.pk, body=town, version=1, reason="Von mir.", by=person_who_approves(town), at=NOW)
    client = log_in(approver)

    answer = client.post(address("decide", notice, 1), {button: "1", "reason": NOTE})

    told = words(answer)
    assert answer.status_code == 409
    assert "Ist zurückgegeben (Ben, " in told
    assert NOTE in told, "what was typed is given back"
    assert "Eingereicht von" not in told
    main = answer.content.decode().partition("<main")[2]
    assert "<button" not in main
    assert address("show", notice) in main
    assert reverse("desk") in main


def person_who_approves(town: Body) -> Person:
    ben = person("Ben")
    Membership.objects.create(person=ben, body=town, role=Membership.Role.APPROVER)
    return ben


def test_a_second_approval_says_whose_was_the_first(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person
) -> None:
    notice = submitted(make_draft(), editor)
    approved(notice, person_who_approves(town))

    for step in ("decide", "approve"):
        answer = log_in(approver).post(address(step, notice, 1), {"freigeben": "1"})
        assert answer.status_code == 409
        assert "Ist schon freigegeben (Ben, " in words(answer)
        assert " Uhr)" in words(answer)


def test_after_a_withdrawal_the_old_tab_names_it(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person
) -> None:
    notice = submitted(make_draft(), editor)
    services.withdraw(notice.pk, body=town, by=editor, at=NOW)

    answer = log_in(approver).post(address("approve", notice, 1), {"freigeben": "1"})

    assert (answer.status_code, "zurückgezogen" in words(answer)) == (409, True)


def test_a_version_that_never_was_is_not_found(make_draft: MakeDraft, log_in: LogIn, editor: Person, approver: Person) -> None:
    notice = submitted(make_draft(), editor)

    for name in ("decide", "approve", "preview", "compare"):
        assert log_in(approver).get(address(name, notice, 9)).status_code == 404
    services.withdraw(notice.pk, body=notice.record.body, by=editor, at=NOW)
    for name in ("submit", "discard"):
        assert log_in(editor).get(address(name, notice, 9)).status_code == 404


def test_no_page_shows_a_number_that_counts_what_the_editor_saves_by_itself(
    town: Body, office: Office, log_in: LogIn, editor: Person, approver: Person
) -> None:
    """An hour of writing is dozens of them; a version is called by who saved it and when."""
    given: dict[str, Any] = {"body": town, "by": editor, "automatic": True}
    values = Draft(title="Winterdienst", office=office.pk, content=wording())
    notice = services.draft(**given, values=values, at=NOW)
    for minutes in range(1, 60):
        now = replace(values, summary=f"Stand {minutes}.")
        services.edit(notice.pk, **given, version=minutes, values=now, at=NOW + timedelta(minutes=minutes))
    services.submit(notice.pk, body=town, version=60, by=editor, at=NOW + timedelta(minutes=60))
    services.send_back(notice.pk, body=town, version=60, reason=NOTE, by=approver, at=NOW + timedelta(minutes=65))
    services.submit(notice.pk, body=town, version=60, by=editor, at=NOW + timedelta(minutes=70))

    client = log_in(approver)
    shown = [words(client.get(page)) for page in (reverse("desk"), reverse("notices_staff:list"), address("show", notice))]
    shown += [words(client.get(address(name, notice, 60))) for name in ("decide", "approve")]
    assert [page for page in shown if re.search(r"(Fassung|Version|version) \d", page) or not re.search("Winterdienst", page)] == []
    history = shown[2]
    assert re.search(r"9\.00 Uhr Begonnen: Erika", history), "since the first letter, not since what was saved last"
    assert re.search(r"9\.59 Uhr Geändert: Erika", history)


def test_the_history_keeps_every_step(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person, publish: Publish
) -> None:
    notice = submitted(make_draft(), editor)
    services.withdraw(notice.pk, body=town, by=editor, at=NOW + timedelta(minutes=1))
    edited(notice, 1, editor, title="Mit Uhrzeit")
    services.submit(notice.pk, body=town, version=2, by=editor, at=NOW + timedelta(minutes=2))
    services.send_back(notice.pk, body=town, version=2, reason=NOTE, by=approver, at=NOW + timedelta(minutes=3))

    history = words(log_in(approver).get(address("show", notice)))

    steps = (
        "Begonnen: Erika",
        "Zur Freigabe gegeben: Erika",
        "Zurückgezogen: Erika",
        f"Zurückgegeben: Anna {NOTE}",
        "Jetzt Zur Freigabe geben",
    )
    assert sorted(steps, key=history.index) == list(steps)
    assert history.count("Zur Freigabe gegeben: Erika") == 2
    assert "Geändert: Erika" in history
    assert "Zurückgegeben. Erika ist dran." in history
    assert "zurückgegeben, bitte ändern" in words(log_in(editor).get(address("show", notice)))

    done = words(log_in(approver).get(address("show", publish())))
    for step in ("Gesiegelt", "Im Protokoll eingetragen", "Bereitgestellt"):
        assert re.search(rf"9\.0\d Uhr {step}", done), f"{step} has its time"


def test_while_it_is_published_the_page_names_the_next_step(make_draft: MakeDraft, log_in: LogIn, editor: Person, approver: Person) -> None:
    notice = approved(submitted(make_draft(), editor), approver)

    page = log_in(approver).get(address("show", notice))

    assert "Nächster Schritt: Siegeln" in words(page)
    assert "Stand neu laden" in words(page)
    assert "notices/until_public" in page.content.decode()


def test_nothing_is_called_public_before_its_page_answers(
    publish: Publish, log_in: LogIn, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment of provision lies up to two seconds ahead of the transaction that names it."""
    notice = publish()
    assert notice.provided_at
    client, public = log_in(editor), f"/{notice.record.path}"

    for moment, answers in ((notice.provided_at - timedelta(milliseconds=1), False), (notice.provided_at, True)):
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        page = client.get(address("show", notice)).content.decode()
        desk = client.get(reverse("desk")).content.decode()
        assert client.get(public).status_code == (200 if answers else 404)
        assert ("Öffentliche Seite ansehen" in page, "data-until-public" in page) == (answers, not answers)
        assert ("wird gesiegelt und eingetragen" in desk) is not answers


def test_an_approver_is_warned_before_writing_and_only_looks_at_own_work(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person
) -> None:
    Membership.objects.create(person=approver, body=town, role=Membership.Role.EDITOR)
    theirs, own = submitted(make_draft(), editor), submitted(make_draft(by=approver), approver)
    services.send_back(theirs.pk, body=town, version=1, reason=NOTE, by=approver, at=NOW)
    client = log_in(approver)

    returned = client.get(address("show", theirs))
    page = returned.content.decode().partition("<main")[2]
    warned, written, _rest = page.partition(f'href="{address("edit", theirs)}"')
    assert written, "there is a way, and only one"
    assert "Sie können es dann nicht mehr." in warned
    assert page.count("kern-btn--primary") == 1
    assert re.search(rf'kern-btn--primary" href="{reverse("desk")}"', page), "nothing else waits"
    third = submitted(make_draft(title="Noch ein Fall"), editor)
    page = client.get(address("show", theirs)).content.decode().partition("<main")[2]
    assert re.search(rf'kern-btn--primary" href="{address("decide", third, 1)}">', page)
    assert "Nächster Fall: Noch ein Fall" in words(client.get(address("show", theirs)))
    mine = words(client.get(address("show", own)))
    assert "Ansehen oder zurückgeben" not in mine, "one's own is withdrawn"
    assert "Prüfen und entscheiden" not in mine
    assert "Sie haben diesen Text geschrieben." in words(client.get(address("decide", own, 1)))


def test_what_changed_is_marked_word_by_word_and_leads_back(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person
) -> None:
    notice = submitted(make_draft(plain="Die Gehwege sind von 7 bis 20 Uhr zu räumen.\n\n## Grundlage\n\nDie Satzung."), editor)
    services.send_back(notice.pk, body=town, version=1, reason=NOTE, by=approver, at=NOW)
    assert "Seit der Rückgabe ist noch nichts geändert." in words(log_in(approver).get(address("show", notice)))
    assert "noch nichts geändert" in words(log_in(approver).get(address("compare", notice, 1)))
    edited(notice, 1, editor, content=wording("Die Gehwege sind von 8 bis 20 Uhr zu räumen.\n\n## Rechtsgrundlage\n\nDie Satzung."))
    submitted(notice, editor)

    decide = words(log_in(approver).get(address("decide", notice, 2)))
    assert "Was sich seit der Rückgabe geändert hat" in decide
    page = log_in(approver).get(address("compare", notice, 1))
    html = page.content.decode()
    assert re.search(r"<del><span class=\"kern-sr-only\">gestrichen: </span>7<span", html)
    assert re.search(r"<ins><span class=\"kern-sr-only\">neu: </span>8<span", html)
    assert "Überschrift: " in words(page)
    assert "##" not in words(page)
    assert f'href="{address("decide", notice, 2)}#entscheidung"' in html


def test_after_a_withdrawal_the_versions_are_compared_too(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person
) -> None:
    notice = submitted(make_draft(), editor)
    services.withdraw(notice.pk, body=town, by=editor, at=NOW)
    edited(notice, 1, editor, title="Doch anders")
    submitted(notice, editor)

    page = log_in(approver).get(address("decide", notice, 2)).content.decode()

    assert "Was sich seit dem Zurückziehen geändert hat" in page
    assert address("compare", notice, 1) in page


def test_a_wide_table_and_a_picture_can_be_read_on_a_telephone(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person
) -> None:
    notice = make_draft()
    out = io.BytesIO()
    Image.new("RGB", (9, 9), "navy").save(out, "PNG")
    out.seek(0)
    picture = pictures.add(notice.pk, body=town, file=out, name="plan.png", by=editor, at=NOW)
    edited(notice, 1, editor, content=wording(f"Tabelle: Abfuhr\n| Straße | Tag |\n| Markt | Montag |\n\n![Ein Plan]({picture.pk})"))
    submitted(notice, editor)

    for name in ("decide", "preview"):
        page = log_in(approver).get(address(name, notice, 2)).content.decode()
        assert 'class="n-labelled"' in page
        assert f'<figure><a href="{reverse("notices_staff:picture", args=[notice.pk, picture.pk])}"><img ' in page
        assert "Bild groß ansehen" in page
        assert re.search(r"</figure><p class=\"n-described\" lang=\"de\">Bildbeschreibung: <span lang=\"de\">Ein Plan</span></p>", page)
    services.send_back(notice.pk, body=town, version=2, reason=NOTE, by=approver, at=NOW)
    assert "Bildbeschreibung: Ein Plan" in words(log_in(editor).get(address("submit", notice, 2)))


def test_the_plain_form_calls_the_wording_neither_optional_nor_kept_as_it_was(log_in: LogIn, editor: Person, office: Office) -> None:
    page = log_in(editor).get(f"{reverse('notices_staff:new')}?kind=general").content.decode()

    label = page.partition('<label class="kern-label" for="id_text">')[2].partition("</label>")[0]
    assert label.split() == ["Amtlicher", "Text"]
    assert "bleiben erhalten" not in page
    answer = log_in(editor).post(reverse("notices_staff:new"), {"version": "0", "title": "Ein Gedanke", "kind": "general", "text": ""})
    assert answer.status_code == 302, "a thought without wording is saved"


def test_what_comes_back_unchanged_says_so_before_it_is_submitted(
    make_draft: MakeDraft, log_in: LogIn, town: Body, editor: Person, approver: Person
) -> None:
    notice = submitted(make_draft(), editor)
    services.send_back(notice.pk, body=town, version=1, reason=NOTE, by=approver, at=NOW)
    same = words(log_in(editor).get(address("submit", notice, 1)))
    for said in (f"Zurückgegeben von Anna, Mo, 2.3.2026, 9.00 Uhr : {NOTE}", "noch nichts geändert", "mit Anna ab."):
        assert said in same
    edited(notice, 1, editor, summary="Ab Montag.")
    changed = words(log_in(editor).get(address("submit", notice, 2)))
    assert NOTE in changed
    assert "Was sich seit der Rückgabe geändert hat" in changed
    assert "unverändert" not in changed
    edited(notice, 2, editor, summary="")  # taken back: another version, and the same words

    assert "noch nichts geändert" in words(log_in(editor).get(address("submit", notice, 3)))
