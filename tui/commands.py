"""Every action of the reader, once: bindings, footer, palette and help all come from this table.

A command's id is also the name of the screen's method that carries it out (``action_<id>``).
Keys are written as Textual names them, separated by spaces.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pane(Enum):
    """Where keys go: the list of papers, or the text of one."""

    LIST = "list"
    READER = "reader"


class Command(NamedTuple):
    """One action: ``help`` is its line in palette and help, ``label`` its word in the footer."""

    id: str
    help: str
    label: str
    in_list: str = ""
    in_reader: str = ""
    prefix: str = ""
    """A key that has to come first; the strip of choices shows what may follow."""

    def keys(self, pane: Pane) -> tuple[str, ...]:
        """The keys of this command in a pane, the preferred one first."""
        return tuple((self.in_list if pane is Pane.LIST else self.in_reader).split())


def _both(id: str, help: str, label: str, keys: str, prefix: str = "") -> Command:  # noqa: A002
    return Command(id, help, label, keys, keys, prefix)


COPY: Final = "y"
"""The prefix of the copy commands."""
SORT: Final = "S"
"""The prefix of the orders."""

COMMANDS: Final = (
    Command("next_paper", "Next paper", "next", "j down J", "J"),
    Command("previous_paper", "Previous paper", "previous", "k up K", "K"),
    Command("first_paper", "First paper of the list", "first", "g home"),
    Command("last_paper", "Last paper of the list", "last", "G end"),
    Command("half_list_down", "Half a page of papers down", "half down", "ctrl+d"),
    Command("half_list_up", "Half a page of papers up", "half up", "ctrl+u"),
    Command("list_down", "A page of papers down", "page down", "pagedown"),
    Command("list_up", "A page of papers up", "page up", "pageup"),
    Command("text_down", "Scroll a line down", "down", "", "j down"),
    Command("text_up", "Scroll a line up", "up", "", "k up"),
    Command("text_half_down", "Scroll half a page down", "half down", "", "ctrl+d"),
    Command("text_half_up", "Scroll half a page up", "half up", "", "ctrl+u"),
    Command("text_page_down", "Page the text, then on to the next unread paper",
            "page", "space", "space pagedown"),
    Command("text_page_up", "Page the text up", "page up", "b", "b pageup"),
    Command("text_top", "Top of the text", "top", "", "g home"),
    Command("text_bottom", "Bottom of the text", "bottom", "", "G end"),
    Command("read_paper", "Read the paper (marks it read)", "read", "enter"),
    Command("back", "Back to the list", "back", "", "q escape"),
    Command("cancel", "Stop waiting for the Hub, else clear the selection", "stop", "escape"),
    _both("other_pane", "The other pane", "pane", "tab shift+tab"),
    _both("older", "Older day that has papers; older week or month", "older", "h left ["),
    _both("newer", "Newer day that has papers; newer week or month", "newer", "l right ]"),
    _both("older_unread", "Older day, week or month with unread papers", "older unread", "{"),
    _both("newer_unread", "Newer day, week or month with unread papers", "newer unread", "}"),
    _both("latest_day", "The latest day", "latest", "t"),
    _both("go_to_date", "Calendar: go to a day, week or month", "calendar", "D"),
    _both("view_day", "The day", "day", "1"),
    _both("view_week", "The week", "week", "2"),
    _both("view_month", "The month", "month", "3"),
    _both("view_trending", "What is trending", "trending", "4"),
    _both("view_starred", "What is starred, newest star first", "starred", "5"),
    _both("merge", "Weeks, months and stars day by day, or in one piece", "merge", "m"),
    Command("filter", "Show all papers, the unread or the starred ones", "filter", "v"),
    Command("sort", "Sort: choose how", "sort", SORT),
    Command("sort_hub", "Sort as on the Hub", "Hub order", "h", "", SORT),
    Command("sort_upvotes", "Sort by upvotes", "upvotes", "u", "", SORT),
    Command("sort_rising", "Sort by upvotes gained per hour", "rising", "r", "", SORT),
    Command("sort_comments", "Sort by comments", "comments", "c", "", SORT),
    Command("sort_arxiv", "Sort by arXiv date", "arXiv date", "a", "", SORT),
    Command("sort_title", "Sort by title", "title", "t", "", SORT),
    _both("next_unread", "Next unread paper, further back too", "unread", "n"),
    _both("previous_unread", "Previous unread paper, further on too", "previous unread", "p"),
    _both("toggle_read", "Mark read, or unread again", "mark", "r"),
    Command("read_all", "Mark everything in view read", "all read", "A"),
    _both("toggle_star", "Star, or take the star away", "star", "s"),
    _both("edit_note", "Write a note, in $EDITOR where it is set", "note", "e"),
    _both("edit_tags", "Tag, or take tags off", "tags", "T"),
    Command("select", "Select for the commands that follow, or no longer", "select", "x"),
    Command("clear_selection", "Clear the selection", "clear", "X"),
    _both("history", "History: what you read day by day, and that of this paper", "history", "H"),
    _both("undo", "Undo the last change", "undo", "U ctrl+z"),
    _both("redo", "Redo what was undone", "redo", "ctrl+y"),
    _both("copy", "Copy: choose what", "copy", COPY),
    _both("copy_hub_link", "Copy the Hugging Face link", "Hugging Face", "y", COPY),
    _both("copy_arxiv_link", "Copy the arXiv link", "arXiv", "a", COPY),
    _both("copy_pdf_link", "Copy the PDF link", "PDF", "p", COPY),
    _both("copy_id", "Copy the paper's id", "id", "i", COPY),
    _both("copy_title", "Copy the title", "title", "t", COPY),
    _both("copy_markdown", "Copy a Markdown link", "Markdown", "m", COPY),
    _both("copy_bibtex", "Copy the BibTeX entry", "BibTeX", "b", COPY),
    _both("copy_reference", "Copy the citation as plain text", "citation", "c", COPY),
    _both("copy_ris", "Copy the RIS record", "RIS", "r", COPY),
    _both("copy_csl", "Copy the CSL-JSON", "CSL-JSON", "j", COPY),
    _both("copy_github_link", "Copy the GitHub link", "GitHub", "g", COPY),
    _both("copy_summary", "Copy the abstract", "abstract", "s", COPY),
    _both("copy_link", "Copy the Hugging Face link at once", "copy link", "c"),
    _both("cite", "Add the citation to your .bib file, once only", "cite", "Y"),
    _both("open_page", "Open the Hugging Face page in the browser", "open", "o"),
    _both("open_pdf", "Open the PDF in the browser", "open PDF", "O"),
    _both("hints", "Label the links in view: type one to open, in capitals to copy",
          "links", "f"),
    _both("all_authors", "All authors, or the first ten", "authors", "a"),
    _both("raw_tex", "TeX as typed, or as Unicode", "TeX", "M"),
    _both("refresh", "Refresh now", "refresh", "R"),
    _both("zoom", "One pane, or two", "zoom", "z"),
    _both("help", "The keys", "keys", "?"),
    _both("palette", "Palette of every action", "palette", ": ctrl+p"),
    Command("quit", "Quit", "quit", "q ctrl+q", "ctrl+q"),
)  # fmt: skip

FOOTER: Final = {
    Pane.LIST: ("read_paper", "older", "newer", "next_unread", "toggle_read",
                "toggle_star", "copy", "help"),
    Pane.READER: ("back", "text_page_down", "next_paper", "next_unread", "toggle_star",
                  "copy", "open_page", "help"),
}  # fmt: skip
"""The eight most useful commands of each pane as shown; the last one always has room."""

_BY_ID: Final = {command.id: command for command in COMMANDS}

_KEY_NAMES: Final = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
}


def command(command_id: str) -> Command:
    """The command of that id; raises KeyError when there is none."""
    return _BY_ID[command_id]


def footer(pane: Pane) -> Iterator[Command]:
    """The commands that the footer shows while a pane has the focus."""
    return map(command, FOOTER[pane])


def following(prefix: str) -> tuple[Command, ...]:
    """The commands whose key comes after a prefix."""
    return tuple(command for command in COMMANDS if command.prefix == prefix)


def key_text(key: str) -> str:
    """A key as people write it: ``ctrl+d`` is ``Ctrl+d``, ``down`` is ``↓``."""
    return _KEY_NAMES.get(key) or key.replace("ctrl+", "Ctrl+")


def keys_text(command: Command, pane: Pane) -> str:
    """All keys of a command in a pane, as people write them."""
    prefix = f"{command.prefix} " if command.prefix else ""
    return "  ".join(prefix + key_text(key) for key in command.keys(pane))
