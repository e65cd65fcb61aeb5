"""Can what runs be found again, and is there something to go back to? Images, versions and aliases."""

from __future__ import annotations

import pytest

from fixtures.binding import named
from fixtures.probes.inspections import Inspection, Round


@named("functions.image_kept")
def test_every_function_runs_an_image_that_is_kept(function_images: Round) -> None:
    """The image that each function runs is still in the registry, without a critical finding."""
    if function_images.why_not:
        pytest.skip(function_images.why_not)
    assert [one for one in function_images.found if one.faults] == []


@named("functions.no_old_hotfix")
def test_no_function_stays_on_a_hotfix(function_hotfixes: list[Inspection]) -> None:
    """No function has run a hotfix's image for longer than agreed, and no two share one."""
    assert [one for one in function_hotfixes if one.faults] == []


@named("functions.alias_published")
def test_every_alias_leads_to_a_published_version(function_aliases: list[Inspection]) -> None:
    """The alias of every function that has one, and each share of it, leads to a published version."""
    assert [one for one in function_aliases if one.faults] == []


@named("functions.can_roll_back")
def test_every_function_can_go_back(function_ways_back: list[Inspection]) -> None:
    """Every function with an alias keeps a published version that is older than the alias's."""
    assert [one for one in function_ways_back if one.faults] == []


@named("repositories.complete")
def test_every_repository_holds_its_tags(repository_stocks: list[Inspection]) -> None:
    """Every declared repository exists, holds its tags, and scans what is pushed."""
    assert [one for one in repository_stocks if one.faults] == []


@named("repositories.releases")
def test_every_repository_keeps_releases(repository_releases: list[Inspection]) -> None:
    """Every repository of releases scans, and keeps enough of them, one older than the one that runs."""
    assert [one for one in repository_releases if one.faults] == []


@named("repositories.recent")
def test_images_are_young_and_sound(repository_ages: list[Inspection]) -> None:
    """The tagged images of every repository are younger than agreed, without a critical finding."""
    assert [one for one in repository_ages if one.faults] == []


@named("containers.images")
def test_every_service_runs_the_image_it_names(images_in_use: list[Inspection]) -> None:
    """The image that each service's task definition names is in the registry, and its tasks run that one."""
    assert [one for one in images_in_use if one.faults] == []
