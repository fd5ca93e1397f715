"""Which page an address means, and what every page refuses before it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages import (
    csrf,
    documents,
    downloads,
    home,
    homeactions,
    owner,
    respond,
    sheetchanges,
    signin,
    spreadsheets,
)
from sheets_sync.emulator.pages.fields import Fields, UnreadableFieldsError, posted_fields, query_fields
from sheets_sync.emulator.pages.rendering import notice, static_file
from sheets_sync.emulator.wire import ApiError, Request, Response

LARGEST_BODY = 8 * 1024 * 1024
Page: TypeAlias = Callable[[Call, str, Fields], Response]
_ID = r"([A-Za-z0-9_-]+)"


def _route(path: str, page: Page) -> tuple[re.Pattern[str], Page]:
    return re.compile(path.replace("ID", _ID)), page


OPEN = (
    _route(r"/signin", signin.show),
    _route(r"/forms/d/(?:e/)?ID/viewform", respond.show),
)
SHOWN = (
    *OPEN,
    _route(r"/(?:drive/folders/ID)?", home.show),
    _route(r"/forms/d/ID/edit", owner.show),
    _route(r"/spreadsheets/d/ID(?:/edit)?", spreadsheets.show),
    _route(r"/spreadsheets/d/ID/download", downloads.spreadsheet),
    _route(r"/document/d/ID(?:/edit)?", documents.show),
    _route(r"/document/d/ID/download", downloads.document),
    _route(r"/drive/files/ID/download", downloads.uploaded),
)
RESPONDENTS = (
    _route(r"/forms/d/(?:e/)?ID/formResponse", respond.take),
    _route(r"/signin", signin.enter),
)
STAFFS = (
    _route(r"/(?:drive/folders/ID)?", homeactions.change),
    _route(r"/signout", signin.leave),
    _route(r"/forms/d/ID/edit", owner.turn_switches),
    _route(r"/forms/d/ID/deleteResponse", owner.delete_response),
    _route(r"/spreadsheets/d/ID/edit", sheetchanges.change),
    _route(r"/spreadsheets/d/ID/undo", sheetchanges.take_back),
    _route(r"/spreadsheets/d/ID/redo", sheetchanges.do_again),
    _route(r"/spreadsheets/d/ID/rename", sheetchanges.rename),
)


def route(request: Request, call: Call) -> Response | None:
    """Answer a request for a page, or return None when no page has its address.

    With `auth` on, all but respondents' pages need a staff's session. Staff's POSTs need the CSRF token of
    their page (403 without). A POST that names a foreign origin is refused (403), one above 8 MiB too (413);
    a refused or failed POST changes nothing.
    """
    path = unquote(request.path, errors="replace")
    if request.method in ("GET", "HEAD"):
        shown = _shown(request, call, path)
        if shown is None and reads_pages(request.headers.get("accept", "")):
            return notice(
                call, 404, "Такой страницы нет", "Проверьте адрес: возможно, он скопирован не целиком."
            )
        return shown
    known = [found for table in (SHOWN, RESPONDENTS, STAFFS) if (found := _find(table, path))]
    if not known:
        return None
    if request.method != "POST" or not (_find(RESPONDENTS, path) or _find(STAFFS, path)):
        return notice(call, 405, "Так нельзя", "Эта страница не принимает таких запросов.")
    return _posted(request, call, path)


def reads_pages(accept: str) -> bool:
    """Tell whether a request comes from a browser's window, which is told in Russian what went wrong."""
    return "text/html" in accept


def _find(table: tuple[tuple[re.Pattern[str], Page], ...], path: str) -> tuple[Page, str] | None:
    for pattern, page in table:
        if found := pattern.fullmatch(path):
            return page, (found[1] or "") if pattern.groups else ""
    return None


def _shown(request: Request, call: Call, path: str) -> Response | None:
    if path.startswith("/static/"):
        return static_file(path.removeprefix("/static/"))
    found = _find(SHOWN, path)
    if found is None:
        if _find(RESPONDENTS, path) or _find(STAFFS, path):
            return notice(call, 405, "Так нельзя", "Эта страница не принимает таких запросов.")
        return None
    if not _find(OPEN, path) and not signin.is_signed_in(call):
        return signin.refuse(call)
    page, name = found
    try:
        return page(call, name, query_fields(request.query))
    except ApiError as refused:
        return _told(call, refused)
    except UnreadableFieldsError:
        return notice(call, 400, "Адрес не разобран", "В адресе страницы слишком много данных.")


def _posted(request: Request, call: Call, path: str) -> Response:
    if len(request.body) > LARGEST_BODY:
        return notice(call, 413, "Слишком много данных", "Ответ больше 8 мегабайт. Сократите его.")
    if _foreign(request):
        return notice(call, 403, "Отказано", "Запрос пришёл с чужой страницы.")
    staffs = _find(STAFFS, path)
    if staffs and not signin.is_signed_in(call):
        return signin.refuse(call)
    try:
        fields = posted_fields(request)
    except UnreadableFieldsError:
        return notice(call, 400, "Данные не разобраны", "Заполните форму на её странице ещё раз.")
    if staffs and not csrf.holds(call.tx, fields, csrf.session_of(request)):
        return notice(call, 403, "Отказано", "Страница устарела. Откройте её заново и повторите.")
    page, name = staffs or _find(RESPONDENTS, path) or (respond.take, "")
    call.tx.execute("SAVEPOINT page")
    try:
        answer = page(call, name, fields)
    except ApiError as refused:
        call.tx.execute("ROLLBACK TO page")
        answer = _told(call, refused)
    call.tx.execute("RELEASE page")
    return answer


def _foreign(request: Request) -> bool:
    origin = request.headers.get("origin")
    if origin is None:
        return request.headers.get("sec-fetch-site") == "cross-site"
    return urlsplit(origin).netloc != request.headers.get("host", "")


def _told(call: Call, refused: ApiError) -> Response:
    if refused.code == 404:
        return notice(call, 404, "Файл не найден", "Возможно, его удалили или ссылка неполная.")
    return notice(call, refused.code, "Не получилось", f"Рабочее место отказало: {refused.message}")
