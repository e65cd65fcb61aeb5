"""Does a system need any code? Five parts and a runbook are enough to be verified, and to be broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.manifest_house import build, verified

MANIFEST = """
name = "corner_shop"
title = "A corner shop"

[environments.local]
account = "123456789012"
region = "eu-central-1"
endpoints.aws = "env:AWS_ENDPOINT_URL"

[[parts.functions]]
name = "sell"
timeout_s = 30

[[parts.tables]]
name = "shelves"
hash_key = "id:S"
recoverable_days = 35

[[parts.buckets]]
prefix = "corner-shop-receipts-"

[[parts.secrets]]
name = "corner-shop/till"
keys = ["code"]

[[parts.alarms]]
name = "corner-shop-errors"
namespace = "AWS/Lambda"
metric = "Errors"
dimensions = { FunctionName = "sell" }
statistic = "Sum"
period_s = 300
evaluation_periods = 1
threshold = 5
"""
PROVED_BY = (
    "functions.present, functions.error_rate",
    "tables.active, tables.keyed, tables.recoverable",
    "buckets.protected",
    "secrets.readable",
    "alarms.as_agreed, alarms.quiet, alarms.armed",
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with one system, of which nothing is there but its manifest and its runbook."""
    return build(tmp_path_factory.mktemp("house"), "corner_shop", MANIFEST, PROVED_BY)


def test_five_parts_are_verified(house: Path) -> None:
    """Its AWS side is built, every named check is made of it, and the verdict is GO."""
    done = verified(house)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "GO   10 passed" in done.stdout


def test_a_run_reads_ahead_what_the_last_one_asked(house: Path) -> None:
    """The services are kept from run to run; one that botocore no longer knows does no harm."""
    kept = house / ".pytest_cache" / "v" / "gonogo" / "services"
    kept.parent.mkdir(parents=True)
    kept.write_text('["s3", "simplicity"]')
    done = verified(house, "-p", "cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr
    asked = {"cloudwatch", "dynamodb", "lambda", "s3", "secretsmanager", "sts"}
    assert asked <= set(json.loads(kept.read_text()))
    assert "simplicity" not in kept.read_text()


@pytest.mark.parametrize(
    ("fault", "claim"),
    [
        ("recovery_was_switched_off", "SHOP-02"),
        ("a_function_failed_often", "SHOP-01"),
        ("an_alarms_threshold_was_raised", "SHOP-05"),
    ],
)
def test_five_parts_can_be_broken(house: Path, fault: str, claim: str) -> None:
    """Faults of any AWS system break this one, too, and only what they should."""
    done = verified(house, f"--fault={fault}")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "NO-GO   1 reason, 9 passed" in done.stdout
    assert claim in done.stdout
