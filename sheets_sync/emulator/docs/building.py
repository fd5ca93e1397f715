"""Building a segment from scratch, paragraph by paragraph, for imported files."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.emulator.docs import defaults
from sheets_sync.emulator.docs.model import Json
from sheets_sync.emulator.docs.units import (
    CELL,
    NEWLINE,
    OBJECT,
    ROW,
    TABLE,
    TABLE_END,
    Style,
    Unit,
    Units,
    insertable,
    utf16_units,
)


class SegmentBuilder:
    """Collects the units of a segment or a cell."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self._open: list[Unit] = []

    def text(self, text: str, style: Style) -> None:
        """Add text to the open paragraph; newlines in it become line breaks."""
        clean = insertable(text.replace("\n", "\x0b"))
        self._open += [Unit(char, style) for char in utf16_units(clean)]

    def placed(self, field: str, payload: Json, style: Style) -> None:
        """Add an inline object to the open paragraph."""
        self._open.append(Unit(OBJECT, style, {field: payload}))

    @property
    def has_open(self) -> bool:
        """Whether the open paragraph holds anything."""
        return bool(self._open)

    @property
    def ends_with_space(self) -> bool:
        """Whether the open paragraph is empty or ends with a space or line break."""
        return not self._open or self._open[-1].char in " \x0b"

    def paragraph(self, mark: Style, style: Style = defaults.PLAIN) -> None:
        """End the open paragraph, empty or not."""
        self.units += [*self._open, Unit(NEWLINE, self._open[-1].style if self._open else style, mark)]
        self._open = []

    def strip_end(self) -> None:
        """Drop spaces at the end of the open paragraph."""
        while self._open and self._open[-1].char == " ":
            self._open.pop()

    def table(
        self,
        rows: Sequence[Sequence[Units]],
        columns: list[Json],
        row_styles: Sequence[Json],
        cell_styles: Sequence[Sequence[Json]],
    ) -> None:
        """Add a table of ready cell contents (each ends with a newline), preceded by a paragraph if there
        is none.
        """
        if not self.units or self.units[-1].char != NEWLINE:
            self.paragraph(defaults.paragraph_mark())
        self.units.append(Unit(TABLE, defaults.PLAIN, {"columns": columns}))
        for row, row_style, styles in zip(rows, row_styles, cell_styles, strict=True):
            self.units.append(Unit(ROW, defaults.PLAIN, row_style))
            for content, style in zip(row, styles, strict=True):
                self.units += [Unit(CELL, defaults.PLAIN, style), *content]
        self.units.append(Unit(TABLE_END, defaults.PLAIN))

    def done(self) -> Units:
        """Give the units; the segment ends with a newline."""
        if self._open or not self.units or self.units[-1].char != NEWLINE:
            self.paragraph(defaults.paragraph_mark())
        return tuple(self.units)
