"""Adapters that take more than the channel: what they need is found in the settings and the workbook."""

from sheets_sync.domain.tables import Workbook
from sheets_sync.files.traces import texts_of_folder, unread_of_folder
from sheets_sync.google.channel import Channel
from sheets_sync.google.docs import Documents
from sheets_sync.google.drive import Drive
from sheets_sync.google.traces import Traces as ServiceTraces
from sheets_sync.settings import Settings
from sheets_sync.workflows.forgetting import Traces


def documents_of(channel: Channel, settings: Settings, workbook: Workbook) -> Documents:
    """Return the school's documents: their templates and folders are those that the workbook remembers."""
    resources = workbook.remembered("resource")
    templates = {
        name: (str(resources[f"template/{name}"]["id"]), spec)
        for name, spec in settings.documents.items()
        if f"template/{name}" in resources
    }
    inner = {
        name: str(resources[f"folder/{spec.folder}"]["id"])
        for name, spec in settings.documents.items()
        if f"folder/{spec.folder}" in resources
    }
    staging, school = (
        str(resources.get(f"folder/{name}", {}).get("id", "")) for name in ("staging", "school")
    )
    return Documents(channel, Drive(channel), templates, staging, school, inner)


def traces_of(channel: Channel, settings: Settings, spreadsheet: str, workbook: Workbook) -> Traces:
    """Return every text in which a person may stand: at the service and in the school's folder."""
    folder, known = settings.school_directory, settings.roster_file.resolve()
    staging = str(workbook.remembered("resource").get("folder/staging", {}).get("id", ""))
    service = ServiceTraces(channel, spreadsheet, settings.workbook, staging)
    files = tuple(texts_of_folder(folder, known))
    return Traces(service.texts(), service.papers(), files, unread_of_folder(folder, known))
