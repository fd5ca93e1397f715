"""Document templates as declared in config/documents/: paragraphs, signature lines and tables."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sheets_sync.domain.russian.typography import unbroken

Align = Literal["left", "center", "right", "justify"]
PLACEHOLDER = re.compile(r"\{\{([А-ЯЁа-яёA-Za-z_ ]+)\}\}")
"""A field of a template: words in double braces."""

STAMPED = ("номер документа", "дата документа")
"""Fields that stay blank in a draft; the secretary's number and date go there once it is registered."""

EDITION = "{{редакция}}"
"""Stands for the edition inside a template's own text, and comes in before the template is made."""

ORDINAL = "№"
"""The field of a table's first column that the program numbers by itself."""

_ALIGNS = ("left", "center", "right", "justify")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `indent` is the first line's and `left` the whole block's in centimetres, `after` the
    space below in points; `keep` holds it on one page with the next paragraph.
    """

    text: str
    align: Align = "left"
    bold: bool = False
    indent: float = 0.0
    after: float = 0.0
    page_break_before: bool = False
    left: float = 0.0
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Lines of two aligned columns without borders; `width` is the left one's in centimetres."""

    rows: tuple[tuple[str, str], ...]
    width: float = 11.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the appendix table; `width` in centimetres."""

    title: str
    field: str
    width: float


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table with a header row that repeats on every page and a row per record.

    Shape: `name` is "" for the only table of a template; `size` is the text's in points.
    """

    columns: tuple[Column, ...]
    name: str = ""
    size: float = 11.0

    @property
    def numbered(self) -> bool:
        """Whether the first column counts the rows."""
        return self.columns[0].field == ORDINAL


Block = Paragraph | Signature | DataTable


@dataclass(frozen=True, slots=True)
class TemplateSpec:
    """A template; `kind` is the drop-down's text in «Документы», `name` the name of the file at Drive.

    Shape: `folder` names the folder inside the school's in which the documents lie, "" for the school's own;
    `landscape` turns the page; `size` is the text's in points; `edition` is what people call this version of
    the text («1 от 01.09.2022»), "" where nobody asks.
    """

    id: str
    kind: str
    name: str
    heading: str
    blocks: tuple[Block, ...]
    folder: str = ""
    landscape: bool = False
    size: float = 13.0
    edition: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """Names of the placeholders outside the tables: each must be there when a document is made."""
        texts: list[str] = []
        for block in self.blocks:
            match block:
                case Paragraph():
                    texts.append(block.text)
                case Signature():
                    texts += [text for row in block.rows for text in row]
                case DataTable():
                    continue
        return frozenset(name for text in texts for name in PLACEHOLDER.findall(text))

    @property
    def tables(self) -> tuple[DataTable, ...]:
        """The tables in the order in which they stand."""
        return tuple(block for block in self.blocks if isinstance(block, DataTable))

    @property
    def stamped(self) -> bool:
        """Whether registration puts a number and a date into the text."""
        return bool(self.fields & set(STAMPED))


Problem = tuple[tuple[str | int, ...], str]


def template_from_config(name: str, data: Mapping[str, object]) -> tuple[TemplateSpec, list[Problem]]:
    """Read a template from the mapping that its file holds; all problems come at once, each with its path."""
    problems: list[Problem] = []
    blocks = []
    raw = data.get("blocks")
    edition = data.get("edition", "")
    if not isinstance(edition, str):
        problems.append((("edition",), 'редакция — текст в кавычках: "1 от 01.09.2022"'))
    for place, item in enumerate(raw if isinstance(raw, Sequence) and not isinstance(raw, str) else ()):
        block = _block(item, ("blocks", place), problems, str(edition))
        if block is not None:
            blocks.append(block)
    for key in ("kind", "name", "heading"):
        if not isinstance(data.get(key), str):
            problems.append(((key,), f"нужен текст в ключе «{key}»"))
    if not blocks:
        problems.append((("blocks",), "в шаблоне нет ни одного абзаца"))
    names = [block.name for block in blocks if isinstance(block, DataTable)]
    if len(set(names)) < len(names):
        problems.append((("blocks",), "у каждой из нескольких таблиц должно быть своё имя: ключ name"))
    unknown = set(data) - {"kind", "name", "heading", "blocks", "folder", "landscape", "size", "edition"}
    problems += [((str(key),), f"неизвестный ключ «{key}»") for key in sorted(unknown)]
    spec = TemplateSpec(
        name,
        str(data.get("kind", "")),
        str(data.get("name", "")),
        str(data.get("heading", "")),
        tuple(blocks),
        str(data.get("folder", "")),
        data.get("landscape") is True,
        _measure(data, "size", 13.0),
        str(edition),
    )
    return spec, problems


def _block(item: object, path: tuple[str | int, ...], problems: list[Problem], edition: str) -> Block | None:
    if not isinstance(item, Mapping):
        problems.append((path, "блок должен быть отображением с ключом text, signature или table"))
        return None
    if "table" in item:
        return _table(item, (*path, "table"), problems)
    if "signature" in item:
        return _signature([item["signature"]], item, (*path, "signature"), problems)
    if "lines" in item:
        return _signature(item["lines"], item, (*path, "lines"), problems)
    unknown = set(item) - {"text", "align", "bold", "indent", "after", "page_break_before", "left", "keep"}
    problems += [((*path, str(key)), f"неизвестный ключ «{key}»") for key in sorted(unknown)]
    align = item.get("align", "left")
    if align not in _ALIGNS:
        problems.append(((*path, "align"), f"выравнивание бывает: {', '.join(_ALIGNS)}"))
        align = "left"
    return Paragraph(
        unbroken(str(item.get("text", "")).replace(EDITION, edition)),
        align,
        bool(item.get("bold", False)),
        float(item.get("indent", 0)),
        float(item.get("after", 0)),
        bool(item.get("page_break_before", False)),
        float(item.get("left", 0)),
        bool(item.get("keep", False)),
    )


def _signature(
    rows: object, item: Mapping[str, object], path: tuple[str | int, ...], problems: list[Problem]
) -> Signature | None:
    found = []
    for row in rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ():
        if not isinstance(row, Sequence) or isinstance(row, str) or len(row) != 2:
            problems.append((path, "строка из двух колонок — два текста: слева и справа"))
            return None
        found.append((str(row[0]), str(row[1])))
    if not found:
        problems.append((path, "нужна хотя бы одна строка из двух текстов"))
        return None
    return Signature(tuple(found), _measure(item, "width", Signature((("", ""),)).width))


def _table(
    item: Mapping[str, object], path: tuple[str | int, ...], problems: list[Problem]
) -> DataTable | None:
    listed = item["table"]
    if not isinstance(listed, Sequence) or isinstance(listed, str) or not listed:
        problems.append((path, "таблица — список колонок"))
        return None
    columns = []
    for place, column in enumerate(listed):
        if not isinstance(column, Mapping) or not {"title", "field", "width"} <= set(column):
            problems.append(((*path, place), "у колонки нужны title, field и width"))
            continue
        columns.append(Column(str(column["title"]), str(column["field"]), float(column["width"])))
    if not columns:
        return None
    name, size = str(item.get("name", "")), _measure(item, "size", DataTable((columns[0],)).size)
    return DataTable(tuple(columns), name, size)


def _measure(item: Mapping[str, object], key: str, default: float) -> float:
    value = item.get(key, default)
    return float(value) if isinstance(value, int | float) else default
