"""The environment's conventions of Hub clients (API.md §7)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tui.hub.settings import DEFAULT_ENDPOINT, HubSettings
from tui.settings import SettingsError

if TYPE_CHECKING:
    from pathlib import Path


def token_of(home: Path, **environ: str) -> str | None:
    return HubSettings.from_environ(environ, home).token


def keep_token(file: Path, content: bytes = b"hf_file\n") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def test_nothing_set_means_the_public_hub(tmp_path: Path) -> None:
    assert HubSettings.from_environ({}, tmp_path) == HubSettings(DEFAULT_ENDPOINT, None, False)


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("https://hf-mirror.com/", "https://hf-mirror.com"),
        (" http://127.0.0.1:8000 ", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/hub//", "http://[::1]:8000/hub"),
        ("", DEFAULT_ENDPOINT),
        ("/", DEFAULT_ENDPOINT),
    ],
)
def test_endpoint(text: str, endpoint: str, tmp_path: Path) -> None:
    assert HubSettings.from_environ({"HF_ENDPOINT": text}, tmp_path).endpoint == endpoint


@pytest.mark.parametrize(
    "text",
    [
        "huggingface.co",
        "ftp://huggingface.co",
        "https://",
        "https://:443",
        "https://hub.example:99999",
        "https://[::1",
        "https://hub.example/a b",
        "https://hub.example/\x1b[2J",
        "https://user:secret@hub.example",
        "https://hub.example/?x=1",
        "https://hub.example/#top",
        "file:///etc/passwd",
    ],
)
def test_an_endpoint_that_is_no_hub_is_refused_in_a_safe_sentence(
    text: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="HF_ENDPOINT is “") as caught:
        HubSettings.from_environ({"HF_ENDPOINT": text}, tmp_path)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
@pytest.mark.parametrize(
    ("word", "offline"),
    [("1", True), ("on", True), ("Yes", True), ("TRUE", True), ("0", False), ("no", False)],
)
def test_offline(name: str, word: str, offline: bool, tmp_path: Path) -> None:
    assert HubSettings.from_environ({name: word}, tmp_path).offline is offline


def test_the_first_token_named_is_taken(tmp_path: Path) -> None:
    keep_token(tmp_path / ".cache/huggingface/token")
    assert token_of(tmp_path) == "hf_file"
    assert token_of(tmp_path, HUGGING_FACE_HUB_TOKEN="hf_old") == "hf_old"
    assert token_of(tmp_path, HUGGING_FACE_HUB_TOKEN="hf_old", HF_TOKEN="hf_new") == "hf_new"
    assert token_of(tmp_path, HF_TOKEN="") == "hf_file"


def test_the_token_file_can_be_elsewhere(tmp_path: Path) -> None:
    for place in ("named", "hub/token", "caches/huggingface/token"):
        keep_token(tmp_path / place, place.encode())
    assert token_of(tmp_path, XDG_CACHE_HOME=f"{tmp_path}/caches") == "caches/huggingface/token"
    assert token_of(tmp_path, XDG_CACHE_HOME="~/caches", HF_HOME="~/hub") == "hub/token"
    assert token_of(tmp_path, HF_HOME="~/hub", HF_TOKEN_PATH="~/named") == "named"


def test_no_token_where_it_may_not_be_sent_unasked(tmp_path: Path) -> None:
    keep_token(tmp_path / ".cache/huggingface/token")
    assert token_of(tmp_path, HF_TOKEN="hf_x", HF_HUB_DISABLE_IMPLICIT_TOKEN="1") is None


@pytest.mark.parametrize("text", ["hf_a\nX-Evil: 1", "h\x00", "h\x7f", "hf_é", "a b", "x" * 9999])
def test_a_token_that_cannot_stand_in_a_header_is_dropped(text: str, tmp_path: Path) -> None:
    assert token_of(tmp_path, HF_TOKEN=text) is None


def test_white_space_around_a_token_is_no_part_of_it(tmp_path: Path) -> None:
    assert token_of(tmp_path, HF_TOKEN=" hf_x\r\n") == "hf_x"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"\n", b"x" * 100_000])
def test_a_token_file_of_nonsense_is_no_token(content: bytes, tmp_path: Path) -> None:
    keep_token(tmp_path / ".cache/huggingface/token", content)
    assert token_of(tmp_path) is None


def test_a_token_file_that_cannot_be_read_is_no_token(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for name in ("missing", "fifo", "", "bad\x00name"):
        assert token_of(tmp_path, HF_TOKEN_PATH=f"{tmp_path}/{name}") is None


def test_the_token_does_not_show(tmp_path: Path) -> None:
    assert "hf_secret" not in repr(HubSettings(token="hf_secret"))
