"""``python -m tui`` is ``daily-papers``."""

from tui.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
