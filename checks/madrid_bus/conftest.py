"""What do we look at in Madrid Bus? Its APIs as a visitor, its sockets as a subscriber, its tables by SQL."""

from checks.madrid_bus.looks_access import *
from checks.madrid_bus.looks_agreement import *
from checks.madrid_bus.looks_configuration import *
from checks.madrid_bus.looks_drills import *
from checks.madrid_bus.looks_errors import *
from checks.madrid_bus.looks_mcp import *
from checks.madrid_bus.looks_rest import *
from checks.madrid_bus.looks_sockets import *
from checks.madrid_bus.looks_tables import *
