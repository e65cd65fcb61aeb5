"""Is a check judged whenever a fault may have changed what it looks at?"""

from __future__ import annotations

import pytest

from fixtures.twins.watched import EVERYTHING
from tests.concerning import Concerned, Healthy

LISTS = "web:GET /shop/api/goals"
ONE = "web:GET /shop/api/goals/1"
MADE = "web:POST /shop/api/goals"


@pytest.mark.parametrize(
    ("changes", "behind", "may"),
    [
        (["dynamodb:*"], {"dynamodb:Scan"}, True),
        (["dynamodb:*"], {"logs:FilterLogEvents", LISTS}, False),
        (["dynamodb:*"], {"dynamodbstreams:ListStreams"}, False),
        (["dynamodb:Query"], {"dynamodb:Scan"}, False),
        (["iam:GetRole", "dynamodb:*"], {"logs:FilterLogEvents", "dynamodb:Scan"}, True),
        (["web:* /shop/api/goals*"], {"dynamodb:Scan", MADE}, True),
        (["web:* /shop/api/goals*"], {ONE}, True),
        (["web:GET /shop/api/goals"], {LISTS}, True),
        (["web:GET /shop/api/goals"], {ONE, MADE}, False),
        (["web:*"], {LISTS}, True),
        (["web:*"], {"dynamodb:Scan"}, False),
        ([], {"dynamodb:Scan"}, True),
        ([EVERYTHING], set(), True),
    ],
)
def test_what_may_have_changed_is_looked_at(changes: list[str], behind: set[str], may: bool) -> None:
    """Operations by name, requests by method and path; and always a look that was never made."""
    healthy = Healthy()
    healthy.behind["look"] = frozenset(behind)
    concerned = Concerned(healthy, changes)
    assert (concerned.may_have_changed("look"), concerned.may_have_changed("another")) == (may, True)
