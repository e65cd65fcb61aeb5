"""What does the page of a run say of some results?"""

from __future__ import annotations

from reports.results import Result
from reports.run import RunInfo
from reports.terminal import page
from reports.verdict import decide
from tests.reports.samples import QUIET_RUN


def told(given_results: list[Result], run: RunInfo = QUIET_RUN, verbosity: int = 0) -> str:
    """The whole page."""
    return page(run, decide(given_results), given_results, verbosity=verbosity)


def body(text: str) -> str:
    """The page without its heading, its headline and the folder of the run."""
    return "\n\n".join(text.split("\n\n")[2:-1]) + "\n"
