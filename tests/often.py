"""How often a property is tried: seldom in the quick suite, often in the torture."""

from __future__ import annotations

import pytest


def examples(quick: int, long: int) -> pytest.MarkDecorator:
    """Gives a test its number of ``examples``."""
    numbers = [
        pytest.param(quick, id="quick"),
        pytest.param(long, id="long", marks=pytest.mark.torture),
    ]
    return pytest.mark.parametrize("examples", numbers)
