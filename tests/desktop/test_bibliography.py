"""The user's ``.bib`` file: entries are added, and nothing that is there is ever touched."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from bibtexparser.entrypoint import parse_string

from tests.library.obstacles import frozen, small_disk
from tests.text.test_cite import paper
from tui.desktop import bibliography
from tui.desktop.bibliography import BibliographyError, append
from tui.text.citing.bibtex import bibtex

if TYPE_CHECKING:
    from collections.abc import Iterator

A, B = paper("A – “漢”", "張偉", id="2608.19880"), paper("B", "Łukasz Kaiser", id="2608.00001")
KEY = "arxiv-2608.19880"
HUGE = paper("C", *["A. B."] * 20_000, id="2608.00002")
BROTHER = """
import sys
from pathlib import Path
from tui.desktop.bibliography import append
from tui.papers import Paper
print(flush=True)
sys.stdin.readline()
for number in range(20):
    append(Path(sys.argv[1]), [Paper(f"2608.{number:05}", "A Title")])
"""


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A directory of our own: pytest stumbles in later runs over one that a kill left frozen."""
    with TemporaryDirectory() as directory:
        yield Path(directory).resolve()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "papers.bib"


def refusal(file: Path) -> str:
    """Why nothing could be added to the file."""
    with pytest.raises(BibliographyError) as caught:
        append(file, [A])
    sentence = str(caught.value)
    assert sentence.isprintable()
    assert sentence.startswith(f"Nothing was added to {file}: ")
    return sentence.removeprefix(f"Nothing was added to {file}: ")


def test_a_file_is_made(file: Path) -> None:
    umask = os.umask(0o027)
    try:
        assert append(file, [A]).added == (KEY,)
    finally:
        os.umask(umask)
    assert file.read_bytes() == f"{bibtex(A)}\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_paper_is_added_once_only(file: Path) -> None:
    append(file, [A, B])
    before, modified = file.read_bytes(), file.stat().st_mtime_ns
    again = append(file, [B, A])
    assert (again.added, again.known) == ((), ("arxiv-2608.00001", KEY))
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, modified)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf@book{b, title = {B}}\r\n",
        b"@book{b, title = {M\xfcller}}\n\n\n",
        b"@book{b,\r\n title = {\xff\xfe}}",
        b"no entry at all \x01\x02",
        b"@book{open, title = {B",
    ],
)
def test_what_is_there_stays_byte_for_byte(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    file.chmod(0o604)
    inode = file.stat().st_ino
    added = append(file, [A])
    assert file.read_bytes() == content + added.text.encode()
    assert (stat.S_IMODE(file.stat().st_mode), file.stat().st_ino) == (0o604, inode)
    assert append(file, [A]).known == (KEY,)


def test_links_stay_links(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.bib"
    file.symlink_to(real)
    append(file, [A])
    hard = tmp_path / "hard.bib"
    hard.hardlink_to(real)
    append(file, [B])
    assert file.is_symlink()
    assert hard.read_bytes() == real.read_bytes() == f"{bibtex(A)}\n\n{bibtex(B)}\n".encode()


def test_several_programs_at_once_lose_nothing_and_add_nothing_twice(file: Path) -> None:
    command = [sys.executable, "-c", BROTHER, str(file)]
    pipe = subprocess.PIPE
    brothers = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(3)]
    for brother in brothers:
        assert brother.stdout
        brother.stdout.readline()
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda brother: brother.communicate("go\n"), brothers))
    assert [brother.returncode for brother in brothers] == [0, 0, 0]
    library = parse_string(file.read_text(encoding="utf-8"))
    assert not library.failed_blocks
    assert [each["eprint"] for each in library.entries] == [f"2608.{n:05}" for n in range(20)]


def test_several_threads_at_once(file: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(lambda _: append(file, [A]), range(8)))
    assert sorted(each.added for each in done) == [()] * 7 + [(KEY,)]
    assert file.read_bytes() == f"{bibtex(A)}\n".encode()


def test_what_another_program_adds_meanwhile_stays(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = bibliography._write

    def after_another(descriptor: int, new: bytes) -> None:
        with file.open("ab") as other:
            other.write(b"% theirs\n")
        write(descriptor, new)

    monkeypatch.setattr(bibliography, "_write", after_another)
    append(file, [A])
    assert file.read_bytes() == f"% theirs\n{bibtex(A)}\n".encode()


def test_a_file_that_is_replaced_meanwhile_is_opened_anew(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(b"% old\n")
    write = bibliography._write

    def replaced_first(descriptor: int, new: bytes) -> None:
        if file.read_bytes() == b"% old\n":
            other = file.with_suffix(".new")
            other.write_bytes(b"% from an editor\n")
            other.replace(file)
        write(descriptor, new)

    monkeypatch.setattr(bibliography, "_write", replaced_first)
    assert append(file, [A]).added == (KEY,)
    assert file.read_bytes() == f"% from an editor\n\n{bibtex(A)}\n".encode()


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, "128k"):
        file = disk / "papers.bib"
        file.write_bytes(b"@book{b, title = {B}}\n")
        with pytest.raises(BibliographyError, match=r"papers\.bib: the disk is full\.$"):
            append(file, [HUGE])
        assert file.read_bytes() == b"@book{b, title = {B}}\n"
        assert append(file, [A]).added == (KEY,)


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_write_that_stops_half_way_is_taken_back(file: Path) -> None:
    """The limit of a file's size stops a write as a full disk does, and needs no disk."""
    import resource
    import signal

    file.write_bytes(b"% mine\n")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        assert refusal(file) == "the disk is full."
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert file.read_bytes() == b"% mine\n"


def test_a_file_that_cannot_be_written(file: Path) -> None:
    file.write_bytes(b"% mine\n")
    with frozen(file):
        assert refusal(file) in ("permission denied.", "operation not permitted.")
    assert file.read_bytes() == b"% mine\n"


def test_what_is_no_file_of_entries(file: Path, tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing" / "papers.bib") == "its folder is not there."
    assert refusal(tmp_path) == "is a directory."
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == "it is no ordinary file."
    file.write_bytes("@book{b, title = {B}}\n".encode("utf-16"))
    assert refusal(file) == "it is no text that BibTeX reads."


def test_a_file_that_another_program_holds(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr(bibliography, "LOCK_PATIENCE_S", 0.01)
    with file.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert refusal(file) == "another program holds it."
    assert append(file, [A]).added == (KEY,)
