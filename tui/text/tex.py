"""The reader of TeX behind ``latex.to_unicode``: its tables load when a text needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from tui.text import scripts, symbols, typography

if TYPE_CHECKING:
    from collections.abc import Callable

DEEPEST_GROUP: Final = 12
"""Braces within braces that are read; what is deeper stays as typed."""
LONGEST_WORD: Final = 40
"""Characters of a group that are looked at to tell a word's part from other text."""

_TOKEN: Final = re.compile(
    rf"\\(?:[A-Za-z]+|.)|[\^_{{$~\"]|--+|`+|''|https?://[^\s{{}}<>\"]+|{typography.BARE}", re.DOTALL
)
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_GROUPED_LETTER: Final = re.compile(r"(?:\{(\\[ij]|[^\W\d_])\})()")
_LETTER: Final = re.compile(r"\{(\\[ij]|[^\W\d_])\}|(\\[ij](?![A-Za-z])|[^\W\d_])")
_ESCAPED: Final = re.compile(r"\\([_%#&~])")
_DIGITS: Final = re.compile(r"(\d)(\d)")
_OPTION: Final = re.compile(r"\[[^][{}]{0,100}\]")
_FONT_BEFORE: Final = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(symbols.FONTS)})$")
_GREEK_BEFORE: Final = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(symbols.GREEK)}|ell)$")


def read_tex(text: str) -> str:
    """``text`` with its TeX read; ``to_unicode`` says how."""
    return _Reader(text, _closing_braces(text)).read(0, len(text))


def _closing_braces(text: str) -> dict[int, int]:
    """The place of each closing brace by the place of its opening one, escaped ones apart."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif brace[0] == "}" and opened:
            closing[opened.pop()] = brace.start()
    return closing


class _Reader:
    """Reads one group: every method returns what to show and where to read on."""

    def __init__(
        self, text: str, closing: dict[int, int], *, maths: bool = False, depth: int = 0
    ) -> None:
        self._text = text
        self._closing = closing
        self._maths = maths
        self._depth = depth
        self._quoted = False
        self._out: list[str] = []
        self._readers: dict[str, Callable[[int, str], tuple[str, int]]] = {
            "\\": self._macro,
            "^": self._script,
            "_": self._script,
            "{": self._group,
            "$": self._dollar,
            "~": self._tie,
            "-": self._dash,
            "`": self._quote,
            "'": self._quote,
            '"': self._quote,
            "h": self._address,
        }

    def read(self, start: int, end: int) -> str:
        """The text from ``start`` to ``end``, read."""
        at = start
        while token := _TOKEN.search(self._text, at, end):
            self._out.append(self._text[at : token.start()])
            reader = self._readers.get(token[0][0], self._bare)
            shown, at = reader(token.start(), token[0])
            self._out.append(shown)
        self._out.append(self._text[at:end])
        return "".join(self._out)

    def _inside(self, start: int, end: int, *, maths: bool = False) -> str:
        if self._depth >= DEEPEST_GROUP:
            return self._text[start:end]
        maths = maths or self._maths
        inner = _Reader(self._text, self._closing, maths=maths, depth=self._depth + 1)
        return inner.read(start, end)

    def _argument(self, at: int, *, raw: bool = False) -> tuple[str, int] | None:
        end = self._closing.get(at)
        if end is None:
            return None
        if raw:
            return _ESCAPED.sub(r"\1", self._text[at + 1 : end]), end + 1
        return self._inside(at + 1, end), end + 1

    def _replace_before(self, pattern: re.Pattern[str]) -> str:
        """Take a bare macro name off the end of what was shown; empty when there is none."""
        match = pattern.search(self._out[-1][-20:])
        if match is None:
            return ""
        self._out[-1] = self._out[-1][: -len(match[0])]
        return match[0]

    def _macro(self, at: int, token: str) -> tuple[str, int]:
        name, end = token[1:], at + len(token)
        if name in "%&#_${}":
            return name, end
        if name in "([":
            return self._delimited(at, "\\)" if name == "(" else "\\]")
        if name in symbols.SPACES or name == "\n":
            return "" if "".join(self._out[-2:]).endswith(" ") else " ", end
        if name in symbols.ABBREVIATIONS:
            end = self._after_empty_group(end)
            return symbols.ABBREVIATIONS[name], end + self._text.startswith(".", end)
        if name in symbols.SILENT:
            return self._silent(at, end)
        if name in symbols.SYMBOLS and not (name in "ij" and self._text.startswith("{", end)):
            return symbols.SYMBOLS[name], self._after_empty_group(end)
        return self._with_arguments(name, end) or self._unknown(token, end)

    def _unknown(self, token: str, at: int) -> tuple[str, int]:
        """The macro as typed, with the brace of its argument, but for an empty one."""
        after = self._after_empty_group(at)
        return (token + "{", at + 1) if after == at and at in self._closing else (token, after)

    def _delimited(self, at: int, closer: str) -> tuple[str, int]:
        end = self._text.find(closer, at + 2, at + typography.LONGEST_FORMULA)
        if end < 0:
            return self._text[at : at + 2], at + 2
        return self._inside(at + 2, end, maths=True).strip(), end + 2

    def _after_empty_group(self, at: int) -> int:
        return at + 2 if self._text.startswith("{}", at) else at

    def _silent(self, at: int, end: int) -> tuple[str, int]:
        """A switch goes with the space after it where there is one before it, or none needed."""
        if at == 0 or self._text[at - 1] in "{ \n":
            while self._text.startswith((" ", "\n"), end):
                end += 1
        return "", end

    def _with_arguments(self, name: str, at: int) -> tuple[str, int] | None:
        """What a macro makes of its arguments; None when it is unknown or they are missing."""
        if name in symbols.ACCENTS:
            return self._accented(name, at)
        if name in symbols.UNWRAPPED:
            return self._unwrapped(name, at)
        if name in symbols.DROPPED:
            return self._dropped(at)
        if name in ("frac", "dfrac", "tfrac", "nicefrac"):
            return self._fraction(at)
        if name == "sqrt":
            shown, at = self._argument(at) or ("", at)
            return (f"√{shown}" if len(shown) == 1 else f"√({shown})", at) if shown else None
        if name in ("url", "path", "footnote", "href", "textcolor", "color"):
            return self._link_or_note(name, at)
        return None

    def _accented(self, name: str, at: int) -> tuple[str, int] | None:
        match = (_GROUPED_LETTER if name.isalpha() else _LETTER).match(self._text, at)
        if match is None:
            return None
        letter = (match[1] or match[2]).removeprefix("\\")
        return normalize("NFC", letter + symbols.ACCENTS[name]), match.end()

    def _unwrapped(self, name: str, at: int) -> tuple[str, int] | None:
        argument = self._argument(at)
        if argument is None or name != "mathbb":
            return argument
        shown, end = argument
        return symbols.DOUBLE_STRUCK.get(shown, shown), end

    def _dropped(self, at: int) -> tuple[str, int] | None:
        while option := _OPTION.match(self._text, at):
            at = option.end()
        if at not in self._closing:
            return None
        self._out[-2:] = ["".join(self._out[-2:]).rstrip()]
        return "", self._closing[at] + 1

    def _fraction(self, at: int) -> tuple[str, int] | None:
        if digits := _DIGITS.match(self._text, at):
            parts, end = [digits[1], digits[2]], digits.end()
        else:
            middle = self._closing.get(at, -1) + 1
            end = self._closing.get(middle, -1) + 1
            if not (middle and end):
                return None
            inside = (self._inside(at + 1, middle - 1), self._inside(middle + 1, end - 1))
            parts = [part if part.isalnum() else f"({part})" for part in inside]
        fraction = "/".join(parts)
        return symbols.FRACTIONS.get(fraction, fraction), end

    def _link_or_note(self, name: str, at: int) -> tuple[str, int] | None:
        argument = self._argument(at, raw=name != "footnote")
        if argument is None:
            return None
        shown, end = argument
        gap = " " if self._out[-1][-1:].isalnum() else ""
        if name == "footnote":
            return f"{gap}({shown})", end
        if name in ("url", "path"):
            return gap + shown, end
        label, end = self._argument(end) or ("", end)
        if name != "href":
            return label, end
        return (f"{gap}{label} ({shown})" if label not in ("", shown) else gap + shown), end

    def _address(self, at: int, token: str) -> tuple[str, int]:
        """An address as typed; the Hub leaves ``\\href``'s text in braces after it."""
        address, end = _ESCAPED.sub(r"\1", token), at + len(token)
        label, end = self._argument(end) or ("", end)
        return (f"{address} ({label})" if label not in ("", address) else address), end

    def _script(self, at: int, token: str) -> tuple[str, int]:
        before = self._text[at - 1 : at]
        if at + 1 in self._closing:
            script, end = self._script_group(at + 1)
        elif not before or before.isspace() or (found := self._script_alone(at)) is None:
            return token, at + 1
        else:
            script, end = found
        name = self._replace_before(_GREEK_BEFORE)
        return symbols.SYMBOLS.get(name, "") + scripts.set_as(token, script), end

    def _script_group(self, at: int) -> tuple[str, int]:
        end = self._closing[at]
        content = self._text[at + 1 : end].strip()
        if content in symbols.BARE_SCRIPTS:
            return symbols.SYMBOLS[content], end + 1
        return self._inside(at + 1, end, maths=True).strip(), end + 1

    def _script_alone(self, at: int) -> tuple[str, int] | None:
        """A script without braces: in prose only where it can be no part of a name."""
        if named := scripts.NAMED.match(self._text, at + 1):
            return symbols.SYMBOLS[named[0]], named.end()
        if font := scripts.FONT.match(self._text, at + 1):
            return self._argument(font.end())
        match = scripts.unbraced(self._text, at, maths=self._maths)
        if match and match[0].startswith("\\"):
            return self._macro(at + 1, match[0])
        return (match[0], match.end()) if match else None

    def _group(self, at: int, token: str) -> tuple[str, int]:
        end = self._closing.get(at)
        if end is None:
            return token, at + 1
        content = self._text[at + 1 : min(end, at + LONGEST_WORD)]
        if content.lstrip("\\") in symbols.BARE_SYMBOLS:
            return symbols.SYMBOLS[content.lstrip("\\")].replace("∘", "°"), end + 1
        if not self._is_wrapper(at, end, content):
            return token, at + 1
        return self._inside(at + 1, end), end + 1

    def _is_wrapper(self, at: int, end: int, content: str) -> bool:
        """Whether the braces only group for TeX and are no set, placeholder or code."""
        before, after = self._text[at - 1 : at], self._text[end + 1 : end + 2]
        if self._maths or content.startswith("\\"):
            return True
        if len(content) < 2 and not content.isalnum():
            return bool(content) or before.isalnum()
        if self._replace_before(_FONT_BEFORE):
            return True
        lone_letter = len(content) == 1 and (before.isalpha() or after in ("_", "^"))
        return end - at < LONGEST_WORD and content.isalpha() and (after.islower() or lone_letter)

    def _dollar(self, at: int, token: str) -> tuple[str, int]:
        end = typography.formula_end(self._text, at)
        if end is None:
            return token, at + 1
        return self._inside(at + 1, end, maths=True), end + 1

    def _tie(self, at: int, token: str) -> tuple[str, int]:
        return " " if self._maths else typography.tie(self._text, at), at + 1

    def _dash(self, at: int, token: str) -> tuple[str, int]:
        return typography.dash(self._text, at, token), at + len(token)

    def _bare(self, at: int, token: str) -> tuple[str, int]:
        is_symbol = typography.is_bare_symbol(self._text, at, token)
        return symbols.SYMBOLS[token] if is_symbol else token, at + len(token)

    def _quote(self, at: int, token: str) -> tuple[str, int]:
        end = at + len(token)
        if token == "`":
            return typography.between_backticks(self._text, at) or (token, end)
        if token == "``" or (self._quoted and token in ("''", '"')):
            self._quoted = token == "``"
            return "“" if self._quoted else "”", end
        return token, end
