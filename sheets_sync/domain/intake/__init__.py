"""Answers and staff's rows in; people, records and questions out."""

from sheets_sync.domain.intake.interpret import MOSCOW, interpret
from sheets_sync.domain.intake.record import Intake

__all__ = ["MOSCOW", "Intake", "interpret"]
