"""A token goes to the endpoint, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.generate import make_day
from tests.hubserver import Fault, HubServer
from tui.cli.exits import Exit
from tui.paths import Paths

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tests.cli.conftest import Command

TOKEN: Final = "hf_aSecretThatNobodyMaySee"


@pytest.fixture
def token(home: Path) -> str:
    """A token in the file where the official client keeps it."""
    file = home / ".cache" / "huggingface" / "token"
    file.parent.mkdir(parents=True)
    file.write_text(TOKEN, encoding="utf-8")
    return TOKEN


def everything_on_disk(home: Path) -> bytes:
    """All that the program wrote: its log, its cache and its library."""
    return b"".join(
        path.read_bytes() for path in home.rglob("*") if path.is_file() and path.name != "token"
    )


@pytest.mark.parametrize("known", [True, False], ids=["accepted", "refused"])
def test_a_token_is_sent_and_never_written(
    known: bool,
    token: str,
    command: Command,
    day: date,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with HubServer({day: make_day(day, 5)}, today=day, token=token if known else None) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        outcome = command("list", "--date", str(day), "--log-level", "debug")
        assert outcome.code == Exit.DONE
        sent = [request.headers.get("authorization") for request in hub.requests]
        hub.fault(Fault.STATUS_403)
        refused = command("show", "9912.99999", "--log-level", "debug")
        assert refused.code == Exit.REFUSED
    assert sent == ([f"Bearer {TOKEN}"] if known else [f"Bearer {TOKEN}", None])
    assert TOKEN not in outcome.out + outcome.err + refused.out + refused.err
    assert b"GET /api/daily_papers" in Paths.of_user().log.read_bytes()
    assert TOKEN.encode() not in everything_on_disk(home)


def test_the_log_holds_no_text_of_a_paper(command: Command, hub: HubServer, day: date) -> None:
    command("list", "--log-level", "debug")
    log = Paths.of_user().log.read_text(encoding="utf-8")
    assert "GET /api/daily_papers" in log
    for item in hub.days[day]:
        assert item["paper"]["title"].split()[0] not in log
        assert item["paper"]["summary"][:30] not in log


@pytest.mark.parametrize("fault", [Fault.REDIRECT_AWAY, Fault.LINK_AWAY], ids=lambda f: f.name)
def test_a_token_does_not_follow_the_hub_elsewhere(
    fault: Fault, token: str, command: Command, hub: HubServer, day: date
) -> None:
    hub.fault(fault)
    assert command("list", "--date", str(day)).code == Exit.REFUSED
    assert hub.requests
    assert all(request.headers["host"].startswith("127.0.0.1:") for request in hub.requests)


def test_a_token_does_not_travel_in_the_open(
    token: str, command: Command, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://hub.example")
    monkeypatch.setenv("HTTP_PROXY", hub.url)
    command("list")
    assert hub.requests
    assert not any("authorization" in request.headers for request in hub.requests)


def test_the_sample_gets_no_token(
    token: str, command: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "nonsense")
    assert command("list", "--demo", "--log-level", "debug").code == Exit.DONE
    assert TOKEN.encode() not in everything_on_disk(home)
