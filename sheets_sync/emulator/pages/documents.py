"""A document's page: what Docs renders, which prints to the document's own paper."""

from __future__ import annotations

import re

from sheets_sync.emulator import filetable
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.docs.kind import to_html
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.rendering import HTML, security_headers
from sheets_sync.emulator.wire import Response

_BODY = re.compile(r"<body[^>]*>")
_BAR = (
    "<style>@media print{.workspace-bar{display:none}}</style>"
    '<p class="workspace-bar" style="font:14px sans-serif"><a href="/">‹ Все файлы</a></p>'
)


def show(call: Call, name: str, query: Fields) -> Response:
    """Show a document. Its own inline styles are allowed here, scripts and outside pictures are not."""
    filetable.require_file(call, name, filetable.DOCUMENT, service="docs")
    page = _BODY.sub(lambda found: found[0] + _BAR, to_html(call.tx, name), count=1)
    headers = security_headers() | {"content-type": HTML}
    policy = headers["content-security-policy"].replace("style-src 'self'", "style-src 'unsafe-inline'")
    headers["content-security-policy"] = policy.replace("img-src 'self'", "img-src 'none'")
    return Response(200, headers, page.encode("utf-8", "replace"))
