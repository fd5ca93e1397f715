"""Indicators of the roadmap: exact numbers counted from evidence by rules that are data."""
