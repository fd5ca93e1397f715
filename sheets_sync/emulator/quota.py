"""Google's quotas per minute, counted on the workspace's own clock.

Source: recorded 429 body (gargle); limits from the services' usage-limit pages. Drive's limit and the names
of Forms' and Docs' metrics are assumed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sheets_sync.emulator.routes import Route
from sheets_sync.emulator.wire import ApiError

PROJECT_NUMBER = "603366585132"
WINDOW = timedelta(minutes=1)


@dataclass(frozen=True)
class Allowance:
    """Requests per minute for the whole project and for one user."""

    project: int
    user: int


GOOGLE: Mapping[tuple[str, str], Allowance] = {
    ("sheets", "Read"): Allowance(300, 60),
    ("sheets", "Write"): Allowance(300, 60),
    ("docs", "Read"): Allowance(3000, 300),
    ("docs", "Write"): Allowance(600, 60),
    ("forms", "Read"): Allowance(975, 390),
    ("forms", "Expensive read"): Allowance(450, 180),
    ("forms", "Write"): Allowance(375, 150),
    ("drive", "Read"): Allowance(12000, 12000),
    ("drive", "Write"): Allowance(12000, 12000),
}


@dataclass
class Quota:
    """A quota profile with what was used in the last minute."""

    allowances: Mapping[tuple[str, str], Allowance] = field(default_factory=lambda: GOOGLE)
    _used: dict[tuple[str, ...], deque[datetime]] = field(default_factory=dict)

    def spend(self, route: Route, user: str, now: datetime) -> None:
        """Count one request.

        Raises ApiError: 429 RESOURCE_EXHAUSTED, from Drive 403 userRateLimitExceeded.
        """
        bucket = (route.service, _kind(route))
        allowance = self.allowances.get(bucket)
        if allowance is None:
            return
        for limit, key in ((allowance.user, (*bucket, user)), (allowance.project, bucket)):
            used = self._used.setdefault(key, deque())
            while used and used[0] <= now - WINDOW:
                used.popleft()
            if len(used) >= limit:
                raise exhausted(route.service, bucket[1], limit, per_user=len(key) == 3)
        for key in ((*bucket, user), bucket):
            self._used[key].append(now)


def _kind(route: Route) -> str:
    if route.method_id == "forms.forms.responses.list":
        return "Expensive read"
    return "Write" if route.writes else "Read"


def exhausted(service: str, kind: str, limit: int, *, per_user: bool = True) -> ApiError:
    """Refuse as Google does when a quota is used up."""
    if service == "drive":
        return ApiError(
            403,
            "User rate limit exceeded." if per_user else "Rate limit exceeded.",
            reason="userRateLimitExceeded" if per_user else "rateLimitExceeded",
            domain="usageLimits",
        )
    whose = " per user" if per_user else ""
    host = f"{service}.googleapis.com"
    message = (
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute{whose}' "
        f"of service '{host}' for consumer 'project_number:{PROJECT_NUMBER}'."
    )
    name = "".join(word.capitalize() for word in kind.split())
    metadata = {
        "quota_limit_value": str(limit),
        "service": host,
        "consumer": f"projects/{PROJECT_NUMBER}",
        "quota_unit": "1/min/{project}/{user}" if per_user else "1/min/{project}",
        "quota_location": "global",
        "quota_metric": f"{host}/{kind.lower().replace(' ', '_')}_requests",
        "quota_limit": f"{name}RequestsPerMinutePer{'User' if per_user else 'Project'}",
    }
    return ApiError(429, message, "RESOURCE_EXHAUSTED", details=[_info(metadata), _HELP])


def _info(metadata: dict[str, str]) -> dict[str, Any]:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "RATE_LIMIT_EXCEEDED",
        "domain": "googleapis.com",
        "metadata": metadata,
    }


_HELP = {
    "@type": "type.googleapis.com/google.rpc.Help",
    "links": [
        {
            "description": "Request a higher quota limit.",
            "url": "https://cloud.google.com/docs/quotas/help/request_increase",
        }
    ],
}
