"""What is missing inside a method or request kind that the workspace has, and where its behaviour comes from.

Keys are discovery ids of methods, or "api:kind" for the requests of a batchUpdate.
"""

from __future__ import annotations

from collections.abc import Mapping

_VALUES = "sheets.spreadsheets.values"

RECORDED: frozenset[str] = frozenset(
    {
        "sheets.spreadsheets.get",
        "sheets.spreadsheets.batchUpdate",
        f"{_VALUES}.get",
        f"{_VALUES}.update",
        f"{_VALUES}.append",
        f"{_VALUES}.clear",
        f"{_VALUES}.batchGet",
        f"{_VALUES}.batchClear",
        f"{_VALUES}.batchUpdate",
        "drive.files.create",
        "drive.files.delete",
        "drive.files.get",
        "drive.files.list",
        "drive.files.export",
        "drive.files.copy",
        "drive.comments.list",
        "sheets:updateSheetProperties",
        "sheets:mergeCells",
        "sheets:addSheet",
        "sheets:updateCells",
        "sheets:deleteSheet",
        "sheets:sortRange",
        "sheets:updateSpreadsheetProperties",
        "sheets:updateDimensionProperties",
        "sheets:addNamedRange",
        "sheets:setBasicFilter",
        "sheets:insertDimension",
        "sheets:deleteNamedRange",
        "sheets:unmergeCells",
        "sheets:deleteDimension",
        "sheets:addDimensionGroup",
        "sheets:deleteDimensionGroup",
        "sheets:addProtectedRange",
        "sheets:updateNamedRange",
        "sheets:autoResizeDimensions",
        "sheets:clearBasicFilter",
        "sheets:copyPaste",
        "sheets:cutPaste",
        "sheets:repeatCell",
        "sheets:setDataValidation",
        "sheets:deleteProtectedRange",
    }
)
"""Seen in a recorded answer of Google."""

GUIDES: frozenset[str] = frozenset(
    {
        f"{_VALUES}.append",
        "sheets.spreadsheets.batchUpdate",
        "sheets:updateCells",
        "sheets:addTable",
        "sheets:updateTable",
        "sheets:deleteTable",
        "forms.forms.create",
        "forms.forms.setPublishSettings",
        "forms.forms.responses.list",
        "forms.forms.watches.create",
        "docs.documents.batchUpdate",
        "docs.documents.create",
        "docs:createParagraphBullets",
        "docs:insertTableRow",
        "docs:insertTableColumn",
        "docs:updateTextStyle",
        "docs:updateParagraphStyle",
        "docs:updateTableColumnProperties",
        "docs:updateTableRowStyle",
        "docs:insertInlineImage",
        "docs:insertText",
        "docs:deleteContentRange",
        "docs:insertTable",
        "docs:addDocumentTab",
        "drive.files.create",
        "drive.files.update",
        "drive.files.get",
        "drive.files.list",
        "drive.files.export",
        "drive.files.watch",
        "drive.files.download",
        "drive.changes.watch",
        "drive.operations.get",
        "drive.permissions.create",
        "drive.permissions.update",
        "drive.revisions.get",
        "drive.revisions.update",
    }
)
"""Described in one of Google's guides beyond the discovery document."""

ASSUMED: Mapping[str, str] = {
    "sheets.spreadsheets.get": "rows that hold formats alone are left out at the end under a mask of values; "
    "the bandedRangeReference of a table",
    "sheets.spreadsheets.developerMetadata.get": "the text of the 404",
    f"{_VALUES}.update": "which forms of dates USER_ENTERED reads beyond the guide's",
    "sheets.spreadsheets.batchUpdate": "the text for a mask that names an unknown field",
    "sheets:sortRange": "row metadata stays with its row; letters' case does not matter; DESCENDING puts the "
    "cells of a colour last; a conditional format's colours do not count",
    "sheets:setBasicFilter": "a conditional format's colours do not count",
    "sheets:addSheet": "that OBJECT is refused",
    "sheets:updateCells": "a mask of read-only fields changes nothing; where the labels of several column "
    "groups and of several values of a pivot table stand",
    "sheets:deleteDeveloperMetadata": "the text for an empty filter",
    "sheets:pasteData": "the lines of HTML that has no table",
    "sheets:autoFill": "which series are continued",
    "sheets:addChart": "the default size",
    "sheets:addTable": "the texts of refusals; what a column's type makes of its cells beyond the guide",
    "sheets:updateTable": "the texts of refusals",
    "sheets:appendCells": "a full table gets whole rows of the sheet",
    "sheets:copyPaste": "a pasted rule joins its own on the same sheet",
    "sheets:cutPaste": "which references follow",
    "sheets:insertRange": "references follow what lies wholly in the columns (or rows) that are pushed",
    "sheets:deleteRange": "references follow what lies wholly in the columns (or rows) that are pulled",
    "sheets:addConditionalFormatRule": "looks show in rows that hold something",
    "sheets:duplicateFilterView": "the title of the copy",
    "sheets:autoResizeDimensions": "the widths of letters",
    "sheets:moveDimension": "how a range that is cut by the move ends up",
    "sheets:createDeveloperMetadata": "the text for a taken id",
    "docs.documents.batchUpdate": "the texts of most refusals; how conflicts are resolved behind a "
    "targetRevisionId, which is good for 100 revisions",
    "docs:replaceAllText": "the style of the new text is that of the match's first unit",
    "docs:insertTableRow": "new cells take the style of the row they stand beside",
    "docs:mergeTableCells": "covered cells stay in the answer as empty cells",
    "docs:addDocumentTab": "the texts of refusals",
    **dict.fromkeys(
        (
            *("docs:createDropdownDefinition", "docs:deleteDropdownDefinition", "docs:insertDropdown"),
            *("docs:updateDropdownDefinitionProperties", "docs:updateDropdownProperties"),
        ),
        "the texts of refusals",
    ),
    "docs:insertComment": "the texts of refusals; nobody is notified",
    "docs:addCommentReply": "the texts of refusals; nobody is notified",
    "docs:updateCommentPost": "the texts of refusals",
    "docs:deleteComment": "the texts of refusals",
    "docs:deleteCommentReply": "the texts of refusals",
    "docs.documents.get": "the texts of refusals; the width of a section's columns",
    "docs:insertTable": "the lines and paddings of new cells; that they take on the text style of the place",
    "docs:updateTableColumnProperties": "a width without a width type makes the column one of fixed width; a "
    "width with another type is refused",
    "docs:insertText": "a link is continued only between two linked neighbours",
    "forms.forms.batchUpdate": "the texts of refusals; how targetRevisionId is checked",
    "forms.forms.setPublishSettings": "the texts of refusals",
    "forms.forms.responses.list": "the order; timestamp means lastSubmittedTime",
    "forms.forms.watches.create": "the texts of refusals",
    "forms:createItem": "the texts of refusals",
    "forms:updateItem": "the texts of refusals",
    "forms:deleteItem": "options that led to a deleted section lead on to the next one",
    "drive.files.list": "the text for a query that cannot be read",
    "drive.files.create": "what a conversion of DOCX and HTML keeps; that every converted upload loses its "
    "ending",
    "drive.apps.list": "that no program counts as installed",
    "drive.changes.watch": "the texts of most refusals",
    "drive.files.watch": "the texts of most refusals",
    "drive.files.download": "the types of the answer's parts; the texts of refusals",
    "drive.about.get": "which colours and themes there are",
    "drive.permissions.update": "the texts of most refusals",
    "drive.revisions.delete": "the texts of the refusals",
    "drive.revisions.update": "the text for the 201st kept revision",
    "drive.permissions.create": "the id of a grant in the published view",
}
"""Behaviour for which no source was found."""

_PIVOT = "a pivot table's condition that names a column of its source by its title"
_VIEW = "commentsViewMode other than omitted"
_IMAGE = "the image is not fetched: its address is stored"
_FILES = "includeLabels, clientEncryptionDetails"
_IMPORTS = "conversion of OpenDocument, RTF, Markdown, older Office files, PDF and pictures"
_LIMITED = "inheritedPermissionsDisabled"
_MAIL = "no mail is sent (not refused)"
_LOOKS = "backgroundImageFile"
_SILENT = "no notification is sent (not refused)"
LACKS: Mapping[str, str] = {
    "sheets.spreadsheets.batchUpdate": "the kinds marked *no* below",
    "sheets:updateCells": f"{_PIVOT} (not refused)",
    "sheets.spreadsheets.get": _VIEW,
    "sheets.spreadsheets.getByDataFilter": _VIEW,
    "sheets:addSheet": "sheet types other than GRID (OBJECT 400, DATA_SOURCE 501); a sheet of one object is "
    "made by addChart",
    "sheets:repeatCell": f"{_PIVOT} (not refused)",
    "sheets:appendCells": f"{_PIVOT} (not refused)",
    "sheets:updateDimensionProperties": "properties.developerMetadata; columns of data sources",
    "sheets:autoResizeDimensions": "columns of data sources",
    "sheets:sortRange": "columns of data sources",
    "sheets:updateSpreadsheetProperties": "iterative calculation is stored: a circle of formulas stays an "
    "error (not refused)",
    "docs.documents.batchUpdate": "writeMode SUGGEST; with a targetRevisionId, requests for a table whose "
    "rows, columns or merges others have changed since, and for what they deleted; the kinds marked *no* "
    "below",
    "docs:insertDate": "languages beside English and Russian",
    "docs:addDocumentTab": "a tabId of one's own",
    "docs:insertRichLink": "links to what is no file of this workspace; a title or type other than "
    "the file's",
    "docs:insertInlineImage": f"{_IMAGE} (not refused)",
    "docs:replaceImage": f"{_IMAGE}, and is never cropped (not refused)",
    "docs:deletePositionedObject": "no request or import makes one here, so every id is unknown (400)",
    "drive.files.create": "Workspace types other than spreadsheet, document, form, folder and shortcut "
    f"(presentations and drawings are kept as files without content); {_FILES}; {_IMPORTS}",
    "drive.files.update": f"{_FILES}; {_IMPORTS}",
    "drive.files.copy": f"{_FILES}; {_IMPORTS}",
    "drive.files.export": "documents as OpenDocument, RTF, EPUB and Markdown",
    "drive.files.get": "includeLabels",
    "drive.files.list": "includeLabels",
    "drive.files.watch": _SILENT,
    "drive.changes.watch": _SILENT,
    "drive.files.download": "an editor's older revision (400); above 10 MB as files.export",
    "drive.permissions.create": f"{_LIMITED}; {_MAIL}",
    "drive.permissions.update": _LIMITED,
    "drive.drives.create": _LOOKS,
    "drive.drives.update": _LOOKS,
    "drive.teamdrives.create": _LOOKS,
    "drive.teamdrives.update": _LOOKS,
    "drive.revisions.list": "an editor's file has its latest revision alone (not refused)",
    "drive.changes.list": "includeLabels; each file's latest change only (not refused)",
}
"""What a method or kind that is there does not do."""
