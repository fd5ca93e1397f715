"""Measurements side by side with other programs; never part of the product or its tests."""
