"""What the curator may change about pairing in «Настройки»; the file's rules are the defaults."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.intake.cells import Cells
from sheets_sync.domain.matching.model import Criterion, Level, Rules
from sheets_sync.domain.matching.rules import LEVEL_WORDS, NUMBERS
from sheets_sync.domain.matching.words import capitalised
from sheets_sync.domain.tables import CellValue, ReadRow
from sheets_sync.domain.textforms import cleaned, folded

PREFIX = "Пары: "
"""Rows of «Настройки» that start like this are about pairing."""

_LEVELS = {level: word for word, level in reversed(LEVEL_WORDS.items()) if word != "false"}
_CRITERIA = {
    Criterion.NEEDS: ("запросы и ресурсы", "что просит наставляемый и в чём готов помочь наставник"),
    Criterion.CHOICE: ("выбор после общей встречи", "кто кого назвал; взаимный выбор сильнее всего"),
    Criterion.TIMES: ("общее время", "дни и часы, удобные обоим"),
    Criterion.KIND: ("с кем хотелось бы работать", "ученик, учитель, выпускник, специалист"),
    Criterion.FORMAT: ("очно или онлайн", "способ встреч, удобный обоим"),
    Criterion.CLASS_DISTANCE: ("разница в классах", "лучше всего, когда наставник старше на 1–3 класса"),
    Criterion.GROUP: ("один на один или в группе", "пожелание наставляемого после встречи"),
}
_WEIGHTS = (Level.MANDATORY, Level.HIGH, Level.MEDIUM, Level.LOW)
_FLAGS = {
    "сначала больше людей в парах": (
        "most_people",
        "«нет» — важнее сумма баллов, даже если пар станет меньше",
    ),
    "поднимать слабейшую пару": (
        "floor",
        "«да» — худшая пара настолько хороша, насколько можно без потери людей; цена — в «Состоянии»",
    ),
    "нежелание работать запрещает пару": (
        "avoid_is_veto",
        "ответ «с кем работать не хотелось бы» закрывает пару",
    ),
    "выбор наставляемого заменяет обязательное": (
        "waive_mandatory_when_chosen",
        "наставляемый сам назвал наставника — совпадение запроса не требуется",
    ),
}
_AMOUNTS = {
    "надбавка вчерашнему предложению": (
        "stay_bonus",
        "баллов; чем больше, тем реже предложения меняются от ночи к ночи",
    ),
    "надбавка дольше всех ждущему": ("waiting_bonus", "баллов; остальным — по очереди"),
    "надбавка оставшемуся без пары в прошлом году": ("unpaired_before_bonus", "баллов"),
    "наименьший балл пары": (
        "min_pair_score",
        "пара с меньшим баллом показана в «Без пары», но не предлагается",
    ),
    "наименьшая доля людей в парах, %": (
        "min_share_paired",
        "если пар меньше, предложение не применяется: видно в «Состоянии»",
    ),
    "группа — от скольких человек": ("group_from", "с такой вместимости наставник ведёт группу"),
    "сколько общих часов достаточно": ("enough_common_slots", "больше — баллов не прибавляет"),
}
_WEIGHT_BOUNDS = (0, 1000)
_CRITERION_OF = {folded(name): one for one, (name, _) in _CRITERIA.items()}
_LEVEL_OF = {folded(f"вес «{_LEVELS[level]}»"): level for level in _WEIGHTS}
_FIELD_OF = {folded(name): field for name, (field, _) in (*_FLAGS.items(), *_AMOUNTS.items())}


@dataclass(frozen=True, slots=True)
class Preference:
    """One row: its name, what it means, and the value that the rules of the file give it."""

    name: str
    about: str
    value: str

    def row(self) -> Mapping[str, CellValue]:
        """The row of «Настройки» that `init` offers."""
        return {"name": self.name, "value": self.value, "about": self.about}


def preferences(rules: Rules) -> tuple[Preference, ...]:
    """Return every parameter of pairing with its value under these rules."""
    words = ", ".join(_LEVELS[level] for level in Level)
    found = [
        Preference(f"{PREFIX}{name}", f"{about}. Бывает: {words}", _LEVELS[rules.levels.get(one, Level.OFF)])
        for one, (name, about) in _CRITERIA.items()
    ]
    found += [
        Preference(
            f"{PREFIX}вес «{_LEVELS[level]}»",
            "сколько весит критерий этого уровня рядом с другими; всего у пары до 1000 баллов",
            str(rules.level_weights.get(level, 0)),
        )
        for level in _WEIGHTS
    ]
    found += [
        Preference(f"{PREFIX}{name}", f"{about}. Бывает: да, нет", "да" if getattr(rules, field) else "нет")
        for name, (field, about) in _FLAGS.items()
    ]
    found += [
        Preference(f"{PREFIX}{name}", f"{about}. {capitalised(_bounds(field))}", str(getattr(rules, field)))
        for name, (field, about) in _AMOUNTS.items()
    ]
    return tuple(found)


def preferred_rules(rows: Iterable[ReadRow], rules: Rules, as_of: date) -> tuple[Rules, tuple[Finding, ...]]:
    """Return the rules with everything that «Настройки» changes on the date.

    A value that cannot be read is a question and the file's rule holds; of several rows the lowest counts.
    """
    findings: list[Finding] = []
    changed = rules
    for row in rows:
        cells = Cells("settings", row, findings)
        name, value = cleaned(cells.text("name")), cleaned(cells.text("value"))
        if not name.startswith(PREFIX) or not value or not _in_force(row, as_of):
            continue
        title = folded(name.removeprefix(PREFIX))
        reading = _read(title, value, changed)
        if reading is None:
            cells.complain("name", f"параметр «{name}» программе не знаком", Severity.NOTE)
        elif isinstance(reading, str):
            cells.complain(
                "value", f"«{name}»: нужно {reading}, а стоит «{value}»; действует прежнее значение"
            )
        else:
            changed = reading
    if not any(changed.points().values()):
        text = "все критерии подбора выключены: у всех пар по 0 баллов, решает очередь и жребий"
        findings.append(Finding("Настройки/пары/веса", "«Настройки»", text))
    return changed, tuple(findings)


def _read(title: str, value: str, rules: Rules) -> Rules | str | None:
    """The changed rules; what was expected instead, in Russian; or None for an unknown parameter."""
    criterion, level, field = _CRITERION_OF.get(title), _LEVEL_OF.get(title), _FIELD_OF.get(title)
    if criterion is not None:
        chosen = LEVEL_WORDS.get(value.casefold())
        if chosen is None:
            return "одно из: " + ", ".join(_LEVELS[level] for level in Level)
        return replace(rules, levels={**rules.levels, criterion: chosen})
    if level is not None:
        weight = _whole(value, _WEIGHT_BOUNDS)
        if weight is None:
            return "целое число от {} до {}".format(*_WEIGHT_BOUNDS)
        return replace(rules, level_weights={**rules.level_weights, level: weight})
    if field is None:
        return None
    if field in NUMBERS:
        number = _whole(value, NUMBERS[field])
        return _bounds(field) if number is None else _with(rules, field, number)
    said = {"да": True, "нет": False}.get(value.casefold())
    return "«да» или «нет»" if said is None else _with(rules, field, said)


def _with(rules: Rules, field: str, value: int) -> Rules:
    return replace(rules, **{field: value})  # type: ignore[arg-type]  # the names come from the tables above


def _bounds(field: str) -> str:
    low, high = NUMBERS[field]
    return f"целое число от {low} до {high}"


def _whole(text: str, bounds: tuple[int, int]) -> int | None:
    digits = text.removesuffix("%").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 6:
        return None
    return int(digits) if bounds[0] <= int(digits) <= bounds[1] else None


def _in_force(row: ReadRow, as_of: date) -> bool:
    # Dates that cannot be read are asked about where all rows of the sheet are read; here they do not bind.
    cells = Cells("settings", row, [])
    start, end = cells.day("valid_from"), cells.day("valid_to")
    return (start is None or start <= as_of) and (end is None or as_of <= end)
