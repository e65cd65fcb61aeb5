"""Do the lists of goals and activities tell everything, once, in order?"""

from __future__ import annotations

from checks.ai_lifestyle import lists
from checks.ai_lifestyle.lists import Lists
from fixtures.binding import proves


@proves("LIFE-42")
def test_pages_make_up_the_list_of_goals(goal_lists: Lists) -> None:
    """The pages of a list are as long as they say, hold nothing twice, and together lack nothing."""
    listings = (goal_lists.whole, *goal_lists.paged)
    complaints = [lists.about_pages(one, goal_lists.whole) for one in listings]
    assert [complaint for some in complaints for complaint in some] == []


@proves("LIFE-42")
def test_every_filter_and_order_of_goals_is_right(goal_lists: Lists) -> None:
    """Each filter gives every goal that matches and no other, and each of six orders is kept."""
    assert [*lists.about_filters(goal_lists), *lists.about_orders(goal_lists)] == []


@proves("LIFE-43")
def test_activities_come_newest_first(activity_lists: Lists) -> None:
    """Activities come newest logged first, on long pages and on short ones, none twice and none lost."""
    listings = (activity_lists.whole, *activity_lists.paged)
    complaints = [
        *(one for listing in listings for one in lists.about_newest_first(listing)),
        *(one for listing in listings for one in lists.about_pages(listing, activity_lists.whole)),
    ]
    assert complaints == []


@proves("LIFE-43")
def test_every_filter_of_activities_is_exact(activity_lists: Lists) -> None:
    """Each filter by type or by day gives every activity that matches, and no other."""
    assert lists.about_filters(activity_lists) == []
