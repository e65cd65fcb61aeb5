"""What do we look at in the AI Lifestyle App? Its doors as a stranger, its accounts and goals as a user."""

from checks.ai_lifestyle.looks_access import *
from checks.ai_lifestyle.looks_accounts import *
from checks.ai_lifestyle.looks_conduct import *
from checks.ai_lifestyle.looks_drills import *
from checks.ai_lifestyle.looks_goals import *
from checks.ai_lifestyle.looks_lines import *
from checks.ai_lifestyle.looks_lists import *
from checks.ai_lifestyle.looks_numbers import *
from checks.ai_lifestyle.looks_people import *
from checks.ai_lifestyle.looks_rows import *
