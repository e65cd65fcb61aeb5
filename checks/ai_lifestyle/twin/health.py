"""How does the service say that it is well?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from checks.ai_lifestyle.twin.store import Store

VERSION = "v1.1.0"
FEATURES = {"debugPanels": False}


def health(store: Store, now: datetime, environment: str, region: str) -> dict[str, Any]:
    """The answer of /health, its database part in both shapes that callers know."""
    database = _database(store)
    is_well = database["status"] == "healthy"
    moment = now.isoformat()
    return {
        "status": "healthy" if is_well else "degraded",
        "timestamp": moment,
        "version": VERSION,
        "services": {"database": "connected" if is_well else "disconnected"},
        "checks": {"dynamodb": database},
        "system": {"environment": environment, "region": region, "timestamp": moment},
    }


def _database(store: Store) -> dict[str, Any]:
    try:
        table = store.table()
    except (BotoCoreError, ClientError):
        return {"status": "unhealthy"}
    is_active = table["TableStatus"] == "ACTIVE"
    return {
        "status": "healthy" if is_active else "unhealthy",
        "table_status": table["TableStatus"],
        "item_count": table["ItemCount"],
    }
