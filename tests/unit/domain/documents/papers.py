"""A small school on paper: three pairs, their people and everything that documents are made of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.papers_config import PapersConfig, papers_from_config
from sheets_sync.domain.documents.templates import TemplateSpec, template_from_config
from sheets_sync.domain.documents.wanted import Wanted
from sheets_sync.domain.russian import Grammar, grammar
from sheets_sync.domain.school import (
    Group,
    Pair,
    PairState,
    Person,
    Plan,
    PlanItem,
    RegisteredDocument,
    Role,
)
from sheets_sync.domain.tables import Memory, ReadRow, ReadSheet, Workbook
from sheets_sync.files.name_rules import PetrovichRules
from tests.unit.domain.school_year import SETTINGS, the_roadmap

CONFIG = Path(__file__).parents[4] / "config"
AS_OF = date(2022, 11, 10)
SIGNED = date(2022, 10, 26)
PEERS = "ученик–ученик"


@cache
def config() -> PapersConfig:
    found, problems = papers_from_config(YAML(typ="safe").load(CONFIG / "papers.yaml"))
    assert problems == []
    return found


@cache
def templates() -> Mapping[str, TemplateSpec]:
    found = {}
    for file in sorted((CONFIG / "documents").glob("*.yaml")):
        spec, problems = template_from_config(file.stem, YAML(typ="safe").load(file))
        assert problems == []
        found[file.stem] = spec
    return found


@cache
def _grammar() -> Grammar:
    heads = {"директор": ["директора", "директору", "директора", "директором", "директоре"]}
    return grammar(PetrovichRules(), heads, {})


def pupil(code: str, name: str, school_class: str, role: Role, born: date | None = None) -> Person:
    return Person(
        code,
        name,
        Group.PUPIL,
        frozenset({role}),
        date(2022, 9, 5),
        born,
        school_class=school_class,
        representative=f"{name.split()[0]} Анна Петровна",
        contacts=("+7 900 000-00-00", f"{code}@pochta.example"),
    )


PEOPLE = (
    pupil("Н-1", "Громова Вера Павловна", "10 «А»", Role.MENTOR, date(2006, 5, 1)),
    pupil("Н-2", "Дымов Илья Олегович", "11 «А»", Role.MENTOR, date(2005, 1, 9)),
    pupil("Н-3", "Ершов Пётр Ильич", "9 «Б»", Role.MENTOR, date(2007, 3, 3)),
    pupil("У-1", "Зорина Алла Юрьевна", "6 «А»", Role.MENTEE, date(2010, 2, 2)),
    pupil("У-2", "Ильин Глеб Львович", "7 «Б»", Role.MENTEE, date(2008, 4, 4)),
    pupil("У-3", "Крутов Ян Кириллович", "5 «А»", Role.MENTEE),
)


def pair(number: int, state: PairState = PairState.IN_FORCE, **more: object) -> Pair:
    """Pair n joins the mentor Н-n with the mentee У-n, by an order of 26 October unless it only waits."""
    signed = None if state in {PairState.APPROVED, PairState.PROPOSED} else SIGNED
    found = Pair(
        f"П-{number}",
        PEERS,
        f"Н-{number}",
        f"У-{number}",
        state,
        date(2022, 10, 17),
        date(2022, 10, 20),
        in_force_from=signed,
    )
    return replace(found, **more)  # type: ignore[arg-type]  # only a test's own changes


def paper(kind: str, *pairs: str, **more: object) -> RegisteredDocument:
    found = RegisteredDocument(kind, "Заголовок", "Д-1", "зарегистрирован", "45/2-р", SIGNED, pairs=pairs)
    return replace(found, **more)  # type: ignore[arg-type]  # only a test's own changes


def plan(number: int, made_on: date = date(2022, 11, 2)) -> Plan:
    return Plan(f"П-{number}", "Подтянуть алгебру", (PlanItem(1, "Разобрать тему"),), made_on)


def facts(**known: object) -> Facts:
    """Return facts about the three pairs; everything may be given."""
    found = Facts(
        as_of=AS_OF,
        settings=replace(
            SETTINGS,
            curator_name="Лебедева Ольга Николаевна",
            signatory_post="Директор",
            signatory_name="Соколова Елена Викторовна",
            responsible={"curator": "Лебедева Ольга Николаевна", "deputy": "Морозов Андрей Павлович"},
        ),
        config=config(),
        wanted=Wanted(),
        grammar=_grammar(),
        people={person.code: person for person in PEOPLE},
        roadmap=the_roadmap(),
    )
    return replace(found, **known)  # type: ignore[arg-type]  # only a test's own changes


def workbook(memories: Mapping[str, Memory], rows: Mapping[str, Mapping[str, object]]) -> Workbook:
    """Return a workbook whose register holds these rows, and what is remembered about them."""
    read = tuple(
        ReadRow(number, key if key.startswith("Д") else "", dict(cells))  # type: ignore[arg-type]
        for number, (key, cells) in enumerate(rows.items(), 1)
    )
    memory = {("documents", key): one for key, one in memories.items()}
    return Workbook({"documents": ReadSheet("documents", read)}, memory, 3)
