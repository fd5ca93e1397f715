"""When an order is due, what stands in it, and whether the draft at hand still says the same."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.domain.documents.templates import TemplateSpec
from sheets_sync.domain.documents.wording import counted, initials_first, long_date, surname_first
from sheets_sync.domain.pairs.life import ORDER_ON_PAIRS
from sheets_sync.domain.plan import CreateDocument, MoveDocument, Remember, SetCells, SheetChange
from sheets_sync.domain.reconcile import KEY, fingerprint
from sheets_sync.domain.school import (
    Pair,
    PairState,
    Person,
    Plan,
    RegisteredDocument,
    SchoolSettings,
)
from sheets_sync.domain.tables import DocumentLink, Memory, Row, Table, Workbook, table

ORDER_ON_PLANS = "приказ об утверждении индивидуальных планов"
DRAFT, MOVING, EDITED, GONE, EMPTY = (
    "черновик",
    "переместить",
    "изменён вручную, новая версия рядом",
    "удалён сотрудником",
    "больше не нужен",
)


@dataclass(frozen=True, slots=True)
class OrderContent:
    """What an order should say tonight; `pairs` are the codes it names."""

    kind: str
    fields: Mapping[str, str]
    rows: tuple[tuple[str, ...], ...]
    pairs: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that change with any word of the order."""
        body = json.dumps([self.kind, dict(self.fields), self.rows], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Drafts:
    """The night's documents: those to make, those to move, the rows of «Документы».

    Shape: `settled` is what is written once the documents stand in the school's folder.
    """

    create: tuple[CreateDocument, ...]
    move: tuple[MoveDocument, ...]
    table: Table
    settled: tuple[SheetChange, ...]

    def naming(self, kind: str) -> dict[str, str]:
        """Return the draft of a kind that names each pair, by the pair's code."""
        found: dict[str, str] = {}
        for row in self.table.rows:
            pairs = row.memory.get("pairs")
            live = row.memory.get("kind") == kind and row.memory.get("state") in {DRAFT, MOVING}
            if live and isinstance(pairs, list):
                found |= {str(code): row.key for code in pairs}
        return found


def pairs_order(
    pairs: Sequence[Pair],
    people: Mapping[str, Person],
    refusals: Mapping[str, str],
    documents: Sequence[RegisteredDocument],
    settings: SchoolSettings,
) -> OrderContent | None:
    """Return the order on the approved pairs that no signed order names yet, None when there are none."""
    covered = _covered(documents, ORDER_ON_PAIRS)
    due = [
        pair
        for pair in pairs
        if pair.state is PairState.APPROVED
        and pair.code not in covered
        and not {pair.mentor, pair.mentee} & set(refusals)
    ]
    if not due:
        return None
    due.sort(key=lambda pair: (people[pair.mentor].name, people[pair.mentee].name, pair.code))
    rows = tuple(
        (
            str(number),
            pair.code,
            people[pair.mentor].name,
            people[pair.mentee].name,
            people[pair.mentee].school_class,
            pair.form,
        )
        for number, pair in enumerate(due, 1)
    )
    return OrderContent(ORDER_ON_PAIRS, _common(settings, len(due)), rows, tuple(pair.code for pair in due))


def plans_order(
    pairs: Sequence[Pair],
    plans: Sequence[Plan],
    people: Mapping[str, Person],
    refusals: Mapping[str, str],
    documents: Sequence[RegisteredDocument],
    settings: SchoolSettings,
) -> OrderContent | None:
    """Return the order on plans of pairs in force that no signed order names yet, None without any."""
    covered = _covered(documents, ORDER_ON_PLANS)
    alive = {
        pair.code: pair
        for pair in pairs
        if pair.state in {PairState.IN_FORCE, PairState.COMPLETED}
        and not {pair.mentor, pair.mentee} & set(refusals)
    }
    due = sorted(
        (plan for plan in plans if plan.pair in alive and plan.pair not in covered),
        key=lambda plan: plan.pair,
    )
    if not due:
        return None
    rows = []
    for number, plan in enumerate(due, 1):
        pair = alive[plan.pair]
        mentor, mentee = people[pair.mentor].name, people[pair.mentee].name
        rows.append((str(number), pair.code, mentor, mentee, plan.goal, str(len(plan.items))))
    fields = _common(settings, len(due))
    return OrderContent(ORDER_ON_PLANS, fields, tuple(rows), tuple(plan.pair for plan in due))


def stale(content: OrderContent | None, workbook: Workbook, kind: str) -> tuple[str, Memory] | None:
    """Return the code and memory of an unsigned draft that no longer says what it should, None otherwise."""
    found = _open_draft(workbook, kind)
    if found is None or content is None or found[1].get("hash") == content.fingerprint:
        return None
    return found


def drafts(
    contents: Mapping[str, OrderContent | None],
    templates: Mapping[str, TemplateSpec],
    workbook: Workbook,
    revisions: Mapping[str, str | None],
    next_code: Callable[[int], str],
) -> Drafts:
    """Decide on every order: leave the draft, make a new one in its place, or lay one beside it.

    Shape: `contents` maps a kind to tonight's content; `revisions` gives, for every stale draft's code, the
    revision in which its document stands (None when staff have removed it).
    """
    remembered = workbook.remembered("documents")
    memories = {key: memory for key, memory in remembered.items() if memory.get("document")}
    number = len(remembered)
    create: list[CreateDocument] = []
    for kind, content in contents.items():
        found = _open_draft(workbook, kind)
        if found is not None:
            key, memory = found
            verdict = _judge(content, memory, revisions.get(key))
            memories[key] = {**memory, "state": verdict} if verdict else memory
            if verdict == GONE and content is not None:
                memories[key] = {**memories[key], "hash": content.fingerprint}
            if verdict in {DRAFT, MOVING, GONE, EMPTY}:
                continue
        if content is None or content.fingerprint in _declined(remembered.values(), kind):
            continue
        if found is not None and not verdict:
            key, replaces = found[0], (str(_document(found[1]).get("id", "")), *_replaced(found[1]))
        else:
            number += 1
            key, replaces = next_code(number), ()
        template = templates[kind]
        title = f"{template.heading} (проект {key})"
        create.append(
            CreateDocument(
                key, template.id, title, content.fields, content.rows, content.fingerprint, replaces
            )
        )
        memories[key] = {
            "kind": kind,
            "hash": content.fingerprint,
            "pairs": list(content.pairs),
            "document": {},
            "state": MOVING,
            **({"replaces": list(replaces)} if replaces else {}),
        }
    new = {one.key for one in create}
    moving = [key for key, memory in memories.items() if memory.get("state") == MOVING]
    headings = {kind: template.heading for kind, template in templates.items()}
    return Drafts(
        tuple(create),
        tuple(_move(key, memories[key]) for key in moving if key not in new),
        table("documents", (_row(key, memory, headings) for key, memory in sorted(memories.items()))),
        tuple(change for key in moving for change in _settled(key, memories[key], headings)),
    )


def _judge(content: OrderContent | None, memory: Memory, revision: str | None) -> str:
    """Return the state in which an unsigned draft stays, "" when a new version takes its place."""
    if content is None:
        return EMPTY
    if memory.get("hash") == content.fingerprint:
        return MOVING if memory.get("state") == MOVING else DRAFT
    if revision is None:
        return GONE
    return "" if revision == _document(memory).get("revision") else EDITED


def _open_draft(workbook: Workbook, kind: str) -> tuple[str, Memory] | None:
    signed = {
        row.key
        for row in workbook.rows("documents")
        if row.key and row.text("number") and row.day("on") is not None
    }
    open_ones = [
        (key, memory)
        for key, memory in sorted(workbook.remembered("documents").items())
        if memory.get("kind") == kind and key not in signed and memory.get("state") not in {EDITED, GONE}
    ]
    return open_ones[-1] if open_ones else None


def _declined(memories: Iterable[Memory], kind: str) -> set[object]:
    # A draft in the bin says that people do not want this order; another content is asked for anew.
    return {
        memory.get("hash")
        for memory in memories
        if memory.get("kind") == kind and memory.get("state") == GONE
    }


def _document(memory: Memory) -> Mapping[str, object]:
    found = memory.get("document")
    return found if isinstance(found, Mapping) else {}


def _move(key: str, memory: Memory) -> MoveDocument:
    number, kind = str(_document(memory).get("id", "")), str(memory.get("kind", ""))
    return MoveDocument(key, number, kind, _replaced(memory))


def _replaced(memory: Memory) -> tuple[str, ...]:
    # Kept until the move is settled: a run stopped before it leaves the superseded drafts in sight.
    found = memory.get("replaces")
    return tuple(str(number) for number in found) if isinstance(found, list) else ()


def _row(key: str, memory: Memory, headings: Mapping[str, str]) -> Row:
    address = _document(memory).get("url")
    pairs = memory.get("pairs")
    kind = str(memory.get("kind", ""))
    return Row(
        key,
        {
            "key": key,
            "draft": str(address) if address else DocumentLink(key),
            "draft_state": str(memory.get("state", DRAFT)),
            "pairs": ", ".join(str(code) for code in pairs) if isinstance(pairs, list) else "",
        },
        initial={"kind": kind, "title": headings.get(kind, ""), "state": "проект"},
        memory=memory,
    )


def _settled(key: str, memory: Memory, headings: Mapping[str, str]) -> list[SheetChange]:
    kept = {name: value for name, value in memory.items() if name != "replaces"}
    row = _row(key, {**kept, "state": DRAFT}, headings)
    digests = {column: fingerprint(value) for column, value in row.cells.items() if column != KEY}
    return [
        SetCells("documents", key, -1, {"draft_state": (MOVING, DRAFT)}),
        Remember("documents", key, digests, row.memory),
    ]


def _covered(documents: Sequence[RegisteredDocument], kind: str) -> set[str]:
    return {code for paper in documents if paper.kind == kind and paper.registered for code in paper.pairs}


def _common(settings: SchoolSettings, count: int) -> dict[str, str]:
    return {
        "организация": settings.school_name,
        "место издания": settings.place,
        "дата документа": f"«___» ______________ {settings.period_start.year} г.",
        "номер документа": "№ ______",
        "начало периода": long_date(settings.period_start),
        "конец периода": long_date(settings.period_end),
        "куратор": surname_first(settings.curator_name),
        "число пар": counted(count, "строка", "строки", "строк"),
        "должность подписанта": settings.signatory_post,
        "подписант": initials_first(settings.signatory_name),
    }
