"""The pseudo-terminal driver, with programs of a few lines."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.emulator import QUERY, Picture, answer, keystrokes
from tests.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

RAW_MODE = "import os, sys, tty; tty.setraw(0)\n"
ECHO = f"""{RAW_MODE}
print('ready', end='', flush=True)
while True: print(os.read(0, 99), flush=True)
"""


def python(code: str) -> list[str]:
    """The command that runs a few lines of Python."""
    return [sys.executable, "-I", "-c", code]


def test_the_screen_is_what_the_program_drew() -> None:
    with Terminal(python(r"print('a\x1b[3;5Hb\x1b[31mc 注意', end='')"), (20, 4)) as terminal:
        seen = terminal.wait_for("c 注意")
        assert terminal.wait_exit() == 0
        assert terminal.screen == ["a", "", "    bc 注意", ""]
        assert terminal.text == "a\n\n    bc 注意\n"
        assert b"\x1b[31m" in terminal.raw
        assert terminal.first_output is not None
        assert terminal.ended is not None
        assert 0 < terminal.first_output <= seen <= terminal.ended


def test_everything_written_before_the_end_is_seen() -> None:
    with Terminal(python("print('x' * 70_000 + 'end', end='')")) as terminal:
        terminal.wait_for("end")
        terminal.wait_exit()
        assert terminal.raw == b"x" * 70_000 + b"end"


def test_an_end_before_the_text_fails_with_the_screen() -> None:
    with (
        Terminal(python("print('no such day'); raise SystemExit(4)")) as terminal,
        pytest.raises(AssertionError, match=r"(?s)ended \(4\) before 'papers' came.*no such day"),
    ):
        terminal.wait_for("papers")


def test_time_running_out_fails_with_the_screen() -> None:
    with Terminal(python(ECHO)) as terminal:
        terminal.wait_for("ready")
        with pytest.raises(AssertionError, match=r"(?s)'papers' did not come within.*ready"):
            terminal.wait_for("papers", timeout=0.01)
        with pytest.raises(AssertionError, match="did not end within"):
            terminal.wait_exit(timeout=0.01)


def test_keys_arrive_as_a_terminal_sends_them() -> None:
    with Terminal(python(ECHO)) as terminal:
        terminal.wait_for("ready")
        for keys, sent in {
            "jj<enter>": rb"b'jj\r'",
            "<esc>": rb"b'\x1b'",
            "<c-z><C-c>": rb"b'\x1a\x03'",
            "<s-tab><down><pageup>": rb"b'\x1b[Z\x1b[B\x1b[5~'",
            "<lt>é<f1>": rb"b'<\xc3\xa9\x1bOP'",
        }.items():
            assert terminal.time_until(keys, sent.decode()) >= 0


def test_an_unknown_key_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no such key: <retrun>"):
        keystrokes("jj<retrun>")


def test_what_is_there_already_has_no_time() -> None:
    with Terminal(python(ECHO)) as terminal:
        terminal.wait_for("ready")
        with pytest.raises(AssertionError, match="is there already"):
            terminal.time_until("j", "ready")


def test_the_time_is_that_of_the_chunk_that_completed_the_picture() -> None:
    writes = "for n in range(3): os.write(1, b'%d' % n); os.read(0, 1)\n"
    with Terminal(python(RAW_MODE + writes)) as terminal:
        first = terminal.wait_for("0")
        pressed = terminal.press("x")
        second = terminal.wait_for(lambda text: text.startswith("01"))
        assert first < pressed < second
        assert terminal.wait_for("0") == second
        assert terminal.settle(quiet=0.01) == second


def test_each_of_several_things_has_its_own_time() -> None:
    writes = "os.write(1, b'ready'); os.read(0, 1)\nfor word in (b'one', b'two'):\n"
    pause = " os.write(1, word); os.read(0, 1)\n"
    with Terminal(python(RAW_MODE + writes + pause)) as terminal:
        terminal.wait_for("ready")
        two_at_once = terminal.times_until("xx", ["two", "one"])
        assert two_at_once[0] >= two_at_once[1] > 0
        with pytest.raises(AssertionError, match="is there already"):
            terminal.times_until("x", ["three", "one"])


def test_queries_get_the_answers_of_a_modern_terminal() -> None:
    ask = r"'\x1b[c\x1b[6n\x1b[?2026$p\x1b[?2048$p\x1b]10;?\x07\x1b]11;?\x1b\\'"
    code = f"""
for char in {ask}: os.write(1, char.encode())
got = b''
while got.count(b'rgb') < 2 or got[-1:] != b'\\\\': got += os.read(0, 99)
print(got, end='')
"""
    with Terminal(python(RAW_MODE + code)) as terminal:
        terminal.wait_exit()
        assert terminal.text.strip() == (
            r"b'\x1b[?62;22c\x1b[1;1R\x1b[?2026;2$y\x1b[?2048;0$y"
            r"\x1b]10;rgb:dddd/dddd/dddd\x1b\\\x1b]11;rgb:1111/1111/1111\x1b\\'"
        )


def test_a_query_in_two_halves_gets_one_answer() -> None:
    code = r"""
os.write(1, b'asking\x1b[0'); os.read(0, 1); os.write(1, b'c\r\n')
answer = os.read(0, 99); os.write(1, b'again'); print(answer, os.read(0, 99), end='')
"""
    with Terminal(python(RAW_MODE + code)) as terminal:
        terminal.wait_for("asking")
        terminal.press("x")
        terminal.wait_for("again")
        terminal.press("y")
        terminal.wait_for(r"b'\x1b[?62;22c' b'y'")


def test_bytes_that_draw_nothing_can_be_awaited() -> None:
    with Terminal(python(r"print('\x1b]52;c;cGFwZXI=\x07', end='')")) as terminal:
        terminal.wait_for_bytes(b"\x1b]52;c;cGFwZXI=\x07")
        with pytest.raises(AssertionError, match="was not written"):
            terminal.wait_for_bytes(b"paper", timeout=0.01)
        assert terminal.text.strip() == ""


def test_a_query_is_found_among_other_output() -> None:
    [query] = QUERY.finditer(b"text\x1b[2J\x1b[12c\x1b[0c\x1b[?25h")
    assert answer(query) == b"\x1b[?62;22c"


def test_a_resize_reaches_the_program_and_the_screen() -> None:
    code = """
import os, signal
size = lambda *_: print(*os.get_terminal_size(), flush=True)
signal.signal(signal.SIGWINCH, size); size()
while True: signal.pause()
"""
    with Terminal(python(code), (80, 24)) as terminal:
        terminal.wait_for("80 24")
        terminal.resize(60, 20)
        terminal.wait_for("60 20")
        assert len(terminal.screen) == 20


def test_standard_output_can_be_kept_apart() -> None:
    code = """
import os, sys
sys.stderr.write(f'{os.isatty(0)} {os.isatty(1)} {os.isatty(2)}')
sys.stdout.write('result ' * 20_000)
"""
    with Terminal(python(code), stdout=True) as terminal:
        terminal.wait_for("True False True")
        assert terminal.wait_exit() == 0
        assert terminal.stdout == b"result " * 20_000
        assert b"result" not in terminal.raw


def test_the_program_gets_its_environment_and_folder(tmp_path: Path) -> None:
    code = "import os; print(os.getcwd(), os.environ['TERM'], os.environ['DAY'], sep='\\n')"
    with Terminal(python(code), env={"DAY": "friday"}, cwd=tmp_path) as terminal:
        terminal.wait_for("friday")
        assert terminal.screen[:2] == [str(tmp_path), "xterm-256color"]


def test_a_program_that_does_not_exist() -> None:
    with Terminal(["no-such-program"]) as terminal:
        assert terminal.wait_exit() == 127
        assert "no-such-program: " in terminal.text


def test_kill_ends_the_program_at_once() -> None:
    with Terminal(python(ECHO)) as terminal:
        terminal.wait_for("ready")
        assert terminal.exit_code is None
        terminal.kill()
        assert terminal.wait_exit() == terminal.exit_code == -signal.SIGKILL


def test_leaving_the_context_ends_the_program() -> None:
    with Terminal(python(ECHO)) as terminal:
        terminal.wait_for("ready")
    assert terminal.exit_code == -signal.SIGKILL
    assert "ready" in terminal.text
    with pytest.raises(ProcessLookupError):
        os.kill(terminal.pid, 0)


@pytest.mark.parametrize(
    "sequence",
    [
        b"\x1b[>1u",
        b"\x1b[<u",
        b"\x1b[=1;1u",
        b"\x1b[?2026$p",
        b"\x1b[?1r",
        b"\x1bPtmux;payload\x1b\\",
        b"\x1b]52;c;cGFwZXI=\x07",
        b"\x1b]8;;https://arxiv.org\x1b\\",
    ],
)
def test_sequences_leave_nothing_on_the_screen_however_they_are_cut(sequence: bytes) -> None:
    for cut in range(len(sequence)):
        picture = Picture(20, 1)
        picture.feed(b"a" + sequence[:cut])
        picture.feed(sequence[cut:] + b"b")
        assert picture.rows() == ["ab"]


def test_the_alternate_screen_is_gone_when_it_is_left() -> None:
    picture = Picture(20, 2)
    picture.feed(b"\x1b[?1049h\x1b[2;4Hpapers\x1b[?1049lsee you")
    assert picture.rows() == ["see you", ""]


def test_half_of_a_wide_character_can_be_drawn_over() -> None:
    picture = Picture(20, 1)
    picture.feed("注意\x1b[1;1Hab".encode())
    assert picture.rows()[0].startswith("ab")


@pytest.mark.parametrize("cut", range(1, 22))
def test_an_incomplete_picture_is_held_back(cut: int) -> None:
    frame = b"\x1b[?2026h\x1b[Hnew\x1b[?2026l"
    picture = Picture(20, 1)
    picture.feed(b"old" + frame[:cut])
    assert picture.rows() == ["old"]
    picture.feed(frame[cut:] + b"er")
    assert picture.rows() == ["newer"]
