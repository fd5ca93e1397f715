"""Drafts that name somebody whose consent is missing or withdrawn, and what the curator is told of them.

A draft that nobody needs any more goes into Drive's bin; one that a person edited is theirs to remove. Signed
papers stay as they are: the law lets a school keep what it acted upon.
"""

import re
from collections.abc import Collection, Mapping

from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import CONSENT, DESTRUCTION
from sheets_sync.domain.documents.register import EDITED, EMPTY, SHEET
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.tables import Memory, Workbook

_CODE = re.compile(r"[^\s,/]+")


def naming_without_consent(workbook: Workbook, facts: Facts) -> dict[str, tuple[str, ...]]:
    """Return, for every draft that names people who may not be named, their codes by the draft's key."""
    both = {pair.code: (pair.mentor, pair.mentee) for pair in facts.pairs}
    found = {}
    for key, memory in workbook.remembered(SHEET).items():
        refused = sorted(_named(memory, both) & set(facts.refusals))
        if refused:
            found[key] = tuple(refused)
    return found


def is_unwelcome(memory: Memory) -> bool:
    """Whether a draft in this state has no right to a name that is not admitted.

    A blank of a consent names whoever is asked for it as long as it is asked for; an act of destruction names
    nobody.
    """
    state = memory.get("state")
    return state == EMPTY or (state == EDITED and memory.get("kind") not in {CONSENT, DESTRUCTION})


def unwelcome_finding(key: str, memory: Memory, codes: Collection[str]) -> Finding:
    """Ask the curator to remove a draft that a person has edited."""
    heading = str(memory.get("heading") or memory.get("kind", ""))
    return Finding(
        f"documents/{key}/consent",
        f"лист «Документы», {key}",
        f"Черновик {key} «{heading}» изменён вручную и называет человека без согласия ({', '.join(codes)}); "
        "удалите его",
        subject=key,
    )


def _named(memory: Memory, both: Mapping[str, tuple[str, str]]) -> set[str]:
    # Rows are remembered by the codes of the pairs and people in them, subjects by those they are about.
    parts, pairs = memory.get("parts"), memory.get("pairs")
    rows = parts.get("rows") if isinstance(parts, Mapping) else None
    said = [str(memory.get("subject", "")), *(rows if isinstance(rows, Mapping) else ())]
    codes = {code for text in said for code in _CODE.findall(str(text))}
    codes |= {str(code) for code in pairs} if isinstance(pairs, list) else set()
    return codes | {person for code in codes for person in both.get(code, ())}
