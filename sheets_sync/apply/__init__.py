"""The one place where anything is changed: a night's plan, and the making of a school's files."""

from sheets_sync.apply.night import BATCH_BYTES, Applied, apply
from sheets_sync.apply.provision import Provisioned, draw_charts, provision
from sheets_sync.apply.sweep import sweep

__all__ = ["BATCH_BYTES", "Applied", "Provisioned", "apply", "draw_charts", "provision", "sweep"]
