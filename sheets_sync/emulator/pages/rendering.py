"""Templates to HTML answers with the headers that keep them harmless."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages import csrf
from sheets_sync.emulator.wire import Response

_HERE = Path(__file__).parent
HTML = "text/html; charset=utf-8"
STATIC = {
    "pages.css": "text/css; charset=utf-8",
    "sheet.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html(
    call: Call, template: str, status: int = 200, *, scripted: bool = False, **values: object
) -> Response:
    """Render a template; it gets `nonce` for its one style block, `csrf` for staff's forms and `signed`.

    A `scripted` page may also load the scripts that carry the nonce, and they may ask this workspace.
    """
    nonce = call.ids.token(22)
    page = _templates().get_template(template)
    proof = csrf.token(call.tx, csrf.session_of(call.raw))
    text = page.render(nonce=nonce, csrf=proof, signed=call.workspace.auth == "on", **values)
    headers = security_headers(nonce, scripted=scripted) | {"content-type": HTML}
    return Response(status, headers, text.encode("utf-8", "replace"))


def security_headers(nonce: str = "", *, scripted: bool = False) -> dict[str, str]:
    """Give the headers of every page: no frames, styles of ours alone, no scripts unless it has its own."""
    style = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    script = f"script-src 'nonce-{nonce}'; connect-src 'self'; " if scripted else ""
    return {
        "content-security-policy": (
            f"default-src 'none'; {script}style-src {style}; img-src 'self'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cache-control": "no-store",
    }


def notice_alone(status: int, title: str, text: str) -> Response:
    """Render a notice for a request that reaches no page: nothing of the workspace is read for it."""
    page = _templates().get_template("notice.html").render(title=title, text=text, back=("/", "На главную"))
    return Response(status, security_headers() | {"content-type": HTML}, page.encode())


def notice(
    call: Call, status: int, title: str, text: str, back: tuple[str, str] = ("/", "На главную")
) -> Response:
    """Render a page that only says something; `back` is a link's (address, words)."""
    return html(call, "notice.html", status, title=title, text=text, back=back)


def redirect(address: str) -> Response:
    """Send the browser on to a page with GET after a successful POST."""
    return Response(303, security_headers() | {"location": address})


@cache
def static_file(name: str) -> Response | None:
    """Give one of the few fixed files of the pages, or None."""
    kind = STATIC.get(name)
    if kind is None:
        return None
    body = (_HERE / "static" / name).read_bytes()
    return Response(200, security_headers() | {"content-type": kind}, body)
