"""Tabs of a document: adding, deleting, renaming and moving them.

Source: discovery docs.v1 (AddDocumentTabRequest, DeleteTabRequest, UpdateDocumentTabPropertiesRequest,
TabProperties); at most three levels of tabs [guide "Work with tabs"]; the messages are assumed.
"""

from __future__ import annotations

from dataclasses import replace

from sheets_sync.emulator.docs.emoji import is_emoji
from sheets_sync.emulator.docs.masked import mask_paths
from sheets_sync.emulator.docs.model import Document, Json, Tab
from sheets_sync.emulator.docs.units import Refused
from sheets_sync.emulator.wire import unimplemented

_DEPTH = 3


def _descendants(document: Document, tab_id: str) -> list[Tab]:
    found: list[Tab] = []
    for child in document.children(tab_id):
        found += [child, *_descendants(document, child.tab_id)]
    return found


def _depth(document: Document, tab_id: str) -> int:
    depth = 0
    while tab_id:
        depth += 1
        tab_id = document.tab(tab_id).parent_id
    return depth


def _placed(document: Document, moved: list[Tab], index: int | None) -> Document:
    """Put a tab and what is below it among its siblings; the order of `tabs` is the order of the outline."""
    root = moved[0]
    siblings = document.children(root.parent_id)
    if index is not None and not 0 <= index <= len(siblings):
        raise Refused(f"Tab index {index} is out of bounds.")
    tabs = list(document.tabs)
    if index is not None and index < len(siblings):
        at = tabs.index(siblings[index])
    elif root.parent_id:
        below = [document.tab(root.parent_id), *_descendants(document, root.parent_id)]
        at = max(tabs.index(tab) for tab in below) + 1
    else:
        at = len(tabs)
    return Document((*tabs[:at], *moved, *tabs[at:]))


def _checked_icon(icon: str) -> str:
    """Refuse an icon that is not one emoji. Source: TabProperties.iconEmoji."""
    if icon and not is_emoji(icon):
        raise Refused("The icon emoji is invalid.")
    return icon


def add_tab(document: Document, properties: Json, tab_id: str) -> Document:
    """Add an empty tab; without an index it becomes the last of its parent's. An id of one's own is 501."""
    if properties.get("tabId"):
        raise unimplemented("addDocumentTab.tabProperties.tabId")
    parent = properties.get("parentTabId", "")
    document.tab(parent)
    if _depth(document, parent) >= _DEPTH:
        raise Refused(f"Tabs can be nested at most {_DEPTH} levels deep.")
    title = properties.get("title") or f"Tab {len(document.tabs) + 1}"
    icon = _checked_icon(properties.get("iconEmoji", ""))
    return _placed(document, [Tab(tab_id, title, parent_id=parent, icon=icon)], properties.get("index"))


def delete_tab(document: Document, tab_id: str) -> Document:
    """Delete a tab and its children; the last tab cannot be deleted."""
    gone = {document.tab(tab_id).tab_id, *(tab.tab_id for tab in _descendants(document, tab_id))}
    left = tuple(tab for tab in document.tabs if tab.tab_id not in gone)
    if not left:
        raise Refused("Cannot delete the last tab of the document.")
    return Document(left)


def update_tab(document: Document, properties: Json, fields: str | None) -> Document:
    """Change a tab's title, icon, place or parent."""
    if not properties.get("tabId"):
        raise Refused("The tab ID must be specified.")
    tab = document.tab(properties["tabId"])
    names = {path[0] for path in mask_paths(fields, "TabProperties")}
    if fields != "*" and names & {"tabId", "nestingLevel"}:
        raise Refused("Fields tabId and nestingLevel are read-only.")
    changed = tab
    if "title" in names:
        changed = replace(changed, title=properties.get("title", ""))
    if "iconEmoji" in names:
        changed = replace(changed, icon=_checked_icon(properties.get("iconEmoji", "")))
    document = document.with_tab(changed)
    if not names & {"index", "parentTabId"}:
        return document
    parent = properties.get("parentTabId", "") if "parentTabId" in names else changed.parent_id
    return _moved(document, changed, parent, properties.get("index") if "index" in names else None)


def _moved(document: Document, tab: Tab, parent: str, index: int | None) -> Document:
    below = _descendants(document, tab.tab_id)
    if parent and parent in {tab.tab_id, *(child.tab_id for child in below)}:
        raise Refused("A tab cannot be moved under itself.")
    group = [replace(tab, parent_id=parent), *below]
    ids = {member.tab_id for member in group}
    rest = Document(tuple(t for t in document.tabs if t.tab_id not in ids))
    if not rest.tabs:
        return document
    return _placed(rest, group, index)
