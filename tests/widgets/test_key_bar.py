from __future__ import annotations

import pytest

from tests.widgets.host import seen, showing
from tui.commands import FOOTER, Pane
from tui.widgets.key_bar import KeyBar


async def keys(columns: int, pane: Pane = Pane.LIST) -> str:
    bar = KeyBar()
    async with showing(bar, (columns, 20)) as (pilot, _):
        bar.show(pane)
        await pilot.pause()
        return seen(bar)[0].strip()


async def test_the_eight_most_useful_keys_of_the_list() -> None:
    assert await keys(120) == (
        "Enter read  h older  l newer  n unread  r mark  s star  y copy  ? keys"
    )


async def test_the_eight_most_useful_keys_of_the_text() -> None:
    assert await keys(120, Pane.READER) == (
        "q back  space page  J next  n unread  s star  y copy  o open  ? keys"
    )


def test_there_are_eight_of_each() -> None:
    assert {len(commands) for commands in FOOTER.values()} == {8}


@pytest.mark.parametrize("columns", range(24, 80, 7))
async def test_the_way_to_the_other_keys_always_has_room(columns: int) -> None:
    assert (await keys(columns)).endswith("? keys")


async def test_a_tiny_window_is_asked_to_grow() -> None:
    assert await keys(20) == "enlarge to 40x10"
