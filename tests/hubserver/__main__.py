"""Serve the recorded or the generated days by hand: ``python -m tests.hubserver``."""

from __future__ import annotations

import argparse
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.generate import make_days
from tests.hubserver import HubServer, RecordedDays
from tests.recordings import RECORDINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.generate import Item

GENERATED: Final = (date(2026, 7, 1), date(2026, 8, 21))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the address to put into HF_ENDPOINT and serve until interrupted."""
    options = _parser().parse_args(arguments)
    days = _days(options.recordings, generated=options.generated)
    if not days:
        print(f"No recordings in {options.recordings}; try --generated.")  # noqa: T201
        return 1
    today = options.today or max(days)
    with HubServer(days, today=today, port=options.port, delay=options.delay) as hub:
        print(f"{hub.url}  {len(days)} days, the newest {today}", flush=True)  # noqa: T201
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
    return 0


def _days(folder: Path, *, generated: bool) -> Mapping[date, list[Item]]:
    return make_days(*GENERATED) if generated else RecordedDays(folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.hubserver", description=__doc__)
    parser.add_argument("--recordings", type=Path, default=RECORDINGS, metavar="DIR")
    parser.add_argument("--generated", action="store_true", help="serve generated papers instead")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--today", type=date.fromisoformat, metavar="DAY")
    parser.add_argument("--delay", type=float, default=0.0, metavar="SECONDS")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
