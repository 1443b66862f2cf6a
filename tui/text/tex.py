"""The reader of TeX behind ``latex.runs``: its tables load when a text needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tui.text import emphasis, scripts, symbols, typography
from tui.text.groups import Source, closing_braces, unescaped
from tui.text.latex import may_hold_names
from tui.text.macros import Macros

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.text.groups import Shown

# Each alternative begins with a letter or sign: the search then skips all others fast.
_SIGNS: Final = (
    r"\\(?:[A-Za-z]+|.)|\^|_|\{|~|\"|\$\$?|--+|``*|''|\*\**"
    r"|https?://[^\s{}<>\"]+|github\.com/[^\s{}<>\"]+"
)
_TOKEN: Final = re.compile(_SIGNS, re.DOTALL)
_TOKEN_OR_WORD: Final = re.compile(rf"{_SIGNS}|{typography.BARE}", re.DOTALL)
_MACRO_BEFORE: Final = re.compile(
    rf"(?<![A-Za-zÀ-ɏ\\])(?:{'|'.join(sorted(symbols.READ_BARE, key=len, reverse=True))})$"
)
_GREEK_BEFORE: Final = re.compile(rf"(?<![A-Za-zÀ-ɏ])(?:{'|'.join(symbols.GREEK)}|ell)$")
_UNKNOWN: Final = re.compile(r"\\[A-Za-z]+")
_ONE_SIGN: Final = re.compile(r"\d| \w?")
"""An argument without braces."""
_GOES_ON: Final = re.compile(r"[\w/]")


def read_tex(text: str) -> str:
    """``text`` with its TeX read and its styles marked; ``latex.runs`` says how."""
    text = emphasis.unmarked(text)
    tokens = _TOKEN_OR_WORD if may_hold_names(text) else _TOKEN
    return _Reader(Source(text, closing_braces(text), tokens)).read(0, len(text))


class _Reader(Macros):
    """Reads one group: every method returns what to show and where to read on."""

    def read(self, start: int, end: int) -> str:
        at, self.stop = start, end
        while token := self.tokens.search(self.text, at, end):
            self.out.append(self.text[at : token.start()])
            reader = _READERS.get(token[0][0], _Reader._word)
            shown, at = reader(self, token.start(), token[0])
            self.out.append(shown)
        self.out += self.text[at:end], emphasis.end(self.switches)
        return "".join(self.out)

    def _word(self, at: int, token: str) -> Shown:
        """An address, or a symbol that lost its backslash."""
        end = at + len(token)
        if "/" in token:
            return self._address(token, end)
        if token == "frac":
            return self.with_arguments(token, end) or (token, end)
        if typography.is_bare_symbol(self.text, at, token):
            return ("", end) if token == "cal" else self.symbol(token, at, end)
        return token, end

    def _address(self, token: str, end: int) -> Shown:
        r"""An address as typed; the Hub leaves ``\href``'s text in braces after it."""
        address = unescaped(token)
        label, end = self.argument(end) or ("", self._after_repetition(token, end))
        return (f"{address} ({label})" if label not in ("", address) else address), end

    def _after_repetition(self, address: str, at: int) -> int:
        r"""Where to read on after ``}{`` and the same address: the rest of an ``\href``."""
        again = at + 2
        if self.depth or not self.text.startswith("}{", at):
            return at
        for same in (address, address.rpartition("://")[2]):
            end = again + len(same)
            if self.text.startswith(same, again) and not _GOES_ON.match(self.text, end):
                return end + (self.closing(again - 1) == end)
        return at

    def _script(self, at: int, token: str) -> Shown:
        before = self.text[at - 1 : at]
        if closing := self.closing(at + 1):
            script, end = self._script_group(at + 1, closing)
        elif not before or before.isspace() or (found := self._script_alone(at)) is None:
            return token, at + 1
        else:
            script, end = found
        name = self.take_back(_GREEK_BEFORE)
        return symbols.SYMBOLS.get(name, "") + scripts.set_as(token, script), end

    def _script_group(self, at: int, end: int) -> Shown:
        content = self.text[at + 1 : end].strip()
        if content in symbols.BARE_SCRIPTS:
            return symbols.SYMBOLS[content], end + 1
        return self.inside(at + 1, end, maths=True, script=True).strip(), end + 1

    def _script_alone(self, at: int) -> Shown | None:
        """A script without braces: in prose only where it can be no part of a name."""
        if named := scripts.NAMED.match(self.text, at + 1):
            return symbols.SYMBOLS[named[0]], named.end()
        if font := scripts.FONT.match(self.text, at + 1):
            return self.argument(font.end(), maths=True)
        match = scripts.unbraced(self.text, at, maths=self.maths)
        if match and match[0].startswith("\\"):
            shown, end = self.macro(at + 1, match[0])
            return shown.strip(), end
        return (match[0], match.end()) if match and match.end() <= self.stop else None

    def _group(self, at: int, token: str) -> Shown:
        end = self.closing(at)
        if end is None:
            return token, at + 1
        if name := self.take_back(_MACRO_BEFORE):
            return self.with_arguments(name, at) or (name + token, at + 1)
        content = self.text[at + 1 : min(end, at + typography.LONGEST_FORMULA)]
        if content.lstrip("\\") in symbols.BARE_SYMBOLS:
            return symbols.SYMBOLS[content.lstrip("\\")].replace("∘", "°"), end + 1
        if self._is_argument(at):
            return token, at + 1
        if self.maths or typography.only_groups(self.text, at, content, end):
            return self.inside(at + 1, end), end + 1
        return token, at + 1

    def _is_argument(self, at: int) -> bool:
        r"""Whether a macro that is shown as typed takes the group at ``at``: ``\foo1{n}``."""
        if self.text[at - 1 : at] == "}":
            return self.last == "}"
        macro, between = self.out[-2:] if len(self.out) > 1 else ("", "")
        return bool(_UNKNOWN.fullmatch(macro) and _ONE_SIGN.fullmatch(between))

    def _dollar(self, at: int, token: str) -> Shown:
        begin, end = at + len(token), typography.formula_end(self.text, at, token)
        if end is None or end >= self.stop:
            return token, begin
        return self.inside(begin, end, maths=True), end + len(token)

    def _tie(self, at: int, token: str) -> Shown:
        r"""A space, or what a variable is drawn from: in scripts the Hub has ``~`` for ``\sim``."""
        if self.script and typography.is_drawn(self.text, at):
            return token, at + 1
        return " " if self.maths else typography.tie(self.text, at), at + 1

    def _dash(self, at: int, token: str) -> Shown:
        return typography.dash(self.text, at, token), at + len(token)

    def _stars(self, at: int, token: str) -> Shown:
        """The emphasis of Markdown."""
        found = None if self.maths else typography.between_stars(self.text, at)
        if found is None or not self.is_whole(at, found):
            return token, at + len(token)
        shown = self.inside(at + len(token), found)
        return self.styled(shown, "bold" if token == "**" else "italic"), found + len(token)

    def _quote(self, at: int, token: str) -> Shown:
        end = at + len(token)
        if token == "`":
            return self._backtick(at)
        if token not in ("``", "''", '"') or not (self.quoted or token == "``"):
            return token, end
        self.quoted = token == "``" and not (self.quoted and self.text[at - 1] not in " \n([")
        return "“" if self.quoted else "”", end

    def _backtick(self, at: int) -> Shown:
        """A `quotation' in real quotes, or `code` as typed."""
        if quoted := self.match(typography.QUOTED, at):
            return f"‘{quoted[1]}’", quoted.end()
        if code := self.match(typography.CODE, at):
            return self.styled(code[0], "code"), code.end()
        return "`", at + 1


_READERS: Final[dict[str, Callable[[_Reader, int, str], Shown]]] = {
    "\\": _Reader.macro,
    "^": _Reader._script,
    "_": _Reader._script,
    "{": _Reader._group,
    "$": _Reader._dollar,
    "~": _Reader._tie,
    "-": _Reader._dash,
    "*": _Reader._stars,
    "`": _Reader._quote,
    "'": _Reader._quote,
    '"': _Reader._quote,
}
