"""The school's own list of pupils and staff: spelling, codes, classes by date, denominators.

The list is the school's and stays with the school: a file beside the settings, read and never sent anywhere.
"""

from sheets_sync.domain.roster.people import NOBODY, Listed, Roster

__all__ = ["NOBODY", "Listed", "Roster"]
