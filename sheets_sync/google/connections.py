"""The three ways to the services: Google's own hosts, a served workspace, a workspace in this process.

Above this module nothing knows which of them is in use.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import google_auth_httplib2
import httplib2
import requests
from google.auth.credentials import AnonymousCredentials, Credentials
from google.auth.transport.requests import AuthorizedSession, Request
from googleapiclient.discovery import build_from_document
from requests.adapters import BaseAdapter, HTTPAdapter

from sheets_sync.google.channel import Channel, Clock, Tally
from sheets_sync.google.quota import GOOGLE

HTTP_TIMEOUT_S = 185
"""Longer than the service's own 180 s, so that its error arrives before ours."""


@dataclass(frozen=True, slots=True)
class Wire:
    """What carries requests: a transport of requests and a maker of objects shaped as httplib2.Http."""

    adapter: BaseAdapter
    http: Callable[[], Any]


def live(credentials: Credentials, clock: Clock | None = None, wire: Wire | None = None) -> Channel:
    """Return the way to Google's own hosts, over the network unless another wire is given."""
    tally = Tally()
    asking = requests.Session()
    session = _authorized(credentials, _CountedRequest(tally, asking))
    if wire is not None:
        for one in (session, asking):
            one.mount("https://", wire.adapter)

    def build(name: str, version: str) -> Any:
        bare = httplib2.Http(timeout=HTTP_TIMEOUT_S) if wire is None else wire.http()
        http = google_auth_httplib2.AuthorizedHttp(credentials, http=bare)
        return build_from_document(_document(name, version), http=http)

    return Channel(session, build, clock or Clock(), tally=tally, quota=GOOGLE, plain=asking)


def served(url: str, clock: Clock | None = None) -> Channel:
    """Return the way to a workspace that somebody serves at `url`."""
    base = url.rstrip("/")
    session = requests.Session()
    session.mount("https://", _Redirected(base))

    def build(name: str, version: str) -> Any:
        document = json.loads(_document(name, version))
        # The root address is changed in the document itself: with `api_endpoint` uploads and batches
        # would still go to Google, and with them the token.
        document |= {"rootUrl": f"{base}/", "baseUrl": f"{base}/{document['servicePath']}"}
        return build_from_document(json.dumps(document), http=httplib2.Http(timeout=HTTP_TIMEOUT_S))

    return Channel(session, build, clock or Clock(), plain=session)


def embedded(adapter: BaseAdapter, http: Callable[[], Any], clock: Clock | None = None) -> Channel:
    """Return the way to a workspace of this process.

    Shape: `adapter` is a transport of requests; `http()` makes an object shaped as httplib2.Http.
    """
    anonymous: Any = AnonymousCredentials
    session = _authorized(anonymous(), None)
    session.mount("https://", adapter)

    def build(name: str, version: str) -> Any:
        return build_from_document(_document(name, version), http=http())

    return Channel(session, build, clock or Clock())


def _authorized(credentials: Credentials, auth_request: Request | None) -> requests.Session:
    make: Any = AuthorizedSession
    session: requests.Session = make(credentials, auth_request=auth_request)
    return session


class _Redirected(HTTPAdapter):
    """Sends what is meant for Google's hosts to another address."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = urlsplit(base)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send one request."""
        asked = urlsplit(request.url or "")
        path = self._base.path.rstrip("/") + asked.path
        request.url = urlunsplit((self._base.scheme, self._base.netloc, path, asked.query, ""))
        return super().send(request, *args, **kwargs)


class _CountedRequest(Request):
    """google-auth's transport that counts the tokens asked for."""

    def __init__(self, tally: Tally, session: requests.Session) -> None:
        super().__init__(session)
        self._tally = tally

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Ask for a token."""
        self._tally.requests["token"] += 1
        ask: Any = super().__call__
        return ask(*args, **kwargs)


@cache
def _document(name: str, version: str) -> str:
    """Return a discovery document with its schemas emptied.

    The client reads schemas only to print them into its methods' docstrings (googleapiclient/discovery.py,
    createMethod), which takes most of the time of building a service; it never checks a body against them.
    """
    place = files("googleapiclient.discovery_cache").joinpath("documents", f"{name}.{version}.json")
    document = json.loads(place.read_bytes())
    document["schemas"] = {one: {"id": one, "type": "object"} for one in document["schemas"]}
    return json.dumps(document)
