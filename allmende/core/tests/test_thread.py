import pytest
from pytest_django import DjangoAssertNumQueries

from allmende.core.models import Body, Link, Record, Visibility
from allmende.core.thread import LinkNotMeaningful, link, neighbours, thread_of

R = Link.Relation
INTERNAL, PUBLIC, REMOVED = Visibility.INTERNAL, Visibility.PUBLIC, Visibility.REMOVED


def rec(body: Body, kind: str, n: int = 0, visibility: Visibility = PUBLIC) -> Record:
    return Record.objects.create(body=body, kind=kind, titles={"de": f"{kind} {n}"}, path=f"{kind}/{n}/", visibility=visibility)


def test_from_the_idea_one_reaches_every_station(town: Body, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    kinds = ["idea", "measure", "paper", "resolution", "bylaw", "notice", "indicator"]
    idea, measure, paper, resolution, bylaw, notice, indicator = (rec(town, kind) for kind in kinds)
    link(measure, R.TAKES_UP, idea)
    link(paper, R.PROPOSES, measure)
    link(resolution, R.DECIDES, paper)
    link(resolution, R.ENACTS, bylaw)
    link(notice, R.PROMULGATES, bylaw)
    link(indicator, R.MEASURES, measure)

    with django_assert_num_queries(8):
        thread = thread_of(idea, inside=None)

    assert {record.kind for record in thread.records} == set(kinds)
    assert (len(thread.links), thread.cut) == (6, frozenset())


def test_a_meaningless_link_is_refused(town: Body) -> None:
    with pytest.raises(LinkNotMeaningful):
        link(rec(town, "idea"), R.ENACTS, rec(town, "notice"))


def test_who_reads_decides_what_hangs_together(town: Body, neighbour: Body) -> None:
    idea = rec(town, "idea")
    public = {rec(town, "measure", 1), rec(neighbour, "measure", 1)}
    draft = rec(town, "measure", 7, INTERNAL)
    foreign_draft = rec(neighbour, "measure", 7, INTERNAL)
    removed = rec(town, "measure", 8, REMOVED)
    for measure in (*public, draft, foreign_draft, removed):
        link(measure, R.TAKES_UP, idea)

    def measures(inside: Body | None) -> set[Record]:
        return set(thread_of(idea, inside=inside).records) - {idea}

    assert measures(None) == public  # public ones of both towns
    assert measures(town) == public | {draft}
    assert measures(neighbour) == public | {foreign_draft}


def test_a_hidden_start_has_no_thread(town: Body, neighbour: Body) -> None:
    draft = rec(town, "idea", visibility=INTERNAL)

    assert thread_of(draft, inside=None).records == []
    assert thread_of(draft, inside=neighbour).records == []
    assert thread_of(draft, inside=town).records == [draft]


def test_a_wide_thread_is_cut_and_the_rest_is_paged(town: Body) -> None:
    idea = rec(town, "idea")
    for n in range(7):
        link(rec(town, "measure", n), R.TAKES_UP, idea)

    thread = thread_of(idea, inside=None, width=3)
    first = neighbours(idea, inside=None, width=3)
    second = neighbours(idea, inside=None, width=3, after=first[-1].pk)
    third = neighbours(idea, inside=None, width=3, after=second[-1].pk)

    assert (len(thread.records), thread.cut) == (1 + 3, frozenset({idea.pk}))
    assert [len(first), len(second), len(third)] == [3, 3, 1]
    assert len({edge.source_id for edge in first + second + third}) == 7
