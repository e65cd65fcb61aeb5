"""How does text of any origin fit into so many columns?"""

from __future__ import annotations

import re
import unicodedata

_TOKEN = re.compile(r"[^\s`]*`[^`]+`[^\s`]*|\S+")
_COMMAND = re.compile(r"([^`]*)`([^`]+)`([^`]*)")


def harmless(text: str) -> str:
    """Without the control, format and surrogate characters that could steer a terminal."""
    return "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in text)


def plain(text: str) -> str:
    """On one line: every run of white space is one space, and nothing steers a terminal."""
    return harmless(" ".join(text.split()))


def columns(text: str) -> int:
    """How many terminal columns it takes."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, width: int) -> str:
    """At most `width` columns, with an ellipsis where something was left out."""
    return text if columns(text) <= width else _head(text, width - 1).rstrip() + "…"


def _head(text: str, width: int) -> str:
    """The longest beginning of `text` that fits."""
    taken = 0
    for index, char in enumerate(text):
        taken += _columns(char)
        if taken > width:
            return text[:index]
    return text


def wrap(text: str, width: int, most: int | None = None) -> list[str]:
    """Lines of at most `width` columns, broken between words; `most` lines, the last with an ellipsis.

    What fits on one line keeps its spacing.
    """
    line = text.strip()
    if line.isprintable() and columns(line) <= width:
        return [line] if line else []
    lines = _fill(plain(text).split(), width)
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width)]


def wrap_around_commands(text: str, width: int) -> list[str]:
    """Lines as `wrap` makes them, except that a command in backticks is never broken.

    A command too long for a line has one to itself, uncut and without its backticks, ready to be copied.
    """
    lines: list[str] = []
    words: list[str] = []
    for token in _TOKEN.findall(plain(text)):
        match = _COMMAND.fullmatch(token)
        if match is None or columns(token) <= width:
            words.append(token)
            continue
        before, command, after = match.groups()
        words += [before] if _has_words(before) else []
        lines += [*_fill(words, width), command]
        words = [after] if _has_words(after) else []
    return lines + _fill(words, width)


def _has_words(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _fill(words: list[str], width: int) -> list[str]:
    """Greedy; a word wider than a line is broken at its end."""
    lines: list[str] = []
    line = ""
    for word in words:
        if line and columns(line) + 1 + columns(word) <= width:
            line = f"{line} {word}"
            continue
        lines += [line] if line else []
        line = word
        while columns(line) > width:
            lines.append(_head(line, width) or line[0])
            line = line[len(lines[-1]) :]
    return [*lines, line] if line else lines


def hang(label: str, lines: list[str], indent: int = 0) -> list[str]:
    """The lines with the label before the first, and the others below it."""
    margin = " " * indent
    return [
        f"{margin}{label if not number else ' ' * columns(label)}{line}" for number, line in enumerate(lines)
    ]


def spread(left: str, right: str, width: int) -> list[str]:
    """Both on one line, `right` at its end; below each other when they do not fit."""
    gap = width - columns(left) - columns(right)
    if right and gap >= 2:
        return [f"{left}{' ' * gap}{right}"]
    return ([left] if columns(left) <= width else wrap(left, width)) + wrap_indented(right, width, 2)


def wrap_indented(text: str, width: int, indent: int = 0) -> list[str]:
    """Wrapped, each line after so many spaces."""
    return [" " * indent + line for line in wrap(text, width - indent)]
