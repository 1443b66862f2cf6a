from __future__ import annotations

from datetime import timedelta

import pytest

from tests.widgets.host import seen, showing
from tui.widgets.masthead import Masthead, Status, age_text

FULL = Status(
    title="Fri 21 Aug 2026",
    papers=29,
    unread=28,
    age=timedelta(minutes=5),
)


async def said(status: Status, columns: int = 120) -> str:
    """What the header says of a status on a screen so many columns wide."""
    masthead = Masthead()
    async with showing(masthead, (columns, 20)) as (pilot, _):
        masthead.show(status)
        await pilot.pause()
        return seen(masthead)[0].strip()


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(days=-1), "at an unknown time"),
        (timedelta(seconds=-61), "at an unknown time"),
        (timedelta(seconds=-60), "just now"),
        (timedelta(0), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=47, minutes=59), "47 h ago"),
        (timedelta(hours=48), "2 days ago"),
        (timedelta(days=400), "400 days ago"),
    ],
)
def test_an_age_in_words(age: timedelta, text: str) -> None:
    assert age_text(age) == text


async def test_day_counts_and_age() -> None:
    assert await said(FULL) == "Fri 21 Aug 2026 · 29 papers · 28 unread · 5 min ago"


async def test_one_paper_is_not_papers() -> None:
    assert "1 paper · 0 unread" in await said(FULL._replace(papers=1, unread=0))


async def test_before_a_day_is_known_there_are_no_counts() -> None:
    assert await said(Status(busy="refreshing…")) == "Daily Papers · refreshing…"


async def test_what_could_not_be_read() -> None:
    assert "1 paper could not be read" in await said(FULL._replace(unreadable=1))
    assert "1,000 papers could not be read" in await said(FULL._replace(unreadable=1000))


async def test_offline_says_how_old_the_data_is() -> None:
    old = FULL._replace(trouble="offline", age=timedelta(hours=3))
    assert (await said(old)).endswith("· offline, data from 3 h ago")
    assert await said(Status(trouble="offline")) == "Daily Papers · offline"


@pytest.mark.parametrize(
    ("age", "text"),
    [(timedelta(0), "offline, data just in"), (timedelta(days=-1), "offline, data of unknown age")],
)
async def test_offline_at_an_odd_age(age: timedelta, text: str) -> None:
    assert (await said(FULL._replace(trouble="offline", age=age))).endswith(f"· {text}")


async def test_a_picture_of_one_moment_says_when_it_was_taken() -> None:
    trending = FULL._replace(title="Trending", taken=True, age=timedelta(minutes=3))
    assert await said(trending) == "Trending · 29 papers · 28 unread · taken 3 min ago"


async def test_the_days_that_are_missing_and_the_order() -> None:
    month = FULL._replace(title="August 2026", papers=600, missing=3, order="by rising")
    line = await said(month)
    assert line == (
        "August 2026 · by rising · 600 papers · 28 unread · 3 days not on disk · 5 min ago"
    )
    assert "· 1 day not on disk" in await said(month._replace(missing=1))


@pytest.mark.parametrize("columns", [60, 80, 120])
async def test_a_pause_that_the_hub_asks_for_counts_down(columns: int) -> None:
    paused = FULL._replace(countdown=42, busy="refreshing…", trouble="asked to pause")
    line = await said(paused, columns)
    assert line.endswith(" · the Hub asks for a pause, 42 s")
    assert "refreshing" not in line
    assert "asked to pause" not in line


async def test_the_sample_and_what_is_under_way() -> None:
    line = await said(FULL._replace(note="SAMPLE", busy="refreshing…"))
    assert line == "Fri 21 Aug 2026 · SAMPLE · 29 papers · 28 unread · 5 min ago · refreshing…"


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        (80, "Fri 21 Aug 2026 · SAMPLE · 28 unread · offline, 5 min · refreshing…"),
        (60, "Fri 21 Aug 2026 · 28 unread · offline, 5 min · refreshing…"),
        (40, "Fri 21 Aug 2026 · offline, 5 min"),
        (20, "Fri 21 Aug 2026"),
        (10, "Fri 21 Au…"),
    ],
)
async def test_what_matters_least_goes_first(columns: int, text: str) -> None:
    full = FULL._replace(trouble="offline", busy="refreshing…", unreadable=1, note="SAMPLE")
    assert await said(full, columns) == text


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        (120, "August 2026 · 151 papers · 151 unread · 12 days not on disk"
              " · offline, data from 3 h ago"),
        (80, "August 2026 · 151 papers · 151 unread · 12 days missing · offline, 3 h"),
        (60, "August 2026 · 151 unread · 12 days missing · offline, 3 h"),
        (50, "August 2026 · 12 days missing · offline, 3 h"),
        (40, "August 2026 · offline, 3 h"),
    ],
)  # fmt: skip
async def test_what_is_not_there_stays_longer_than_what_is(columns: int, text: str) -> None:
    month = Status("August 2026", papers=151, unread=151, missing=12, trouble="offline")
    assert await said(month._replace(age=timedelta(hours=3)), columns) == text


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        (80, "Week 34 · 17–23 Aug 2026 · unread only · by rising · 93 unread · 2 min ago"),
        (66, "Week 34 · 17–23 Aug 2026 · unread only · by rising · 93 unread"),
        (60, "Week 34 · 17–23 Aug 2026 · unread only · 93 unread"),
        (44, "Week 34 · 17–23 Aug 2026 · unread only"),
    ],
)
async def test_which_papers_show_is_said_longer_than_how_many(columns: int, text: str) -> None:
    week = FULL._replace(title="Week 34 · 17–23 Aug 2026", unread=93, note="SAMPLE", papers=93)
    arranged = week._replace(choice="unread only", order="by rising", age=timedelta(minutes=2))
    assert await said(arranged, columns) == text


async def test_a_pause_leaves_room_for_the_days_that_are_missing() -> None:
    month = Status("August 2026", papers=151, unread=151, missing=12, countdown=42)
    line = await said(month._replace(age=timedelta(hours=3)), 80)
    assert line == "August 2026 · 151 unread · 12 days missing · the Hub asks for a pause, 42 s"


@pytest.mark.parametrize(
    ("age", "text"),
    [(timedelta(0), "offline"), (timedelta(days=-1), "offline, unknown age"), (None, "offline")],
)
async def test_offline_at_an_odd_age_in_few_words(age: timedelta | None, text: str) -> None:
    odd = FULL._replace(trouble="offline", age=age, unreadable=1)
    assert f" · 28 unread · {text}" in await said(odd, 66)
