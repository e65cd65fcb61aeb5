"""Which tests stay together when several workers share them?"""

from __future__ import annotations

import pytest

# Each of its faults is a case of its own, in a twin that every worker has.
SPREAD = "test_proof.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file together: what they start from is made once, and moto is one a process."""
    for item in items:
        if item.path.name != SPREAD:
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(item.config.rootpath).as_posix()))
