"""The one place where anything is changed: a night's plan, and the making of a school's files."""

from sheets_sync.apply.night import Applied, apply
from sheets_sync.apply.provision import Provisioned, provision
from sheets_sync.apply.sweep import sweep

__all__ = ["Applied", "Provisioned", "apply", "provision", "sweep"]
