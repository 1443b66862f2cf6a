from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.library import raw
from tui.library import Change, Event, Library, LibraryUnwritable, Mark, Starred, Undone
from tui.library.merging import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A, B, C = "2608.00001", "2608.00002", "2608.00003"
NOW = datetime(2026, 8, 21, 9, 30, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)
THEM = "00000000000000ff"


def foreign(number: int = 1, *, ahead_ms: int = 0, **fields: Any) -> Change:
    """A change that another machine made now, or some time from now."""
    made_ms = NOW_MS + ahead_ms
    usual = Change(THEM, number, made_ms << 16, made_ms, A, "read", True)
    return usual._replace(**fields)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "there.db", now=lambda: NOW)) as library:
        yield library


def test_a_change_says_all_that_another_machine_needs(library: Library) -> None:
    library.mark([A], starred=True, tags={"x": True}, kept={A: '{"title": "One"}'})
    library.mark([A], note="first")
    library.mark([A], note="second", starred=False)
    name, made_ms = library.machine, NOW_MS + 1000
    changes = list(library.changes())
    assert changes[:3] == [
        Change(name, 1, made_ms << 16, made_ms, A, "starred", True, (), '{"title": "One"}'),
        Change(name, 2, made_ms << 16, made_ms, A, "tag:x", True),
        Change(name, 3, made_ms + 1000 << 16, made_ms + 1000, A, "note", "first"),
    ]
    assert [change.value for change in changes[3:]] == [False, "second"]
    assert changes[4].parents == (f"{name}:3",)


def test_changes_can_be_asked_for_from_a_number_on(library: Library) -> None:
    papers = [f"2608.{number:05}" for number in range(2500)]
    library.mark(papers, read=True)
    library.merge([foreign(number) for number in (1, 2)])
    name = library.machine
    assert [change.number for change in library.changes(name)] == [*range(1, 2501)]
    assert [change.number for change in library.changes(name, after=2498)] == [2499, 2500]
    assert [change.number for change in library.changes(name, after=7, most=2)] == [8, 9]
    assert [change.number for change in library.changes(THEM)] == [1, 2]
    assert len(list(library.changes())) == 2502


def test_another_library_becomes_the_same(library: Library, there: Library) -> None:
    library.mark([A, B], read=True, starred=True, kept={A: "kept"})
    library.mark([B], tags={"x": True}, note="note")
    library.mark([C], read=True)
    library.undo()
    assert there.merge(library.changes()) == len(list(library.changes()))
    assert there.merge(library.changes()) == 0
    assert there.marks([A, B, C]) == library.marks([A, B, C])
    assert (there.tags(), there.note(B)) == ([("x", 1)], "note")
    assert there.starred() == library.starred()
    assert list(there.changes()) == list(library.changes())


def test_the_later_change_holds_whichever_comes_first(library: Library, there: Library) -> None:
    early, late = foreign(1), foreign(2, ahead_ms=1, value=False)
    library.merge([early])
    assert library.marks([A]) == {A: Mark(read=True)}
    library.merge([late])
    there.merge([late])
    there.merge([early])
    assert library.marks([A]) == there.marks([A]) == {A: Mark()}


@pytest.mark.parametrize("tie", [{"machine": THEM[:-1] + "0"}, {"number": 1}])
def test_at_the_same_clock_machine_and_number_decide(library: Library, tie: Any) -> None:
    greater, smaller = foreign(2), foreign(2, value=False)._replace(**tie)
    library.merge([greater, smaller])
    assert library.marks([A]) == {A: Mark(read=True)}


def test_what_is_done_here_comes_after_what_was_seen_from_there(tmp_path: Path) -> None:
    with closing(Library.open(tmp_path / "slow.db", now=lambda: NOW)) as slow:
        slow.merge([foreign(ahead_ms=3_600_000)])
        slow.mark([B], read=True)
        (change,) = slow.changes(slow.machine)
    assert change.clock == foreign(ahead_ms=3_600_000).clock + 1
    assert change.made_ms == NOW_MS


def test_a_machine_in_another_century_does_not_take_ours_along(there: Library) -> None:
    century = foreign(ahead_ms=int(timedelta(days=36525).total_seconds()) * 1000)
    assert there.merge([century]) == 1
    assert there.mark([A, B], read=False, starred=True) == 2
    assert there.marks([A, B]) == dict.fromkeys([A, B], Mark(starred=True))
    clocks = {(each.paper, each.field): each.clock for each in there.changes(there.machine)}
    assert clocks == {
        (A, "read"): century.clock + 1,
        (A, "starred"): NOW_MS << 16,
        (B, "starred"): NOW_MS << 16,
    }
    there.undo()
    assert there.marks([A, B]) == {A: Mark(read=True), B: Mark()}


def test_a_clock_that_goes_back_still_goes_on(path: Path) -> None:
    times = iter([NOW, NOW - timedelta(days=365 * 30), NOW - timedelta(hours=1)])
    with closing(Library.open(path, now=lambda: next(times))) as library:
        for starred in (True, False, True):
            library.mark([A], starred=starred)
        assert library.marks([A]) == {A: Mark(starred=True)}


def test_foreign_changes_are_no_steps(library: Library) -> None:
    library.mark([A], starred=True, label="mine")
    library.undo()
    library.merge([foreign(1), foreign(2, paper=B)])
    assert library.redo() == Undone("mine")
    assert library.undo() == Undone("mine")
    assert library.undo() is None
    assert library.marks([A, B]) == dict.fromkeys([A, B], Mark(read=True))


def test_undo_restores_what_was_before_over_a_foreign_change(library: Library) -> None:
    library.mark([A], starred=True)
    library.merge([foreign(field="starred", value=False, ahead_ms=5000)])
    assert library.marks([A]) == {A: Mark()}
    library.mark([A], starred=True)
    library.undo()
    assert library.marks([A]) == {A: Mark()}


def test_fields_of_newer_programs_survive_and_are_not_shown(
    library: Library, there: Library, path: Path
) -> None:
    unknown = [foreign(1, field="rating", value="5"), foreign(2, field="hidden")]
    library.merge(unknown)
    assert library.marks([A]) == {A: Mark()}
    assert library.history(A) == []
    there.merge(library.changes())
    assert list(there.changes()) == unknown


@pytest.mark.parametrize(
    "fields",
    [
        {"machine": "THEM"},
        {"machine": None},
        {"number": 0},
        {"number": "1"},
        {"number": True},
        {"clock": -1},
        {"clock": 2**63},
        {"made_ms": 2**60},
        {"made_ms": 1.5},
        {"paper": ""},
        {"paper": "a\0b"},
        {"paper": "x" * 1000},
        {"paper": None},
        {"field": "\ud800"},
        {"value": 1},
        {"value": "yes"},
        {"value": None},
        {"field": "tag:x", "value": "x"},
        {"field": "note", "value": True},
        {"field": "note", "value": "x" * 2_000_000},
        {"field": "other", "value": ["x"]},
        {"field": "note", "value": "x", "parents": ("somebody",)},
        {"field": "note", "value": "x", "parents": "0"},
        {"kept": {}},
    ],
    ids=lambda fields: str(fields)[:40],
)
def test_what_cannot_be_right_is_left_out(
    library: Library, fields: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert library.merge([foreign()._replace(**fields), foreign(2, paper=B)]) == 1
    assert [change.number for change in library.changes()] == [2]
    assert "left out 1 change" in caplog.text


def test_metadata_of_the_later_star_holds(library: Library, there: Library) -> None:
    early = foreign(1, field="starred", kept="old")
    late = foreign(2, field="starred", kept="new", ahead_ms=1)
    library.merge([early, late])
    there.merge([late, early])
    assert library.starred() == there.starred() == [Starred(A, NOW_MS + 1, "new")]


def test_rebuilding_changes_nothing(library: Library, there: Library, path: Path) -> None:
    there.mark([A, B], read=True, starred=True, note="theirs", tags={"x": True})
    library.mark([A], note="mine", read=False)
    library.mark([B], read=True)
    library.merge(there.changes())
    library.undo()
    before = raw.derived(path)
    assert all(before)
    library.rebuild()
    assert raw.derived(path) == before
    raw.run(path, "DELETE FROM marks; UPDATE notes SET text = 'wrong'")
    library.rebuild()
    assert raw.derived(path) == before


def test_many_foreign_changes_come_in_steps_that_others_see(library: Library) -> None:
    def coming() -> Iterator[Change]:
        for number in range(1, 2 * BATCH + 2):
            yield foreign(number, paper=f"2608.{number:05}")
        raise LibraryUnwritable(library.path, "the stick was pulled out")

    with pytest.raises(LibraryUnwritable, match="stick"):
        library.merge(coming())
    assert library.totals().read == 2 * BATCH


def test_a_name_is_kept_for_life(library: Library, path: Path) -> None:
    name = library.machine
    assert len(name) == 16
    library.close()
    with closing(Library.open(path)) as again:
        assert (again.machine, again.machines) == (name, [name])


def test_a_copy_is_another_machine(library: Library, path: Path, tmp_path: Path) -> None:
    library.mark([A], read=True)
    library.close()
    shutil.copy(path, tmp_path / "copy.db")
    with (
        closing(Library.open(path)) as original,
        closing(Library.open(tmp_path / "copy.db")) as copy,
    ):
        assert copy.machine != original.machine
        assert copy.machines == [original.machine, copy.machine]
        original.mark([B], read=True)
        copy.mark([C], read=True)
        original.merge(copy.changes())
        copy.merge(original.changes())
        assert original.marks([A, B, C]) == copy.marks([A, B, C])
        assert set(copy.marks([A, B, C]).values()) == {Mark(read=True)}


def test_a_library_put_back_from_a_copy_gets_another_name(
    library: Library, path: Path, tmp_path: Path
) -> None:
    library.close()
    shutil.copy(path, tmp_path / "copy.db")
    with closing(Library.open(path)) as gone:
        gone.mark([A], read=True)
    (tmp_path / "copy.db").replace(path)
    with closing(Library.open(path)) as restored:
        before, now = restored.machines
        assert now == restored.machine != before


def test_a_change_under_our_name_that_we_never_made_gives_us_another(library: Library) -> None:
    library.mark([A], read=True)
    name = library.machine
    assert library.merge(library.changes()) == 0
    assert library.machine == name
    assert library.merge([foreign(2, machine=name, paper=B)]) == 1
    assert library.machine != name
    library.mark([C], read=True)
    assert [change.number for change in library.changes(library.machine)] == [1]
    assert library.history(C) == [Event(NOW_MS + 2000, "read", True)]
