"""``daily-papers list``: columns for people, fields for pipes, JSON for programs."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import PROGRAM, age, ids, run
from tests.generate import hostile_day, make_item
from tests.hubserver import Fault
from tests.terminal import Terminal
from tui.cli.exits import Exit
from tui.days import ONE_DAY, long_day
from tui.library import Library
from tui.papers import Paper
from tui.paths import Paths
from tui.text.width import cell_width

if TYPE_CHECKING:
    from datetime import date

    from tests.cli.conftest import Command
    from tests.hubserver import HubServer


def known_item(day: date, **more: Any) -> dict[str, Any]:
    return make_item(
        0, day, title="On {Herons}\n  and $\\alpha$", upvotes=12, numComments=3, githubStars=4567,
        organization={"name": "heron-lab", "fullname": "白鹭 Lab"},
        authors=[{"name": "Ana Berg"}, {"name": "Emeka Ito"}, {"name": "X", "hidden": True}],
        **more,
    )  # fmt: skip


def test_fields_into_a_pipe(command: Command, hub: HubServer, day: date) -> None:
    bare = make_item(
        1, day, title="Bare", upvotes=0, numComments=None, githubStars=None, organization=None,
        authors=[],
    )  # fmt: skip
    hub.days[day] = [known_item(day), bare]
    first, second = ids(hub, day)
    outcome = command("list", "--date", str(day))
    assert outcome.code == Exit.DONE
    assert outcome.err == ""
    assert outcome.out.split("\n") == [
        f"{first}\tOn {{Herons}} and $\\alpha$\t12\t3\t4567\t白鹭 Lab\t2\t"
        f"https://huggingface.co/papers/{first}",
        f"{second}\tBare\t0\t\t\t\t0\thttps://huggingface.co/papers/{second}",
        "",
    ]


def test_columns_on_a_terminal(hub: HubServer, day: date) -> None:
    hub.days[day] = [known_item(day), make_item(1, day, title="A long title " * 20, upvotes=9)]
    first, second = ids(hub, day)
    with closing(Library.open(Paths.of_user().library)) as library:
        library.mark([second], read=True, starred=True)
    with Terminal([PROGRAM, "list", "--date", str(day)], size=(60, 20)) as terminal:
        assert terminal.wait_exit() == Exit.DONE
        heading, one, two, *rest = terminal.screen
        assert b"\x1b" not in terminal.raw
    assert heading == long_day(day)
    assert one == f"●  {first}    12 ▲    3 ✎  On {{Herons}} and α"
    assert two.startswith(f"·★ {second}     9 ▲")
    assert two.endswith("…")
    assert cell_width(two) == 60
    assert not any(rest)


def test_json_has_every_field_of_the_domain(command: Command, hub: HubServer, day: date) -> None:
    hub.days[day] = [known_item(day)]
    outcome = command("list", "--json", "--date", str(day))
    (paper,) = json.loads(outcome.out)
    assert list(paper) == [field.name for field in fields(Paper)] + ["read", "starred"]
    assert paper["id"] == ids(hub, day)[0]
    assert paper["day"] == str(day)
    assert paper["authors"] == [
        {"name": "Ana Berg", "username": None}, {"name": "Emeka Ito", "username": None},
    ]  # fmt: skip
    assert paper["organization"] == {"name": "heron-lab", "fullname": "白鹭 Lab"}
    assert (paper["read"], paper["starred"]) == (False, False)
    assert "白鹭" in outcome.out


def test_without_a_date_it_is_the_latest_day(command: Command, hub: HubServer, day: date) -> None:
    outcome = command("list")
    assert [line.split("\t")[0] for line in outcome.out.splitlines()] == ids(hub, day)


def test_options_may_stand_before_the_command(
    command: Command, hub: HubServer, day: date
) -> None:
    before = day - ONE_DAY
    outcomes = [command("--date", str(before), "list"), command("list", f"--date={before}")]
    assert outcomes[0] == outcomes[1]
    assert len(outcomes[0].out.splitlines()) == len(hub.days[before])


def test_what_is_on_disk_and_fresh_needs_no_hub(
    command: Command, hub: HubServer, day: date
) -> None:
    first = command("list")
    asked = len(hub.requests)
    hub.fault(Fault.REFUSE)
    assert command("list") == first
    assert len(hub.requests) == asked


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.STATUS_500, Fault.CUT_JSON])
def test_what_is_stale_is_printed_with_words_beside_it(
    fault: Fault, command: Command, hub: HubServer, day: date
) -> None:
    first = command("list")
    age(1, f"day/{day}", "newest")
    hub.fault(fault)
    outcome = command("list")
    assert (outcome.code, outcome.out) == (Exit.DONE, first.out)
    assert outcome.err.startswith("daily-papers: ")
    assert "These are from 20" in outcome.err
    assert outcome.err.count("\n") == 1


def test_offline_mode_prints_what_is_on_disk(
    command: Command, hub: HubServer, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = command("list")
    age(1, f"day/{day}", "newest")
    asked = len(hub.requests)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    outcome = command("list")
    assert (outcome.code, outcome.out) == (Exit.DONE, first.out)
    assert "HF_HUB_OFFLINE is set" in outcome.err
    assert len(hub.requests) == asked


def test_unreadable_papers_are_told(command: Command, hub: HubServer, day: date) -> None:
    hub.days[day] = [known_item(day), make_item(1, day, id="no id")]
    outcome = command("list", "--date", str(day))
    assert len(outcome.out.splitlines()) == 1
    assert outcome.err == "daily-papers: 1 of the day's papers could not be read.\n"


def test_hostile_texts_are_harmless(hub: HubServer, day: date) -> None:
    hub.days[day] = hostile_day(day)
    for arguments in (["list"], ["list", "--json"]):
        outcome = run(*arguments, "--date", str(day))
        assert outcome.code == Exit.DONE
        assert "[@click=app.quit]x[/]" in outcome.out
        visible = outcome.out.replace("\n", "").replace("\t", "")
        assert visible.isprintable()
    lines = run("list", "--date", str(day)).out.splitlines()
    assert {line.count("\t") for line in lines} == {7}


def test_hostile_texts_reach_no_terminal(hub: HubServer, day: date) -> None:
    hub.days[day] = hostile_day(day)
    with Terminal([PROGRAM, "list", "--date", str(day)], size=(70, 40)) as terminal:
        assert terminal.wait_exit() == Exit.DONE
        text = terminal.raw.decode()
    assert text.replace("\r\n", "").isprintable()


def test_an_encoding_that_cannot_say_it_all(
    hub: HubServer, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.days[day] = [known_item(day)]
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    outcome = run("list", "--json")
    assert outcome.code == Exit.DONE
    assert json.loads(outcome.out)[0]["organization"]["fullname"] == "?? Lab"
