"""The macros of TeX: each reader gets the name and what follows, and says what to show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import combining, normalize

from tui.text import emphasis, scripts, symbols, typography
from tui.text.formulas import OPTION, Formulas

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.text.emphasis import Style
    from tui.text.groups import Shown

_LETTER: Final = r"\\[ij](?![A-Za-z])|[^\W\d_]"
_GROUPED_LETTER: Final = re.compile(rf"\{{({_LETTER})\}}()")
_ANY_LETTER: Final = re.compile(rf"\{{({_LETTER})\}}|({_LETTER})")
_SHORT: Final = re.compile(r"\{ ?(?:\\[A-Za-z]+ ?\{? ?)?(?:\\[A-Za-z]+|[^\W\d_]) ?\}{1,2}")
r"""A group that may be shown as one letter, such as ``{\theta}`` or ``{\mathbf{x}}``."""
_MACRO: Final = re.compile(r" ?\\([A-Za-z]+)")
_BOLD: Final = frozenset(["bm", "boldsymbol", "pmb"])
_GREEK: Final = re.compile(rf"\{{ ?({'|'.join(symbols.GREEK)}) ?\}}")
_SPACED_LETTER: Final = re.compile(r" ([^\W\d_])")
_LONE_LETTER: Final = re.compile(r"\s?([A-Za-z])(?![A-Za-z])")
_HIDDEN_NAME: Final = re.compile(r"(?:\[\w+\])?\{[\w!:,;.+\s\\-]{0,100}\}")
_FIGURE: Final = re.compile(r"\d")
_CONTRACTION: Final = re.compile(r"(?<=[^\W\d_])\\'(?=(?:s|t|re|ve|ll|d|m)(?![^\W_]))")
_ESCAPED_QUOTES: Final = re.compile(
    r"(?<!\w)\\(['\"])(?=\S)([^\\\n]{1,200})(?<!\s)\\\1(?![^\W_]|\{|\\[ij])"
)
_VERBATIM: Final = re.compile(r"\*?([^\w\s*{}\\,.;:)\]-])((?:(?!\1).){1,80})\1")
"""Code between two signs of one kind, as in ``\verb|x_1|``."""
_MONEY: Final = re.compile(r"(?=[1-9][\d,]*(?:\.\d+)?\s?[KMB]\b|\d+\.\d)")
"""An amount whose dollar sign the Hub took for the beginning of a formula (API.md §2b)."""
_SIGNS: Final = frozenset("%&#_${}")
_TAG: Final = re.compile(r"\\<(/?[\w|:.-]{1,40})\\>")
"""A tag whose brackets were escaped for Markdown."""
_IN_BRACKETS: Final = re.compile(r"\\\[([^\W_](?:(?!_)[\w ,.:/-]){0,60})\\\]")
r"""A token or bounds in brackets that were escaped likewise: ``\[MASK\]``, ``\[0, 1\]``."""
_ESCAPED_SIGN: Final = re.compile(r"(?<=\w)\\!(?=[\s)\"'”]|\Z)|\\/(?=\\?[\w/])")
r"""A sign that Markdown or JSON escapes: ``Done\! See a\/b``; in TeX it is a space of its own."""


class Macros(Formulas):
    """Reads macros; a reader that returns None has found no macro that it knows."""

    def macro(self, at: int, token: str) -> Shown:
        """The macro ``token`` at ``at``; an unknown one as it was typed."""
        name, end = token[1:], at + len(token)
        if name in _SIGNS:
            return name, end
        if name.isdigit() and _MONEY.match(self.text, at + 1):
            return "$", at + 1
        if quoted := self._escaped_quote(at):
            return quoted
        if name == "[" and not self.maths and (words := self.match(_IN_BRACKETS, at)):
            return f"[{words[1]}]", words.end()
        if name in "([":
            return self._delimited(at, "\\)" if name == "(" else "\\]")
        if name == "<" and (tag := self.match(_TAG, at)):
            return f"<{tag[1]}>", tag.end()
        if not self.maths and self.match(_ESCAPED_SIGN, at):
            return name, end
        if name in symbols.SPACES or name == "\n" or (name == ">" and self.maths):
            return "" if self.last == " " else " ", end
        if name in symbols.ABBREVIATIONS:
            end = self._after_empty_group(end)
            return symbols.ABBREVIATIONS[name], end + self.text.startswith(".", end)
        if name in symbols.SILENT:
            return self._silent(name, at, end)
        if name in symbols.SYMBOLS and not (name in "ij" and self.text.startswith("{", end)):
            return self.symbol(name, at, end)
        return self.with_arguments(name, end) or self._unknown(token, end)

    def with_arguments(self, name: str, at: int) -> Shown | None:
        """What a macro makes of its arguments, which begin at ``at``; None without them."""
        reader = _READERS.get(name)
        return None if reader is None else reader(self, name, at)

    def symbol(self, name: str, at: int, end: int) -> Shown:
        """A symbol; the space that ends a relation's name is none where there is none before it."""
        if name in symbols.LETTERS and self._ends_at_space(at, end):
            return symbols.SYMBOLS[name], end + 1
        end = self._after_empty_group(end)
        if name in symbols.OPERATORS:
            return self.operator(name, end)
        is_between = name in symbols.RELATIONS or (self.maths and name in symbols.PRODUCTS)
        if is_between and self.text[at - 1 : at].strip():
            end += self.text.startswith(" ", end)
        return symbols.SYMBOLS[name], end

    def _ends_at_space(self, at: int, end: int) -> bool:
        r"""Whether a space only ends the name of a letter: ``\L ukasz``, but not ``5 \AA of``."""
        follows = not self.maths and _SPACED_LETTER.match(self.text, end)
        return bool(follows) and not _FIGURE.search(self.text, max(at - 2, 0), at)

    def _escaped_quote(self, at: int) -> Shown | None:
        r"""A quote that was escaped for JSON or the like: ``it\'s \"code\"``."""
        if self.match(_CONTRACTION, at):
            return "'", at + 2
        quoted = self.match(_ESCAPED_QUOTES, at)
        if quoted is None or not self.is_whole(*quoted.span(2)):
            return None
        return quoted[1] + self.inside(*quoted.span(2)) + quoted[1], quoted.end()

    def _unknown(self, token: str, at: int) -> Shown:
        """The macro as typed, with the brace of its argument, but for an empty one."""
        after = self._after_empty_group(at)
        return (token + "{", at + 1) if after == at and self.closing(at) else (token, after)

    def _delimited(self, at: int, closer: str) -> Shown:
        end = self.text.find(closer, at + 2, at + typography.LONGEST_FORMULA)
        if end < 0 or not self.is_whole(at, end):
            return self.text[at : at + 2], at + 2
        return self.inside(at + 2, end, maths=True).strip(), end + 2

    def _after_empty_group(self, at: int) -> int:
        return at + 2 if self.text.startswith("{}", at) else at

    def _silent(self, name: str, at: int, end: int) -> Shown:
        r"""A switch goes with the space after it where there is one before it, or none needed.

        One before braces sets what they hold, as in ``\bf{this}``.
        """
        if name in symbols.SIDES and self.text.startswith(".", end):
            return "", end + 1
        if name.isalpha() and name not in symbols.SIDES and (found := self.argument(end)):
            return self._set_in(symbols.SWITCHES.get(name), found[0]), found[1]
        if at == 0 or self.text[at - 1] in "{ \n":
            while self.text.startswith((" ", "\n"), end):
                end += 1
        return self._switched(symbols.SWITCHES.get(name)), end

    def _switched(self, style: Style | None) -> str:
        """The beginning of a style that holds until the group ends."""
        if style is None or self.maths or not self.depth:
            return ""
        self.switches += 1
        return emphasis.begin(style)

    def _accented(self, name: str, at: int) -> Shown | None:
        """A letter with its accent; what is no one letter has none that Unicode could write."""
        if name in "~^" and self.text.startswith("{}", at):
            return name, at + 2
        match = (_GROUPED_LETTER if name.isalpha() else _ANY_LETTER).match(self.text, at)
        if match:
            shown, end = (match[1] or match[2]).removeprefix("\\"), match.end()
        elif found := self._accents_argument(name, at):
            shown, end = found
        else:
            return None
        is_letter = shown[:1].isalpha() or shown[:1] in ("∇", "∂")
        if not is_letter or not all(map(combining, shown[1:])):
            return None
        return normalize("NFC", shown + symbols.ACCENTS[name]), end

    def _accents_argument(self, name: str, at: int) -> Shown | None:
        r"""What an accent stands on: a group, a macro, or a letter after a space (``\v s``)."""
        of_text = len(name) == 1
        if self.closing(at):
            greek = None if of_text else _GREEK.match(self.text, at)
            return (symbols.GREEK[greek[1]], greek.end()) if greek else self._short_argument(at)
        if of_text:
            letter = _SPACED_LETTER.match(self.text, at) if name in symbols.SPACED else None
        elif macro := _MACRO.match(self.text, at):
            return self._accented_macro(macro[1], macro.end())
        else:
            letter = _LONE_LETTER.match(self.text, at)
        return (letter[1], letter.end()) if letter else None

    def _accented_macro(self, name: str, end: int) -> Shown | None:
        """The symbol or the letter in another font that an accent without braces stands on."""
        if name in symbols.FONTS:
            return self._short_argument(end) or self._letter(name, end)
        if name in symbols.SYMBOLS:
            return symbols.SYMBOLS[name], self._after_empty_group(end)
        return None

    def _short_argument(self, at: int) -> Shown | None:
        """An argument that may be one letter; reading others twice would take for ever."""
        end = (self.closing(at) or at) + 1
        return self.argument(at, maths=True) if _SHORT.fullmatch(self.text, at, end) else None

    def _unwrapped(self, name: str, at: int) -> Shown | None:
        found = self.argument(at + self.text.startswith("*", at)) or self._letter(name, at)
        if found is None:
            return None
        shown, end = found
        if name == "operatorname":
            return self.gap_of_factors + shown + " " * self.factor_follows(end), end
        if name == "mathbb":
            return symbols.DOUBLE_STRUCK.get(shown, shown), end
        return self._set_in(symbols.STYLES.get(name), shown), end

    def _set_in(self, style: Style | None, text: str) -> str:
        return self.styled(text, style) if style else text

    def _code(self, name: str, at: int) -> Shown | None:
        """Code, of which macros and formulas are read; between two signs, as typed."""
        if name == "texttt" or self.closing(at):
            found = self.argument(at, code=True)
        else:
            verbatim = self.match(_VERBATIM, at)
            found = (verbatim[2], verbatim.end()) if verbatim else None
        return (self.styled(found[0], "code"), found[1]) if found else None

    def _letter(self, name: str, at: int) -> Shown | None:
        r"""The letter that a font needs no braces for, as in ``\mathcal O``, ``\bm\theta``."""
        if not name.startswith("math") and name not in _BOLD:
            return None
        greek = _MACRO.match(self.text, at)
        if greek and greek[1].lower() in symbols.GREEK:
            return symbols.SYMBOLS[greek[1]], greek.end()
        found = _LONE_LETTER.match(self.text, at)
        return (found[1], found.end()) if found else None

    def _raised(self, name: str, at: int) -> Shown | None:
        found = self.argument(at, maths=True)
        sign = "^" if name == "textsuperscript" else "_"
        return (scripts.set_as(sign, found[0]), found[1]) if found else None

    def _cited(self, name: str, at: int) -> Shown | None:
        """Keys and notes in brackets: ``[smith2020, p. 3]``."""
        notes: list[str] = []
        while option := self.match(OPTION, at):
            notes.append(self.inside(option.start(1), option.end(1)))
            at = option.end()
        found = self.raw_argument(at)
        if found is None:
            return None
        keys, end = found
        gap = "" if self.last in ("", " ", "\n", "(", "[") else " "
        parts = [part.strip() for part in (*keys.split(","), *notes)]
        return f"{gap}[{', '.join(parts)}]", end

    def _dropped(self, name: str, at: int) -> Shown | None:
        end = self._after_name(at + self.text.startswith("*", at))
        return None if end is None else ("", end)

    def _after_name(self, at: int) -> int | None:
        """Where to read on after the name of a place, a space or a colour, which is not shown."""
        found = self.match(_HIDDEN_NAME, at)
        return found.end() if found else None

    def _noted(self, name: str, at: int) -> Shown | None:
        found = self.argument(at)
        return None if found is None else (f"{self.gap}({found[0]})", found[1])

    def _linked(self, name: str, at: int) -> Shown | None:
        found = self._address_argument(at)
        if found is None:
            return None
        address, end = found
        if name != "href":
            return self.gap + address, end
        label, end = self.argument(end) or ("", end)
        both = label not in ("", address)
        return self.gap + (f"{label} ({address})" if both else address), end

    def _address_argument(self, at: int) -> Shown | None:
        if self.text.startswith("http", at + 1):
            return self.argument(at)
        return self.raw_argument(at)

    def _coloured(self, name: str, at: int) -> Shown | None:
        end = self._after_name(at)
        return None if end is None else self.argument(end) or ("", end)


_READERS: Final[dict[str, Callable[[Macros, str, int], Shown | None]]] = {
    **dict.fromkeys(symbols.ACCENTS, Macros._accented),
    **dict.fromkeys(symbols.UNWRAPPED, Macros._unwrapped),
    **dict.fromkeys(symbols.COLOURS, Macros._unwrapped),
    **dict.fromkeys(("texttt", "verb", "lstinline"), Macros._code),
    **dict.fromkeys(("textsuperscript", "textsubscript"), Macros._raised),
    **dict.fromkeys(symbols.CITING, Macros._cited),
    **dict.fromkeys(symbols.DROPPED, Macros._dropped),
    **dict.fromkeys(symbols.FRACTIONS_OF, Macros.fraction),
    **dict.fromkeys(("footnote", "thanks"), Macros._noted),
    **dict.fromkeys(("url", "path", "href"), Macros._linked),
    **dict.fromkeys(("textcolor", "color"), Macros._coloured),
    "sqrt": Macros.root,
}
