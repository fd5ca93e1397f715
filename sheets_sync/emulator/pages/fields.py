"""What a browser's form sends, as name → values."""

from __future__ import annotations

from urllib.parse import parse_qsl

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from sheets_sync.emulator.wire import Request

Fields = dict[str, list[str]]
MOST_FIELDS = 5000


class UnreadableFieldsError(ValueError):
    """The body is not a form that a browser would send; nothing of it is used."""


def posted_fields(request: Request) -> Fields:
    """Read an urlencoded or multipart body; uploaded files are left out.

    Text stays as sent, except that NUL is dropped and bytes that are not UTF-8 become U+FFFD.
    Raises UnreadableFieldsError for other bodies and for more than 5000 fields.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind == b"multipart/form-data" and options.get(b"boundary"):
        return _collected(_multipart_pairs(request.body, options[b"boundary"]))
    if kind == b"application/x-www-form-urlencoded":
        return query_fields(request.body.decode("latin-1"))
    raise UnreadableFieldsError("unknown content type")


def query_fields(text: str) -> Fields:
    """Read an urlencoded text, such as the query of a prefilled link."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise UnreadableFieldsError("too many fields") from error
    return _collected(pairs)


def _collected(pairs: list[tuple[str, str]]) -> Fields:
    if len(pairs) > MOST_FIELDS:
        raise UnreadableFieldsError("too many fields")
    fields: Fields = {}
    for name, value in pairs:
        fields.setdefault(name.replace("\0", ""), []).append(value.replace("\0", ""))
    return fields


def _multipart_pairs(body: bytes, boundary: bytes) -> list[tuple[str, str]]:
    parts = _Parts()
    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": parts.begin,
                "on_part_data": parts.data,
                "on_part_end": parts.end,
                "on_header_field": parts.header_name,
                "on_header_value": parts.header_value,
                "on_header_end": parts.header_end,
            },
        )
        parser.write(body)
        parser.finalize()
    except MultipartParseError as error:
        raise UnreadableFieldsError("broken multipart body") from error
    return parts.pairs


class _Parts:
    """Collects the text parts of a multipart body while it is parsed."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []
        self.begin()

    def begin(self) -> None:
        self._name, self._value = b"", b""
        self._disposition: dict[bytes, bytes] = {}
        self._content = bytearray()

    def header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def header_end(self) -> None:
        if self._name.lower() == b"content-disposition":
            self._disposition = parse_options_header(self._value)[1]
        self._name, self._value = b"", b""

    def data(self, data: bytes, start: int, end: int) -> None:
        self._content += data[start:end]

    def end(self) -> None:
        if b"name" in self._disposition and b"filename" not in self._disposition:
            name = self._disposition[b"name"].decode("utf-8", "replace")
            self.pairs.append((name, self._content.decode("utf-8", "replace")))
