"""Which fillings of forms were taken already, so that a button pressed twice sends one answer."""

from __future__ import annotations

from datetime import timedelta

from sheets_sync.emulator.calls import Call

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS page_filled (form TEXT NOT NULL, key TEXT NOT NULL, edit_token TEXT NOT NULL,"
    " time TEXT NOT NULL, PRIMARY KEY (form, key))",
)
_KEPT = timedelta(days=2)


def filled_before(call: Call, form_id: str, key: str) -> str:
    """Return the edit token of the answer that a filling has made, or an empty text."""
    asked = "SELECT edit_token FROM page_filled WHERE form = ? AND key = ?"
    found: tuple[str] | None = call.tx.execute(asked, (form_id, key)).fetchone()
    return found[0] if found else ""


def note_filled(call: Call, form_id: str, key: str, edit_token: str) -> None:
    """Note that a filling has become an answer; notes of more than two days are dropped."""
    call.tx.execute("DELETE FROM page_filled WHERE time < ?", ((call.now - _KEPT).isoformat(),))
    call.tx.execute(
        "INSERT INTO page_filled (form, key, edit_token, time) VALUES (?, ?, ?, ?)",
        (form_id, key, edit_token, call.now.isoformat()),
    )
