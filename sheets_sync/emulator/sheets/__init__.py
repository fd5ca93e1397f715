"""Google Sheets v4 on the workspace's database."""

from __future__ import annotations

from . import appending, batch, spreadsheets, tabcopy, values
from .drivekind import KIND
from .tables import SCHEMA

_PREFIX = "sheets.spreadsheets"
METHODS = {
    f"{_PREFIX}.create": spreadsheets.create,
    f"{_PREFIX}.get": spreadsheets.get,
    f"{_PREFIX}.getByDataFilter": spreadsheets.get_by_data_filter,
    f"{_PREFIX}.batchUpdate": batch.batch_update,
    f"{_PREFIX}.developerMetadata.get": spreadsheets.get_metadata,
    f"{_PREFIX}.developerMetadata.search": spreadsheets.search_metadata,
    f"{_PREFIX}.sheets.copyTo": tabcopy.copy_to,
    f"{_PREFIX}.values.get": values.get,
    f"{_PREFIX}.values.update": values.update,
    f"{_PREFIX}.values.append": appending.append,
    f"{_PREFIX}.values.clear": values.clear,
    f"{_PREFIX}.values.batchGet": values.batch_get,
    f"{_PREFIX}.values.batchUpdate": values.batch_update,
    f"{_PREFIX}.values.batchClear": values.batch_clear,
    f"{_PREFIX}.values.batchGetByDataFilter": values.batch_get_by_data_filter,
    f"{_PREFIX}.values.batchUpdateByDataFilter": values.batch_update_by_data_filter,
    f"{_PREFIX}.values.batchClearByDataFilter": values.batch_clear_by_data_filter,
}

__all__ = ["KIND", "METHODS", "SCHEMA"]
