"""Cells between tabs and rows between line ends, as spreadsheets put them on the clipboard."""

from __future__ import annotations

import re

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|$)')
_NEEDS_QUOTES = re.compile(r'[\t\n]|""')


def rows_of(text: str) -> list[list[str]]:
    """Read rows of cells; line ends are one letter each.

    A cell in quotes may hold tabs, line ends and doubled quotes; other quotes are the cell's own.
    Source: the text that Google Sheets and Excel put on the clipboard.
    """
    rows: list[list[str]] = [[]]
    at = 0
    text = text.removesuffix("\n")
    while True:
        found = _QUOTED.match(text, at)
        if found and _NEEDS_QUOTES.search(found[1]):
            cell, at = found[1].replace('""', '"'), found.end()
        else:
            end = next((place for place in range(at, len(text)) if text[place] in "\t\n"), len(text))
            cell, at = text[at:end], end
        rows[-1].append(cell)
        if at >= len(text):
            return rows
        if text[at] == "\n":
            rows.append([])
        at += 1
