"""Which days do the tests of the simulation share?"""

from __future__ import annotations

import pytest

from fixtures.twins.timestream import Timestream
from tests.checks.madrid_bus.twin.six_days import Lived, live


@pytest.fixture(scope="session")
def lived() -> Lived:
    """Six days, and then ninety ticks; nobody changes them."""
    return live()


@pytest.fixture
def store(lived: Lived) -> Timestream:
    """Where everything was written."""
    return lived[0]
