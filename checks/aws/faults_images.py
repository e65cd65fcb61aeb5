"""How do images, versions and the ways back get lost?"""

from __future__ import annotations

from datetime import timedelta

from checks.aws.aiming import aim
from fixtures.parts import Repository as Declared
from fixtures.twins.faults import fault
from fixtures.twins.functions import LATEST, Function
from fixtures.twins.registry import Repository
from fixtures.twins.world import World


def _aliased(world: World, check: str) -> tuple[Function, str]:
    """The first function with an alias of a system that has a check, and the alias."""
    _, declared = aim(world, check, "functions", lambda one: one.alias)
    return world.functions.function(declared.name), declared.alias


def _imaged(world: World, check: str) -> Function:
    return world.functions.function(aim(world, check, "functions", lambda one: one.image)[1].name)


def _repository(world: World, check: str) -> tuple[Repository, Declared]:
    _, declared = aim(world, check, "repositories", lambda one: one.tags)
    return world.registry.repositories[declared.name], declared


@fault(notices=["functions.alias_published"], spares=["functions.active", "functions.concurrency"])
def the_live_alias_tracked_latest(world: World) -> None:
    """The alias of a function leads to whatever was deployed last."""
    function, alias = _aliased(world, "functions.alias_published")
    function.aliases[alias].version = LATEST


@fault(notices=["functions.alias_published"], spares=["functions.active", "functions.can_roll_back"])
def a_share_of_the_calls_went_to_latest(world: World) -> None:
    """A tenth of a function's calls goes to whatever was deployed last."""
    function, alias = _aliased(world, "functions.alias_published")
    function.aliases[alias].weights = {LATEST: 0.1}


@fault(notices=["functions.can_roll_back"], spares=["functions.alias_published", "functions.active"])
def the_previous_version_was_deleted(world: World) -> None:
    """All versions of a function but the live one were deleted."""
    function, alias = _aliased(world, "functions.can_roll_back")
    live = function.aliases[alias].version
    function.versions = {live: function.versions[live]}


@fault(notices=["functions.image_kept"], spares=["functions.active", "functions.alias_published"])
def an_image_digest_disappeared(world: World) -> None:
    """The image that a function runs is not in the registry any more."""
    digest = _imaged(world, "functions.image_kept").code.digest
    for repository in world.registry.repositories.values():
        repository.images = [one for one in repository.images if one.digest != digest]


@fault(notices=["functions.image_kept"], spares=["functions.active", "repositories.releases"])
def an_image_was_found_vulnerable(world: World) -> None:
    """The image that a function runs has a critical finding."""
    digest = _imaged(world, "functions.image_kept").code.digest
    for repository in world.registry.repositories.values():
        for image in repository.images:
            if image.digest == digest:
                image.findings = {"CRITICAL": 1, "LOW": 4}


@fault(notices=["functions.no_old_hotfix"], spares=["functions.active", "functions.image_kept"])
def a_hotfix_was_never_merged(world: World) -> None:
    """A function has run an image tagged hotfix for twenty days."""
    function = _imaged(world, "functions.no_old_hotfix")
    function.code.image = f"{(function.code.image or '').rpartition(':')[0]}:hotfix"
    function.modified = world.clock.ago(days=20)


@fault(notices=["functions.no_old_hotfix"], spares=["functions.active"])
def a_hotfix_spread(world: World) -> None:
    """Two functions run an image that was made yesterday to fix one."""
    target, _ = aim(world, "functions.no_old_hotfix", "functions", lambda one: one.image)
    for declared in [one for one in target.parts.functions if one.image][:2]:
        function = world.functions.function(declared.name)
        function.code.image = f"{(function.code.image or '').rpartition(':')[0]}:hotfix"
        function.modified = world.clock.ago(days=1)


@fault(notices=["repositories.releases"], spares=["functions.image_kept"])
def a_rollback_image_was_purged(world: World) -> None:
    """Of a repository's releases only the newest is left."""
    _, declared = aim(world, "repositories.releases", "repositories", lambda one: one.release_pattern)
    repository = world.registry.repositories[declared.name]
    repository.images = [max(repository.images, key=lambda one: one.pushed)]


@fault(notices=["repositories.releases"], spares=["functions.image_kept"])
def a_release_repository_stopped_scanning(world: World) -> None:
    """What is pushed to a repository of releases is not scanned any more."""
    _, declared = aim(world, "repositories.releases", "repositories", lambda one: one.release_pattern)
    world.registry.repositories[declared.name].scans_on_push = False


@fault(notices=["repositories.complete"], spares=["functions.active"])
def a_repository_stopped_scanning(world: World) -> None:
    """What is pushed to a repository is not scanned any more."""
    _repository(world, "repositories.complete")[0].scans_on_push = False


@fault(notices=["repositories.complete", "containers.images"], spares=["containers.running"])
def an_image_lost_its_tag(world: World) -> None:
    """The tag that a service runs names no image any more."""
    repository, declared = _repository(world, "repositories.complete")
    for image in repository.images:
        image.tags = [tag for tag in image.tags if tag != declared.tags[0]]


@fault(notices=["containers.images"], spares=["containers.running", "repositories.complete"])
def an_image_was_pushed_and_not_deployed(world: World) -> None:
    """The tag that a service runs names a newer image than its tasks do."""
    repository, declared = _repository(world, "containers.images")
    image = repository.image(declared.tags[0])
    if image is not None:
        image.digest = f"sha256:{'1' * 64}"


@fault(notices=["repositories.recent"], spares=["repositories.complete", "containers.images"])
def an_image_aged(world: World) -> None:
    """An image is 200 days old."""
    repository, declared = _repository(world, "repositories.recent")
    image = repository.image(declared.tags[0])
    if image is not None:
        image.pushed -= timedelta(days=200)


@fault(notices=["repositories.recent"], spares=["repositories.complete", "containers.images"])
def an_image_had_a_critical_finding(world: World) -> None:
    """A scan found something critical in an image."""
    repository, declared = _repository(world, "repositories.recent")
    image = repository.image(declared.tags[0])
    if image is not None:
        image.findings = {"CRITICAL": 2, "MEDIUM": 9}
