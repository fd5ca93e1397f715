"""A pytest plugin that sends Google's hosts to the workspace named in the environment variable WORKSPACE.

It stands beside another client's suite and knows nothing of the project: it needs only `requests`. What is
addressed to a host of Google goes to the workspace with its path; everything else is refused.
"""

import os
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter

_HOSTS = ("googleapis.com", "google.com")
_send = HTTPAdapter.send


def _to_workspace(self, request, *args, **kwargs):
    workspace = urlsplit(os.environ["WORKSPACE"])
    asked = urlsplit(request.url)
    host = (asked.hostname or "").lower()
    if any(host == name or host.endswith(f".{name}") for name in _HOSTS):
        request.url = asked._replace(scheme=workspace.scheme, netloc=workspace.netloc).geturl()
    elif asked.netloc != workspace.netloc:
        raise ConnectionError(f"the suite tried to reach {host}")
    return _send(self, request, *args, **kwargs)


def pytest_configure():
    HTTPAdapter.send = _to_workspace
