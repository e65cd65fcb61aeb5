"""Does text of any origin keep within its columns?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.typesetting import columns, cut, hang, harmless, plain, spread, wrap, wrap_around_commands
from tests.reports.strategies import STEADY


@pytest.mark.parametrize(
    ("text", "number"), [("", 0), ("stop", 4), ("…·█", 3), ("バス", 4), ("cafe\u0301", 4), ("🚌", 2)]
)
def test_columns_are_those_of_a_terminal(text: str, number: int) -> None:
    """Wide characters take two columns, combining ones none."""
    assert columns(text) == number


def test_control_characters_lose_their_power() -> None:
    """What could move the cursor, colour the screen or turn the writing round becomes a visible mark."""
    assert harmless("a\x1b[31mb\u202ec\ud800") == "a\ufffd[31mb\ufffdc\ufffd"
    assert plain("  two\n\tlines\x00 ") == "two lines\ufffd"


def test_cutting_shows_that_something_is_missing() -> None:
    """Text that does not fit ends in an ellipsis, text that does is left alone."""
    assert [cut("people count", 12), cut("people count", 11), cut("バスバス", 5)] == [
        "people count",
        "people cou…",
        "バス…",
    ]


def test_wrapping_keeps_what_fits_and_breaks_between_words() -> None:
    """What fits keeps its spacing; longer text is broken between words, endless words anywhere."""
    assert wrap("running 0   desired 1", 21) == ["running 0   desired 1"]
    assert wrap("running 0   desired 1", 20) == ["running 0 desired 1"]
    assert wrap("the newest row is old", 10) == ["the newest", "row is old"]
    assert wrap("arn:aws:iam::1:role/x y", 10) == ["arn:aws:ia", "m::1:role/", "x y"]
    assert wrap("one two three four five", 9, most=2) == ["one two", "three fo…"]
    assert wrap(" \n ", 9) == []


def test_commands_are_never_broken() -> None:
    """A short command stays whole within its sentence, a long one has a line to itself."""
    assert wrap_around_commands("look at `aws ecs` (or `aws sts`), then wait", 20) == [
        "look at `aws ecs`",
        "(or `aws sts`), then",
        "wait",
    ]
    assert wrap_around_commands("restart it: `aws ecs update-service --force`. Then wait", 20) == [
        "restart it:",
        "aws ecs update-service --force",
        "Then wait",
    ]
    assert wrap_around_commands("see`aws ecs update-service --force`also", 20) == [
        "see",
        "aws ecs update-service --force",
        "also",
    ]
    assert wrap_around_commands("a lone ` stays", 20) == ["a lone ` stays"]


def test_labels_hang_and_sides_spread() -> None:
    """A label stands before the first line only; two sides share a line when there is room between them."""
    assert hang("first  ", ["one", "two"], 2) == ["  first  one", "         two"]
    assert spread("left", "right", 12) == ["left   right"]
    assert spread("left", "right", 10) == ["left", "  right"]
    assert spread("left", "", 10) == ["left"]


@STEADY
@given(st.text(), st.integers(2, 40), st.none() | st.integers(1, 4))
def test_no_line_is_too_wide(text: str, width: int, most: int | None) -> None:
    """Whatever the text, wrapped lines keep to the width and to their number."""
    lines = wrap(text, width, most)
    assert [line for line in lines if columns(line) > width] == []
    assert most is None or len(lines) <= most
