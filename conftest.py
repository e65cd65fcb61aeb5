"""Which plugins make pytest into gonogo?"""

pytest_plugins = [
    "fixtures.selection",
    "fixtures.replay",
    "fixtures.outcomes",
    "fixtures.results",
    "fixtures.local_twin",
    "fixtures.looking",
    "fixtures.leaving",
    "fixtures.aws",
    "fixtures.reading_ahead",
    "fixtures.writing",
    "fixtures.web",
    "fixtures.sql",
]
