"""A line holds exactly one change, or says that it does not."""

from __future__ import annotations

import json
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library import Change
from tui.library.change import MOST_CLOCK, MOST_MS, MOST_NOTE, MOST_NUMBER, is_valid
from tui.sync.errors import NewerFormat
from tui.sync.lines import FIRST_LINE, MAX_LINE, Damaged, decode, encode

MACHINE = "0123456789abcdef"
CHANGE = Change(MACHINE, 7, 5 << 16, 5, "2608.00001", "read", value=True)

machines = st.text("0123456789abcdef", min_size=16, max_size=16)
papers = st.text(min_size=1, max_size=20).filter(str.isprintable)
names = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=20)
texts = st.text(st.characters(codec="utf-8"))
versions = st.tuples(machines, st.integers(1, 10**15)).map(lambda each: f"{each[0]}:{each[1]}")
changes = st.builds(
    Change,
    machine=machines,
    number=st.integers(1, MOST_NUMBER),
    clock=st.integers(0, MOST_CLOCK),
    made_ms=st.integers(0, MOST_MS),
    paper=papers,
    field=st.just("note"),
    value=texts,
    parents=st.lists(versions, max_size=3).map(tuple),
    kept=st.none() | texts,
) | st.builds(
    CHANGE._replace, paper=papers, field=names.map("tag:".__add__), value=st.booleans()
)  # fmt: skip


def with_sum(body: str) -> bytes:
    """A line that says it is whole."""
    return f'{body[:-1]},"sum":"{crc32(body[:-1].encode()):08x}"}}\n'.encode()


def edited(**fields: object) -> bytes:
    """The line of CHANGE with other fields."""
    values = {**CHANGE._asdict(), **fields}
    del values["kept"]
    if not values["parents"]:
        del values["parents"]
    return with_sum(json.dumps(values, sort_keys=True, separators=(",", ":")))


@given(changes)
def test_what_is_written_is_what_is_read(change: Change) -> None:
    line = encode(change)
    assert decode(line) == change
    assert line.isascii()
    assert line.index(b"\n") == len(line) - 1
    assert json.loads(line)["paper"] == change.paper


def test_the_format() -> None:
    assert encode(CHANGE) == (
        b'{"clock":327680,"field":"read","machine":"0123456789abcdef","made_ms":5,"number":7,'
        b'"paper":"2608.00001","value":true,"sum":"72b0b60a"}\n'
    )
    assert edited() == encode(CHANGE)


@pytest.mark.parametrize("text", ["a\r\nb\rc\n", "\u2028\u2029\x85\v\f", "\ufeff\0\x1b[2J", "a b "])
def test_line_ends_and_controls_come_back_as_they_were(text: str) -> None:
    change = CHANGE._replace(field="note", value=text)
    assert decode(encode(change)) == change


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_a_tool_may_change_the_end_of_the_line(ending: bytes) -> None:
    assert decode(encode(CHANGE).rstrip() + ending) == CHANGE


@pytest.mark.parametrize("line", [b"\n", b"\r\n", b"", FIRST_LINE])
def test_what_holds_no_change(line: bytes) -> None:
    assert decode(line) is None


@given(changes, st.data())
def test_a_line_that_lost_its_end_or_a_bit_is_damaged(change: Change, data: st.DataObject) -> None:
    line = encode(change)
    with pytest.raises(Damaged):
        decode(line[: data.draw(st.integers(1, len(line) - 2))])
    place = data.draw(st.integers(0, len(line) - 2))
    other = line[place] ^ (1 << data.draw(st.integers(0, 7)))
    with pytest.raises(Damaged):
        decode(line[:place] + bytes([other]) + line[place + 1 :])


@given(changes, changes, st.data())
def test_two_lines_in_one_are_damaged(one: Change, other: Change, data: st.DataObject) -> None:
    first, second = encode(one).rstrip(), encode(other)
    place = data.draw(st.integers(1, len(first)))
    for mixed in (first + second, first[:place] + second, first[:place] + second + first[place:]):
        with pytest.raises(Damaged):
            decode(mixed)


@pytest.mark.parametrize(
    "line",
    [
        b"null",
        b"[]",
        b"{}",
        b"[" * 5000,
        b"9" * 5000,
        b"\xff\xfe{}",
        b"<<<<<<< HEAD",
        b"\0" * 4096,
        b'{"format":"daily-papers changes"}',
        b'{"format":"daily-papers changes","version":"2"}',
        b'{"format":"daily-papers changes","version":true}',
        b'{"format":"daily-papers changes","version":0}',
    ],
)
def test_what_is_no_line_of_ours(line: bytes) -> None:
    with pytest.raises(Damaged):
        decode(line)


@pytest.mark.parametrize(
    "fields",
    [
        {"machine": "../../../../etc"},
        {"machine": "0123456789ABCDEF"},
        {"machine": 7},
        {"number": 0},
        {"number": True},
        {"number": 7.0},
        {"number": 10**40},
        {"clock": -1},
        {"clock": MOST_CLOCK + 1},
        {"made_ms": MOST_MS + 1},
        {"paper": ""},
        {"paper": "a\0b"},
        {"paper": "\x1b]0;title\x07"},
        {"paper": "x" * 1000},
        {"field": None},
        {"field": "tag:" + "x" * 1000},
        {"field": "tag:"},
        {"field": "\ud800"},
        {"value": None},
        {"value": "true"},
        {"value": 1},
        {"field": "note", "value": True},
        {"field": "note", "value": "\udcff"},
        {"field": "note", "value": "x" * (MOST_NOTE + 1)},
        {"parents": 5},
        {"parents": ["x:1"]},
        {"parents": [f"{MACHINE}:1"] * 2000},
        {"more": 1},
    ],
    ids=str,
)
def test_a_whole_line_with_what_cannot_be_is_damaged(fields: dict[str, object]) -> None:
    with pytest.raises(Damaged):
        decode(edited(**fields))


def test_a_field_that_only_a_newer_program_knows_is_read() -> None:
    for value in (True, "later"):
        change = CHANGE._replace(field="rating", value=value)
        assert decode(encode(change)) == change


def test_the_longest_change_fits_in_a_line() -> None:
    change = CHANGE._replace(field="note", value="\U0001f600" * MOST_NOTE, kept="\U0001f600" * 10)
    assert is_valid(change)
    line = encode(change)
    assert len(line) < MAX_LINE // 4
    assert decode(line) == change


def test_a_long_line_of_nothing_but_brackets_is_not_parsed() -> None:
    with pytest.raises(Damaged):
        decode(b'{"parents":[' + b"[]," * 100_000 + b"[]]}")
    with pytest.raises(Damaged):
        decode(b'"' + b"x" * MAX_LINE)


def test_a_newer_format_is_told_from_damage() -> None:
    with pytest.raises(NewerFormat, match="newer version"):
        decode(FIRST_LINE.replace(b":1", b":2"))
