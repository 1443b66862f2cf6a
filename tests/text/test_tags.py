"""Tags as they are typed: commas between them, one # in front or none."""

from __future__ import annotations

import pytest

from tui.text.tags import tags_meant


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("rl", ["rl"]),
        (" #rl ", ["rl"]),
        ("# rl", ["rl"]),
        ("##rl", ["#rl"]),
        ("C#", ["C#"]),
        ("b, #to  read ,a", ["b", "to  read", "a"]),
        ("", []),
        (" ,#, # ", []),
    ],
)
def test_what_is_meant_by_what_is_typed(typed: str, tags: list[str]) -> None:
    assert tags_meant(typed) == tags
