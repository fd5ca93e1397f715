"""Rows of the computed sheets, made of what the rules found out."""
