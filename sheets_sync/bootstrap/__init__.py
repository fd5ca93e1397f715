"""Put the parts together: the only package that names concrete adapters."""

from sheets_sync.bootstrap.opening import open_on, open_school, play_demo, utc_now
from sheets_sync.bootstrap.school import School
from sheets_sync.workflows.night import last_night
from sheets_sync.workflows.outcomes import InitReport, NightPlan

__all__ = [
    "InitReport",
    "NightPlan",
    "School",
    "last_night",
    "open_on",
    "open_school",
    "play_demo",
    "utc_now",
]
