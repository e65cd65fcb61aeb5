"""Since when does the twin's configuration lie in its bucket? Since before the feeders started."""

from __future__ import annotations

from typing import Any

from checks.madrid_bus.topology import GOLDEN
from fixtures.targets import Target
from fixtures.twins.routing import Call
from fixtures.twins.world import World

AGE_DAYS = 7


def upload_lines(world: World, target: Target) -> None:
    """Put the agreed configuration into the system's bucket, a week ago.

    moto dates every object now; this version of it is dated back wherever it is listed or looked at.
    """
    (bucket,) = target.parts.buckets
    s3 = world.aws.client("s3", target.place.region)
    names = [found["Name"] for found in s3.list_buckets()["Buckets"]]
    (name,) = (name for name in names if name.startswith(bucket.prefix))
    key = bucket.objects[0]
    version = s3.put_object(Bucket=name, Key=key, Body=GOLDEN.read_bytes())["VersionId"]
    uploaded = world.clock.ago(days=AGE_DAYS)

    def head(call: Call) -> dict[str, Any]:
        found = world.aws.moto(call)
        return found | {"LastModified": uploaded} if found.get("VersionId") == version else found

    def list_objects(call: Call) -> dict[str, Any]:
        found = world.aws.moto(call)
        for each in found.get("Contents", []):
            if call.params["Bucket"] == name and each["Key"] == key:
                each["LastModified"] = s3.head_object(Bucket=name, Key=key)["LastModified"]
        return found

    world.aws.handle("s3", "HeadObject", head)
    world.aws.handle("s3", "ListObjectsV2", list_objects)
