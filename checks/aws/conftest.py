"""What do we look at in any AWS system? One batched look per kind of part that its manifest declares."""

from checks.aws.looks_access import *
from checks.aws.looks_apis import *
from checks.aws.looks_audits import *
from checks.aws.looks_configurations import *
from checks.aws.looks_consumption import *
from checks.aws.looks_containers import *
from checks.aws.looks_definitions import *
from checks.aws.looks_edge import *
from checks.aws.looks_functions import *
from checks.aws.looks_guards import *
from checks.aws.looks_inventory import *
from checks.aws.looks_log_groups import *
from checks.aws.looks_logs import *
from checks.aws.looks_objectives import *
from checks.aws.looks_routes import *
from checks.aws.looks_stores import *
from checks.aws.looks_traffic import *
from checks.aws.looks_watching import *
