"""How do secrets stay out of everything that is written down?"""

from __future__ import annotations

import base64
import json
from bisect import bisect_right
from collections.abc import Iterable
from threading import Lock
from typing import Any
from urllib.parse import quote, quote_plus

REDACTED = "[redacted]"
SHORTEST = 6
QUOTED_WITHIN = 3


class Redactor:
    """Replaces every secret it was told, in any form it may be written in, by `[redacted]`.

    Safe to be taught and used by many threads.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Know these secrets from the start."""
        self._forms: frozenset[str] = frozenset()
        self._by_length: tuple[list[str], list[int]] = [], []
        self._in_json: tuple[str, ...] = ()
        self._learning = Lock()
        for secret in secrets:
            self.learn(secret)

    def __repr__(self) -> str:
        """Without the secrets."""
        return f"{type(self).__name__}({len(self._forms)} forms)"

    def learn(self, secret: str) -> None:
        """From now on, redact this one, too; ignored if shorter than 6 characters, as it would hit words."""
        trimmed = secret.strip()
        if len(trimmed) >= SHORTEST:
            with self._learning:
                self._forms |= _forms(trimmed)
                ordered = sorted(self._forms, key=len)
                self._by_length = ordered, [len(form) for form in ordered]
                self._in_json = tuple(json.dumps(form, ensure_ascii=False)[1:-1] for form in ordered)

    def text(self, text: str) -> str:
        """The text with every secret replaced; secrets that overlap or touch leave one `[redacted]`."""
        forms, lengths = self._by_length
        # Nearly all texts are shorter than nearly all secrets.
        fitting = forms[: bisect_right(lengths, len(text))]
        spans = sorted(span for form in fitting for span in _spans(form, text))
        if not spans:
            return text
        pieces: list[str] = []
        end = 0
        for start, stop in spans:
            if start > end or not pieces:
                pieces += [text[end:start], REDACTED]
            end = max(end, stop)
        return "".join([*pieces, text[end:]])

    def value(self, value: Any) -> Any:
        """The same at any depth: keys, items, and numbers that are a secret; tuples become lists."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.value(key): self.value(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        if isinstance(value, int | float) and self.text(str(value)) == REDACTED:
            return REDACTED
        return value

    def json(self, value: Any) -> str:
        """A value as one line of JSON that holds no secret."""
        line = json.dumps(value, ensure_ascii=False)
        # Nearly all values hold none, which one search of the whole line shows.
        if any(form in line for form in self._in_json):
            return json.dumps(self.value(value), ensure_ascii=False)
        return line


def _spans(form: str, text: str) -> Iterable[tuple[int, int]]:
    start = text.find(form)
    while start >= 0:
        yield start, start + len(form)
        start = text.find(form, start + 1)


def _forms(secret: str) -> frozenset[str]:
    """As it is, URL-encoded, quoted up to three times over (JSON within the repr of JSON), and in base64."""
    plain = {secret}
    for _ in range(QUOTED_WITHIN):
        plain |= {form for known in plain for form in _quoted(known)}
    raw = secret.encode(errors="surrogatepass")
    encoded = {quote(raw), quote(raw, safe=""), quote_plus(raw)}
    encoded |= {_lower_case_escapes(form) for form in encoded}
    return frozenset(plain | encoded | set(_base64_cores(raw)))


def _quoted(text: str) -> set[str]:
    """As JSON and as Python writes it, whose quotes depend on what stands around it."""
    json_forms = {json.dumps(text, ensure_ascii=is_ascii)[1:-1] for is_ascii in (True, False)}
    bare = repr(text + "'\"")[1:-4]
    return json_forms | {bare, bare.replace("\\'", "'")}


def _lower_case_escapes(encoded: str) -> str:
    first, *rest = encoded.split("%")
    return "%".join([first, *(part[:2].lower() + part[2:] for part in rest)])


def _base64_cores(secret: bytes) -> Iterable[str]:
    """What base64 makes of the secret at each of the three places in a group where it may start.

    Only the characters that depend on nothing but the secret, so that it is found amid other data
    (`Authorization: Basic …`).
    """
    for before in range(3):
        padded = bytes(before) + secret
        start, stop = -(-before * 8 // 6), len(padded) * 8 // 6
        core = base64.b64encode(padded + bytes(3)).decode()[start:stop]
        yield core
        yield core.translate(str.maketrans("+/", "-_"))
