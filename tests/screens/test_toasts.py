"""What is said for a moment: where it stands, how long, and under a dialog."""

from __future__ import annotations

import pytest

from tests.screens.session import Home, Session, running
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
