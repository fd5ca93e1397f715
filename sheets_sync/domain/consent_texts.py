"""Which edition of the text a consent was signed on, and who signed one that is no longer handed out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sheets_sync.domain.consents import consent_state
from sheets_sync.domain.documents.consent_blanks import VARIANTS
from sheets_sync.domain.documents.templates import TemplateSpec
from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.school import Consent, ConsentKind, Person, Signer
from sheets_sync.domain.tables import Memory, Workbook

Editions = Mapping[tuple[ConsentKind, Signer], str]
"""The edition of the text that is handed out now, by kind and signer."""

_REMEMBERED = "edition"


def editions(templates: Mapping[str, TemplateSpec]) -> Editions:
    """Return the edition of every text of consent as its template names it."""
    return {variant: templates[name].edition for variant, (name, _) in VARIANTS.items() if name in templates}


def edition_of(consent: Consent, memory: Memory, current: Editions) -> str:
    """Return the edition that a consent was signed on; of an unsigned one, the edition to be signed.

    Shape: `memory` is what its row in «Согласия» remembers: a signature keeps the edition with which it was
    first seen, whatever text comes later.
    """
    now = current.get((consent.kind, consent.signer), "")
    return str(memory.get(_REMEMBERED, now)) if consent.signed_on is not None else now


def memory_of(consent: Consent, edition: str) -> Memory:
    """Return what the row of a consent remembers: nothing until it is signed."""
    return {_REMEMBERED: edition} if consent.signed_on is not None and edition else {}


def superseded(
    consents: Iterable[Consent],
    people: Mapping[str, Person],
    workbook: Workbook,
    current: Editions,
    as_of: date,
) -> tuple[Finding, ...]:
    """Note each text that has a new edition, and how many consents stand, still valid, on the one before."""
    remembered = workbook.remembered("consents")
    earlier: dict[tuple[ConsentKind, Signer, str], set[str]] = defaultdict(set)
    for consent in consents:
        person = people.get(consent.person)
        edition = edition_of(consent, remembered.get(consent.key, {}), current)
        now = current.get((consent.kind, consent.signer), "")
        stands = person is not None and not consent_state(consent, person, as_of)
        if stands and edition != now and edition and now:
            earlier[consent.kind, consent.signer, edition].add(consent.person)
    return tuple(_note(*which, current[which[:2]], len(codes)) for which, codes in sorted(earlier.items()))


def _note(kind: ConsentKind, signer: Signer, edition: str, now: str, count: int) -> Finding:
    text = (
        f"{kind}, {signer}: текст теперь в редакции «{now}», а по прежней, «{edition}», подписано согласий — "
        f"{count}. Они действуют; если изменились цели или состав данных, соберите новые"
    )
    return Finding(f"редакция/{kind}/{signer}/{edition}/{now}", "«Согласия»", text, Severity.NOTE)
