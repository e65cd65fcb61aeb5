"""Is the JUnit report one that CI servers can read, and complete?"""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from reports.junit import render
from reports.results import Result
from tests.reports.samples import DENIED, FAILED, PASSED, SKIPPED, WARNING
from tests.reports.strategies import STEADY, results

XML = """\
<?xml version="1.0" encoding="utf-8"?>
<testsuites name="gonogo" tests="5" failures="1" errors="1" skipped="2" time="2.850">
  <testsuite name="madrid_bus/dev" tests="1" failures="0" errors="0" skipped="0" time="0.400">
    <testcase classname="madrid_bus.dev" name="stream.newest_bus_position" time="0.400">
      <properties>
        <property name="system" value="madrid_bus" />
        <property name="environment" value="dev" />
        <property name="severity" value="P2" />
        <property name="procedures" value="BUS-49 BUS-50" />
        <property name="looked_at" value="24" />
      </properties>
    </testcase>
  </testsuite>
  <testsuite name="madrid_bus/prod" tests="4" failures="1" errors="1" skipped="2" time="2.450">
    <testcase classname="madrid_bus.prod" name="containers.running" time="1.250">
      <properties>
        <property name="system" value="madrid_bus" />
        <property name="environment" value="prod" />
        <property name="severity" value="P1" />
        <property name="procedures" value="BUS-23" />
        <property name="looked_at" value="4" />
      </properties>
      <failure message="All four services run the tasks they should" type="failed">2 &lt; 4
people-count-feeder#x1b
first: restart
again: pytest -k running</failure>
    </testcase>
    <testcase classname="madrid_bus.prod" name="containers.size" time="0.400">
      <properties>
        <property name="system" value="madrid_bus" />
        <property name="environment" value="prod" />
        <property name="severity" value="P3" />
        <property name="procedures" value="BUS-54" />
        <property name="looked_at" value="24" />
      </properties>
      <skipped message="waived until 2026-12-01, ana: known">Tasks have the agreed CPU and memory
sensors-feeder  cpu 512  agreed 256
mcp-server  memory 512  agreed 1024
first: raise memory
again: pytest -m "madrid_bus and prod" -k containers_size</skipped>
    </testcase>
    <testcase classname="madrid_bus.prod" name="drills.restart" time="0.400">
      <properties>
        <property name="system" value="madrid_bus" />
        <property name="environment" value="prod" />
        <property name="severity" value="P2" />
        <property name="procedures" value="BUS-55" />
        <property name="looked_at" value="0" />
      </properties>
      <skipped message="a drill: only with --drills" />
    </testcase>
    <testcase classname="madrid_bus.prod" name="functions.errors" time="0.400">
      <properties>
        <property name="system" value="madrid_bus" />
        <property name="environment" value="prod" />
        <property name="severity" value="P2" />
        <property name="procedures" value="BUS-11" />
        <property name="looked_at" value="0" />
      </properties>
      <error message="Lambda errors stay under 1 %" type="denied">cloudwatch:GetMetricData
first: allow it</error>
    </testcase>
  </testsuite>
</testsuites>
"""


def test_every_outcome_has_its_element() -> None:
    """Failed is a failure, unknown an error typed by its cause, skipped and waived are skipped."""
    everything = [
        SKIPPED,
        replace(DENIED, first="allow it", again=""),
        replace(
            FAILED,
            detail="2 < 4",
            offenders=("people-count-feeder\x1b",),
            first="restart",
            again="pytest -k running",
        ),
        replace(WARNING, waiver="until 2026-12-01, ana: known"),
        replace(PASSED, environment="dev", procedures=("BUS-49", "BUS-50")),
    ]
    assert render(everything) == XML


def test_no_results_are_an_empty_report() -> None:
    """A run without results is still XML."""
    assert render([], name="petty") == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<testsuites name="petty" tests="0" failures="0" errors="0" skipped="0" time="0.000" />\n'
    )


@STEADY
@given(st.lists(st.builds(replace, results(), check=st.text(), claim=st.text(), detail=st.text())))
def test_whatever_was_observed_is_well_formed(some: list[Result]) -> None:
    """Any text, with control characters and lone surrogates, gives XML that parses, one case per result."""
    tree = ET.fromstring(render(some).encode())
    assert len(tree.findall(".//testcase")) == len(some)
