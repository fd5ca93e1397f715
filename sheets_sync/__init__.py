"""A school's mentoring programme kept in order: forms, people, pairs, roadmap and orders, every night."""

__version__ = "0.1.0"
