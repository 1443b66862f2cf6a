"""The calendar: when a day opens, and what people may type for one."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.days import FIRST_DAY, ONE_DAY, DayError, long_day, newest_open_day, parse_day

NEW_YORK = ZoneInfo("America/New_York")
FRIDAY = date(2026, 8, 21)


@pytest.mark.parametrize(
    ("local", "newest"),
    [
        ("2026-08-20 21:29:59", "2026-08-20"),  # summer
        ("2026-08-20 21:30:00", "2026-08-21"),
        ("2026-08-20 00:00:00", "2026-08-20"),
        ("2026-08-20 23:59:59", "2026-08-21"),
        ("2026-01-15 21:29:59", "2026-01-15"),  # winter
        ("2026-01-15 21:30:00", "2026-01-16"),
        ("2026-03-07 21:30:00", "2026-03-08"),  # the evening before clocks go forward
        ("2026-03-08 00:30:00", "2026-03-08"),
        ("2026-03-08 03:00:00", "2026-03-08"),
        ("2026-03-08 21:29:59", "2026-03-08"),
        ("2026-03-08 21:30:00", "2026-03-09"),
        ("2026-11-01 00:30:00", "2026-11-01"),  # the night that clocks go back
        ("2026-11-01 21:29:59", "2026-11-01"),
        ("2026-11-01 21:30:00", "2026-11-02"),
        ("2025-12-31 21:30:00", "2026-01-01"),
        ("2028-02-28 21:30:00", "2028-02-29"),
    ],
)
def test_a_day_opens_at_half_past_nine_in_new_york(local: str, newest: str) -> None:
    now = datetime.fromisoformat(local).replace(tzinfo=NEW_YORK)
    assert newest_open_day(now) == date.fromisoformat(newest)


@pytest.mark.parametrize(
    ("utc", "newest"),
    [
        ("2026-08-21 00:00", "2026-08-20"),
        ("2026-08-21 01:29", "2026-08-20"),
        ("2026-08-21 01:30", "2026-08-21"),
        ("2026-01-16 01:30", "2026-01-15"),
        ("2026-01-16 02:29", "2026-01-15"),
        ("2026-01-16 02:30", "2026-01-16"),
        ("2026-11-01 05:30", "2026-11-01"),  # half past one comes twice that night
        ("2026-11-01 06:30", "2026-11-01"),
    ],
)
def test_the_same_moments_in_utc(utc: str, newest: str) -> None:
    now = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert newest_open_day(now) == date.fromisoformat(newest)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
def test_where_the_user_is_makes_no_difference(zone: str) -> None:
    before = datetime(2026, 8, 21, 1, 29, 59, tzinfo=UTC).astimezone(ZoneInfo(zone))
    assert newest_open_day(before) == FRIDAY - ONE_DAY
    assert newest_open_day(before + timedelta(seconds=1)) == FRIDAY


def test_a_system_without_a_zone_database_makes_no_difference() -> None:
    code = (
        "from datetime import *; from tui.days import newest_open_day;"
        "print(newest_open_day(datetime(2026, 8, 21, 1, 30, tzinfo=UTC)))"
    )
    environ = {**os.environ, "PYTHONTZPATH": ""}
    printed = subprocess.check_output([sys.executable, "-c", code], env=environ, text=True)
    assert printed.strip() == str(FRIDAY)


@pytest.mark.parametrize(("day", "hour"), [(date.min, 0), (date.max, 23)], ids=["first", "last"])
@pytest.mark.parametrize(
    "zone", ["UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"]
)
def test_the_ends_of_the_calendar_are_days_too(day: date, hour: int, zone: str) -> None:
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
    assert newest_open_day(moment) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-08-21", "2026-08-21"),
        ("  2026-08-14 ", "2026-08-14"),
        ("2023-05-04", "2023-05-04"),
        ("2024-02-29", "2024-02-29"),
        ("today", "2026-08-21"),
        ("Yesterday", "2026-08-20"),
        ("-0", "2026-08-21"),
        ("-3", "2026-08-18"),
        ("-1000", "2023-11-25"),
        ("fri", "2026-08-21"),
        ("FRIDAY", "2026-08-21"),
        ("sat", "2026-08-15"),
        ("thurs", "2026-08-20"),
        ("mon", "2026-08-17"),
        ("21 aug", "2026-08-21"),
        ("22 aug", "2025-08-22"),
        ("1 September", "2025-09-01"),
        ("3 sept 2024", "2024-09-03"),
        ("29 feb", "2024-02-29"),
        ("31 dec 2025", "2025-12-31"),
    ],
)
def test_what_names_a_day(text: str, day: str) -> None:
    assert parse_day(text, FRIDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-02-30", "is not a day"),
        ("2026-13-01", "is not a day"),
        ("0000-01-01", "is not a day"),
        ("2026-08", "is not a day"),
        ("20260821", "is not a day"),
        ("21.8.2026", "is not a day"),
        ("30 feb", "is not a day"),
        ("29 feb 2025", "is not a day"),
        ("0 aug", "is not a day"),
        ("21 augustus", "is not a day"),
        ("21 au", "is not a day"),
        ("fr", "is not a day"),
        ("fridays", "is not a day"),
        ("+3", "is not a day"),
        ("3", "is not a day"),
        ("--3", "is not a day"),
        ("-999999", "is not a day"),
        ("", "is not a day"),
        ("2026-08-22", "Sat 22 Aug 2026 is still to come"),
        ("9999-12-31", "Fri 31 Dec 9999 is still to come"),
        ("21 aug 2027", "Sat 21 Aug 2027 is still to come"),
        ("2023-05-03", "began on Thu 4 May 2023; Wed 3 May 2023 was before that"),
        ("0001-01-01", "began on Thu 4 May 2023"),
        ("-99999", "began on Thu 4 May 2023"),
        ("1 jan 1970", "began on Thu 4 May 2023"),
    ],
)
def test_what_does_not(text: str, words: str) -> None:
    with pytest.raises(DayError, match=words):
        parse_day(text, FRIDAY)


def test_the_sentence_repeats_what_was_typed_and_no_more() -> None:
    with pytest.raises(DayError) as caught:
        parse_day("\x1b[2J\x9b31m" + "x" * 100, FRIDAY)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 120


DAYS = st.dates(FIRST_DAY, date(2100, 1, 1))
WORDS = st.sampled_from(["today", "fri", "aug", "2026", "21", "-", "-3", "feb", "29", " ", "٣"])


@given(st.text(max_size=20) | st.lists(WORDS, max_size=5).map("".join), DAYS)
@example("-٣", FRIDAY)
@example("٢١ aug", FRIDAY)
@example("²", FRIDAY)
def test_any_text_is_a_day_of_the_archive_or_a_day_error(text: str, today: date) -> None:
    try:
        day = parse_day(text, today)
    except DayError:
        return
    assert FIRST_DAY <= day <= today


@given(DAYS)
def test_a_day_is_read_back_as_it_is_written(day: date) -> None:
    assert parse_day(str(day), day) == day
    assert parse_day(long_day(day)[4:], day) == day
    assert parse_day(long_day(day)[:3], day) == day
