"""The local workspace: Google REST for Sheets, Forms, Docs and Drive over SQLite."""
