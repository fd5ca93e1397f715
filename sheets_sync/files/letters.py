"""Letters as text files, one each, readable by their owner only."""

from collections.abc import Sequence
from pathlib import Path

from sheets_sync.domain.documents.notices import Letter


def write_letters(letters: Sequence[Letter], folder: Path) -> int:
    """Write every letter into a folder, in place of an older one of the same name, and return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    for letter in letters:
        file = folder / letter.file_name
        file.touch(mode=0o600)
        file.write_text(
            f"Кому: {letter.to or 'адреса почты нет'}\nТема: {letter.subject}\n\n{letter.text}\n", "utf-8"
        )
    return len(letters)
