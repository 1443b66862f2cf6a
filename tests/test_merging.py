"""A refresh in place: what comes in, what stays, and what nobody sees move."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from tui.merging import Merged, merged
from tui.papers import Headline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DAYS: Final = [date(2026, 8, day) for day in (21, 20, 19, 18)]
NOWHERE: Final = range(0)


def papers(ids: str, upvotes: int = 0, day: date | None = None) -> list[Headline]:
    """A paper for each letter."""
    return [Headline(letter, f"Title {letter}", upvotes, day=day) for letter in ids]


def letters(found: Iterable[Headline]) -> str:
    return "".join(paper.id for paper in found)


def refresh(shown: str, fresh: str, in_view: range = NOWHERE, gone: str = "") -> Merged:
    return merged(papers(shown), frozenset(gone), papers(fresh, 1), in_view, grouped=False)


def month(*days: str) -> list[Headline]:
    """The papers of each day under its heading; a day without letters has no papers."""
    return [paper for day, ids in zip(DAYS, days, strict=False) for paper in papers(ids, day=day)]


def refresh_month(
    shown: Sequence[Headline], fresh: Sequence[Headline], in_view: range = NOWHERE
) -> Merged:
    return merged(shown, (), fresh, in_view, grouped=True)


# -- examples -----------------------------------------------------------------------------


def test_what_was_shown_keeps_its_order_and_gets_its_fresh_facts() -> None:
    found = refresh("abc", "cab")
    assert letters(found.papers) == "abc"
    assert {paper.upvotes for paper in found.papers} == {1}
    assert not found.new | found.gone


def test_a_new_paper_goes_behind_the_nearest_one_before_it() -> None:
    found = refresh("abc", "xaybczw")
    assert letters(found.papers) == "xaybczw"
    assert found.new == set("xyzw")


def test_a_paper_that_left_stays_where_it_is_until_it_comes_back() -> None:
    left = refresh("abc", "ac")
    assert letters(left.papers) == "abc"
    assert left.gone == {"b"}
    assert [paper.upvotes for paper in left.papers] == [1, 0, 1]
    assert refresh("abc", "a", gone="b").gone == {"b", "c"}
    assert refresh("ac", "ac", gone="b").gone == {"b"}
    back = refresh("abc", "bac", gone="b")
    assert letters(back.papers) == "abc"
    assert not back.gone | back.new


def test_nothing_comes_between_two_rows_in_view() -> None:
    assert letters(refresh("abcdef", "abxcdyzef", range(1, 4)).papers) == "abcdxyzef"


def test_what_comes_right_above_or_below_the_view_has_its_place() -> None:
    assert letters(refresh("abcd", "axbcyd", range(1, 3)).papers) == "axbcyd"
    assert letters(refresh("ab", "xaby", range(2)).papers) == "xaby"


def test_a_new_paper_stays_with_its_day() -> None:
    found = refresh_month(month("ab", "cd"), month("xab", "ycd"))
    assert letters(found.papers) == "xabycd"


def test_where_its_place_is_in_view_it_goes_below_or_above_the_view() -> None:
    found = refresh_month(month("ab", "cd"), month("axb", "ycd"), range(4))
    assert letters(found.papers) == "xabcdy"


def test_what_comes_to_a_day_that_ends_in_view_goes_above_the_view() -> None:
    found = refresh_month(month("abc", "def"), month("abxcy", "def"), range(1, 5))
    assert letters(found.papers) == "axybcdef"


def test_only_a_day_that_is_all_in_view_grows_there() -> None:
    found = refresh_month(month("ab", "cd", "ef"), month("ab", "xcyd", "ef"), range(1, 5))
    assert letters(found.papers) == "abcdxyef"


def test_where_its_day_goes_on_below_the_view_it_goes_there() -> None:
    found = refresh_month(month("abcd", "e"), month("axbcd", "e"), range(3))
    assert letters(found.papers) == "abcxde"


def test_a_new_day_goes_where_the_hub_has_it() -> None:
    found = refresh_month(month("", "ab", "", "cd"), month("x", "ab", "y", "cd"), range(4))
    assert letters(found.papers) == "xabycd"


def test_a_paper_that_changed_its_day_stays_under_the_heading_where_it_was() -> None:
    found = refresh_month(month("abc", "de"), month("ac", "dbe"))
    assert [(paper.id, paper.day) for paper in found.papers] == [
        (paper.id, paper.day) for paper in month("abc", "de")
    ]


# -- properties ---------------------------------------------------------------------------


class Refresh(NamedTuple):
    shown: list[Headline]
    gone: frozenset[str]
    fresh: list[Headline]
    in_view: range
    grouped: bool

    def merge(self) -> Merged:
        return merged(*self[:-1], grouped=self.grouped)


@st.composite
def lists(draw: st.DrawFn, *, grouped: bool, upvotes: int) -> list[Headline]:
    """Papers in any order; where they are grouped, days in any order as well."""
    one = st.builds(
        Headline, st.integers(0, 30).map(str), st.just(""), st.just(upvotes),
        day=st.sampled_from(DAYS),
    )  # fmt: skip
    found = draw(st.lists(one, unique_by=lambda paper: paper.id, max_size=25))
    if not grouped:
        return found
    order = draw(st.permutations(DAYS))
    return [paper for day in order for paper in found if paper.day == day]


@st.composite
def refreshes(draw: st.DrawFn, *, grouped: bool) -> Refresh:
    shown = draw(lists(grouped=grouped, upvotes=0))
    fresh = draw(lists(grouped=grouped, upvotes=1))
    top = draw(st.integers(0, len(shown)))
    absent = sorted({paper.id for paper in shown} - {paper.id for paper in fresh})
    gone = draw(st.sets(st.sampled_from(absent))) if absent else set()
    in_view = range(top, draw(st.integers(top, len(shown))))
    return Refresh(shown, frozenset(gone), fresh, in_view, grouped)


def ids(found: Iterable[Headline]) -> list[str]:
    return [paper.id for paper in found]


def assert_nothing_is_lost_and_nothing_is_there_twice(refresh: Refresh) -> None:
    found = ids(refresh.merge().papers)
    assert len(found) == len(set(found))
    assert set(found) == {*ids(refresh.shown), *ids(refresh.fresh)}


def assert_new_and_gone_are_told(refresh: Refresh) -> None:
    shown, fresh, found = {*ids(refresh.shown)}, {*ids(refresh.fresh)}, refresh.merge()
    assert found.new == fresh - shown
    assert found.gone == shown - fresh
    assert {paper.id for paper in found.papers if paper.upvotes == 0} == found.gone


def assert_what_was_shown_keeps_its_order(refresh: Refresh) -> None:
    found = refresh.merge()
    assert [other for other in ids(found.papers) if other not in found.new] == ids(refresh.shown)


def assert_rows_in_view_stay_together(refresh: Refresh) -> None:
    view = ids(refresh.shown)[refresh.in_view.start : refresh.in_view.stop]
    found = ids(refresh.merge().papers)
    top = found.index(view[0]) if view else 0
    assert found[top : top + len(view)] == view


def assert_only_days_all_in_view_grow_there(refresh: Refresh) -> None:
    view = refresh.shown[refresh.in_view.start : refresh.in_view.stop]
    if not view:
        return
    papers = refresh.merge().papers
    places = {paper.id: place for place, paper in enumerate(papers)}
    between = papers[places[view[0].id] : places[view[-1].id]]
    days = {paper.day for paper in between if paper.id not in ids(view)}
    assert not days & {view[0].day, view[-1].day}


def assert_a_new_paper_out_of_view_is_behind_the_one_it_follows(refresh: Refresh) -> None:
    found, order = refresh.merge(), ids(refresh.fresh)
    shown = ids(refresh.shown)
    for new in found.new:
        before = [other for other in order[: order.index(new)] if other not in found.new]
        gap = shown.index(before[-1]) + 1 if before else 0
        if refresh.in_view.start < gap < refresh.in_view.stop:
            gap = refresh.in_view.stop
        kept = [other for other in ids(found.papers) if other == new or other not in found.new]
        assert kept.index(new) == gap


def assert_the_papers_of_a_day_stand_together(refresh: Refresh) -> None:
    days = [day for day, _ in groupby(refresh.merge().papers, key=lambda paper: paper.day)]
    assert len(days) == len(set(days))


def assert_papers_keep_the_day_that_they_were_under(refresh: Refresh) -> None:
    days = {paper.id: paper.day for paper in (*refresh.fresh, *refresh.shown)}
    assert {paper.id: paper.day for paper in refresh.merge().papers} == days


def assert_the_same_again_changes_nothing(refresh: Refresh, top: int, end: int) -> None:
    once = refresh.merge()
    again = merged(once.papers, once.gone, refresh.fresh, range(top, end), grouped=refresh.grouped)
    assert again == once._replace(new=frozenset())


def assert_that_is_the_fresh_list_where_nothing_was_shown(refresh: Refresh) -> None:
    found = merged((), (), refresh.fresh, NOWHERE, grouped=refresh.grouped)
    assert found.papers == tuple(refresh.fresh)
    assert not found.gone


def assert_nothing_goes_astray(refresh: Refresh, top: int, end: int) -> None:
    assert_nothing_is_lost_and_nothing_is_there_twice(refresh)
    assert_new_and_gone_are_told(refresh)
    assert_what_was_shown_keeps_its_order(refresh)
    assert_the_same_again_changes_nothing(refresh, top, end)
    assert_that_is_the_fresh_list_where_nothing_was_shown(refresh)


@given(refreshes(grouped=False), st.integers(0, 60), st.integers(0, 60))
def test_whatever_is_refreshed_nothing_goes_astray(refresh: Refresh, top: int, end: int) -> None:
    assert_nothing_goes_astray(refresh, top, end)
    assert_rows_in_view_stay_together(refresh)
    assert_a_new_paper_out_of_view_is_behind_the_one_it_follows(refresh)


@given(refreshes(grouped=True), st.integers(0, 60), st.integers(0, 60))
def test_whatever_is_refreshed_by_day_nothing_goes_astray(
    refresh: Refresh, top: int, end: int
) -> None:
    assert_nothing_goes_astray(refresh, top, end)
    assert_the_papers_of_a_day_stand_together(refresh)
    assert_papers_keep_the_day_that_they_were_under(refresh)
    assert_only_days_all_in_view_grow_there(refresh)
