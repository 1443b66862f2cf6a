"""Opening a page, with browsers that are small scripts."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest

from tests.desktop.tools import Line, install
from tui.desktop import browser
from tui.desktop.browser import open_page

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "https://huggingface.co/papers/1706.03762?q=a%20b&n='1'#top"


class Record:
    """What the browsers of a test were given to open."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._file = programs / "opened"

    def browser(self, name: str) -> str:
        """Install a browser that writes down the address it is given; its path."""
        return str(install(self._programs, name, f'echo "$1" >> "{self._file}"'))

    @property
    def opened(self) -> list[str]:
        """The addresses so far."""
        return self._file.read_text().splitlines() if self._file.exists() else []


class Staying:
    """A browser that tells its page, and stays in front until an order, which it repeats."""

    def __init__(self, programs: Path, line: Line, name: str = "surf") -> None:
        self._orders = programs / "orders"
        os.mkfifo(self._orders)
        self._line = line
        listen = f"read -r order < {self._orders}"
        script = f'exec 3> {line.path}\necho "$1" >&3\n{listen}\necho "$order" >&3'
        self.command = str(install(programs, name, script))

    async def obeys(self) -> bool:
        """Tell whether it is still there to repeat an order."""
        orders = os.open(self._orders, os.O_RDWR)
        os.write(orders, b"hello\n")
        answer = await self._line.heard()
        os.close(orders)
        return answer == "hello\n"


@pytest.fixture
def record(programs: Path) -> Record:
    """What was opened, and browsers to do it."""
    return Record(programs)


async def test_the_browser_that_the_user_names(environ: dict[str, str], record: Record) -> None:
    environ["BROWSER"] = record.browser("surf")
    assert await open_page(PAGE, environ)
    assert record.opened == [PAGE]


async def test_the_named_browser_opens_over_ssh_too(
    environ: dict[str, str], record: Record
) -> None:
    record.browser("surf")
    assert await open_page(PAGE, environ | {"BROWSER": "surf", "SSH_TTY": "/dev/pts/3"})
    assert record.opened == [PAGE]


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
async def test_the_browser_of_the_desktop(
    environ: dict[str, str], programs: Path, line: Line, variable: str
) -> None:
    staying = Staying(programs, line, "xdg-open")
    assert await open_page(PAGE, environ | {variable: ":77"})
    assert await line.heard() == f"{PAGE}\n"
    assert await staying.obeys()


async def test_windows_is_reached_from_its_linux(environ: dict[str, str], record: Record) -> None:
    record.browser("wslview")
    assert await open_page(PAGE, environ | {"WSL_DISTRO_NAME": "Debian"})
    assert record.opened == [PAGE]
    assert not await open_page(PAGE, environ | {"WSL_DISTRO_NAME": "Debian", "SSH_TTY": "tty"})


async def test_no_display_and_no_choice(environ: dict[str, str], programs: Path) -> None:
    install(programs, "xdg-open", "exit 0")
    assert not await open_page(PAGE, environ)


async def test_a_display_without_a_browser(environ: dict[str, str]) -> None:
    assert not await open_page(PAGE, environ | {"DISPLAY": ":77"})


async def test_a_browser_that_fails(environ: dict[str, str], programs: Path) -> None:
    environ["BROWSER"] = str(install(programs, "surf", "exit 3"))
    assert not await open_page(PAGE, environ)


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":77"}])
@pytest.mark.parametrize("name", ["w3m", "lynx", "links", "www-browser", "elinks"])
async def test_a_text_browser_is_never_run(
    environ: dict[str, str], record: Record, display: dict[str, str], name: str
) -> None:
    record.browser(name)
    for choice in ("", name, f"/usr/bin/{name}", f"{name} %s"):
        assert not await open_page(PAGE, environ | display | {"BROWSER": choice}), choice
        assert record.opened == [], choice


async def test_the_next_choice_follows_a_text_browser(
    environ: dict[str, str], record: Record
) -> None:
    record.browser("surf")
    assert await open_page(PAGE, environ | {"BROWSER": f"w3m{os.pathsep}surf %s"})
    assert record.opened == [PAGE]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "--version",
        "https://",
        "https:///nowhere",
        "https://a b",
        "https://a\nb",
        "https://a\x00b",
        'https://a"b',
        "https://a\ud800b",
        " https://a",
    ],
)
async def test_only_addresses_of_the_web_are_opened(
    environ: dict[str, str], record: Record, address: str
) -> None:
    environ["BROWSER"] = record.browser("surf")
    assert not await open_page(address, environ)
    assert record.opened == []


async def test_a_browser_that_stays_in_front_has_opened_the_page(
    environ: dict[str, str], programs: Path, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "PATIENCE_S", 0.5)
    staying = Staying(programs, line)
    assert await open_page(PAGE, environ | {"BROWSER": staying.command})
    assert await line.heard() == f"{PAGE}\n"
    assert await staying.obeys()


async def test_leaving_the_program_does_not_close_the_browser(
    environ: dict[str, str], programs: Path, line: Line
) -> None:
    staying = Staying(programs, line)
    opening = asyncio.create_task(open_page(PAGE, environ | {"BROWSER": staying.command}))
    assert await line.heard() == f"{PAGE}\n"
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert await staying.obeys()


async def test_the_terminal_stays_ours(
    environ: dict[str, str], programs: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    environ["BROWSER"] = str(install(programs, "surf", "echo out\necho err >&2"))
    assert await open_page(PAGE, environ)
    assert capfd.readouterr() == ("", "")
