"""What a user may set in ``settings.toml``: a file of the user's that is read and never written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, Final

from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES: Final = 65_536
MAX_QUOTED: Final = 60  # characters
MAX_REASON: Final = 200  # characters
MAX_PATH: Final = 500  # characters
MOST_WATCHED: Final = 200
"""Words, authors or organizations that can be watched for."""
MAX_WATCHED: Final = 100  # characters


class SettingsError(ValueError):
    """A setting that cannot be used; the message is a sentence for the user."""


class _Unusable(ValueError):
    """What is wrong with the file, as a part of the sentence."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has set, or the defaults."""

    read_ahead: bool = True
    """Whether days near the one on screen are fetched before they are asked for."""
    sync_folder: Path | None = None
    """The absolute folder through which machines share the library; None where it is not shared."""
    bib_file: Path | None = None
    """The absolute path of the file that citations are added to; None where there is none."""
    words: tuple[str, ...] = ()
    """Words and phrases that are marked in titles and texts."""
    authors: tuple[str, ...] = ()
    """The whole names of people whose papers are marked."""
    organizations: tuple[str, ...] = ()
    """Organizations whose papers are marked, by login or full name."""

    @classmethod
    def load(cls, path: Path) -> Settings:
        """What the TOML file ``path`` says; the defaults where there is none.

        Raises SettingsError when anything in it is not understood: a typo is not passed over.
        """
        try:
            return cls(**_values(_tables(_text(path))))
        except _Unusable as wrong:
            file = clean_line(str(path), MAX_PATH)
            raise SettingsError(
                f"The settings file {file} cannot be used: {wrong}; correct it, or move it away."
            ) from None


def _text(path: Path) -> str:
    """The file's text, empty where there is no file."""
    try:
        if not S_ISREG(path.stat().st_mode):
            raise _Unusable("it is no ordinary file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        raise _Unusable(f"it cannot be read ({error.strerror})") from None
    if len(content) > MAX_BYTES:
        raise _Unusable(f"it is larger than {MAX_BYTES // 1024} KB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Unusable(f"line {line} is not UTF-8") from None


def _tables(text: str) -> dict[str, Any]:
    if not text:
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _Unusable(f"it is not TOML: {clean_line(str(error), MAX_REASON)}") from None
    except (ValueError, RecursionError):  # a number of 5,000 digits, a thousand brackets
        raise _Unusable("a value is too long or too deep") from None


def _values(tables: dict[str, Any]) -> dict[str, Any]:
    """The fields that are set, from every table."""
    values: dict[str, Any] = {}
    for name, table in tables.items():
        if name not in TABLES:
            known = ", ".join(f"[{table}]" for table in TABLES)
            raise _Unusable(f"{_quoted(name)} is unknown; known tables: {known}")
        if not isinstance(table, dict):
            raise _Unusable(f"{name} has to be a table, [{name}]")
        values |= _fields(name, table)
    return values


def _fields(name: str, table: dict[str, Any]) -> dict[str, Any]:
    """The keys of one table, all of them known, with values that can be used."""
    readers = TABLES[name]
    fields = {}
    for key, value in table.items():
        if key not in readers:
            known = ", ".join(readers)
            raise _Unusable(f"{_quoted(key)} in [{name}] is unknown; known keys: {known}")
        try:
            fields[key] = readers[key](value)
        except _Unusable as wrong:
            raise _Unusable(f"{key} in [{name}] {wrong}") from None
    return fields


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Unusable("has to be true or false")
    return value


def _folder(value: object) -> Path | None:
    return _path(value, "~/Sync/papers")


def _bib_file(value: object) -> Path | None:
    return _path(value, "~/papers.bib")


def _path(value: object, example: str) -> Path | None:
    """An absolute path, its ``~`` expanded; None for the empty string."""
    if not isinstance(value, str) or "\0" in value:
        raise _Unusable(f'has to be a path between quotes, such as "{example}"')
    if not value:
        return None
    try:
        path = Path(value).expanduser()
    except RuntimeError:
        raise _Unusable(f"is {_quoted(value)}, and there is no such home") from None
    if not path.is_absolute():
        raise _Unusable(f"is {_quoted(value)}, which has to begin with ~ or at the root")
    return path


def _words(value: object) -> tuple[str, ...]:
    return _texts(value, '["GRPO", "world model"]')


def _authors(value: object) -> tuple[str, ...]:
    return _texts(value, '["Ada Lovelace"]')


def _organizations(value: object) -> tuple[str, ...]:
    return _texts(value, '["deepseek-ai"]')


def _texts(value: object, example: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _Unusable(f"has to be a list of texts between quotes, such as {example}")
    if len(value) > MOST_WATCHED:
        raise _Unusable(f"holds {len(value):,} texts, and {MOST_WATCHED} are the most")
    for text in value:
        if len(text) > MAX_WATCHED:
            raise _Unusable(f"holds {_quoted(text)}, and {MAX_WATCHED} characters are the most")
        if not any(map(str.isalnum, text)):
            raise _Unusable(f"holds {_quoted(text)}, which has no letter or figure")
    return tuple(value)


def _quoted(text: str) -> str:
    return f"“{clean_line(text, MAX_QUOTED)}”"


Value = bool | Path | None | tuple[str, ...]
TABLES: Final[dict[str, dict[str, Callable[[object], Value]]]] = {
    "feed": {"read_ahead": _switch},
    "library": {"sync_folder": _folder},
    "cite": {"bib_file": _bib_file},
    "highlights": {"words": _words, "authors": _authors, "organizations": _organizations},
}
"""The tables of the file and their keys, which are fields of Settings, each with its reader."""
