"""``daily-papers list``: columns for people, fields for pipes, JSON for programs."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import closing
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from urllib.request import urlopen

import pytest

from tests.cli.conftest import MARKS, PROGRAM, age, ids, rewrite_cache, run
from tests.generate import hostile_day, make_day, make_item
from tests.hubserver import Fault
from tests.terminal import Terminal
from tui.cli.exits import Exit
from tui.days import ONE_DAY, long_day
from tui.library import Library
from tui.papers import Paper
from tui.paths import Paths
from tui.text.width import cell_width

if TYPE_CHECKING:
    from tests.cli.conftest import Command
    from tests.hubserver import HubServer


MONDAY: Final = date(2024, 5, 6)
LATE: Final = "2001.00001"
"""A paper that was listed years after it had got its id."""
TAB: Final = "\t"
WEEK: Final = "Week 19 · 6–12 May 2024"


@pytest.fixture
def days(hub: HubServer) -> list[date]:
    """The only days with papers in a week and a month of long ago, the newest first."""
    found = [MONDAY + 2 * ONE_DAY, MONDAY]
    for day in found:
        hub.days[day] = make_day(day, 4)
    return found


def listed(out: str) -> list[str]:
    """The ids that stand first on the lines."""
    return [line.split("\t")[0] for line in out.splitlines()]


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
    assert one == f"●  {first}    12 ▲    3 ✎  On Herons and α"
    assert two.startswith(f"·★ {second}     9 ▲")
    assert two.endswith("…")
    assert cell_width(two) == 60
    assert not any(rest)


def test_json_has_every_field_of_the_domain(command: Command, hub: HubServer, day: date) -> None:
    hub.days[day] = [known_item(day)]
    outcome = command("list", "--json", "--date", str(day))
    (paper,) = json.loads(outcome.out)
    assert list(paper) == [field.name for field in fields(Paper)] + MARKS
    assert paper["id"] == ids(hub, day)[0]
    assert paper["day"] == str(day)
    assert paper["authors"] == [
        {"name": "Ana Berg", "username": None}, {"name": "Emeka Ito", "username": None},
    ]  # fmt: skip
    assert paper["organization"] == {"name": "heron-lab", "fullname": "白鹭 Lab"}
    assert [paper[name] for name in MARKS] == [False, False, [], None]
    assert "白鹭" in outcome.out


def test_without_a_date_it_is_the_latest_day(command: Command, hub: HubServer, day: date) -> None:
    assert listed(command("list").out) == ids(hub, day)


@pytest.fixture
def marked(command: Command, hub: HubServer, days: list[date]) -> list[str]:
    """Four papers on disk, two of each day: read; starred; tagged; all of these; in this order."""
    command("list", "--date", "2024-w19")
    papers = [paper for day in days for paper in ids(hub, day)[:2]]
    read, starred, tagged, every = papers
    with closing(Library.open(Paths.of_user().library)) as library:
        library.mark([every], read=True, starred=True, tags={"rag": True, "\x9b2J\u202e": True})
        library.mark([tagged], tags={"rag": True}, note="so\x85\x7f\U000e0041")
        library.mark([starred], starred=True)
        library.mark([read], read=True)
    return papers


def test_marked_papers_of_any_day_the_latest_marked_first(
    command: Command, marked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for filters, expected in (
        ("--starred", [1, 3]), ("--tag rag", [2, 3]), ("--starred --tag rag", [3]),
        ("--starred --unread", [1]), ("--tag rag --unread", [2]),
    ):  # fmt: skip
        outcome = command("list", *filters.split())
        found = [marked[index] for index in expected]
        assert (filters, outcome.code, outcome.err) == (filters, Exit.DONE, "")
        assert (filters, listed(outcome.out)) == (filters, found)
        papers = json.loads(command("list", *filters.split(), "--json").out)
        assert (filters, [paper["id"] for paper in papers]) == (filters, found)


def test_a_tag_is_found_with_and_without_the_blanks_around_it(
    command: Command, marked: list[str]
) -> None:
    assert command("mark", marked[0], "--tag", " Déjà vu ").code == Exit.DONE
    with closing(Library.open(Paths.of_user().library)) as library:
        library.mark([marked[1]], tags={"Déjà vu ": True})
    for period in ([], ["--date", "2024-w19"]):
        outcome = command("list", "--tag", " Déjà vu ", *period)
        assert listed(outcome.out) == marked[:1]
        outcome = command("list", "--tag", "Déjà vu ", *period)
        assert set(listed(outcome.out)) == set(marked[:2])


def test_a_tag_is_found_by_the_way_it_is_shown(command: Command, marked: list[str]) -> None:
    command("mark", marked[0], "--tag", "#rl")
    with closing(Library.open(Paths.of_user().library)) as library:
        library.mark([marked[1]], tags={"#rl": True})
    for tag, found in (("rl", marked[:1]), ("##rl", marked[1:2]), ("#rl", marked[:2])):
        assert (tag, set(listed(command("list", "--tag", tag).out))) == (tag, set(found))


def test_marked_papers_of_a_period(
    command: Command, hub: HubServer, days: list[date], marked: list[str]
) -> None:
    for filters, expected in (
        ("--starred", [3]), ("--tag rag", [2, 3]), ("--tag rag --unread", [2])
    ):  # fmt: skip
        outcome = command("list", "--date", str(days[1]), *filters.split())
        marked_so = [marked[index] for index in expected]
        found = [paper for paper in ids(hub, days[1]) if paper in marked_so]
        assert (filters, listed(outcome.out)) == (filters, found)


def test_unread_papers_are_those_of_a_period(
    command: Command, hub: HubServer, day: date, days: list[date], marked: list[str]
) -> None:
    assert listed(command("list", "--unread").out) == ids(hub, day)
    outcome = command("list", "--unread", "--date", "2024-w19")
    every = [paper for day in days for paper in ids(hub, day)]
    assert listed(outcome.out) == [each for each in every if each not in (marked[0], marked[3])]


def test_json_has_notes_and_tags_as_they_were_typed(command: Command, marked: list[str]) -> None:
    outcome = command("list", "--tag", "rag", "--json")
    first, second = json.loads(outcome.out)
    assert [first[name] for name in MARKS] == [False, False, ["rag"], "so\x85\x7f\U000e0041"]
    assert [second[name] for name in MARKS] == [True, True, ["rag", "\x9b2J\u202e"], None]
    assert outcome.out.replace("\n", "").isprintable()


def test_marked_papers_on_a_terminal_have_a_heading(marked: list[str]) -> None:
    with closing(Library.open(Paths.of_user().library)) as library:
        library.mark(["2401.00001"], starred=True, tags={"rag": True})
    with Terminal([PROGRAM, "list", "--starred", "--tag", "rag"], size=(60, 20)) as terminal:
        assert terminal.wait_exit() == Exit.DONE
        words, heading, unknown, one, *rest = terminal.screen
    assert heading == "Starred papers tagged “rag”"
    assert unknown.rstrip() == "●★ 2401.00001       ▲      ✎"
    assert one.startswith(f"·★ {marked[3]} ")
    assert words == "daily-papers: Not on disk: 1 paper."
    assert not any(rest)


@pytest.mark.parametrize("of", ["--starred", "--date starred", "--date starred --starred"])
def test_of_a_starred_paper_that_nobody_knows_the_id_is_listed(
    of: str, command: Command, marked: list[str]
) -> None:
    unknown = ["2401.00002", "2401.00001"]
    with closing(Library.open(Paths.of_user().library)) as library:
        library.mark(unknown, starred=True)
    fields = command("list", *of.split())
    assert (fields.code, fields.err) == (Exit.DONE, "daily-papers: Not on disk: 2 papers.\n")
    assert sorted(listed(fields.out)) == sorted([*unknown, marked[1], marked[3]])
    (line,) = (line for line in fields.out.splitlines() if line.startswith(unknown[0]))
    assert line == f"{unknown[0]}{TAB * 7}https://huggingface.co/papers/{unknown[0]}"
    whole = command("list", *of.split(), "--json")
    assert whole.err == fields.err
    papers = {paper.pop("id"): paper for paper in json.loads(whole.out)}
    assert set(papers) == {*unknown, marked[1], marked[3]}
    assert [name for name, value in papers[unknown[0]].items() if value is not None] == [
        "read", "starred", "tags",
    ]  # fmt: skip


@pytest.mark.parametrize("of", ["--starred", "--date starred"])
def test_a_starred_paper_that_is_not_on_disk_is_asked_for_and_kept(
    of: str, command: Command, hub: HubServer, days: list[date], monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = ids(hub, days[0])[0]
    command("mark", paper, "--star")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    bare = command("list", *of.split())
    assert bare.out.split(TAB)[:2] == [paper, ""]
    assert (bare.code, bare.err) == (Exit.DONE, "daily-papers: Not on disk: 1 paper.\n")
    monkeypatch.delenv("HF_HUB_OFFLINE")
    whole = command("list", *of.split())
    assert whole.out.split(TAB)[1]
    assert whole.err == ""
    shutil.rmtree(Paths.of_user().cache)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert command("list", *of.split()) == whole


def test_a_tagged_paper_is_found_on_whatever_day(
    command: Command, hub: HubServer, days: list[date]
) -> None:
    hub.days[days[0]][0]["paper"]["id"] = LATE
    command("list", "--date", str(days[0]))
    command("mark", "--tag", "old", LATE)
    outcome = command("list", "--tag", "old")
    assert (listed(outcome.out), outcome.err) == ([LATE], "")
    assert outcome.out.split(TAB)[1]


def test_what_was_starred_from_disk_outlives_the_cache(
    command: Command, hub: HubServer, days: list[date]
) -> None:
    hub.days[days[0]][0]["paper"]["id"] = LATE
    command("list", "--date", str(days[0]))
    papers = ids(hub, days[0])
    assert LATE in papers
    command("mark", "--star", *papers)
    before = json.loads(command("list", "--starred", "--json").out)
    shutil.rmtree(Paths.of_user().cache)
    hub.fault(Fault.REFUSE, times=1000)
    after = command("list", "--starred", "--json")
    assert (json.loads(after.out), after.err) == (before, "")
    assert {paper["id"] for paper in before} == set(papers)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--starred"], "There are no starred papers."),
        (["--tag", "\x07x"], "There are no papers tagged “x”."),
        (["--unread", "--date", "starred"], "There are no unread papers on your reading list."),
        (["--unread", "--starred", "--date", "2024-w19"],
         f"There are no unread starred papers in {WEEK}."),
    ],
)  # fmt: skip
def test_no_such_papers(
    arguments: list[str], words: str, command: Command, days: list[date]
) -> None:
    outcome = command("list", *arguments)
    assert (outcome.code, outcome.out) == (Exit.NOTHING_FOUND, "")
    assert outcome.err == f"daily-papers: {words}\n"


@pytest.mark.parametrize("tag", ["", "x" * 300])
def test_what_can_be_no_tag(tag: str, command: Command) -> None:
    outcome = command("list", "--tag", tag)
    assert (outcome.code, outcome.err.count("\n")) == (Exit.USAGE, 1)


@pytest.mark.parametrize("filters", [["--unread"], ["--starred"], ["--tag", "x"]])
def test_what_depends_on_marks_needs_a_library(
    filters: list[str], command: Command, hub: HubServer
) -> None:
    library = Paths.of_user().library
    library.parent.mkdir(parents=True)
    library.write_bytes(b"not a library" * 1000)
    outcome = command("list", *filters)
    assert (outcome.code, outcome.out) == (Exit.TROUBLE, "")
    assert outcome.err.startswith(f"daily-papers: The library {library} is damaged; it was left")
    shutil.rmtree(library.parent)
    (library / "in the way").mkdir(parents=True)
    outcome = command("list", *filters)
    assert (outcome.code, outcome.out) == (Exit.TROUBLE, "")
    assert "the library cannot be read" in outcome.err


def test_a_week_and_a_month_are_their_days(
    command: Command, hub: HubServer, days: list[date]
) -> None:
    expected = [paper for day in days for paper in ids(hub, day)]
    for period in ("2024-w19", "2024-05", "may 2024"):
        outcome = command("list", "--date", period)
        assert (period, outcome.code, outcome.err) == (period, Exit.DONE, "")
        assert (period, listed(outcome.out)) == (period, expected)
        papers = json.loads(command("list", "--json", "--date", period).out)
        assert (period, [paper["id"] for paper in papers]) == (period, expected)
        assert all(paper["abstract"] for paper in papers)


def test_on_a_terminal_each_day_has_a_heading_and_no_text_does_anything(
    hub: HubServer, days: list[date]
) -> None:
    hub.days[days[1]] = hostile_day(days[1])
    with Terminal([PROGRAM, "list", "--date", "2024-w19"], size=(60, 50)) as terminal:
        assert terminal.wait_exit() == Exit.DONE
        screen = terminal.screen
        assert terminal.raw.decode().replace("\r\n", "").isprintable()
    shown = [line.split()[1] if "▲" in line else line for line in screen]
    newer, older = days
    expected = [
        WEEK, "", long_day(newer), *ids(hub, newer), "", long_day(older), *ids(hub, older),
    ]  # fmt: skip
    assert shown == expected + [""] * (len(shown) - len(expected))


def test_what_is_trending_keeps_the_order_of_the_hub(
    command: Command, hub: HubServer, days: list[date]
) -> None:
    with urlopen(f"{hub.url}/api/daily_papers?sort=trending&limit=100") as answer:
        ranked = [item["paper"]["id"] for item in json.load(answer)]
    assert ranked != sorted(ranked, reverse=True)
    outcome = command("list", "--date", "trending")
    assert (outcome.code, outcome.err, listed(outcome.out)) == (Exit.DONE, "", ranked)
    papers = json.loads(command("list", "--json", "--date", "trending").out)
    assert [paper["id"] for paper in papers] == ranked


def test_a_ranking_has_its_time_in_the_heading_and_no_days(hub: HubServer) -> None:
    with Terminal([PROGRAM, "list", "--date", "trending"], size=(60, 20)) as terminal:
        assert terminal.wait_exit() == Exit.DONE
        heading, *lines = [line for line in terminal.screen if line]
    assert re.fullmatch(r"Trending · \d{4}-\d\d-\d\d \d\d:\d\d UTC", heading)
    assert len(lines) == sum(map(len, hub.days.values()))
    assert all("▲" in line for line in lines)


def test_options_may_stand_before_the_command(command: Command, hub: HubServer, day: date) -> None:
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


def test_what_is_stale_is_printed_with_words_beside_it(
    command: Command, hub: HubServer, day: date
) -> None:
    first = command("list")
    age(1)
    for fault in (Fault.REFUSE, Fault.STATUS_500, Fault.CUT_JSON):
        hub.fault(fault)
        outcome = command("list")
        assert (fault, outcome.code, outcome.out) == (fault, Exit.DONE, first.out)
        assert outcome.err.startswith("daily-papers: ")
        assert "These are from 20" in outcome.err
        assert (fault, outcome.err.count("\n")) == (fault, 1)
        hub.heal()


def test_offline_mode_prints_what_is_on_disk(
    command: Command, hub: HubServer, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = command("list")
    age(1)
    asked = len(hub.requests)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    outcome = command("list")
    assert (outcome.code, outcome.out) == (Exit.DONE, first.out)
    assert "HF_HUB_OFFLINE is set" in outcome.err
    assert len(hub.requests) == asked


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_offline_a_week_is_what_disk_has_of_it(
    form: list[str],
    command: Command,
    hub: HubServer,
    days: list[date],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for day in days:
        command("list", "--date", str(day))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    outcome = command("list", "--date", "2024-w19", *form)
    assert outcome.code == Exit.DONE
    found = json.loads(outcome.out) if form else outcome.out.splitlines()
    assert len(found) == sum(len(hub.days[day]) for day in days)
    why, lacking = outcome.err.splitlines()
    assert "HF_HUB_OFFLINE is set" in why
    assert re.search(r" These are from \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$", why)
    assert lacking == f"daily-papers: Not on disk: 5 days of {WEEK}."


def test_offline_the_latest_day_on_disk_is_printed_though_none_is_known_as_the_latest(
    command: Command, days: list[date], monkeypatch: pytest.MonkeyPatch
) -> None:
    latest, before = (command("list", "--date", str(day)) for day in days)
    assert latest.out != before.out
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    outcome = command("list")
    assert (outcome.code, outcome.out) == (Exit.DONE, latest.out)


def test_offline_a_whole_month_is_what_it_was(
    command: Command, hub: HubServer, days: list[date], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = command("list", "--date", "2024-05")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert command("list", "--date", "2024-05") == first
    assert listed(command("list", "--date", "2024-w19").out) == listed(first.out)


def test_papers_that_disk_has_lost_are_told(
    command: Command, hub: HubServer, days: list[date]
) -> None:
    newer, older = days
    command("list", "--date", "2024-w19")
    rewrite_cache(lambda key, entry: None if key == f"day/{newer}" else entry)
    outcome = command("list", "--date", "2024-w19", "--json")
    assert [paper["id"] for paper in json.loads(outcome.out)] == ids(hub, older)
    assert outcome.err == "daily-papers: No longer on disk: 4 papers.\n"


def test_unreadable_papers_are_told(command: Command, hub: HubServer, day: date) -> None:
    hub.days[day] = [known_item(day), make_item(1, day, id="no id")]
    outcome = command("list", "--date", str(day))
    assert len(outcome.out.splitlines()) == 1
    assert outcome.err == "daily-papers: 1 paper could not be read.\n"


def test_hostile_texts_are_harmless(command: Command, hub: HubServer, day: date) -> None:
    hub.days[day] = hostile_day(day)
    for arguments in (["list", "--json"], ["list"]):
        outcome = command(*arguments, "--date", str(day))
        assert outcome.code == Exit.DONE
        assert "[@click=app.quit]x[/]" in outcome.out
        visible = outcome.out.replace("\n", "").replace("\t", "")
        assert visible.isprintable()
    assert {line.count("\t") for line in outcome.out.splitlines()} == {7}


def test_an_encoding_that_cannot_say_it_all(
    hub: HubServer, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.days[day] = [known_item(day)]
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    outcome = run("list", "--json")
    assert outcome.code == Exit.DONE
    assert json.loads(outcome.out)[0]["organization"]["fullname"] == "?? Lab"
