"""Where the Hub is and who asks: the environment's conventions of Hub clients (API.md §7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from tui.settings import SettingsError
from tui.text.sanitize import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEFAULT_ENDPOINT: Final = "https://huggingface.co"
TRUE_WORDS: Final = frozenset({"1", "ON", "YES", "TRUE"})
MAX_TOKEN_CHARS: Final = 1_000


@dataclass(frozen=True, slots=True)
class HubSettings:
    """The Hub's address, without a slash at its end, and how to come to it."""

    endpoint: str = DEFAULT_ENDPOINT
    token: str | None = field(default=None, repr=False)
    offline: bool = False

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], home: Path) -> HubSettings:
        """The settings that ``environ`` and the token file under ``home`` ask for.

        Raises SettingsError when HF_ENDPOINT is no web address.
        """
        return cls(
            endpoint=_endpoint(environ.get("HF_ENDPOINT", "")),
            token=_token(environ, home),
            offline=_is_on(environ, "HF_HUB_OFFLINE") or _is_on(environ, "TRANSFORMERS_OFFLINE"),
        )


def _is_on(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").strip().upper() in TRUE_WORDS


def _endpoint(text: str) -> str:
    endpoint = text.strip().rstrip("/")
    if not endpoint:
        return DEFAULT_ENDPOINT
    if not _is_web_address(endpoint):
        raise SettingsError(
            f"HF_ENDPOINT is “{clean_line(text, 80)}”, which is not the address of a Hub; "
            f"set it to one like {DEFAULT_ENDPOINT}, or unset it."
        )
    return endpoint


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        plain = not (parts.query or parts.fragment or parts.username or parts.password)
        return (
            plain
            and parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and parts.port != 0
            and text.isprintable()
            and " " not in text
        )
    except ValueError:
        return False


def _token(environ: Mapping[str, str], home: Path) -> str | None:
    if _is_on(environ, "HF_HUB_DISABLE_IMPLICIT_TOKEN"):
        return None
    return next((token for token in map(_clean, _candidates(environ, home)) if token), None)


def _candidates(environ: Mapping[str, str], home: Path) -> Iterator[str]:
    yield environ.get("HF_TOKEN", "")
    yield environ.get("HUGGING_FACE_HUB_TOKEN", "")
    yield _read(_token_file(environ, home))


def _clean(text: str) -> str | None:
    """The token in ``text``, or None when it could not stand in a header."""
    token = text.strip()
    usable = token.isascii() and token.isprintable() and " " not in token
    return token if usable and 0 < len(token) <= MAX_TOKEN_CHARS else None


def _token_file(environ: Mapping[str, str], home: Path) -> Path:
    if named := environ.get("HF_TOKEN_PATH"):
        return _path(named, home)
    if hub_home := environ.get("HF_HOME"):
        return _path(hub_home, home) / "token"
    caches = environ.get("XDG_CACHE_HOME")
    return (_path(caches, home) if caches else home / ".cache") / "huggingface" / "token"


def _path(text: str, home: Path) -> Path:
    return home / text[2:] if text.startswith("~/") else Path(text)


def _read(file: Path) -> str:
    """The start of ``file``, or nothing when it is not a readable text file."""
    try:
        if not file.is_file():
            return ""
        with file.open(encoding="utf-8") as stream:
            return stream.read(MAX_TOKEN_CHARS + 100)
    except (OSError, ValueError):
        return ""
