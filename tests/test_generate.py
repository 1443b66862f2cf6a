"""Generated papers have the shapes that real ones have (API.md §2)."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.generate import CROWD, CROWDED, HOSTILE, hostile_day, make_day, make_days, make_item

if TYPE_CHECKING:
    from tests.generate import Item


@pytest.fixture(scope="module")
def summer() -> dict[date, list[Item]]:
    return make_days(date(2026, 5, 1), date(2026, 8, 31))


@pytest.fixture(scope="module")
def papers(summer: dict[date, list[Item]]) -> list[Item]:
    return [item["paper"] for items in summer.values() for item in items]


def strings_of(value: object) -> list[str]:
    """Every text in a JSON value, keys left out."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings_of(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings_of(part)]
    return [value] if isinstance(value, str) else []


def test_same_day_gives_the_same_papers(summer: dict[date, list[Item]]) -> None:
    day = date(2026, 8, 21)
    assert make_day(day) == make_day(day) == summer[day]
    assert make_day(day, 3) == [make_item(number, day) for number in range(3)]


def test_weekends_are_empty_and_weekdays_are_not(summer: dict[date, list[Item]]) -> None:
    assert make_day(date(2026, 8, 22)) == []
    sizes = {len(items) for items in summer.values()}
    assert min(sizes) >= 1
    assert max(sizes) <= 50
    assert len(sizes) > 30


def test_ids_are_unique_and_look_like_arxiv_ids(papers: list[Item]) -> None:
    ids = [paper["id"] for paper in papers]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"\d{4}\.\d{5}", paper_id) for paper_id in ids)


def test_half_of_the_titles_are_broken_and_some_are_long(papers: list[Item]) -> None:
    broken = sum("\n  " in paper["title"] for paper in papers)
    assert 0.4 < broken / len(papers) < 0.6
    assert max(len(paper["title"]) for paper in papers) > 180


def test_one_paper_has_a_crowd_of_authors(summer: dict[date, list[Item]]) -> None:
    day, number = CROWDED
    assert len(summer[day][number]["paper"]["authors"]) == CROWD
    assert any(author["hidden"] for author in summer[day][number]["paper"]["authors"])


def test_optional_keys_are_absent_at_times_and_never_null(papers: list[Item]) -> None:
    for key in ("organization", "projectPage", "githubRepo", "ai_summary", "mediaUrls"):
        assert 0.1 < sum(key in paper for paper in papers) / len(papers) < 0.9
    assert "null" not in json.dumps(papers)


def test_some_addresses_hold_whitespace(papers: list[Item]) -> None:
    assert any(paper.get("projectPage", "").startswith(" ") for paper in papers)
    assert any("\n" in paper.get("githubRepo", "") for paper in papers)


def test_keys_are_replaced_where_the_hub_puts_them() -> None:
    item = make_item(1, date(2026, 8, 21), title="T", upvotes=3, numComments=None)
    assert (item["title"], item["paper"]["title"], item["paper"]["upvotes"]) == ("T", "T", 3)
    assert "numComments" not in item
    assert "upvotes" not in item


def test_every_hostile_string_is_in_every_field_of_a_paper() -> None:
    items = hostile_day(date(2026, 8, 21))
    for text, item in zip(HOSTILE, items, strict=True):
        assert [found for found in _free_texts(item) if text not in found] == []


def _free_texts(item: Item) -> list[str]:
    """The texts of a paper but its id, times and account kinds."""
    stamps = re.compile(r"\d{4}\.\d{5}|\d{4}-\d\d-\d\dT.*|user")
    return [text for text in strings_of(item) if not stamps.fullmatch(text)]
