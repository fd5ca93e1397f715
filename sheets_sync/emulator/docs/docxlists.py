"""Numbering of list paragraphs in a DOCX file, made from the labels that the document shows.

Every list of the document becomes one numbering definition; a level's format is read off the first label seen
at that level.
"""

from __future__ import annotations

import re
from typing import Any

from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from sheets_sync.emulator.docs.blocks import ListItem

_LEVELS = 9


def _level_format(item: ListItem) -> tuple[str, str]:
    """Give Word's number format and level text for a label such as "1.", "a)", "iv.", "1.2." or "●"."""
    if not item.ordered:
        return "bullet", item.label
    parts = re.findall(r"[0-9A-Za-z]+", item.label)
    own = parts[-1] if parts else "1"
    if own.isdigit():
        kind = "decimalZero" if own.startswith("0") else "decimal"
    elif item.level % 3 == 2:
        kind = "lowerRoman" if own.islower() else "upperRoman"
    elif own == "I":
        kind = "upperRoman"
    else:
        kind = "lowerLetter" if own.islower() else "upperLetter"
    shown = iter(range(item.level - len(parts) + 2, item.level + 2))
    return kind, re.sub(r"[0-9A-Za-z]+", lambda match: f"%{next(shown)}", item.label)


def _valued(tag: str, value: str) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


class Numbering:
    """Makes numbering definitions in a document and numbers paragraphs with them."""

    def __init__(self, made: DocxDocument) -> None:
        self._root = made.part.numbering_part.element
        used = [int(e.get(qn("w:abstractNumId"))) for e in self._root.findall(qn("w:abstractNum"))]
        self._free = max(used, default=0) + 1
        self._lists: dict[str, tuple[int, Any]] = {}
        self._levels: set[tuple[str, int]] = set()

    def apply(self, paragraph: Paragraph, item: ListItem, indent: float, first: float) -> None:
        """Number a paragraph as an item of its list; indents are in points."""
        number, abstract = self._list(item.list_id)
        if (item.list_id, item.level) not in self._levels:
            self._levels.add((item.list_id, item.level))
            self._define(abstract, item, indent, first)
        numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbered.get_or_add_ilvl().val = item.level
        numbered.get_or_add_numId().val = number

    def _list(self, list_id: str) -> tuple[int, Any]:
        if list_id in self._lists:
            return self._lists[list_id]
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), str(self._free))
        abstract.append(_valued("w:multiLevelType", "multilevel"))
        first_number = self._root.find(qn("w:num"))
        if first_number is None:
            self._root.append(abstract)
        else:
            first_number.addprevious(abstract)
        number = self._root.add_num(self._free).numId
        self._free += 1
        self._lists[list_id] = (number, abstract)
        return self._lists[list_id]

    def _define(self, abstract: Any, item: ListItem, indent: float, first: float) -> None:
        kind, text = _level_format(item)
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(item.level))
        for tag, value in (("w:start", "1"), ("w:numFmt", kind), ("w:lvlText", text), ("w:lvlJc", "left")):
            level.append(_valued(tag, value))
        form, indents = OxmlElement("w:pPr"), OxmlElement("w:ind")
        indents.set(qn("w:left"), str(round(indent * 20)))
        indents.set(qn("w:hanging"), str(round((indent - first) * 20)))
        form.append(indents)
        level.append(form)
        later = [e for e in abstract.findall(qn("w:lvl")) if int(e.get(qn("w:ilvl"))) > item.level]
        later[0].addprevious(level) if later else abstract.append(level)
