"""How are the functions set up, and is what they run kept? Every function in Lambda, every image in ECR."""

from __future__ import annotations

from datetime import UTC, datetime

from checks.aws.questions import now_of
from checks.aws.runtimes import ENDED
from fixtures.aws import Aws, Caller
from fixtures.causes import CouldNotLookError
from fixtures.concurrency import each
from fixtures.observations import observation
from fixtures.parts import Function
from fixtures.probes import configurations, images, versions
from fixtures.probes.configurations import Configuration
from fixtures.probes.images import Repository
from fixtures.probes.inspections import Inspection, Round
from fixtures.probes.versions import Publication
from fixtures.targets import Target
from reports.results import Cause

AT_ONCE = 50
"""Lambda lists functions without their states, so each takes a call; their pace is kept elsewhere."""


@observation
def function_configurations(aws: Aws, target: Target) -> list[Configuration]:
    """Every declared function as Lambda describes it, with its declared variables."""
    client = aws.client("lambda")
    return each(
        lambda one: configurations.configuration(client, one.name, one.environment),
        target.parts.functions,
        AT_ONCE,
    )


def _beside(found: list[Configuration], target: Target) -> list[tuple[Configuration, Function]]:
    return list(zip(found, target.parts.functions, strict=True))


@observation
def function_activity(function_configurations: list[Configuration]) -> list[Inspection]:
    """Whether every declared function is able to run."""
    return [configurations.activity(found) for found in function_configurations]


@observation
def function_sizes(function_configurations: list[Configuration], target: Target) -> list[Inspection]:
    """Whether every declared function has its time and memory."""
    return [
        configurations.size(found, one.timeout_s, one.memory_mb)
        for found, one in _beside(function_configurations, target)
    ]


@observation
def function_settings(function_configurations: list[Configuration], target: Target) -> list[Inspection]:
    """Whether every declared function has its role and its variables."""
    return [
        configurations.settings(
            found, one.role, {key: target.resolve(value) for key, value in one.environment.items()}
        )
        for found, one in _beside(function_configurations, target)
    ]


@observation
def function_builds(function_configurations: list[Configuration], target: Target) -> list[Inspection]:
    """Whether all declared functions are built in the same way."""
    runtimes = {one.name: one.runtime for one in target.parts.functions}
    return configurations.builds(function_configurations, runtimes)


@observation
def function_support(function_configurations: list[Configuration]) -> list[Inspection]:
    """Whether the runtime of every declared function is looked after."""
    return [configurations.support(found, ENDED) for found in function_configurations]


@observation
def function_deployments(function_configurations: list[Configuration], target: Target) -> list[Inspection]:
    """Whether every declared function carries the code of the deployment under test.

    Raises:
        CouldNotLookError: misconfigured, when nobody said when that was.
    """
    told = target.place.deployed_at
    if told is None:
        raise CouldNotLookError(
            Cause.MISCONFIGURED,
            f"{target.environment} does not say when the deployment under test began",
            f"set deployed_at in environments.{target.environment}",
        )
    since = datetime.fromisoformat(target.resolve(told))
    since = since if since.tzinfo else since.replace(tzinfo=UTC)
    return [
        configurations.deployment(found, since, one.code_sha256)
        for found, one in _beside(function_configurations, target)
    ]


@observation
def function_hotfixes(
    function_configurations: list[Configuration], target: Target, caller: Caller
) -> list[Inspection]:
    """Whether a declared function still runs a hotfix, or others run it, too."""
    now = now_of(caller)
    return [
        configurations.hotfix(
            found,
            now,
            one.max_hotfix_days,
            [other.name for other in function_configurations if other.image == found.image],
        )
        for found, one in _beside(function_configurations, target)
    ]


@observation
def function_publications(aws: Aws, target: Target) -> list[Publication]:
    """Where the alias of every declared function leads that has one, and what it has published."""
    client = aws.client("lambda")
    aliased = [(one.name, one.alias) for one in target.parts.functions if one.alias]
    return each(lambda pair: versions.publication(client, *pair), aliased)


@observation
def function_aliases(function_publications: list[Publication]) -> list[Inspection]:
    """Whether each of those aliases leads to a published version."""
    return [versions.lead(found) for found in function_publications]


@observation
def function_ways_back(function_publications: list[Publication]) -> list[Inspection]:
    """Whether each of those functions has an older version to go back to."""
    return [versions.way_back(found) for found in function_publications]


@observation
def function_capacities(
    aws: Aws, function_configurations: list[Configuration], target: Target
) -> list[Inspection]:
    """Whether every declared function may run as often as agreed, and is kept ready where it should be."""
    client = aws.client("lambda")
    ready = each(
        lambda one: versions.readiness(client, one.name, one.alias or "") if one.provisioned else None,
        target.parts.functions,
    )
    return [
        versions.capacity(found.name, found.reserved, one.min_reserved, one.provisioned, kept)
        for (found, one), kept in zip(_beside(function_configurations, target), ready, strict=True)
    ]


@observation
def repositories(aws: Aws, target: Target, caller: Caller) -> list[Repository]:
    """Every declared repository with all its images."""
    client, now = aws.client("ecr"), now_of(caller)
    return each(lambda one: images.repository(client, one.name, now), target.parts.repositories)


@observation
def repository_stocks(repositories: list[Repository], target: Target) -> list[Inspection]:
    """Whether every declared repository holds its tags, and scans."""
    return [
        images.stock(found, one.tags, one.scans_on_push)
        for found, one in zip(repositories, target.parts.repositories, strict=True)
    ]


@observation
def repository_releases(
    repositories: list[Repository], function_configurations: list[Configuration], target: Target
) -> list[Inspection]:
    """Whether every declared repository of releases keeps enough of them to go back."""
    running = {found.digest for found in function_configurations if found.digest}
    return [
        images.releases(found, one.release_pattern, one.min_releases, running)
        for found, one in zip(repositories, target.parts.repositories, strict=True)
        if one.release_pattern
    ]


@observation
def repository_ages(repositories: list[Repository], target: Target) -> list[Inspection]:
    """Whether the tagged images of every declared repository that has a limit are young and sound."""
    return [
        images.freshness(found, one.tags, one.max_image_age_days)
        for found, one in zip(repositories, target.parts.repositories, strict=True)
        if one.max_image_age_days
    ]


@observation
def function_images(function_configurations: list[Configuration], repositories: list[Repository]) -> Round:
    """Whether the image that each function runs is still kept, and sound."""
    running = [found for found in function_configurations if found.package == configurations.IMAGE]
    if not running:
        return Round(why_not="no declared function runs an image")
    return Round(tuple(images.keeping(one.name, one.digest, repositories) for one in running))
