"""The user's settings file: what it may say, and one sentence for whatever else it says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.settings import MAX_BYTES, Settings, SettingsError

UNKNOWN_TABLE = "is unknown; known tables: [feed], [library], [cite], [highlights]"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def refusal(file: Path, content: bytes | None = None) -> str:
    """What is told about the file, between the words that stand around every reason."""
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        Settings.load(file)
    sentence = str(caught.value)
    before, after = f"The settings file {file} cannot be used: ", "; correct it, or move it away."
    assert sentence.isprintable()
    assert sentence.startswith(before)
    assert sentence.endswith(after)
    if content is not None:
        assert file.read_bytes() == content
    return sentence.removeprefix(before).removesuffix(after)


def test_without_a_file_everything_is_as_it_comes(file: Path) -> None:
    assert Settings.load(file) == Settings()
    assert Settings.load(file / "below what is no folder") == Settings()
    assert Settings.load(Path(os.devnull) / "settings.toml") == Settings()
    assert not file.exists()


@pytest.mark.parametrize(
    ("content", "read_ahead"),
    [
        (b"", True),
        (b"# nothing yet\n", True),
        (b"[feed]\n", True),
        (b"[feed]\nread_ahead = true\n", True),
        (b"[feed]\nread_ahead = false\n", False),
        (b"\xef\xbb\xbf[feed]\r\nread_ahead = false\r\n", False),
        (b"feed.read_ahead = false", False),
        (b"feed = {read_ahead = false}", False),
    ],
)
def test_what_the_file_says_counts(content: bytes, read_ahead: bool, file: Path) -> None:
    file.write_bytes(content)
    assert Settings.load(file) == Settings(read_ahead=read_ahead)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"[feed]\nread_ahead = no\n", "(at line 2, "),
        (b"[feed]\nread_ahead = false\nread_ahead = true\n", "(at line 3, "),
        (b"\n\n[feed\n", "(at line 3, "),
        (b"[feed]\nread_ahead =", "(at end of document)"),
        (b"# \x1b[2J\n", "(at line 1, "),
    ],
)
def test_what_is_not_toml_is_told_with_its_line(content: bytes, place: str, file: Path) -> None:
    reason = refusal(file, content)
    assert reason.startswith("it is not TOML: ")
    assert place in reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[feeds]\nread_ahead = true", f"“feeds” {UNKNOWN_TABLE}"),
        (b"read_ahead = true", f"“read_ahead” {UNKNOWN_TABLE}"),
        (
            b"[feed]\n[colour]",
            "“colour” is unknown; known tables: [feed], [library], [cite], [highlights]",
        ),
        (b"[feed]\nreed = 1", "“reed” in [feed] is unknown; known keys: read_ahead"),
        (b"[feed.x]", "“x” in [feed] is unknown; known keys: read_ahead"),
        (b"[library]\nsync = ''", "“sync” in [library] is unknown; known keys: sync_folder"),
        (b'"\\u001b]0;\\u202e\\n\\u0007x" = 1', f"“x” {UNKNOWN_TABLE}"),
    ],
)
def test_a_name_that_is_unknown_is_told_with_those_that_are_known(
    content: bytes, reason: str, file: Path
) -> None:
    assert refusal(file, content) == reason


def test_of_a_name_without_end_the_start_is_told(file: Path) -> None:
    assert len(refusal(file, b"x" * 50_000 + b" = 1")) < 200
    assert len(refusal(file, b"[feed]\n" + b"x" * 50_000 + b" = 1")) < 200


@pytest.mark.parametrize("value", ["1", "0", '"true"', "[]", "{}", "1979-05-27", "nan"])
def test_a_value_of_another_type_is_told_with_what_is_expected(value: str, file: Path) -> None:
    content = f"[feed]\nread_ahead = {value}\n".encode()
    assert refusal(file, content) == "read_ahead in [feed] has to be true or false"


@pytest.mark.parametrize(
    ("value", "folder"),
    [("/sync/papers", "/sync/papers"), ("~/a b", "{home}/a b"), ("~", "{home}"), ("", None)],
)
@pytest.mark.skipif(sys.platform == "win32", reason="other roots")
def test_the_folder_that_machines_share(
    value: str, folder: str | None, file: Path, home: Path
) -> None:
    file.write_text(f"[library]\nsync_folder = '{value}'\n", encoding="utf-8")
    expected = Path(folder.format(home=home)) if folder is not None else None
    assert Settings.load(file) == Settings(sync_folder=expected)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("true", 'has to be a path between quotes, such as "~/Sync/papers"'),
        ("[]", 'has to be a path between quotes, such as "~/Sync/papers"'),
        ('"/a\\u0000b"', 'has to be a path between quotes, such as "~/Sync/papers"'),
        ('"Sync/papers"', "is “Sync/papers”, which has to begin with ~ or at the root"),
        ('"."', "is “.”, which has to begin with ~ or at the root"),
        ('"~nobody-here/x"', "is “~nobody-here/x”, and there is no such home"),
    ],
)
def test_a_folder_that_is_none(value: str, reason: str, file: Path) -> None:
    content = f"[library]\nsync_folder = {value}\n".encode()
    assert refusal(file, content) == f"sync_folder in [library] {reason}"


@pytest.mark.skipif(sys.platform == "win32", reason="other roots")
def test_the_file_that_citations_go_to(file: Path, home: Path) -> None:
    file.write_text('[cite]\nbib_file = "~/papers.bib"\n', encoding="utf-8")
    assert Settings.load(file) == Settings(bib_file=home / "papers.bib")
    expected = 'bib_file in [cite] has to be a path between quotes, such as "~/papers.bib"'
    assert refusal(file, b"[cite]\nbib_file = 1\n") == expected


def test_what_is_watched_for(file: Path) -> None:
    file.write_text(
        "[highlights]\nwords = ['GRPO', 'world model']\nauthors = ['Ana Berg']\n"
        "organizations = ['heron-lab']\n",
        encoding="utf-8",
    )
    assert Settings.load(file) == Settings(
        words=("GRPO", "world model"), authors=("Ana Berg",), organizations=("heron-lab",)
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("'GRPO'", 'has to be a list of texts between quotes, such as ["GRPO", "world model"]'),
        ("[1]", 'has to be a list of texts between quotes, such as ["GRPO", "world model"]'),
        (
            "['a', ['b']]",
            'has to be a list of texts between quotes, such as ["GRPO", "world model"]',
        ),
        ("['a', ' ']", "holds “”, which has no letter or figure"),
        ("['+ +']", "holds “+ +”, which has no letter or figure"),
        ("['" + "x" * 101 + "']", f"holds “{'x' * 59}…”, and 100 characters are the most"),
        ("[" + "'x'," * 201 + "]", "holds 201 texts, and 200 are the most"),
    ],
)
def test_what_cannot_be_watched_for(value: str, reason: str, file: Path) -> None:
    assert (
        refusal(file, f"[highlights]\nwords = {value}\n".encode())
        == f"words in [highlights] {reason}"
    )
    for key, example in (("authors", "Ada Lovelace"), ("organizations", "deepseek-ai")):
        expected = (
            f'{key} in [highlights] has to be a list of texts between quotes, such as ["{example}"]'
        )
        assert refusal(file, f"[highlights]\n{key} = true".encode()) == expected


@pytest.mark.parametrize("content", [b"feed = false", b"[[feed]]\nread_ahead = true"])
def test_a_table_that_is_none(content: bytes, file: Path) -> None:
    assert refusal(file, content) == "feed has to be a table, [feed]"


@pytest.mark.parametrize("value", [b"9" * 5000, b"[" * 30_000], ids=["number", "brackets"])
def test_a_value_that_no_reader_bears(value: bytes, file: Path) -> None:
    assert refusal(file, b"[feed]\nread_ahead = " + value) == "a value is too long or too deep"


def test_what_is_not_utf_8_is_told_with_its_line(file: Path) -> None:
    assert refusal(file, "[feed]\n# für später\n".encode("latin-1")) == "line 2 is not UTF-8"


def test_a_file_may_be_so_large_and_no_larger(file: Path) -> None:
    file.write_bytes(b"#" * MAX_BYTES)
    assert Settings.load(file) == Settings()
    assert refusal(file, b"#" * (MAX_BYTES + 1)) == "it is larger than 64 KB"


def test_what_is_no_ordinary_file(file: Path, tmp_path: Path) -> None:
    assert refusal(tmp_path) == "it is no ordinary file"
    os.mkfifo(file)
    assert refusal(file) == "it is no ordinary file"


def test_a_file_that_leads_to_itself(file: Path) -> None:
    file.symlink_to(file)
    assert refusal(file) == "it cannot be read (Too many levels of symbolic links)"


def test_a_path_that_would_speak_to_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "\x1b]0;x\x07"
    folder.mkdir()
    with pytest.raises(SettingsError) as caught:
        Settings.load(folder)
    assert str(caught.value).isprintable()


def test_the_reader_of_toml_is_loaded_only_for_a_file(file: Path) -> None:
    program = (
        "import sys, pathlib; from tui.settings import Settings;"
        "Settings.load(pathlib.Path(sys.argv[1])); print('tomllib' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(file)]
    assert subprocess.check_output(command, text=True) == "False\n"
    file.write_text("[feed]\n", encoding="utf-8")
    assert subprocess.check_output(command, text=True) == "True\n"
