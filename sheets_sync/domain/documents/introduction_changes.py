"""The order on changes of the order on introduction: curator, working group, deadlines, planned results.

What the order decides is compared, not how it is worded: who is curator, until when it goes on, who does
what, what is due when and who answers for it, which results are planned. Another period is another year,
which gets an order of its own; addresses, signatories, acquaintance sheets change nothing that was decided.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from sheets_sync.domain.documents.content import Content, Line, digest_of
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.introduction import (
    GROUP,
    HEADING,
    RESULTS,
    ROADMAP,
    introduction_content,
    readers,
)
from sheets_sync.domain.documents.kinds import CHANGES, INTRODUCTION
from sheets_sync.domain.documents.wording import long_date, number_sign
from sheets_sync.domain.school import RegisteredDocument

TEMPLATE = "amendment_introduction"
_START = "начало периода"
_PLACES = {GROUP: "Приложение № 1", ROADMAP: "Приложение № 2", RESULTS: "Приложение № 3"}
_GONE = ("",)


def introduction_changes(facts: Facts) -> tuple[Content, ...]:
    """Return an order on changes for a registered order on introduction that no longer says what is so."""
    now = introduction_content(facts)
    found = []
    for paper in facts.papers:
        signed = _signed(paper, facts) if paper.kind == INTRODUCTION and paper.registered else {}
        if signed and signed.get(_START) == digest_of((now.fields[_START],)):
            lines = tuple(_changed(signed, now))
            if lines:
                found.append(_amendment(paper, lines, facts))
    return tuple(found)


def _signed(paper: RegisteredDocument, facts: Facts) -> dict[str, str]:
    """Return the digest of everything that the order and the orders on its changes decided, by its place."""
    later = [
        one for one in facts.papers if one.kind == CHANGES and one.amends == paper.key and one.registered
    ]
    decided = {**facts.signed_fields.get(paper.key, {}), **facts.signed_rows.get(paper.key, {})}
    for one in sorted(later, key=lambda order: (order.on or date.max, order.key)):
        decided |= facts.signed_rows.get(one.key, {})
    return decided if facts.signed_rows.get(paper.key) else {}


def _changed(signed: Mapping[str, str], now: Content) -> Iterator[Line]:
    told = {
        "куратор": ("Пункт 3, куратор программы", now.fields["куратор"]),
        "конец периода": ("Пункт 1, срок внедрения", f"по {now.fields['конец периода']}"),
    }
    for name, (place, text) in told.items():
        if signed.get(name) != digest_of((now.fields[name],)):
            yield Line(name, (place, text), (now.fields[name],))
    standing = set()
    for table, appendix in _PLACES.items():
        for line in now.tables[table]:
            key = f"{table}/{line.key}"
            standing.add(key)
            if signed.get(key) != digest_of(line.cells):
                yield Line(key, (f"{appendix}, {line.key}", "; ".join(filter(None, line.cells))), line.cells)
    for key, digest in signed.items():
        table, _, name = key.partition("/")
        if table in _PLACES and key not in standing and digest != digest_of(_GONE):
            yield Line(key, (f"{_PLACES[table]}, {name}", "исключить"), _GONE)


def _amendment(paper: RegisteredDocument, lines: tuple[Line, ...], facts: Facts) -> Content:
    fields = {
        **facts.common(),
        "дата изменяемого": long_date(paper.on) if paper.on else "",
        "номер изменяемого": number_sign(paper.number),
        "заголовок изменяемого": paper.title or HEADING,
    }
    return Content(
        CHANGES,
        f"О внесении изменений в приказ {number_sign(paper.number)}",
        fields,
        {"": lines, "ознакомление": readers(facts)},
        subject=paper.key or paper.number,
        template=TEMPLATE,
    )
