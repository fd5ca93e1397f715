"""The one exception by which a request kind says no."""

from __future__ import annotations


class Refusal(Exception):
    """A request cannot be done; the text is Google's, without ``Invalid requests[i].kind: `` before it."""


class Unsupported(Exception):
    """The workspace knows the request kind but does not do it; answered with 501 by name."""
