"""A document's page: what Docs renders, which prints to the document's own paper."""

from __future__ import annotations

import re
from html import escape

from sheets_sync.emulator import filetable
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.docs.kind import to_html
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.rendering import HTML, security_headers
from sheets_sync.emulator.wire import Response

_BODY = re.compile(r"<body[^>]*>")
_BAR = """<style>
.workspace-bar{font:15px system-ui,"DejaVu Sans",sans-serif;display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;
align-items:center;background:#fff;border-bottom:1px solid #d9dee4;padding:.6rem 1rem;position:sticky;top:0}
.workspace-bar b{font-weight:600;flex:1;min-width:12rem;overflow:hidden;text-overflow:ellipsis}
.workspace-bar a{color:#3f5bb5}
@media print{.workspace-bar{display:none}}
@media screen and (max-width:40rem){main{padding:1.2rem!important;overflow-x:auto}}
</style><nav class="workspace-bar" aria-label="Документ"><a href="/">‹ Все файлы</a><b>TITLE</b>
<a href="/document/d/ID/download?format=docx">Скачать DOCX</a>
<a href="/document/d/ID/download?format=pdf">PDF для печати</a></nav>
"""


def show(call: Call, name: str, query: Fields) -> Response:
    """Show a document. Its own inline styles are allowed here, scripts and outside pictures are not."""
    row = filetable.require_file(call, name, filetable.DOCUMENT, service="docs")
    bar = _BAR.replace("ID", name).replace("TITLE", escape(row.name))
    page = _BODY.sub(lambda found: found[0] + bar, to_html(call.tx, name), count=1)
    headers = security_headers() | {"content-type": HTML}
    policy = headers["content-security-policy"].replace("style-src 'self'", "style-src 'unsafe-inline'")
    headers["content-security-policy"] = policy.replace("img-src 'self'", "img-src 'none'")
    return Response(200, headers, page.encode("utf-8", "replace"))
