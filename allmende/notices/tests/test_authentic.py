"""The page says which form of a notice is the authentic one: § 15 EGovG, rule authentic_form.named."""

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation

from allmende.core.models import Body, Person
from allmende.lib.legalcalendar.kinds import Form
from allmende.notices.authentic import authentic
from allmende.notices.tests.conftest import Publish
from allmende.notices.tests.lawful import APPROVED, WAYS, make_lawful, stated
from allmende.notices.tests.samples import DETAILS

ELECTRONIC = "Maßgeblich ist die elektronische Fassung: diese Seite und das versiegelte PDF"


@pytest.mark.parametrize(
    ("form", "words"), [(Form.INTERNET, ELECTRONIC), (Form.GAZETTE, "Bekanntmachung in dieser Form: gedrucktes Amtsblatt")]
)
def test_the_page_of_a_by_law_says_which_form_is_authentic(
    form: Form, words: str, publish: Publish, town: Body, administrator: Person, client: Client
) -> None:
    make_lawful(town, administrator, replace(WAYS, form=form))
    publish(kind="bylaw", details=DETAILS["bylaw"], said=stated("bylaw", DETAILS["bylaw"], body=town).also(APPROVED))

    assert words in client.get("/bekanntmachungen/2026/1/").content.decode()


def test_a_notice_without_legal_effect_says_it_too(publish: Publish, client: Client) -> None:
    publish()

    assert ELECTRONIC in client.get("/bekanntmachungen/2026/1/").content.decode()


def test_english_readers_are_told_in_english() -> None:
    with translation.override("en"):
        assert authentic(replace(WAYS, form=Form.NEWSPAPER)).startswith("The authentic publication is the one in this form: newspaper")
