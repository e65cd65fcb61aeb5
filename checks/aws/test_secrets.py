"""Are the secrets there, and whole?"""

from __future__ import annotations

from fixtures.binding import named
from fixtures.probes.inspections import Inspection
from fixtures.probes.secrets import SecretShape


@named("secrets.readable")
def test_every_secret_can_be_read(secret_shapes: list[SecretShape]) -> None:
    """Every secret exists, is not to be deleted, and holds its keys, each long enough."""
    assert [one for one in secret_shapes if one.faults] == []


@named("secrets.rotated")
def test_every_secret_was_changed_in_time(secret_renewals: list[Inspection]) -> None:
    """Every declared secret exists, is not to be deleted, and was changed in time."""
    assert [one for one in secret_renewals if one.faults] == []


@named("functions.no_literal_secrets")
def test_no_variable_holds_a_secret(function_literals: list[Inspection]) -> None:
    """No variable of a function that is named like a secret holds one in plain text."""
    assert [one for one in function_literals if one.faults] == []
