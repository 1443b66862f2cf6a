"""Periods: their days, neighbours and names, and what people may type for one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.days import FIRST_DAY, ONE_DAY, DayError
from tui.periods import TRENDING, Period, Span, parse_period

FRIDAY = date(2026, 8, 21)
DAYS = st.dates(FIRST_DAY, date(2100, 1, 1))
DATED = st.sampled_from([Span.DAY, Span.WEEK, Span.MONTH])


def day(text: str) -> Period:
    return Period.day(date.fromisoformat(text))


def week(text: str) -> Period:
    """The week of a day."""
    return Period.of(Span.WEEK, date.fromisoformat(text))


def month(text: str) -> Period:
    """The month of a day."""
    return Period.of(Span.MONTH, date.fromisoformat(text))


@pytest.mark.parametrize(
    ("period", "first", "last", "title", "query"),
    [
        (day("2026-08-21"), "2026-08-21", "2026-08-21", "Fri 21 Aug 2026", "date=2026-08-21"),
        (week("2026-08-21"), "2026-08-17", "2026-08-23", "Week 34 · 17–23 Aug 2026",
         "week=2026-W34"),
        (week("2026-09-01"), "2026-08-31", "2026-09-06", "Week 36 · 31 Aug – 6 Sep 2026",
         "week=2026-W36"),
        (week("2026-01-01"), "2025-12-29", "2026-01-04", "Week 1 · 29 Dec 2025 – 4 Jan 2026",
         "week=2026-W01"),
        (week("2025-12-31"), "2025-12-29", "2026-01-04", "Week 1 · 29 Dec 2025 – 4 Jan 2026",
         "week=2026-W01"),
        (week("2026-12-31"), "2026-12-28", "2027-01-03", "Week 53 · 28 Dec 2026 – 3 Jan 2027",
         None),
        (week("2027-01-03"), "2026-12-28", "2027-01-03", "Week 53 · 28 Dec 2026 – 3 Jan 2027",
         None),
        (month("2026-08-21"), "2026-08-01", "2026-08-31", "August 2026", "month=2026-08"),
        (month("2026-12-31"), "2026-12-01", "2026-12-31", "December 2026", "month=2026-12"),
        (month("2024-02-01"), "2024-02-01", "2024-02-29", "February 2024", "month=2024-02"),
        (month("2026-02-28"), "2026-02-01", "2026-02-28", "February 2026", "month=2026-02"),
    ],
)  # fmt: skip
def test_what_a_period_covers(
    period: Period, first: str, last: str, title: str, query: str | None
) -> None:
    assert (str(period.first), str(period.last)) == (first, last)
    assert (period.title, period.query) == (title, query)
    assert period.days[0] == period.first
    assert period.days[-1] == period.last


@pytest.mark.parametrize(
    ("period", "older", "newer"),
    [
        (day("2026-01-01"), day("2025-12-31"), day("2026-01-02")),
        (week("2026-12-31"), week("2026-12-21"), week("2027-01-04")),
        (week("2026-01-01"), week("2025-12-22"), week("2026-01-05")),
        (month("2026-12-15"), month("2026-11-01"), month("2027-01-01")),
        (month("2026-03-31"), month("2026-02-01"), month("2026-04-30")),
    ],
)
def test_what_lies_beside_a_period(period: Period, older: Period, newer: Period) -> None:
    assert (period.beside(-1), period.beside(1)) == (older, newer)


def test_trending_has_no_days() -> None:
    assert not TRENDING.is_dated
    assert TRENDING.days == []
    assert not TRENDING.holds(TRENDING.first)
    assert (TRENDING.title, TRENDING.query) == ("Trending", "sort=trending")
    assert Period.of(Span.TRENDING, FRIDAY) == TRENDING


@given(DATED, DAYS)
def test_periods_of_one_span_share_no_day_and_leave_none_out(span: Span, day: date) -> None:
    period = Period.of(span, day)
    older, newer = period.beside(-1), period.beside(1)
    assert period.holds(day)
    assert day in period.days
    assert older.last + ONE_DAY == period.first
    assert period.last + ONE_DAY == newer.first
    assert not period.holds(older.last)
    assert not period.holds(newer.first)
    assert (older.beside(1), newer.beside(-1)) == (period, period)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026-08-14", day("2026-08-14")),
        ("-3", day("2026-08-18")),
        ("fri", day("2026-08-21")),
        ("mon", day("2026-08-17")),
        ("21 aug", day("2026-08-21")),
        (" Today ", day("2026-08-21")),
        ("w34", week("2026-08-21")),
        ("W34", week("2026-08-21")),
        ("w1", week("2026-01-01")),
        ("w01", week("2026-01-01")),
        ("w35", week("2025-08-31")),
        ("week 34", week("2026-08-21")),
        ("Week 35", week("2025-08-31")),
        ("2026-w34", week("2026-08-21")),
        ("2024-W52", week("2024-12-23")),
        ("2023-w18", week("2023-05-04")),
        ("2026-08", month("2026-08-01")),
        ("2023-05", month("2023-05-04")),
        ("aug", month("2026-08-01")),
        ("August", month("2026-08-01")),
        ("sept", month("2025-09-01")),
        ("dec", month("2025-12-01")),
        ("may", month("2026-05-01")),
        ("aug 2025", month("2025-08-01")),
        ("december 2024", month("2024-12-01")),
        ("trending", TRENDING),
        ("Trending", TRENDING),
    ],
)
def test_what_names_a_period(text: str, period: Period) -> None:
    assert parse_period(text, FRIDAY) == period


@pytest.mark.parametrize(
    ("today", "monday"),
    [("2026-12-27", None), ("2026-12-28", "2026-12-28"), ("2027-06-01", "2026-12-28"),
     ("2032-12-26", "2026-12-28"), ("2033-01-02", "2032-12-27")],
)  # fmt: skip
def test_week_53_is_that_of_a_year_which_has_one(today: str, monday: str | None) -> None:
    if monday is None:  # the one before was in 2020
        with pytest.raises(DayError, match="Daily Papers began on Thu 4 May 2023; Week 53 "):
            parse_period("w53", date.fromisoformat(today))
    else:
        assert parse_period("w53", date.fromisoformat(today)) == week(monday)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is no day, week or month"),
        ("w", "is no day, week or month"),
        ("w0", "is no day, week or month"),
        ("w54", "is no day, week or month"),
        ("2025-w53", "is no day, week or month"),
        ("0000-w01", "is no day, week or month"),
        ("2026-00", "is no day, week or month"),
        ("2026-13", "is no day, week or month"),
        ("0000-01", "is no day, week or month"),
        ("au", "is no day, week or month"),
        ("august 26", "is no day, week or month"),
        ("2026", "is no day, week or month"),
        ("trend", "is no day, week or month"),
        ("2026-08-22", "Sat 22 Aug 2026 is still to come"),
        ("2026-w35", "Week 35 · 24–30 Aug 2026 is still to come"),
        ("2026-09", "September 2026 is still to come"),
        ("sep 2026", "September 2026 is still to come"),
        ("9999-w52", "Week 52 .* 9999 is still to come"),
        ("9999-12", "December 9999 is still to come"),
        ("2023-05-03", "began on Thu 4 May 2023; Wed 3 May 2023 was before that"),
        ("2023-w17", "Week 17 · 24–30 Apr 2023 was before that"),
        ("apr 2023", "April 2023 was before that"),
        ("0001-w01", "began on Thu 4 May 2023; Week 1 · 1–7 Jan 1 was"),
    ],
)
def test_what_names_none(text: str, words: str) -> None:
    with pytest.raises(DayError, match=words):
        parse_period(text, FRIDAY)


def test_the_sentence_repeats_what_was_typed_and_no_more() -> None:
    with pytest.raises(DayError) as caught:
        parse_period("\x1b[2J\x9b31m" + "x" * 100, FRIDAY)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 130


@given(DATED, DAYS)
def test_a_period_is_read_back_as_it_is_written(span: Span, day: date) -> None:
    period = Period.of(span, day)
    assert parse_period(period.name, day) == period
    if span is not Span.WEEK:
        title = period.title.partition(" ")[2] if span is Span.DAY else period.title
        assert parse_period(title, day) == period


WORDS = st.sampled_from(["w", "week ", "aug", "2026", "34", "53", "-", "-w", "9999", " ", "٣"])


@given(st.text(max_size=20) | st.lists(WORDS, max_size=5).map("".join), DAYS)
@example("w٣", FRIDAY)
@example("2026-٠٨", FRIDAY)
@example("9999-w53", FRIDAY)
def test_any_text_is_a_period_that_has_begun_or_a_day_error(text: str, today: date) -> None:
    try:
        period = parse_period(text, today)
    except DayError:
        return
    assert period == TRENDING or (period.first <= today and period.last >= FIRST_DAY)
