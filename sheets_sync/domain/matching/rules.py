"""Reads the rules of pairing from the mapping that config/matching.yaml holds."""

from collections.abc import Iterable, Mapping
from dataclasses import fields

from sheets_sync.domain.matching.model import Criterion, FormRule, Level, Rules

LEVEL_WORDS = {
    "обязательно": Level.MANDATORY,
    "высокий": Level.HIGH,
    "средний": Level.MEDIUM,
    "низкий": Level.LOW,
    "не учитывать": Level.OFF,
    "false": Level.OFF,
}
_FORM_KEYS = {f.name for f in fields(FormRule)}
_NESTED = {
    "class_distance": {"best_from": "class_best_from", "best_to": "class_best_to", "step": "class_step"},
    "choice": {
        "mutual": "choice_mutual",
        "mentee": "choice_mentee",
        "mentor": "choice_mentor",
        "rank_step": "choice_rank_step",
    },
}
_FLAGS = {"waive_mandatory_when_chosen", "avoid_is_veto", "most_people", "floor"}
NUMBERS = {
    "enough_common_slots": (1, 50),
    "group_from": (2, 100),
    "stay_bonus": (0, 1000),
    "waiting_bonus": (0, 1000),
    "unpaired_before_bonus": (0, 1000),
    "min_pair_score": (0, 1000),
    "min_share_paired": (0, 100),
    "dense_cells": (0, 10**9),
    "mentee_list": (1, 10**6),
    "mentor_list": (1, 10**6),
    "proof_cells": (0, 10**12),
    "verified_changes": (0, 10**6),
}
_OTHERS = {"forms", "criteria", "level_weights", "kinds", "any_kind", "formats", "remote_format", *_NESTED}


class RulesProblem(ValueError):
    """The mapping cannot be read; `problems` are pairs of key path and Russian text, all at once."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{where}: {what}" for where, what in self.problems))


def rules_from(config: Mapping[str, object], *, extensions: bool = False) -> Rules:
    """Build the rules of all forms of the method; with `extensions` also of the school's own forms.

    Errors: RulesProblem with every unknown key, wrong type and value out of range.
    """
    problems: list[tuple[str, str]] = []
    known = _FLAGS | set(NUMBERS) | _OTHERS
    problems += [(key, "такого правила нет") for key in config if key not in known]
    values: dict[str, object] = {}
    for key in sorted(_FLAGS & set(config)):
        values[key] = config[key]
        if not isinstance(config[key], bool):
            problems.append((key, "нужно true или false"))
    for key, bounds in NUMBERS.items():
        if key in config:
            values[key] = _number(key, config[key], bounds, problems)
    for key, fields_of in _NESTED.items():
        for name, value in _mapping(key, config.get(key, {}), problems).items():
            if name in fields_of:
                values[fields_of[name]] = _number(f"{key}.{name}", value, (0, 1000), problems)
            else:
                problems.append((f"{key}.{name}", "такого правила нет"))
    levels, weights = _levels(config, problems)
    kinds = {str(k): str(v) for k, v in _mapping("kinds", config.get("kinds", {}), problems).items()}
    if "any_kind" in config:
        values["any_kind"] = str(config["any_kind"])
    if "remote_format" in config:
        values["remote_format"] = str(config["remote_format"])
    if "formats" in config:
        values["formats"] = frozenset(_texts("formats", config["formats"], problems))
    forms = _forms(config.get("forms"), problems)
    if problems:
        raise RulesProblem(problems)
    used = tuple(form for form in forms if extensions or not form.extension)
    return Rules(forms=used, levels=levels, level_weights=weights, kinds=kinds, **values)  # type: ignore[arg-type]


def mentee_forms(rules: Rules, group: str, only: str = "") -> tuple[str, ...]:
    """Titles of the forms in which somebody of this group may have a mentor; `only` keeps one of them."""
    return tuple(f.title for f in rules.forms if group in f.mentees and only in ("", f.title))


def mentor_forms(rules: Rules, group: str, only: str = "") -> tuple[str, ...]:
    """Titles of the forms in which somebody of this group may be a mentor; `only` keeps one of them."""
    return tuple(f.title for f in rules.forms if group in f.mentors and only in ("", f.title))


def _number(where: str, value: object, bounds: tuple[int, int], problems: list[tuple[str, str]]) -> int:
    low, high = bounds
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        problems.append((where, f"нужно целое число от {low} до {high}"))
        return low
    return value


def _mapping(where: str, value: object, problems: list[tuple[str, str]]) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return value
    problems.append((where, "нужен список «ключ: значение»"))
    return {}


def _texts(where: str, value: object, problems: list[tuple[str, str]]) -> list[str]:
    if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return list(value)
    problems.append((where, "нужен список строк"))
    return []


def _levels(
    config: Mapping[str, object], problems: list[tuple[str, str]]
) -> tuple[dict[Criterion, Level], dict[Level, int]]:
    levels: dict[Criterion, Level] = {}
    for name, word in _mapping("criteria", config.get("criteria", {}), problems).items():
        text = str(word).strip().lower()
        level = LEVEL_WORDS.get(text) or next((one for one in Level if one.value == text), None)
        if name not in set(Criterion):
            problems.append((f"criteria.{name}", "такого критерия нет: " + ", ".join(Criterion)))
        elif level is None:
            problems.append((f"criteria.{name}", "уровень бывает mandatory, high, medium, low, off"))
        else:
            levels[Criterion(name)] = level
    weights = {Level.MANDATORY: 4, Level.HIGH: 4, Level.MEDIUM: 2, Level.LOW: 1, Level.OFF: 0}
    for name, value in _mapping("level_weights", config.get("level_weights", {}), problems).items():
        if name not in set(Level) - {Level.OFF}:
            problems.append((f"level_weights.{name}", "такого уровня нет"))
        else:
            weights[Level(name)] = _number(f"level_weights.{name}", value, (0, 1000), problems)
    return levels, weights


def _forms(value: object, problems: list[tuple[str, str]]) -> tuple[FormRule, ...]:
    if not isinstance(value, list | tuple) or not value:
        problems.append(("forms", "нужна хотя бы одна форма наставничества"))
        return ()
    forms: list[FormRule] = []
    for number, item in enumerate(value):
        where = f"forms[{number}]"
        entry = _mapping(where, item, problems)
        problems += [(f"{where}.{key}", "такого поля нет") for key in entry if key not in _FORM_KEYS]
        title = entry.get("title")
        if not isinstance(title, str) or not title or title in {f.title for f in forms}:
            problems.append((f"{where}.title", "нужно название формы, не повторяющееся в списке"))
            continue
        limits = {
            key: _number(f"{where}.{key}", entry[key], (0, 100), problems)
            for key in sorted(_FORM_KEYS)
            if key.startswith("min_") and entry.get(key) is not None
        }
        forms.append(
            FormRule(
                title=title,
                mentors=frozenset(_texts(f"{where}.mentors", entry.get("mentors"), problems)),
                mentees=frozenset(_texts(f"{where}.mentees", entry.get("mentees"), problems)),
                extension=entry.get("extension") is True,
                **limits,
            )
        )
    return tuple(forms)
