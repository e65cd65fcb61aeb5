"""Do lists tell all there is, once, in order, whatever the page or the filter?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from math import ceil
from typing import Any

from checks.ai_lifestyle.answers import Said, inner, moment, number, objects, text

ORDERS = {"created": "created_at", "updated": "updated_at", "title": "title"}
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    """A goal or an activity, by what lists sort and filter by; what does not apply is empty.

    `at` are moments by name.
    """

    id: str
    words: dict[str, str]
    at: dict[str, datetime | None]

    @property
    def is_backwards(self) -> bool:
        """Whether it was updated before it was created."""
        created, updated = self.at.get("created_at"), self.at.get("updated_at")
        return created is not None and updated is not None and updated < created

    def __str__(self) -> str:
        logged = self.at.get("logged_at")
        return self.words.get("title") or f"{self.words.get('activityType')} of {logged or self.id}"


@dataclass(frozen=True)
class Page:
    """A page of a list, and what it says of the whole."""

    status: int
    items: tuple[Item, ...]
    told: dict[str, float | None]


@dataclass(frozen=True)
class Listing:
    """All pages that were asked for with one query."""

    query: dict[str, str]
    pages: tuple[Page, ...]

    @property
    def name(self) -> str:
        """What was asked for."""
        return "&".join(f"{name}={value}" for name, value in self.query.items()) or "everything"

    @property
    def is_whole(self) -> bool:
        """Whether there are no further pages than those that were asked for."""
        return all((page.told["pages"] or 0) <= len(self.pages) for page in self.pages)

    @property
    def items(self) -> list[Item]:
        """Everything on any page, as it came."""
        return [item for page in self.pages for item in page.items]

    @property
    def ids(self) -> list[str]:
        """The ids of everything on any page."""
        return [item.id for item in self.items]

    def misdated(self, latest: datetime) -> list[str]:
        """Moments that are missing or lie after the `latest`, and changes before the beginning."""
        said = [(item, name, at) for item in self.items for name, at in item.at.items()]
        wrong = [f"{item}: {name} {at}" for item, name, at in said if at is None or at > latest]
        return wrong + [f"{item}: updated before it was created" for item in self.items if item.is_backwards]


@dataclass(frozen=True)
class Lists:
    """The same list asked for in every way: `whole` in one page as long as can be, `paged` in short ones,
    `filtered` by single words, `ordered` in each order."""

    whole: Listing
    paged: tuple[Listing, ...] = ()
    filtered: tuple[Listing, ...] = ()
    ordered: tuple[Listing, ...] = ()


def goal_item(goal: Mapping[str, Any]) -> Item:
    """A goal as it is listed."""
    words = {name: text(goal, name) for name in ("title", "status", "goalPattern", "category")}
    at = {"created_at": moment(goal, "createdAt"), "updated_at": moment(goal, "updatedAt")}
    return Item(text(goal, "goalId"), words, at)


def activity_item(activity: Mapping[str, Any]) -> Item:
    """An activity as it is listed."""
    words = {"activityType": text(activity, "activityType"), "day": text(activity, "activityDate")[:10]}
    return Item(text(activity, "activityId"), words, {"logged_at": moment(activity, "loggedAt")})


def page_of(said: Said, name: str, item: Callable[[Mapping[str, Any]], Item]) -> Page:
    """A page as it was told."""
    told = inner(said.body, "pagination")
    names = ("page", "limit", "total", "pages")
    items = tuple(item(one) for one in objects(said.body, name))
    return Page(said.status if said.is_json else 0, items, {one: number(told, one) for one in names})


def about_pages(listing: Listing, whole: Listing | None = None) -> list[str]:
    """What is wrong with the pages of a list: each as long as it says, nothing twice, and nothing lost of the
    `whole`, if that was asked for, too."""
    return [
        *(
            f"{listing.name}: {one}"
            for place, page in enumerate(listing.pages, 1)
            for one in _about(page, place)
        ),
        *(f"{listing.name}: {id_} is there {n} times" for id_, n in Counter(listing.ids).items() if n > 1),
        *_sums(listing),
        *(_differences(listing.name, listing.ids, whole.ids) if whole else []),
    ]


def about_filters(lists: Lists) -> list[str]:
    """What filtered lists have that does not match, or lack that does; archived goals are in no whole."""
    return [
        complaint
        for listing in lists.filtered
        for complaint in (*about_pages(listing), *_mismatches(listing, lists.whole.items))
    ]


def about_orders(lists: Lists) -> list[str]:
    """What is not in the order that was asked for."""
    return [complaint for listing in lists.ordered for complaint in _disorder(listing, lists.whole)]


def about_newest_first(listing: Listing) -> list[str]:
    """What was logged before something that is listed after it."""
    return _unsorted(listing.name, listing.items, lambda one: one.at["logged_at"] or NEVER, is_falling=True)


def _about(page: Page, place: int) -> Iterator[str]:
    if page.status != 200:
        yield f"page {place}: HTTP {page.status}, or no JSON object"
        return
    total, limit, pages = (page.told[name] for name in ("total", "limit", "pages"))
    if page.told["page"] != place or total is None or not limit:
        yield f"page {place}: says {page.told}"
        return
    if pages != ceil(total / limit):
        yield f"page {place}: {total:g} by {limit:g} in {pages} pages"
    due = min(limit, max(0, total - (place - 1) * limit))
    if len(page.items) != due:
        yield f"page {place}: has {len(page.items)}, not {due:g}"


def _sums(listing: Listing) -> list[str]:
    totals = sorted({page.told["total"] or 0 for page in listing.pages})
    is_sum = totals == [len(listing.ids)]
    return (
        []
        if is_sum or not listing.is_whole
        else [f"{listing.name}: {len(listing.ids)} in all, told were {totals}"]
    )


def _differences(name: str, found: Sequence[str], wanted: Sequence[str]) -> list[str]:
    lost, more = [one for one in wanted if one not in found], [one for one in found if one not in wanted]
    return [*(f"{name}: lacks {one}" for one in lost), *(f"{name}: has {one} too much" for one in more)]


def _mismatches(listing: Listing, whole: Sequence[Item]) -> list[str]:
    """Whether a filter kept exactly what it should; days compare as texts do."""

    def matches(item: Item) -> bool:
        return all(_is_match(item, name, value) for name, value in listing.query.items())

    wanted = [item for item in whole if matches(item)]
    if listing.query.get("status") == "archived":
        wanted = [item for item in listing.items if matches(item)]
    return _differences(listing.name, listing.ids, [item.id for item in wanted])


def _is_match(item: Item, name: str, value: str) -> bool:
    match name:
        case "startDate":
            return item.words["day"] >= value
        case "endDate":
            return item.words["day"] <= value
        case "status" | "goalPattern" | "category" | "activityType":
            return item.words[name].casefold() in value.casefold().split(",")
        case _:
            return True


def _disorder(listing: Listing, whole: Listing) -> list[str]:
    name, _, way = listing.query["sort"].partition("_")
    found = [
        _unsorted(listing.name, listing.items, key, is_falling=way == "desc") for key in _keys(ORDERS[name])
    ]
    return [*_differences(listing.name, listing.ids, whole.ids), *min(found, key=len)]


def _keys(name: str) -> list[Callable[[Item], Any]]:
    """By what an order may go: titles with or without regard to capitals."""
    if name == "title":
        return [lambda item: item.words["title"].casefold(), lambda item: item.words["title"]]
    return [lambda item: item.at[name] or NEVER]


def _unsorted(name: str, items: Sequence[Item], key: Callable[[Item], Any], *, is_falling: bool) -> list[str]:
    return [
        f"{name}: {after} comes after {before}"
        for before, after in pairwise(items)
        if (key(before) < key(after) if is_falling else key(before) > key(after))
    ]
