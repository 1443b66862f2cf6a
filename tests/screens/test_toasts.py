"""What is said for a moment: where it stands, how long, and under a dialog."""

from __future__ import annotations

import pytest

from tests.screens.session import Home, Session, running
from tui.screens.calendar import Calendar
from tui.widgets import toasts

SAID = "Eight hares were seen behind the barn."
ALSO = "Nine more came at dusk."
BORDER = "▌"


async def say(session: Session, text: str, *, beside: bool = False) -> None:
    session.app.call_later(lambda: session.screen.tell(text, beside=beside))
    await session.settle()
    await session.still()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_it_stands_in_the_corner_and_leaves_the_keys_in_view(
    reader_home: Home, size: tuple[int, int]
) -> None:
    async with running(reader_home, size=size) as session:
        before = session.lines
        await say(session, SAID)
        await say(session, ALSO, beside=True)
        assert session.toasts == [SAID, ALSO]
        region = session.screen.toasts.region
        assert region.right == size[0]
        assert region.bottom == size[1] - 1
        box = [line.rpartition(BORDER)[2] for line in session.lines[region.y : region.bottom]]
        assert " ".join(" ".join(box).split()) == f"{SAID} {ALSO}"
        assert session.lines[: region.y] == before[: region.y]
        assert session.lines[-1] == before[-1]
        await say(session, ALSO)
        assert session.toasts == [ALSO]


async def test_it_goes_after_its_time_or_at_a_click(
    reader_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(reader_home) as session:
        await say(session, SAID)
        assert SAID in session.text
        await session.pilot.click(session.screen.toasts)
        await session.still()
        assert session.toasts == []
        assert SAID not in session.text
        monkeypatch.setattr(toasts, "SHOWN_S", 0.05)
        await say(session, ALSO)
        await session.until(lambda: not session.toasts and ALSO not in session.text)


async def test_under_a_dialog_it_waits_until_that_is_closed(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await say(session, SAID)
        await session.press("?")
        assert session.toasts == []
        await say(session, ALSO)
        await session.still()
        assert session.toasts == [ALSO]
        assert ALSO not in session.text
        session.app.call_later(session.app.screen.dismiss)
        await session.shows(ALSO)


async def test_what_warns_looks_different_until_it_is_gone(reader_home: Home) -> None:
    async with running(reader_home) as session:
        plain = session.screen.toasts.styles
        await say(session, SAID)
        calm = plain.border_left
        session.screen.tell(ALSO, warn=True)
        await say(session, SAID, beside=True)
        assert plain.border_left != calm
        await say(session, SAID)
        assert plain.border_left == calm


async def test_what_waits_is_said_beside_what_the_dialog_leads_to(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.press("S")
        await say(session, SAID)
        await session.press("t")
        await session.shows(SAID)
        assert session.toasts == [SAID, "Sorted by title."]


async def test_what_waits_goes_on_waiting_where_one_dialog_leads_to_another(
    reader_home: Home,
) -> None:
    async with running(reader_home) as session:
        await session.press(":")
        await say(session, SAID)
        await session.rush(*"calendar: go")
        await session.shows("Calendar: go to a day")
        await session.press("enter")
        await session.until(lambda: isinstance(session.app.screen, Calendar))
        await session.still()
        assert SAID not in session.text
        await session.press("escape")
        await session.shows(SAID)


async def test_what_is_over_waits_no_more(reader_home: Home) -> None:
    async with running(reader_home) as session:
        await session.press("?")
        await say(session, SAID)
        await say(session, ALSO)
        assert session.toasts == [ALSO]
        session.screen.toasts.clear()
        await session.press("escape")
        await session.still()
        assert session.toasts == []
        assert ALSO not in session.text


@pytest.mark.parametrize("size", [(60, 20), (20, 5)])
async def test_of_a_long_one_the_beginning_is_seen(
    reader_home: Home, size: tuple[int, int]
) -> None:
    async with running(reader_home, size=size) as session:
        await say(session, f"{SAID} {ALSO * 40}")
        region = session.screen.toasts.region
        assert region.y >= 1
        assert region.bottom == size[1] - 1
        assert SAID.split()[0] in session.text


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark", "ansi-light"])
async def test_it_stands_out_in_every_theme(reader_home: Home, theme: str) -> None:
    async with running(reader_home) as session:
        session.app.theme = theme
        await say(session, SAID)
        box, text = session.screen.toasts, session.reader
        looks = [
            session.app.screen.get_style_at(region.x + 2, region.y).bgcolor
            for region in (box.region, text.region)
        ]
        assert looks[0] != looks[1]
