"""Web addresses: where a paper lives, and what of a foreign address may be opened."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

from tui.text.sanitize import clean_line

ADDRESS_LIMIT: Final = 2_000
"""Characters; browsers and servers agree on no more."""

_ADDRESS: Final = re.compile(
    r"https?://(?:[^\W_][\w.-]*|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#][^\\<>\"`]*)?",
    re.IGNORECASE,
)
_HOST: Final = re.compile(r"(?<=://)[^/?#:]+")
_LABEL: Final = re.compile(r"[\w-]{1,63}")
_UNSAFE_IN_PATH: Final = re.compile(r"[^A-Za-z0-9./_-]")
_UNSAFE_IN_DOI: Final = re.compile(r"[^A-Za-z0-9./_:;()-]")
_NOT_ASCII: Final = re.compile(r"[^\x21-\x7e]")


def hub_page(paper_id: str) -> str:
    """The paper's page on Hugging Face."""
    return f"https://huggingface.co/papers/{_path(paper_id)}"


def arxiv_page(paper_id: str) -> str:
    """The paper's abstract page on arXiv."""
    return f"https://arxiv.org/abs/{_path(paper_id)}"


def pdf(paper_id: str) -> str:
    """The newest version of the paper's PDF on arXiv."""
    return f"https://arxiv.org/pdf/{_path(paper_id)}"


def doi_page(doi: str) -> str:
    """Where the resolver of DOIs leads on from."""
    return f"https://doi.org/{_UNSAFE_IN_DOI.sub(_percent_encoded, doi)}"


def web_address(text: str) -> str | None:
    """The http(s) address in ``text``, or None when it is none that is safe to show and open.

    White space anywhere in it is dropped, as the Hub's addresses hold some (API.md §2b).
    Addresses with credentials, hidden characters or more than ADDRESS_LIMIT characters are refused.
    """
    address = "".join(text.split())
    if len(address) > ADDRESS_LIMIT or clean_line(address, ADDRESS_LIMIT) != address:
        return None
    return address if _ADDRESS.fullmatch(address) else None


def hyperlink_target(address: str) -> str:
    """A web address as OSC 8 wants it: printable ASCII, its host as it is registered.

    Whatever else is percent-encoded.
    """
    if not address.isascii():
        address = _HOST.sub(_as_registered, address, count=1)
    return _NOT_ASCII.sub(_percent_encoded, address)


def _as_registered(host: re.Match[str]) -> str:
    """The host in ASCII (RFC 3492); as it is where that is none, or may not end where it does."""
    labels = [normalize("NFKC", label).lower() for label in host[0].split(".")]
    last = labels[-1]
    is_mixed = not last.isascii() and re.search("[a-z]", last)
    if is_mixed or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        return host[0]
    return ".".join(label if label.isascii() else _in_ascii(label) for label in labels)


def _in_ascii(label: str) -> str:
    return f"xn--{label.encode('punycode').decode('ascii')}"


def _path(paper_id: str) -> str:
    return _UNSAFE_IN_PATH.sub(_percent_encoded, paper_id)


def _percent_encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))
