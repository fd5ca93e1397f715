"""Document templates as declared in config/documents/: paragraphs, signature lines and one table."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "justify"]
PLACEHOLDER = re.compile(r"\{\{([а-яёa-z_ ]+)\}\}")
"""A field of a template: lower-case words in double braces."""

_ALIGNS = ("left", "center", "right", "justify")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `indent` is the first line's in centimetres, `after` the space below in points."""

    text: str
    align: Align = "left"
    bold: bool = False
    indent: float = 0.0
    after: float = 0.0
    page_break_before: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A line whose left and right parts stand in aligned columns."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the appendix table; `width` in centimetres."""

    title: str
    field: str
    width: float


@dataclass(frozen=True, slots=True)
class DataTable:
    """The appendix table: a header row that repeats on every page and a row per record."""

    columns: tuple[Column, ...]


Block = Paragraph | Signature | DataTable


@dataclass(frozen=True, slots=True)
class TemplateSpec:
    """A template; `kind` is the drop-down's text in «Документы», `name` the name of the file at Drive."""

    id: str
    kind: str
    name: str
    heading: str
    blocks: tuple[Block, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Names of the placeholders outside the table: each must be there when a document is made."""
        texts: list[str] = []
        for block in self.blocks:
            match block:
                case Paragraph():
                    texts.append(block.text)
                case Signature():
                    texts += [block.left, block.right]
                case DataTable():
                    continue
        return frozenset(name for text in texts for name in PLACEHOLDER.findall(text))

    @property
    def table(self) -> DataTable | None:
        """The appendix table, if there is one."""
        return next((block for block in self.blocks if isinstance(block, DataTable)), None)


Problem = tuple[tuple[str | int, ...], str]


def template_from_config(name: str, data: Mapping[str, object]) -> tuple[TemplateSpec, list[Problem]]:
    """Read a template from the mapping that its file holds; all problems come at once, each with its path."""
    problems: list[Problem] = []
    blocks = []
    raw = data.get("blocks")
    for place, item in enumerate(raw if isinstance(raw, Sequence) and not isinstance(raw, str) else ()):
        block = _block(item, ("blocks", place), problems)
        if block is not None:
            blocks.append(block)
    for key in ("kind", "name", "heading"):
        if not isinstance(data.get(key), str):
            problems.append(((key,), f"нужен текст в ключе «{key}»"))
    if not blocks:
        problems.append((("blocks",), "в шаблоне нет ни одного абзаца"))
    if sum(isinstance(block, DataTable) for block in blocks) > 1:
        problems.append((("blocks",), "в шаблоне может быть только одна таблица"))
    spec = TemplateSpec(
        name,
        str(data.get("kind", "")),
        str(data.get("name", "")),
        str(data.get("heading", "")),
        tuple(blocks),
    )
    return spec, problems


def _block(item: object, path: tuple[str | int, ...], problems: list[Problem]) -> Block | None:
    if not isinstance(item, Mapping):
        problems.append((path, "блок должен быть отображением с ключом text, signature или table"))
        return None
    if "table" in item:
        return _table(item["table"], (*path, "table"), problems)
    if "signature" in item:
        parts = item["signature"]
        if isinstance(parts, Sequence) and not isinstance(parts, str) and len(parts) == 2:
            return Signature(str(parts[0]), str(parts[1]))
        problems.append(((*path, "signature"), "подпись — два текста: слева и справа"))
        return None
    unknown = set(item) - {"text", "align", "bold", "indent", "after", "page_break_before"}
    problems += [((*path, str(key)), f"неизвестный ключ «{key}»") for key in sorted(unknown)]
    align = item.get("align", "left")
    if align not in _ALIGNS:
        problems.append(((*path, "align"), f"выравнивание бывает: {', '.join(_ALIGNS)}"))
        align = "left"
    return Paragraph(
        str(item.get("text", "")),
        align,
        bool(item.get("bold", False)),
        float(item.get("indent", 0)),
        float(item.get("after", 0)),
        bool(item.get("page_break_before", False)),
    )


def _table(item: object, path: tuple[str | int, ...], problems: list[Problem]) -> DataTable | None:
    if not isinstance(item, Sequence) or isinstance(item, str) or not item:
        problems.append((path, "таблица — список колонок"))
        return None
    columns = []
    for place, column in enumerate(item):
        if not isinstance(column, Mapping) or not {"title", "field", "width"} <= set(column):
            problems.append(((*path, place), "у колонки нужны title, field и width"))
            continue
        columns.append(Column(str(column["title"]), str(column["field"]), float(column["width"])))
    return DataTable(tuple(columns))
