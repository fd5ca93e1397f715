"""A pytest plugin that sends Google's hosts to the workspace named in the environment variable WORKSPACE.

It stands beside another client's suite and knows nothing of the project. What is addressed to a host of
Google goes to the workspace with its path; everything else is refused. It covers the three HTTP libraries
that clients of Google use from Python: requests, httplib2 and aiohttp, each only where it is installed.
"""

import os
from importlib.util import find_spec
from urllib.parse import parse_qs, urlsplit

_HOSTS = ("googleapis.com", "google.com")


def moved(url):
    """Give the same address at the workspace; raises ConnectionError for a host that is neither."""
    workspace = urlsplit(os.environ["WORKSPACE"])
    asked = urlsplit(url)
    host = (asked.hostname or "").lower()
    if any(host == name or host.endswith(f".{name}") for name in _HOSTS):
        if asked.path == "/$discovery/rest":  # the host alone says which service's document is asked for
            version = parse_qs(asked.query)["version"][0]
            asked = asked._replace(path=f"/discovery/v1/apis/{host.split('.')[0]}/{version}/rest")
        return asked._replace(scheme=workspace.scheme, netloc=workspace.netloc).geturl()
    if asked.hostname != workspace.hostname or asked.port != workspace.port:
        raise ConnectionError(f"the suite tried to reach {host}")
    return asked._replace(scheme=workspace.scheme).geturl()


def _move_requests():
    from requests.adapters import HTTPAdapter

    send = HTTPAdapter.send

    def to_workspace(self, request, *args, **kwargs):
        request.url = moved(request.url)
        return send(self, request, *args, **kwargs)

    HTTPAdapter.send = to_workspace


def _move_httplib2():
    import httplib2

    ask = httplib2.Http.request

    def to_workspace(self, uri, *args, **kwargs):
        return ask(self, moved(uri), *args, **kwargs)

    httplib2.Http.request = to_workspace


def _move_aiohttp():
    import aiohttp
    from yarl import URL

    ask = aiohttp.ClientSession._request

    async def to_workspace(self, method, url, **kwargs):
        return await ask(self, method, URL(moved(str(url)), encoded=True), **kwargs)

    aiohttp.ClientSession._request = to_workspace


_MOVES = {"requests": _move_requests, "httplib2": _move_httplib2, "aiohttp": _move_aiohttp}
for _library, _move in _MOVES.items():
    if find_spec(_library):
        _move()
