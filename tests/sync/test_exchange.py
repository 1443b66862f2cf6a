"""The whole library as one file, and back."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from tests.sync.machine import PAPERS, Machine
from tui.sync import Imported, NewerFormat, export, import_
from tui.sync.lines import FIRST_LINE

if TYPE_CHECKING:
    from pathlib import Path

A, B, C, D = PAPERS


@pytest.fixture
def exported(here: Machine, there: Machine) -> bytes:
    """What a machine has that was merged with another."""
    there.library.mark([A], note="from there", tags={"näch\u2028stes": True})
    here.library.mark([A], note="a\r\nb\u2028\x1b[2J", starred=True, kept={A: '{"title":"ü"}'})
    here.library.mark([B, C], read=True)
    here.library.undo()
    here.library.mark([D], read=True, tags={"x": True})
    here.library.mark([D], tags={"x": False})
    there.sync()
    here.sync()
    stream = BytesIO()
    assert export(here.library, stream) == 11
    return stream.getvalue()


@pytest.fixture
def empty(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "empty", tmp_path)


def test_an_empty_library_becomes_the_same(exported: bytes, here: Machine, empty: Machine) -> None:
    assert import_(empty.library, BytesIO(exported)) == Imported(new=11, known=0, refused=0)
    assert empty.state() == here.state()
    assert empty.library.tags() == here.library.tags()
    assert [empty.library.history(paper) for paper in PAPERS] == [
        here.library.history(paper) for paper in PAPERS
    ]
    again = BytesIO()
    export(empty.library, again)
    assert again.getvalue() == exported


def test_the_second_time_changes_nothing(exported: bytes, here: Machine, empty: Machine) -> None:
    import_(empty.library, BytesIO(exported))
    before = empty.state()
    for machine in (empty, here):
        assert import_(machine.library, BytesIO(exported)) == Imported(0, 11, 0)
    assert empty.state() == before


def test_it_is_merged_with_what_is_there(exported: bytes, here: Machine, empty: Machine) -> None:
    empty.library.mark([A], note="at home")
    empty.library.mark([C], starred=True)
    import_(empty.library, BytesIO(exported))
    stream = BytesIO()
    export(empty.library, stream)
    stream.seek(0)
    assert import_(here.library, stream) == Imported(2, 11, 0)
    assert here.state() == empty.state()
    assert "at home" in here.library.note(A)
    assert "a\r\nb\u2028\x1b[2J" in here.library.note(A)


def test_every_line_is_json(exported: bytes) -> None:
    first, *lines = [json.loads(line) for line in exported.splitlines()]
    assert first == {"format": "daily-papers changes", "version": 1}
    assert {line["paper"] for line in lines} == set(PAPERS)
    assert exported.isascii()


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_damaged_line_costs_that_line(ending: bytes, exported: bytes, empty: Machine) -> None:
    lines = exported.split(b"\n")
    lines[3] = lines[3].replace(b":", b";", 1)
    lines[5] = lines[5][:-10] + lines[6]
    del lines[6]
    found = import_(empty.library, BytesIO(ending.join(lines).rstrip()))
    assert found == Imported(new=8, known=0, refused=2)


def test_the_first_line_may_be_missing(exported: bytes, empty: Machine) -> None:
    rest = exported.removeprefix(FIRST_LINE)
    assert import_(empty.library, BytesIO(rest + rest)) == Imported(new=11, known=11, refused=0)


@pytest.mark.parametrize("content", [b"", b"\n\n", FIRST_LINE])
def test_a_file_without_changes(content: bytes, empty: Machine) -> None:
    assert import_(empty.library, BytesIO(content)) == Imported(0, 0, 0)


def test_a_file_of_something_else(empty: Machine) -> None:
    assert import_(empty.library, BytesIO(b"\0\xff\n{}\n\x89PNG")) == Imported(0, 0, 3)


def test_a_file_of_a_newer_program(exported: bytes, empty: Machine) -> None:
    newer = exported.replace(b'"version":1}', b'"version":2}')
    with pytest.raises(NewerFormat, match="written by a newer version of this program"):
        import_(empty.library, BytesIO(newer))
    assert empty.state().starred == []
