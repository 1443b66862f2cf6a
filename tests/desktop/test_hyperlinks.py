from __future__ import annotations

import pytest

from tui.desktop.hyperlinks import takes_hyperlinks


@pytest.mark.parametrize(
    ("environ", "takes"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "linux"}, False),
        ({"TERM": "dumb"}, False),
        ({}, False),
        ({"TERM": "linux", "FORCE_HYPERLINK": "1"}, True),
        ({"TERM": "xterm", "FORCE_HYPERLINK": "0"}, False),
        ({"TERM": "xterm", "FORCE_HYPERLINK": ""}, True),
    ],
)
def test_which_terminals_are_told_of_links(environ: dict[str, str], takes: bool) -> None:
    assert takes_hyperlinks(environ) is takes
