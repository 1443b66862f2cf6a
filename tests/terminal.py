"""A program on a pseudo-terminal, with a screen to look at, keys to press and a clock to read.

Every time is in seconds since the program was started, taken when its bytes were read. The
emulator is slow, so it gets those bytes only once the program pauses: it is in no figure, and
takes no processor time from a program that is drawing.
"""

from __future__ import annotations

import os
import selectors
import signal
import termios
import time
import warnings
from collections import deque
from typing import TYPE_CHECKING, Final

from tests.emulator import LONGEST_QUERY, QUERY, Picture, answer, keystrokes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import NoReturn, Self

PAUSE_S: Final = 0.004
"""A program that writes nothing for this long has drawn what it had to draw."""
TURN_S: Final = 0.02
"""How often a silent program is looked at, to see whether it ended."""
EXIT_TURN_S: Final = 0.001
"""The same when its end is what is awaited: the precision of that time."""
CHUNK: Final = 65536
"""Bytes read at once."""


def _predicate(what: str | Callable[[str], bool]) -> Callable[[str], bool]:
    return what if callable(what) else lambda text: what in text


class Terminal:
    """A context in which a program runs on a pseudo-terminal; leaving it kills the program.

    ``size`` is columns and rows; ``env`` is added to the environment. With ``stdout`` the
    standard output is a pipe, and only input and errors are the terminal, as in ``a | b``.
    """

    def __init__(
        self,
        argv: Sequence[str],
        size: tuple[int, int] = (120, 40),
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        *,
        stdout: bool = False,
    ) -> None:
        self.first_output: float | None = None
        """When the first byte came."""
        self.ended: float | None = None
        """When the program's end was seen."""
        self._argv, self._size, self._cwd, self._piped = list(argv), size, cwd, stdout
        inherited = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        self._env = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        self._picture = Picture(*size)
        self._unshown: deque[tuple[float, bytes]] = deque()
        self._shown_at = self._last_output = 0.0
        self._raw, self._stdout, self._unanswered = bytearray(), bytearray(), b""
        self._exit_code: int | None = None
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Self:
        reader, writer = os.pipe() if self._piped else (-1, -1)
        self._start = time.perf_counter()
        with warnings.catch_warnings():  # that threads run matters not: the child only does exec
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid, self._fd = os.forkpty()
        if self.pid == 0:
            self._become_program(writer)
        self._open = [self._fd]
        if self._piped:
            os.close(writer)
            self._open.append(reader)
        for fd in self._open:
            self._selector.register(fd, selectors.EVENT_READ)
        return self

    def _become_program(self, stdout: int) -> NoReturn:
        try:
            columns, rows = self._size
            termios.tcsetwinsize(0, (rows, columns))
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            if self._piped:
                os.dup2(stdout, 1)
            if self._cwd is not None:
                os.chdir(self._cwd)
            os.execvpe(self._argv[0], self._argv, self._env)
        except OSError as error:
            os.write(2, f"{self._argv[0]}: {error}\r\n".encode())
        finally:
            os._exit(127)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()
        self.wait_exit()
        self._catch_up()
        self._selector.close()
        for fd in self._open:
            os.close(fd)
        self._open.clear()

    @property
    def screen(self) -> list[str]:
        """The rows on the screen now, without trailing blanks."""
        self._catch_up()
        return self._picture.rows()

    @property
    def text(self) -> str:
        """The rows on the screen now, as one text."""
        return "\n".join(self.screen)

    @property
    def raw(self) -> bytes:
        """Every byte that the program has written to the terminal."""
        self._catch_up()
        return bytes(self._raw)

    @property
    def stdout(self) -> bytes:
        """Every byte that the program has written to its redirected standard output."""
        self._catch_up()
        return bytes(self._stdout)

    @property
    def exit_code(self) -> int | None:
        """The exit code, negative for a signal; None while the program runs."""
        if self._exit_code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._exit_code, self.ended = os.waitstatus_to_exitcode(status), self._now()
        return self._exit_code

    def wait_for(self, what: str | Callable[[str], bool], timeout: float = 10.0) -> float:
        """When the screen's text came to hold, or to satisfy, ``what``.

        Raises AssertionError with the screen when time runs out or the program ends first.
        """
        shows = _predicate(what)
        awaited = "what is awaited" if callable(what) else repr(what)
        deadline = self._now() + timeout
        if not self._read(0) and not self._unshown and shows(self.text):
            return self._shown_at
        while self._now() < deadline:
            if self._read(PAUSE_S if self._unshown else TURN_S):
                continue
            if self._show_until(shows):
                return self._shown_at
            if self.exit_code is not None and not self._unshown and not self._read(0):
                raise self._failure(f"the program ended ({self.exit_code}) before {awaited} came")
        raise self._failure(f"{awaited} did not come within {timeout} s")

    def wait_for_bytes(self, what: bytes, timeout: float = 10.0) -> None:
        """Wait until the program has written these bytes, such as an escape sequence."""
        deadline = self._now() + timeout
        while what not in self.raw:
            if self._now() > deadline:
                raise self._failure(f"{what!r} was not written within {timeout} s")
            self._read(TURN_S)

    def settle(self, quiet: float = 0.06, timeout: float = 10.0) -> float:
        """Wait until nothing has come for ``quiet`` seconds; when the last output came."""
        start = self._now()
        while (left := max(start, self._last_output) + quiet - self._now()) > 0:
            if self._now() > start + timeout:
                raise self._failure(f"the output did not settle within {timeout} s")
            self._read(left)
        return self._last_output

    def wait_exit(self, timeout: float = 10.0) -> int:
        """The exit code, negative for a signal; raises AssertionError when time runs out."""
        deadline = self._now() + timeout
        while (code := self.exit_code) is None:
            if self._now() > deadline:
                raise self._failure(f"the program did not end within {timeout} s")
            self._read(EXIT_TURN_S)
        return code

    def press(self, keys: str) -> float:
        """Write the keys, ``jj<enter><c-z>``, all at once; when that was.

        A key that follows ``<esc>`` in the same call reads as that key with Alt.
        """
        data = keystrokes(keys)
        self._catch_up()
        pressed = self._now()
        os.write(self._fd, data)
        return pressed

    def time_until(
        self, keys: str, what: str | Callable[[str], bool], timeout: float = 10.0
    ) -> float:
        """Seconds from pressing the keys until the screen shows what it did not show before."""
        return self.times_until(keys, [what], timeout)[0]

    def times_until(
        self, keys: str, whats: Sequence[str | Callable[[str], bool]], timeout: float = 10.0
    ) -> list[float]:
        """The same for several things that one press brings, maybe not at the same time."""
        text = self.text
        if any(_predicate(what)(text) for what in whats):
            raise self._failure(f"what {keys!r} should bring is there already")
        pressed = self.press(keys)
        came: dict[int, float] = {}

        def all_came(text: str) -> bool:
            for number, what in enumerate(whats):
                if number not in came and _predicate(what)(text):
                    came[number] = self._shown_at - pressed
            return len(came) == len(whats)

        self.wait_for(all_came, timeout)
        return [came[number] for number in range(len(whats))]

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, and the program SIGWINCH."""
        self._catch_up()
        self._picture.resize(columns, rows)
        termios.tcsetwinsize(self._fd, (rows, columns))

    def stop(self, timeout: float = 10.0) -> None:
        """Stop the program as a shell does, until it is sent SIGCONT."""
        deadline = self._now() + timeout
        os.kill(self.pid, signal.SIGTSTP)
        while not os.WIFSTOPPED(os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)[1]):
            if self._now() > deadline:
                raise self._failure(f"the program did not stop within {timeout} s")
            self._read(TURN_S)

    def hang_up(self) -> None:
        """Take the terminal away, as closing its window does."""
        self._catch_up()
        self._selector.unregister(self._fd)
        self._open.remove(self._fd)
        os.close(self._fd)

    def kill(self) -> None:
        """End the program at once, as a crash would (SIGKILL)."""
        if self.exit_code is None:
            os.kill(self.pid, signal.SIGKILL)

    def _now(self) -> float:
        return time.perf_counter() - self._start

    def _failure(self, why: str) -> AssertionError:
        return AssertionError(f"{why}; the screen:\n{self.text}")

    def _read(self, timeout: float) -> bool:
        """Take what was written, waiting for the first of it; True when there was something."""
        taken = [self._take(key.fd) for key, _ in self._selector.select(timeout)]
        return any(taken)

    def _take(self, fd: int) -> bool:
        try:
            data = os.read(fd, CHUNK)
        except OSError:  # Linux's word for a terminal that no program has open
            data = b""
        now = self._now()
        if not data:
            self._selector.unregister(fd)
        elif fd == self._fd:
            self._keep(now, data)
        else:
            self._stdout += data
        return bool(data)

    def _keep(self, now: float, data: bytes) -> None:
        if self.first_output is None:
            self.first_output = now
        self._last_output = now
        self._raw += data
        self._unshown.append((now, data))
        self._answer(data)

    def _answer(self, data: bytes) -> None:
        data = self._unanswered + data
        end = 0
        for query in QUERY.finditer(data):
            os.write(self._fd, answer(query))
            end = query.end()
        self._unanswered = data[end:][-LONGEST_QUERY:]

    def _show_until(self, shows: Callable[[str], bool]) -> bool:
        """Draw chunk by chunk until the text is right; stop for new output, to stamp it."""
        while self._unshown:
            self._show_next()
            if shows("\n".join(self._picture.rows())):
                return True
            if self._selector.select(0):
                return False
        return False

    def _show_next(self) -> None:
        self._shown_at, data = self._unshown.popleft()
        self._picture.feed(data)

    def _catch_up(self) -> None:
        while self._open and self._read(0):
            pass
        while self._unshown:
            self._show_next()
