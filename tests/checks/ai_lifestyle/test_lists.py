"""Is it noticed when a list lacks something, tells it twice, or tells it in the wrong place?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from checks.ai_lifestyle.lists import (
    Item,
    Listing,
    Lists,
    Page,
    about_filters,
    about_newest_first,
    about_orders,
    about_pages,
    activity_item,
    goal_item,
    page_of,
)
from tests.checks.ai_lifestyle.diaries import NOW, said

A_GOAL = {
    "goalId": "1",
    "title": "read",
    "status": "active",
    "goalPattern": "limit",
    "category": "Fun",
    "createdAt": "2026-02-22T12:00:00+00:00",
    "updatedAt": "2026-02-22T12:00:01+00:00",
}


def item(id_: str, title: str = "", status: str = "active", second: int = 0) -> Item:
    words = {"title": title or id_, "status": status, "goalPattern": "limit", "category": "fun"}
    created = NOW + timedelta(seconds=second)
    return Item(id_, words, {"created_at": created, "updated_at": created})


def listing(items: list[Item], size: int = 100, **query: str) -> Listing:
    """A list in pages of a length, as it should be told."""
    pages = max(1, -(-len(items) // size))
    told = {"limit": float(size), "total": float(len(items)), "pages": -(-len(items) // size)}
    return Listing(
        query,
        tuple(
            Page(200, tuple(items[number * size :][:size]), {"page": number + 1.0, **told})
            for number in range(pages)
        ),
    )


FIVE = [item(str(number), second=number) for number in range(5)]
WHOLE = listing(FIVE)
SHORT = listing(FIVE, 2, limit="2")


def test_answers_are_read_as_pages() -> None:
    """Of goals and activities is kept what lists go by; a web page is a page without a status."""
    told = {"page": 1, "limit": 20, "total": 1, "pages": 1}
    page = page_of(said(goals=[A_GOAL], pagination=told), "goals", goal_item)
    assert (page.status, page.told, str(page.items[0])) == (200, told, "read")
    assert page.items[0].at["updated_at"] == NOW + timedelta(seconds=1)
    empty = page_of(replace(said(), headers={"content-type": "text/html"}), "goals", goal_item)
    assert (empty.status, empty.items) == (0, ())
    activity = activity_item(
        {"activityId": "1", "activityDate": "2026-02-22T08:00", "activityType": "skipped"}
    )
    assert (activity.words["day"], activity.at["logged_at"]) == ("2026-02-22", None)


def test_sound_pages_are_well() -> None:
    """Long pages, short ones, and the one page of an empty list."""
    assert [about_pages(one, WHOLE) for one in (WHOLE, SHORT)] == [[], []]
    assert about_pages(listing([])) == []


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (replace(SHORT, pages=SHORT.pages[:2]), []),
        (listing(FIVE[1:]), ["everything: lacks 0"]),
        (listing([*FIVE, item("6")]), ["everything: has 6 too much"]),
        (listing([*FIVE[:4], FIVE[3]]), ["everything: 3 is there 2 times", "everything: lacks 4"]),
    ],
)
def test_what_is_lost_or_doubled_is_told(broken: Listing, told: list[str]) -> None:
    """What is missing, strange or there twice, by its id; pages that nobody asked for are not missed."""
    complaints = about_pages(broken, WHOLE if told else None)
    assert complaints == told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": 500}, "page 1: HTTP 500"),
        ({"items": ()}, "page 1: has 0, not 5"),
        ({"told": WHOLE.pages[0].told | {"page": 2.0}}, "page 1: says"),
        ({"told": WHOLE.pages[0].told | {"total": None}}, "page 1: says"),
        ({"told": WHOLE.pages[0].told | {"pages": 2}}, "page 1: 5 by 100 in 2 pages"),
        ({"told": WHOLE.pages[0].told | {"total": 6.0}}, "told were [6.0]"),
    ],
)
def test_a_page_that_lies_about_itself_is_told(changes: dict[str, object], told: str) -> None:
    """A page that was refused, is too short, or says another place, number or length."""
    broken = Listing({}, (replace(WHOLE.pages[0], **changes),))  # type: ignore[arg-type]
    assert [one for one in about_pages(broken) if told in one]


def test_filters_give_exactly_what_matches() -> None:
    """A filter that loses something or lets something through is told; capitals of categories are alike."""
    mixed = [item("1"), item("2", status="paused")]
    sound = [
        listing(mixed[1:], status="paused"),
        listing(mixed, status="paused,active"),
        listing(mixed, category="FUN"),
        listing([item("9", status="archived")], status="archived"),
    ]
    assert about_filters(Lists(listing(mixed), filtered=tuple(sound))) == []
    broken = (listing([], status="paused"), listing(mixed, status="active"))
    assert about_filters(Lists(listing(mixed), filtered=broken)) == [
        "status=paused: lacks 2",
        "status=active: has 2 too much",
    ]
    stray = (listing([item("9")], status="archived"),)
    assert about_filters(Lists(listing(mixed), filtered=stray)) == ["status=archived: has 9 too much"]


def test_filters_by_day_take_both_ends() -> None:
    """The first and the last day belong to what is asked for."""
    days = [Item(day, {"day": day, "activityType": "progress"}, {}) for day in ("2026-02-20", "2026-02-22")]
    sound = listing(days[1:], startDate="2026-02-21", endDate="2026-02-22")
    assert about_filters(Lists(listing(days), filtered=(sound,))) == []
    broken = listing([], startDate="2026-02-22")
    assert about_filters(Lists(listing(days), filtered=(broken,))) == [
        "startDate=2026-02-22: lacks 2026-02-22"
    ]


@pytest.mark.parametrize("way", ["asc", "desc"])
@pytest.mark.parametrize("name", ["created", "updated", "title"])
def test_orders_are_kept(name: str, way: str) -> None:
    """What comes in the order that was asked for is well, and its reverse is told."""
    right = FIVE if way == "asc" else FIVE[::-1]
    sort = f"{name}_{way}"
    assert about_orders(Lists(WHOLE, ordered=(listing(right, sort=sort),))) == []
    assert len(about_orders(Lists(WHOLE, ordered=(listing(right[::-1], sort=sort),)))) == 4


def test_titles_may_be_sorted_with_or_without_capitals() -> None:
    """Neither way is a complaint, but another one is."""
    a, b, c = item("1", "apple"), item("2", "Bear"), item("3", "cat")
    whole = listing([a, b, c])
    for order, count in (([a, b, c], 0), ([b, a, c], 0), ([c, a, b], 1)):
        assert len(about_orders(Lists(whole, ordered=(listing(order, sort="title_asc"),)))) == count


def test_activities_come_newest_first() -> None:
    """What was logged earlier comes later."""
    logged = [Item(str(n), {"activityType": "progress"}, {"logged_at": NOW - timedelta(n)}) for n in range(3)]
    assert about_newest_first(listing(logged)) == []
    assert len(about_newest_first(listing(logged[::-1]))) == 2


def test_moments_must_be_told_and_possible() -> None:
    """A moment that is missing, in the future, or before the beginning is told."""
    latest = NOW + timedelta(minutes=5)
    assert WHOLE.misdated(latest) == []
    lost = replace(FIVE[0], at={"created_at": None, "updated_at": NOW})
    ahead = replace(FIVE[1], at={"created_at": NOW, "updated_at": NOW + timedelta(days=2)})
    before = replace(FIVE[2], at={"created_at": NOW, "updated_at": NOW - timedelta(1)})
    assert listing([lost, ahead, before]).misdated(latest) == [
        "0: created_at None",
        "1: updated_at 2026-02-24 12:00:00+00:00",
        "2: updated before it was created",
    ]
