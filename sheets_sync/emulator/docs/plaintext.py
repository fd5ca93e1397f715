"""A document as plain text: one line per paragraph, list labels, cells one after another.

Source: Drive's text/plain export starts with a byte order mark and ends lines with CR LF (seen in public
reports); the order of cells is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheets_sync.emulator.docs.blocks import Block, ParagraphBlock, TableBlock, View


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, ParagraphBlock):
            yield _line(block)
        elif isinstance(block, TableBlock):
            for row in block.rows:
                for cell in row:
                    if not cell.covered:
                        yield from _lines(cell.blocks)


def _line(block: ParagraphBlock) -> str:
    text = "".join(
        f"[{run.text}]" if run.kind == "footnote" else run.text
        for run in block.runs
        if run.kind in ("text", "footnote")
    )
    text = text.replace("\v", "\r\n")
    if block.item is None:
        return text
    label = block.item.label if block.item.ordered else "*"
    return "   " * block.item.level + f"{label} {text}"


def render_text(view: View) -> str:
    """Write a document's text with its footnotes at the end; without a byte order mark.

    Source: PyDrive2's live tests for the end (one line in, the same line out, no line end after it).
    """
    lines = list(_lines(view.body))
    for number, note in enumerate(view.footnotes, start=1):
        lines.append(f"[{number}] " + " ".join(line.strip() for line in _lines(note)))
    return "\r\n".join(lines)
