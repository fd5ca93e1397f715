"""All collections of evidence that a rule may name."""

from collections.abc import Mapping

from sheets_sync.domain.indicators.pair_records import PAIR_COLLECTIONS
from sheets_sync.domain.indicators.people_records import PEOPLE_COLLECTIONS
from sheets_sync.domain.indicators.records import Collection
from sheets_sync.domain.indicators.school_records import SCHOOL_COLLECTIONS

COLLECTIONS: Mapping[str, Collection] = {**PEOPLE_COLLECTIONS, **PAIR_COLLECTIONS, **SCHOOL_COLLECTIONS}
