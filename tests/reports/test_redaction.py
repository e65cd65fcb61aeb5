"""Can a secret slip through in any form it is written in?"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.redaction import Redactor
from tests.reports.strategies import STEADY

SECRET = 'k/y+ü "1'
SECRETS = st.text("k9/+ü\"\\ \n%&'<", min_size=1, max_size=12).map(lambda core: f"Q{core}ZZZZ")
QUOTINGS: tuple[Callable[[str], str], ...] = (
    str,
    repr,
    quote,
    json.dumps,
    lambda secret: json.dumps(repr(secret)),
    lambda secret: json.dumps(json.dumps(json.dumps(secret))),
)
SURROUNDINGS = st.text("abc .:", max_size=5)


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        (f"key={SECRET};", "key=[redacted];"),
        (f"?api_key={quote(SECRET)}&group=a", "?api_key=[redacted]&group=a"),
        (f"?api_key={quote(SECRET, safe='')}&group=a", "?api_key=[redacted]&group=a"),
        (f"?api_key={quote_plus(SECRET)}&group=a", "?api_key=[redacted]&group=a"),
        (f"?api_key={quote(SECRET, safe='').lower()}&group=a", "?api_key=[redacted]&group=a"),
        (json.dumps({"api_key": SECRET}), '{"api_key": "[redacted]"}'),
        (json.dumps({"api_key": SECRET}, ensure_ascii=False), '{"api_key": "[redacted]"}'),
        (json.dumps(json.dumps([SECRET])), '"[\\"[redacted]\\"]"'),
        (repr({"key": SECRET + "'"}), "{'key': '[redacted]\\''}"),
        (f"{SECRET}{SECRET}", "[redacted]"),
        ("nothing to hide", "nothing to hide"),
        ("", ""),
    ],
)
def test_every_form_is_redacted(text: str, redacted: str) -> None:
    """Plain, URL-encoded, JSON-escaped and represented secrets are replaced, and nothing else."""
    assert Redactor([SECRET]).text(text) == redacted


@pytest.mark.parametrize("before", ["", "u", "us", "user:", "user:pass"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_secrets_within_base64_are_redacted(before: str, encode: Callable[[bytes], bytes]) -> None:
    """Basic credentials and the like are found wherever the secret starts within them."""
    encoded = encode(f"{before}{SECRET}!".encode()).decode()
    assert "[redacted]" in Redactor([SECRET]).text(f"Basic {encoded}")


@STEADY
@given(SECRETS, SURROUNDINGS, SURROUNDINGS)
def test_no_form_of_a_secret_survives(secret: str, before: str, after: str) -> None:
    """Whatever stands around a secret, none of its forms is left."""
    forms = [secret, quote(secret), quote_plus(secret), json.dumps(secret)[1:-1]]
    forms.append(base64.b64encode(secret.encode()).decode())
    redactor = Redactor([secret])
    for form in forms:
        assert form not in redactor.text(f"{before}{form}{after}")


@pytest.mark.parametrize("secret", ["it's-secret", 'so"secret', "both'\"kinds", "back\\slashed", "plain-one"])
def test_quotes_within_quotes_are_redacted(secret: str) -> None:
    """An API that repeats its headers, an assertion that shows its answer, a report that is JSON."""
    echoed = json.dumps({"message": f"cannot handle {{'x-api-key': {secret!r}}}"})
    for text in (repr([echoed]), json.dumps(repr(json.loads(echoed))), repr(f"\"{secret}'")):
        found = Redactor([secret]).text(text)
        assert "[redacted]" in found
        assert secret[:4] not in found


def test_overlapping_secrets_leave_nothing_of_either() -> None:
    """Secrets that share characters, or begin alike, are redacted as one."""
    redactor = Redactor(["abcdef", "defghi", "abcdef-2"])
    assert redactor.text("(abcdefghi) (abcdef-2)") == "([redacted]) ([redacted])"


def test_short_secrets_are_ignored() -> None:
    """What is shorter than six characters would blank out ordinary words."""
    assert Redactor(["", "prod", " stage "]).text("prod stage") == "prod stage"


def test_secrets_can_be_learnt_later() -> None:
    """A secret read during the run is redacted from then on, with or without its line end."""
    redactor = Redactor()
    redactor.learn("hush-hush\n")
    assert redactor.text("hush-hush!") == "[redacted]!"
    assert repr(redactor) == "Redactor(4 forms)"


def test_values_are_redacted_at_any_depth() -> None:
    """Keys, items and numbers of nested values are looked at; everything else stays what it is."""
    redactor = Redactor(["hush-hush", "12345678"])
    value = {"a": [1, None, True, ("hush-hush", 2.5)], "x-hush-hush": {"pin": 12345678}}
    assert redactor.value(value) == {
        "a": [1, None, True, ["[redacted]", 2.5]],
        "x-[redacted]": {"pin": "[redacted]"},
    }


@STEADY
@given(SECRETS, st.sampled_from(["{}", "<{}>", 'a\n{}"', "\\\\{}"]), st.sampled_from(QUOTINGS))
def test_a_line_of_json_is_the_redacted_value(secret: str, around: str, quoted: Callable[[str], str]) -> None:
    """Whatever is found by a look at every text of a value is found by one at its line, too."""
    text = around.replace("{}", quoted(secret))
    value = {"rows": [{text: 1}, {"of": [text, 2.5, None]}], "more": "nothing to hide"}
    redactor = Redactor([secret])
    assert json.loads(redactor.json(value)) == redactor.value(value) != value


def test_a_line_of_json_holds_no_number_that_is_a_secret() -> None:
    """Also where a number stands, and only if all of it is the secret."""
    redactor = Redactor(["12345678"])
    assert redactor.json([12345678, 123456789]) == '["[redacted]", 123456789]'


def test_secrets_of_undecodable_bytes_are_accepted() -> None:
    """A secret from the environment that is not UTF-8 does not stop the run."""
    assert Redactor(["hush\udcff-hush"]).text("hush\udcff-hush") == "[redacted]"
