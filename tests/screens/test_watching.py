"""What the user watches for, in the list and in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.generate import make_authors, make_item
from tests.screens.session import LATEST, Home, Session, running
from tests.screens.visits import without_reading_ahead
from tui.settings import Settings
from tui.widgets.row import WATCHED

if TYPE_CHECKING:
    from tests.hubserver import HubServer

TITLES = [
    "A World Model of Herons",
    "Words in the Text",
    "Someone",
    "Somewhere",
    "Signs",
    "Nothing",
]


@pytest.fixture
def watcher(new_home: Home, hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A user who watches for things that five of six papers have."""
    without_reading_ahead(monkeypatch)
    somebody = make_authors(40)
    somebody[30] |= {"name": "Ana Berg", "hidden": False}
    lab = {"name": "heron-lab", "fullname": "The Heron Lab"}
    plain: dict[str, Any] = {
        "ai_summary": None, "ai_keywords": [], "organization": None, "authors": []
    }  # fmt: skip
    facts = [
        plain,
        plain | {"summary": "We use GRPO\nhere."},
        plain | {"authors": somebody},
        plain | {"organization": lab},
        plain | {"summary": r"It leads on $\tau^2$-Bench."},
        plain | {"summary": r"On $\tau$ nothing."},
    ]
    hub.days[LATEST] = [
        make_item(number, LATEST, title=title, upvotes=100 - number, **{"summary": "None."} | more)
        for number, (title, more) in enumerate(zip(TITLES, facts, strict=True))
    ]
    new_home.own_settings = Settings(
        words=("world model", "grpo", "τ²-Bench"),
        authors=("ana berg",),
        organizations=("Heron-Lab",),
    )
    return new_home


def watched(session: Session) -> list[str]:
    """The titles of the rows with the glyph, as they stand on the screen."""
    above = zip(session.lines, session.lines[1:], strict=False)
    return [
        next(title for title in TITLES if title in line)
        for line, below in above if below[3:5] == f"{WATCHED}▲"
    ]  # fmt: skip


async def test_every_paper_that_has_it_has_a_glyph_and_it_is_marked_where_it_stands(
    watcher: Home,
) -> None:
    async with running(watcher) as session:
        assert watched(session) == TITLES[:5]
        title = session.papers.render_line(0)
        assert "World Model" in [segment.text for segment in title if _stands_out(segment.style)]
        await session.press("J", "J")
        assert "Ana Berg and " in " ".join(session.text.split())
        await session.press("S", "t")
        await session.settle()
        assert watched(session) == sorted(TITLES[:5])


def _stands_out(style: object) -> bool:
    return bool(getattr(style, "underline", False))


@pytest.mark.torture
async def test_without_wishes_there_is_no_glyph(watcher: Home) -> None:
    watcher.own_settings = Settings()
    async with running(watcher) as session:
        assert watched(session) == []
