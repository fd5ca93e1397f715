"""Files in and out: text, tables and documents of the office."""
