"""Carries notices out of the program; which notices there are is decided by the rules."""
