"""The sample edition: three days that look like the Hub's and are answered as the Hub answers."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tui.hub.wire import parse_items, parse_paper
from tui.sample import DAYS, TODAY, answer

if TYPE_CHECKING:
    from tui.papers import Paper

LIST = "/api/daily_papers"
WORDS = range(60, 161)
"""Words in an abstract."""


def get(path: str, **query: str) -> Any:
    status, _, body = answer(path, query)
    assert status == 200
    return json.loads(body)


def ids(**query: str) -> list[str]:
    """The papers that a query for the list gives, in the Hub's order."""
    return [item["paper"]["id"] for item in get(LIST, **query)]


def items(day: date) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(LIST, date=day.isoformat(), limit="100")
    return found


def papers(day: date) -> tuple[Paper, ...]:
    found, unreadable = parse_items(answer(LIST, {"date": day.isoformat()})[2])
    assert unreadable == 0
    return found


EVERY_ITEM = [item for day in DAYS for item in items(day)]
EVERY_PAPER = [paper for day in DAYS for paper in papers(day)]


def test_the_days_are_consecutive_weekdays_and_today_is_the_last() -> None:
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(DAYS))
    assert all(day.weekday() < 5 for day in DAYS)
    assert max(DAYS) == TODAY


@pytest.mark.parametrize("day", DAYS)
def test_a_day_holds_a_dozen_papers_of_that_day_most_upvotes_first(day: date) -> None:
    found = papers(day)
    assert 11 <= len(found) <= 14
    assert {paper.day for paper in found} == {day}
    assert [paper.id for paper in found] == [item["paper"]["id"] for item in items(day)]


def test_no_paper_comes_twice() -> None:
    assert len(EVERY_PAPER) >= 34
    assert len({paper.id for paper in EVERY_PAPER}) == len(EVERY_PAPER)


@pytest.mark.parametrize("paper", EVERY_PAPER, ids=lambda paper: paper.id)
def test_a_paper_has_what_every_paper_has(paper: Paper) -> None:
    assert len(paper.abstract.split()) in WORDS
    assert paper.authors
    assert paper.comments is not None
    assert paper.submitter is not None
    assert paper.published is not None
    assert paper.published < TODAY


def test_every_field_that_may_be_absent_is_absent_somewhere_and_present_elsewhere() -> None:
    for field in ("ai_summary", "organization", "github_repo", "project_page", "keywords", "media"):
        assert {bool(getattr(paper, field)) for paper in EVERY_PAPER} == {True, False}, field
    assert {paper.author_participating for paper in EVERY_PAPER} == {True, False}


def test_crowds_and_single_authors_are_there() -> None:
    sizes = [len(paper.authors) for paper in EVERY_PAPER]
    assert min(sizes) == 1
    assert max(sizes) > 40
    assert any(author.username for paper in EVERY_PAPER for author in paper.authors)


def test_a_hidden_author_is_sent_but_not_shown() -> None:
    hidden = [
        (item["paper"]["id"], author["name"])
        for item in EVERY_ITEM
        for author in item["paper"]["authors"]
        if author.get("hidden")
    ]
    assert hidden
    shown = {(paper.id, author.name) for paper in EVERY_PAPER for author in paper.authors}
    assert shown.isdisjoint(hidden)


@pytest.mark.parametrize(
    "shape",
    [
        r"10\^\{19\}",
        r"O\(T\^\{2/3\}\)",
        r"\\textbf\{",
        r"\d\\%",
        r"\\ie\b",
        r"(?<!\\)\$5\b",
        r"\\\$5\b",
        r"\\times",
        r"[\u3040-\u30ff\u4e00-\u9fff]",
    ],
)
def test_abstracts_hold_what_real_ones_hold(shape: str) -> None:
    assert any(re.search(shape, paper.abstract) for paper in EVERY_PAPER)


def test_some_texts_are_broken_into_lines() -> None:
    assert any("\n  " in item["paper"]["title"] for item in EVERY_ITEM)
    assert any(item["paper"]["summary"].count("\n") > 5 for item in EVERY_ITEM)


def test_an_item_repeats_its_paper_as_the_hub_does() -> None:
    for item in EVERY_ITEM:
        paper = item["paper"]
        assert item["title"] == paper["title"]
        assert item["summary"] == paper["summary"]
        assert item.get("organization") == paper.get("organization")
        assert item["submittedBy"]["name"] == paper["submittedOnDailyBy"]["name"]


@pytest.mark.parametrize(
    "query",
    [
        {"date": "2026-08-18"},
        {"date": "2023-05-04"},
        {"week": "2026-W33"},
        {"week": "2025-W34"},
        {"week": "2026-W52"},
        {"month": "2026-07"},
        {"month": "2025-08"},
    ],
)
def test_other_days_are_empty(query: dict[str, str]) -> None:
    assert get(LIST, **query) == []


@pytest.mark.parametrize("query", [{"week": "2026-W34"}, {"month": "2026-08"}])
def test_a_week_and_a_month_hold_their_days_each_page_by_upvotes(query: dict[str, str]) -> None:
    pages = [get(LIST, limit="20", p=str(page), **query) for page in range(3)]
    assert [len(page) for page in pages] == [20, len(EVERY_ITEM) - 20, 0]
    upvotes = [[item["paper"]["upvotes"] for item in page] for page in pages]
    assert upvotes == [sorted(page, reverse=True) for page in upvotes]
    assert upvotes[0] + upvotes[1] != sorted(upvotes[0] + upvotes[1], reverse=True)
    assert sorted(ids(limit="100", **query)) == sorted(paper.id for paper in EVERY_PAPER)


def test_trending_mixes_the_days_in_an_order_of_its_own() -> None:
    ranked = get(LIST, sort="trending", limit="100")
    assert sorted(ids(sort="trending", limit="100")) == sorted(paper.id for paper in EVERY_PAPER)
    upvotes = [item["paper"]["upvotes"] for item in ranked]
    days = [item["paper"]["submittedOnDailyAt"] for item in ranked]
    assert upvotes != sorted(upvotes, reverse=True)
    assert days != sorted(days, reverse=True)
    assert len(set(days[: len(days) // 2])) == len(DAYS)


def test_the_usual_order_has_a_name() -> None:
    assert ids(sort="publishedAt") == ids()


@pytest.mark.parametrize(
    "query",
    [
        {"date": "2026-08-22"},
        {"date": "2026-02-30"},
        {"date": "20260821"},
        {"date": "2026-08"},
        {"date": ""},
        {"week": "2026-W00"},
        {"week": "2026-W53"},
        {"week": "2026-W34\n"},
        {"week": "2026-w34"},
        {"week": "2026-34"},
        {"week": "٢٠٢٦-W34"},
        {"week": ""},
        {"month": "2026-00"},
        {"month": "2026-13"},
        {"month": "2026-8"},
        {"month": "2026-08-21"},
        {"month": ""},
        {"sort": "upvotes"},
        {"sort": ""},
        {"limit": "0"},
        {"limit": "101"},
        {"limit": "many"},
        {"p": "-1"},
        {"p": "9" * 5000},
    ],
)
def test_what_the_hub_refuses_is_refused(query: dict[str, str]) -> None:
    status, _, body = answer(LIST, query)
    assert status == 400
    assert json.loads(body)["error"].startswith("✖ ")


def test_without_a_date_the_newest_day_comes_first() -> None:
    found = [date.fromisoformat(item["paper"]["submittedOnDailyAt"][:10]) for item in get(LIST)]
    assert found == sorted(found, reverse=True)
    assert set(found) == set(DAYS)


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "10"},
        {"limit": "5", "date": "2026-08-20"},
        {"limit": "15", "sort": "trending"},
    ],
)
def test_the_link_leads_through_every_page_to_the_end(query: dict[str, str]) -> None:
    seen: list[str] = []
    target: str | None = LIST
    while target is not None:
        parts = urlsplit(target)
        _, headers, body = answer(parts.path, dict(parse_qsl(parts.query)) or query)
        page = json.loads(body)
        assert len(page) <= int(query["limit"])
        seen += [item["paper"]["id"] for item in page]
        link = re.fullmatch(r'<([^>]+)>; rel="next"', headers.get("link", ""))
        target = link[1] if link else None
    assert seen == ids(**(query | {"limit": "100"}))


def test_a_page_past_the_end_is_empty() -> None:
    assert get(LIST, p="7") == []


@pytest.mark.parametrize("item", EVERY_ITEM, ids=lambda item: item["paper"]["id"])
def test_a_single_paper_comes_flat(item: dict[str, Any]) -> None:
    path = f"/api/papers/{item['paper']['id']}"
    assert get(path) == item["paper"]
    assert parse_paper(answer(path, {})[2]).title


@pytest.mark.parametrize("path", ["/api/papers/2401.00001", "/api/papers/", "/api/models", "/"])
def test_what_is_unknown_is_not_found(path: str) -> None:
    status, _, body = answer(path, {})
    assert status == 404
    assert json.loads(body)["error"]


def test_the_etag_is_weak_and_follows_the_body() -> None:
    tags = [answer(LIST, {"date": str(day)})[1]["etag"] for day in (*DAYS, DAYS[0])]
    assert all(re.fullmatch(r'W/"[^"]+"', tag) for tag in tags)
    assert len(set(tags)) == len(DAYS)
    assert tags[0] == tags[-1]


def test_answers_say_that_they_are_json() -> None:
    for path in (LIST, "/api/papers/none"):
        assert answer(path, {})[1]["content-type"] == "application/json; charset=utf-8"
