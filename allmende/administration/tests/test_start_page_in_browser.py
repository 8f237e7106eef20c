"""What the administrator sees of the start page that local law names, in a browser: found, not found, and asked again."""

import pytest

from allmende.administration.publishing import services as publishing
from allmende.administration.rules import services as rules
from allmende.administration.start_page.models import StartPageCheck
from allmende.administration.tests import test_in_browser as browsing
from allmende.administration.tests.test_publishing import ways
from allmende.core.models import Body, Person
from conftest import NOW

pytestmark = pytest.mark.browser
browser, server, visitor = browsing.browser, browsing.server, browsing.visitor


def test_the_start_page_is_shown_with_what_was_seen_of_it(visitor: browsing.Visitor, town: Body, administrator: Person) -> None:
    Body.objects.filter(pk=town.pk).update(ars="08" + town.ars[2:])
    town.refresh_from_db()
    rules.begin(body=town, by=administrator, at=NOW)
    publishing.enter(ways(start_page="www.altstadt.example"), reason="Beschluss", body=town, by=administrator, at=NOW)
    visitor.log_in(administrator)
    page = visitor.go("/verwaltung/recht/bekanntmachungsform/")
    visitor.check()
    row = {"body": town, "address": "www.altstadt.example", "area": "Ortsrecht", "checked_at": NOW}
    StartPageCheck.objects.create(**row, problem="no_link")
    visitor.go("/verwaltung/recht/bekanntmachungsform/")
    page.get_by_text("kein Link mit diesem Wort").wait_for()
    visitor.check()
    page.get_by_role("button", name="Jetzt ansehen").click()
    page.get_by_text("Die Startseite wird angesehen").wait_for()
    visitor.check()
    visitor.go("/en/verwaltung/recht/bekanntmachungsform/")
    page.get_by_text("No link with this word").wait_for()
    visitor.check()
