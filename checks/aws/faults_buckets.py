"""How do buckets break?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.aws.aiming import aim
from fixtures.twins.answers import ServiceError
from fixtures.twins.faults import fault
from fixtures.twins.routing import ACCOUNT, Call
from fixtures.twins.world import World

Answer = dict[str, Any]


def _bend(world: World, operation: str, change: Callable[[Answer], Answer]) -> None:
    name = aim(world, "buckets.protected", "buckets")[1].prefix + ACCOUNT

    def bent(call: Call, answer: Answer) -> Answer:
        return change(answer) if call.params["Bucket"] == name else answer

    world.aws.rule("s3", operation, bent)


def _lacking(code: str) -> Callable[[Answer], Answer]:
    def lacking(_answer: Answer) -> Answer:
        raise ServiceError(code, "was not found", 404)

    return lacking


@fault(notices=["buckets.protected"], spares=["buckets.hold", "identity.permitted"])
def a_bucket_was_opened_to_the_public(world: World) -> None:
    """Nothing keeps a bucket from being public."""
    _bend(world, "GetPublicAccessBlock", _lacking("NoSuchPublicAccessBlockConfiguration"))


@fault(notices=["buckets.protected"], spares=["buckets.hold"])
def a_bucket_was_opened_by_policy(world: World) -> None:
    """A policy may make a bucket public."""

    def opened(answer: Answer) -> Answer:
        return {
            "PublicAccessBlockConfiguration": answer["PublicAccessBlockConfiguration"]
            | {"BlockPublicPolicy": False, "RestrictPublicBuckets": False}
        }

    _bend(world, "GetPublicAccessBlock", opened)


@fault(notices=["buckets.protected"], spares=["buckets.hold"])
def a_bucket_lost_versioning(world: World) -> None:
    """The versioning of a bucket is suspended."""
    _bend(world, "GetBucketVersioning", lambda answer: answer | {"Status": "Suspended"})


@fault(notices=["buckets.protected"], spares=["buckets.hold"])
def a_bucket_lost_its_encryption(world: World) -> None:
    """A bucket has no default encryption."""
    _bend(world, "GetBucketEncryption", _lacking("ServerSideEncryptionConfigurationNotFoundError"))


@fault(notices=["buckets.protected"], spares=["identity.permitted"])
def a_bucket_was_deleted(world: World) -> None:
    """A bucket does not exist any more."""
    name = aim(world, "buckets.protected", "buckets")[1].prefix + ACCOUNT

    def without(_call: Call, answer: Answer) -> Answer:
        return answer | {"Buckets": [one for one in answer["Buckets"] if one["Name"] != name]}

    world.aws.rule("s3", "ListBuckets", without)


@fault(notices=["buckets.hold"], spares=["buckets.protected"])
def an_object_was_deleted(world: World) -> None:
    """The objects that a bucket must hold are not in it."""
    _, bucket = aim(world, "buckets.hold", "buckets", lambda one: one.objects)

    def gone(call: Call, answer: Answer) -> Answer:
        if call.params["Key"] in bucket.objects and call.params["Bucket"].startswith(bucket.prefix):
            raise ServiceError("404", "Not Found", 404)
        return answer

    for operation in ("HeadObject", "GetObject"):
        world.aws.rule("s3", operation, gone)
