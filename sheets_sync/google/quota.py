"""Keeping below Google's quotas: how many requests a minute each service grants one user.

Source: developers.google.com/workspace/sheets/api/limits, forms/api/limits, docs/api/limits (per minute and
user). Drive counts units whose price per method is not published, so it is not paced.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pyrate_limiter import Duration, InMemoryBucket, Rate, RateItem

GOOGLE: Mapping[tuple[str, bool], int] = {
    ("sheets", False): 60,
    ("sheets", True): 60,
    ("forms", False): 180,
    ("forms", True): 150,
    ("docs", False): 300,
    ("docs", True): 60,
}
"""Requests a minute by (service, whether it writes)."""

_MARGIN = 0.95


@dataclass
class Pace:
    """Waits before a request that would exceed a quota; the clock and the sleep are given."""

    quota: Mapping[tuple[str, bool], int]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]
    _buckets: dict[tuple[str, bool], InMemoryBucket] = field(default_factory=dict)

    def wait(self, service: str, *, write: bool) -> None:
        """Return when one more request of this kind is within its quota."""
        limit = self.quota.get((service, write))
        if limit is None:
            return
        kind = (service, write)
        if kind not in self._buckets:
            self._buckets[kind] = InMemoryBucket([Rate(int(limit * _MARGIN), Duration.MINUTE)])
        bucket = self._buckets[kind]
        while True:
            now = int(self.monotonic() * 1000)
            bucket.leak(now)
            item = RateItem(service, now)
            if bucket.put(item):
                return
            missing = bucket.waiting(item)
            self.sleep(max(missing, 1) / 1000 if isinstance(missing, int) else 1.0)
