"""Is what README says true: its commands, its numbers, its links?"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import requests

from tests.command_line import surroundings
from tests.judging import ROOT, a_twin, judge

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
SPANS = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", TEXT, flags=re.MULTILINE | re.DOTALL))
INVENTED = "000000000000"
BROKEN = "a_service_vanished"


def blocks(language: str) -> list[str]:
    """The code blocks of a language."""
    return [text for name, text in BLOCKS if name == language]


@cache
def said(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """What pytest answers in the repository to a person who has exported these variables."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=ROOT,
        env=surroundings(**variables),
        capture_output=True,
        text=True,
        timeout=120,
    )


def variables() -> dict[str, str]:
    """Whatever variable an environment names, with something in it."""
    manifests = [path.read_text(encoding="utf-8") for path in ROOT.glob("checks/*/system.toml")]
    return dict.fromkeys(re.findall(r'"env:(\w+)"', "".join([TEXT, *manifests])), INVENTED)


def commands() -> Iterator[list[str]]:
    """The arguments of each pytest command."""
    for line in "".join(blocks("sh")).splitlines():
        words = shlex.split(line, comments=True)
        if words[0].endswith("/pytest"):
            yield words[1:]


def test_readme_is_short() -> None:
    """It can be read in one go."""
    assert len(TEXT.splitlines()) < 120


@pytest.mark.parametrize("arguments", list(commands()), ids=" ".join)
def test_commands_select_something(arguments: list[str]) -> None:
    """Every pytest command is understood, and there is something to run."""
    answer = said(*arguments, "--collect-only", "-q", **variables())
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert " collected" in answer.stdout


def test_the_number_of_checks_is_the_true_one() -> None:
    """What is told of a run makes up as many checks as there are, of both systems or of the one shown."""
    checks = [line for line in said("--collect-only", "-q").stdout.splitlines() if "::" in line]
    of_one = [line for line in checks if "[madrid_bus-local" in line]
    assert [sum(numbers) for numbers in tallies()] == [len(checks), len(of_one)]


def tallies() -> Iterator[list[int]]:
    """The numbers of checks in each verdict that is shown."""
    for line in "".join(blocks("console")).splitlines():
        if re.match("GO|HOLD|NO-GO", line):
            told = re.findall(r"(\d+) (?:reason|warning|unknown|passed|skipped)", line)
            yield [int(number) for number in told]


def test_a_break_looks_as_it_is_shown() -> None:
    """The twin takes its options, and the page of the broken one has every line that README shows of it."""
    (shown,) = [text for text in blocks("console") if BROKEN in text]
    _, _, *lines = [line for line in shown.splitlines() if line]
    options = ("--fault", BROKEN, "--latency-ms", "1", "--clock-offset-s", "1")
    with a_twin(*options) as twin:
        faults = requests.get(f"{twin}/_twin/faults", timeout=10).json()
        judgement = judge(twin, "-m", "madrid_bus", "-k", "test_every_service_runs_its_tasks")
    assert [one["name"] for one in faults if one["on"]] == [BROKEN]
    assert judgement.exit_code == 1
    assert [line for line in lines if line not in judgement.text.splitlines()] == []


def test_the_check_shown_is_the_real_one() -> None:
    """Word for word."""
    (shown,) = blocks("python")
    assert shown in (ROOT / "checks" / "aws" / "test_containers.py").read_text(encoding="utf-8")


def test_the_configuration_shown_is_accepted(tmp_path: Path) -> None:
    """It makes an environment whose checks can be selected."""
    (snippet,) = blocks("toml")
    path = tmp_path / "gonogo.toml"
    path.write_text(snippet, encoding="utf-8")
    ((system, table),) = tomllib.loads(snippet).items()
    (name,) = table["environments"]
    answer = said(f"--config={path}", "-m", f"{system} and {name}", "--collect-only", "-q", **variables())
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert f"[{system}-{name}]" in answer.stdout


def test_links_lead_somewhere() -> None:
    """Every file that is linked is there; two of them are made by `make golden`."""
    linked = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert linked
    assert [link for link in linked if not (ROOT / link).is_file()] == []


def options_in(text: str) -> set[str]:
    """Every option in a text; `--junit-xml`, as pytest shows it, has `--junitxml` for an older name."""
    return set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", text.replace("--junit-xml", "--junitxml")))


def test_options_exist() -> None:
    """Each option in the table or in the text is one of pytest's, or one of the twin's."""
    twin = subprocess.run(
        [sys.executable, "-m", "fixtures.twins", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    known = options_in(said("--help").stdout + twin.stdout)
    named = options_in("\n".join(SPANS))
    assert {"--budget", "--replay", "--fault"} <= named
    assert named - known == set()


def test_marks_exist() -> None:
    """Every mark in the text is registered."""
    (sentence,) = re.findall(r"^Marks: .*?\. A misspelt", TEXT, re.MULTILINE | re.DOTALL)
    named = [word for span in re.findall(r"`([^`]+)`", sentence) for word in span.split("…")]
    registered = set(re.findall(r"@pytest\.mark\.(\w+)", said("--markers").stdout))
    assert [mark for words in named for mark in words.split() if mark not in registered] == []


def test_make_does_what_is_said() -> None:
    """Every target exists, and `make verify` with its variables is the command that README says it is."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake (\w+)", " ".join([*SPANS, *(text for _, text in BLOCKS)])))
    assert targets >= {"verify", "test"}
    assert [one for one in targets if not re.search(rf"^{one}:", makefile, re.MULTILINE)] == []
    ((make, command),) = re.findall(r"`(make verify SYSTEM=[^`]+)` is `pytest ([^`]+)`", TEXT)
    dry = subprocess.run(["make", "-n", *shlex.split(make)[1:]], cwd=ROOT, capture_output=True, text=True)
    assert command in dry.stdout
