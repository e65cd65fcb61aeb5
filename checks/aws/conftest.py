"""What do we look at in any AWS system? One batched look per kind of part that its manifest declares."""

from checks.aws.looks_apis import (
    api_errors,
    api_latencies,
    api_metrics,
    deployed_apis,
    target_health,
    vpc_links,
)
from checks.aws.looks_containers import checked_loads, checked_tasks, services, stopped_tasks, task_counts
from checks.aws.looks_functions import (
    function_calls,
    function_durations,
    function_errors,
    function_list,
    function_throttles,
    metrics,
)
from checks.aws.looks_guards import (
    alarm_agreements,
    alarm_armaments,
    alarm_states,
    identity_facts,
    permissions,
    secret_shapes,
)
from checks.aws.looks_logs import container_error_lines, function_error_lines, newest_lines, timeout_lines

__all__ = [
    "alarm_agreements",
    "alarm_armaments",
    "alarm_states",
    "api_errors",
    "api_latencies",
    "api_metrics",
    "checked_loads",
    "checked_tasks",
    "container_error_lines",
    "deployed_apis",
    "function_calls",
    "function_durations",
    "function_error_lines",
    "function_errors",
    "function_list",
    "function_throttles",
    "identity_facts",
    "metrics",
    "newest_lines",
    "permissions",
    "secret_shapes",
    "services",
    "stopped_tasks",
    "target_health",
    "task_counts",
    "timeout_lines",
    "vpc_links",
]
