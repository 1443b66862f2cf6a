"""JSON of the Hub into papers (API.md §2)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from tests.generate import make_authors, make_day, make_item
from tui.hub import wire
from tui.hub.errors import BadAnswer
from tui.hub.wire import parse_items, parse_paper
from tui.papers import Author, Organization, Paper, User

DAY: Final = date(2026, 8, 20)

FULL: Final[dict[str, Any]] = {
    "paper": {
        "id": "2608.19880",
        "authors": [
            {"_id": "a", "name": "Ana Berg", "hidden": False},
            {"_id": "b", "name": "Nobody", "hidden": True},
            {"_id": "c", "name": "曲彧彣", "user": {"user": "qu", "name": "qu"}},
        ],
        "publishedAt": "2026-08-20T23:59:59.000Z",
        "submittedOnDailyAt": "2026-08-21T00:00:00.000Z",
        "title": "Worlds for\n  Agents",
        "submittedOnDailyBy": {"fullname": "Clem 🤗", "user": "clem"},
        "summary": "First line\nof $10^{19}$ worlds.",
        "upvotes": 163,
        "projectPage": " https://worlds.example/",
        "githubRepo": "https://github.com/o/r\n",
        "githubStars": 8,
        "ai_summary": "Worlds change.",
        "ai_keywords": ["agents", "worlds"],
        "ai_summary_model": "some/model",
        "mediaUrls": ["https://cdn-uploads.huggingface.co/a.mp4"],
        "organization": {"name": "google", "fullname": "Google"},
        "withdrawnAt": "2026-08-22T01:02:03.000Z",
        "unheardOf": {"deep": [1]},
    },
    "publishedAt": "2026-08-19T20:00:00.000Z",
    "title": "another title",
    "thumbnail": "https://cdn-thumbnails.huggingface.co/2608.19880.png",
    "numComments": 2,
    "isAuthorParticipating": True,
}
PAPER: Final = Paper(
    id="2608.19880",
    title="Worlds for Agents",
    abstract="First line\nof $10^{19}$ worlds.",
    authors=(Author("Ana Berg"), Author("曲彧彣", "qu")),
    day=date(2026, 8, 21),
    published=date(2026, 8, 20),
    submitter=User("clem", "Clem 🤗"),
    organization=Organization("google", "Google"),
    upvotes=163,
    comments=2,
    github_repo="https://github.com/o/r",
    github_stars=8,
    project_page="https://worlds.example/",
    ai_summary="Worlds change.",
    ai_model="some/model",
    keywords=("agents", "worlds"),
    media=("https://cdn-uploads.huggingface.co/a.mp4",),
    thumbnail="https://cdn-thumbnails.huggingface.co/2608.19880.png",
    author_participating=True,
    withdrawn=date(2026, 8, 22),
)
BARE: Final = Paper(id="2608.00001", title="Bare")


def items(*values: object) -> tuple[tuple[Paper, ...], int]:
    return parse_items(json.dumps(values).encode())


def one(**fields: object) -> Paper:
    (paper,), unreadable = items({"paper": {"id": "2608.00001", "title": "Bare"} | fields})
    assert unreadable == 0
    return paper


def test_every_field_of_a_list_item() -> None:
    assert items(FULL) == ((PAPER,), 0)


def test_a_detail_answer_is_flat_and_knows_less() -> None:
    paper = parse_paper(json.dumps(FULL["paper"]).encode())
    assert paper.comments is None
    assert paper.thumbnail is None
    assert (paper.title, paper.authors, paper.day) == (PAPER.title, PAPER.authors, PAPER.day)


def test_absent_fields_are_absent() -> None:
    assert one() == BARE


@pytest.mark.parametrize(
    ("broken", "title"),
    [
        ("a World-\n  Model", "a World-Model"),
        ("Short- and\n Long-\nand Mid-Term", "Short- and Long- and Mid-Term"),
        ("before -\n after", "before - after"),
    ],
)
def test_a_title_broken_behind_a_hyphen_is_joined(broken: str, title: str) -> None:
    assert one(title=broken).title == title


def test_the_item_fills_in_what_the_paper_lacks() -> None:
    (paper,), _ = items(
        {
            "paper": {"id": "2608.00001"},
            "title": "Bare",
            "submittedBy": {"name": "clem", "fullname": "Clem"},
            "organization": {"name": "google"},
            "mediaUrls": ["https://cdn-uploads.huggingface.co/a.png"],
        }
    )
    assert paper.title == "Bare"
    assert paper.submitter == User("clem", "Clem")
    assert paper.organization == Organization("google", "google")
    assert paper.media == ("https://cdn-uploads.huggingface.co/a.png",)


def test_most_upvotes_first_and_ties_as_they_came() -> None:
    votes = {"2608.00001": 3, "2608.00002": 9, "2608.00003": 3, "2608.00004": 9}
    values = [{"paper": {"id": key, "title": "x", "upvotes": n}} for key, n in votes.items()]
    papers, _ = items(*values)
    assert [paper.id[-1] for paper in papers] == ["2", "4", "1", "3"]


def test_a_paper_that_comes_twice_is_kept_once_and_counts_as_read() -> None:
    twice = FULL | {"paper": FULL["paper"] | {"upvotes": 1}}
    assert items(FULL, twice) == ((PAPER,), 0)


@pytest.mark.parametrize(
    "item",
    [
        None,
        7,
        "2608.19880",
        [],
        {},
        {"paper": None},
        {"paper": ["2608.00001"]},
        {"paper": {"title": "no id"}},
        {"paper": {"id": "2608.00001"}},
        {"paper": {"id": "2608.00001", "title": " \u200b\n"}},
        {"paper": {"id": "2608.00001", "title": ["x"]}},
        {"paper": {"id": 2608.00001, "title": "x"}},
        {"paper": {"id": "2608.00001v2", "title": "x"}},
        {"paper": {"id": "../2608.00001", "title": "x"}},
    ],
)
def test_an_unreadable_item_costs_itself_alone(item: object) -> None:
    assert items(item, FULL, item) == ((PAPER,), 2)


WRONG: Final[list[object]] = [None, True, -1, 1.5, "x", [], {}, [1], {"a": 1}, [[]], 10**30]


@pytest.mark.parametrize("key", [key for key in FULL["paper"] if key not in ("id", "title")])
@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_a_wrong_type_costs_its_field_alone(key: str, value: object) -> None:
    texts = {"summary": "abstract", "ai_summary": "ai_summary", "ai_summary_model": "ai_model"}
    right: dict[str, Any] = {texts[key]: value} if value == "x" and key in texts else {}
    assert one(**{key: value}) == replace(BARE, **right)


@pytest.mark.parametrize("key", [key for key in FULL if key not in ("paper", "title")])
@pytest.mark.parametrize("value", [*WRONG[2:], "yes"], ids=repr)
def test_a_wrong_type_on_the_item_costs_its_field_alone(key: str, value: object) -> None:
    item = {"paper": {"id": "2608.00001", "title": "Bare"}, key: value}
    assert items(item) == ((BARE,), 0)


def test_wrong_entries_cost_themselves_alone() -> None:
    names: list[object] = [None, "Ana", {"name": 3}, {"name": " "}, {"name": "Ana", "user": "ana"}]
    assert one(authors=names).authors == (Author("Ana"),)
    assert one(ai_keywords=[1, "", "agents", None]).keywords == ("agents",)
    assert one(mediaUrls=["javascript:1", 5, "https://a.example/x"]).media == (
        "https://a.example/x",
    )


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "2026-W34-5", "1026-01-01", "9999-1-1"])
def test_a_date_that_cannot_be_is_absent(text: str) -> None:
    assert one(submittedOnDailyAt=text, publishedAt=text, withdrawnAt=text) == BARE


def test_the_day_is_never_moved_to_another_zone() -> None:
    assert one(submittedOnDailyAt="2026-08-21T23:59:59.999-12:00").day == date(2026, 8, 21)


def test_everything_is_bounded() -> None:
    paper = one(
        title="t" * 9_999,
        summary="s" * 99_999,
        ai_summary="a" * 99_999,
        authors=[{"name": "n" * 999}] * (wire.MAX_AUTHORS + 1),
        ai_keywords=["k" * 999] * 999,
        mediaUrls=["https://a.example/x"] * 999,
    )
    assert len(paper.title) == wire.MAX_TITLE
    assert len(paper.abstract) == wire.MAX_ABSTRACT
    assert len(paper.ai_summary or "") == wire.MAX_SUMMARY
    assert len(paper.authors) == wire.MAX_AUTHORS
    assert len(paper.authors[0].name) == wire.MAX_NAME
    assert len(paper.keywords) == wire.MAX_KEYWORDS
    assert len(paper.media) == wire.MAX_MEDIA


def test_thousands_of_authors_but_not_the_hidden() -> None:
    authors = make_authors(3303)
    shown = [author["name"] for author in authors if not author.get("hidden")]
    assert [author.name for author in one(authors=authors).authors] == shown
    assert len(shown) < 3303


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[",
        b'[{"paper":{"id":"2608.00',
        b'["\xff"]',
        b'["\xed\xa0\x80"]',
        b"[NaN]",
        b"[-Infinity]",
        b"[" + b"1" * 5_000 + b"]",
        b"[" * 200_000 + b"]" * 200_000,
        b'[{"a":' * 200_000,
        b"[] []",
        "[]".encode("utf-16"),
        b"{}",
        b'"[]"',
        b"7",
        b"null",
    ],
    ids=lambda body: repr(body[:20]),
)
def test_what_is_no_list_is_a_bad_answer(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        parse_items(body)


@pytest.mark.parametrize("body", [b"[]", b"{}", b"null", b'{"error":"no"}', b'{"id":"2608.00001"}'])
def test_what_is_no_paper_is_a_bad_answer(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        parse_paper(body)


def test_an_empty_day_and_a_byte_order_mark() -> None:
    assert parse_items(b"[]") == ((), 0)
    assert parse_items(b"\xef\xbb\xbf[]") == ((), 0)


def test_a_generated_day_is_read_whole() -> None:
    day = make_day(DAY, 50)
    papers, unreadable = items(*day)
    assert unreadable == 0
    assert {paper.id for paper in papers} == {item["paper"]["id"] for item in day}
    assert {paper.day for paper in papers} == {DAY}


def test_figures_of_a_generated_item() -> None:
    (paper,), _ = items(make_item(3, DAY, upvotes=665, numComments=143, githubStars=91_981))
    assert (paper.upvotes, paper.comments, paper.github_stars) == (665, 143, 91_981)
