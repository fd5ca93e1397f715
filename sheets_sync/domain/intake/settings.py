"""«Настройки»: what the curator may change, with the files' values as defaults."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from sheets_sync.domain.classes import parse_class
from sheets_sync.domain.dates import parse_date
from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.intake.cells import Cells
from sheets_sync.domain.monitoring.targets import TARGETS
from sheets_sync.domain.school import SchoolSettings
from sheets_sync.domain.tables import CellValue, ReadRow
from sheets_sync.domain.textforms import cleaned, folded

PARAMETERS = {
    "Название школы": "school_name",
    "Краткое название школы": "school_short_name",
    "Населённый пункт": "place",
    "Начало периода": "period_start",
    "Конец периода": "period_end",
    "Год дорожной карты": "roadmap_year",
    "Малокомплектная школа": "small_school",
    "Формы наставничества": "forms_in_use",
    "Классы": "classes",
    "Группы наставников": "mentor_groups",
    "Удовлетворён: от скольки баллов": "satisfied_from",
    "Доля выполненных пунктов плана": "plan_share",
    "Пара без встреч: через сколько дней спрашивать": "silent_days",
    "SWOT: сильная сторона от": "swot_strong",
    "SWOT: слабая сторона ниже": "swot_weak",
    "Должность подписывающего": "signatory_post",
    "Кто подписывает": "signatory_name",
    "Куратор": "curator_name",
}
"""Names of the parameters in the sheet and the fields of `SchoolSettings` they change."""

THRESHOLD = "Порог "
"""A row «Порог M01.pupils» changes a threshold of an indicator: percent, fraction or whole number."""

RESPONSIBLE = "Ответственный: "
"""A row «Ответственный: curator» names the person of a role."""

TARGET = "План года: "
"""A row «План года: молодые специалисты» changes the year's target of an official figure."""
CONTROL_DATE = "Контрольная дата"
"""A row «Контрольная дата, пункт 13» or «Контрольная дата M13.attendance» freezes the list counted over."""

_BY_DAY = frozenset({"small_school", "forms_in_use", "mentor_groups", "plan_share"})

RUN_NOW = "Обновить сейчас"
"""A ticked row with this name asks for a run."""

OTHERS = ("Пары: ", "Документы: ", "Уведомления: ", "Падеж: ")
"""Parameters that start like this belong to other parts of the program."""


def read_settings(
    rows: Iterable[ReadRow], defaults: SchoolSettings, as_of: date
) -> tuple[SchoolSettings, tuple[Finding, ...]]:
    """Return the settings in force on a date; what cannot be read is asked about and the default stands.

    A row counts from «Действует с» to «по», both included; of several the lowest in the sheet counts.
    """
    findings: list[Finding] = []
    settings = defaults
    fields = {folded(name): field for name, field in PARAMETERS.items()}
    for row in rows:
        # Nobody is asked about a row that stands no more.
        cells = Cells("settings", row, findings if row.index >= 0 else [])
        name = cleaned(cells.text("name"))
        if not name or not cells.text("value") or not in_force(cells, as_of):
            continue
        if field := fields.get(folded(name)):
            settings = _changed(settings, field, cells)
        elif name.startswith(THRESHOLD):
            settings = _threshold(settings, name.removeprefix(THRESHOLD).strip(), cells)
        elif name.startswith(TARGET):
            settings = _target(settings, name.removeprefix(TARGET).strip(), cells)
        elif name.startswith(CONTROL_DATE):
            settings = _control_date(settings, name.removeprefix(CONTROL_DATE), cells)
        elif name.startswith(RESPONSIBLE):
            role = name.removeprefix(RESPONSIBLE).strip()
            settings = replace(settings, responsible={**settings.responsible, role: cells.text("value")})
        elif name != RUN_NOW and not name.startswith(OTHERS):
            cells.complain("name", f"параметр «{name}» программе не знаком", Severity.NOTE)
    if settings.period_end < settings.period_start:
        findings.append(
            Finding(
                "Настройки/период", "«Настройки»", "конец периода раньше начала: действуют даты из файлов"
            )
        )
        settings = replace(settings, period_start=defaults.period_start, period_end=defaults.period_end)
    return settings, tuple(findings)


def counts_by_day(name: str) -> bool:
    """Whether a parameter changes what indicators or their thresholds are on a day."""
    known = {folded(title) for title, field in PARAMETERS.items() if field in _BY_DAY}
    return cleaned(name).startswith(THRESHOLD) or folded(name) in known


def settings_by_day(
    rows: Iterable[ReadRow], defaults: SchoolSettings, as_of: date
) -> tuple[tuple[date, SchoolSettings], ...]:
    """Return the settings with the day from which each holds, the earliest first; the first hold always."""
    counting = [row for row in rows if counts_by_day(row.text("name"))]
    days = {date.min}
    for row in counting:
        cells = Cells("settings", row, [])
        start, end = cells.day("valid_from"), cells.day("valid_to")
        days |= {day for day in (start, end and end + timedelta(days=1)) if day is not None and day <= as_of}
    return tuple((day, read_settings(counting, defaults, day)[0]) for day in sorted(days))


def settings_rows(settings: SchoolSettings) -> tuple[dict[str, CellValue], ...]:
    """Return the rows that `init` puts into the sheet: all parameters, empty: the files' values count."""
    names = [*PARAMETERS, *(f"{THRESHOLD}{key}" for key in settings.thresholds)]
    names += [f"{TARGET}{name}" for name in TARGETS.values()]
    names += [f"{CONTROL_DATE} {key}" for key in settings.control_dates]
    names += [f"{RESPONSIBLE}{role}" for role in settings.responsible]
    return tuple({"name": name, "value": ""} for name in (*names, RUN_NOW))


def in_force(cells: Cells, as_of: date) -> bool:
    """Whether a row of «Настройки» counts on a date."""
    start, end = cells.day("valid_from", "действует с"), cells.day("valid_to", "по")
    return (start is None or start <= as_of) and (end is None or as_of <= end)


def _changed(settings: SchoolSettings, field: str, cells: Cells) -> SchoolSettings:
    read: Callable[[Cells], object | None] = _READERS.get(field, _text)
    value = read(cells)
    if value is None:
        cells.complain("value", f"«{cells.text('name')}»: не понятно значение «{cells.text('value')}»")
        return settings
    return replace(settings, **{field: value})  # type: ignore[arg-type]


def _text(cells: Cells) -> str | None:
    return cleaned(cells.text("value")) or None


def _day(cells: Cells) -> date | None:
    return cells.row.day("value") or parse_date(cells.text("value"))


def _whole(cells: Cells) -> int | None:
    text = cells.text("value")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _yes(cells: Cells) -> bool | None:
    return {"да": True, "нет": False}.get(cells.text("value").casefold())


def _list(cells: Cells) -> tuple[str, ...] | None:
    pieces = cells.text("value").replace(";", "\n").replace(",", "\n").splitlines()
    return tuple(piece for piece in map(cleaned, pieces) if piece) or None


def _classes(cells: Cells) -> tuple[str, ...] | None:
    parsed = [parse_class(piece) for piece in _list(cells) or ()]
    known = [str(item) for item in parsed if item is not None]
    return tuple(dict.fromkeys(known)) if known and len(known) == len(parsed) else None


def _share(cells: Cells) -> Fraction | None:
    text = cells.text("value").replace(",", ".").replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    try:
        number = Fraction(text.removesuffix("%"))
    except (ValueError, ZeroDivisionError):
        return None
    share = number / 100 if text.endswith("%") or number > 1 else number
    return share if 0 < share <= 1 else None


def _threshold(settings: SchoolSettings, key: str, cells: Cells) -> SchoolSettings:
    known = settings.thresholds.get(key)
    if known is None:
        cells.complain("name", f"показателя «{key}» нет", Severity.NOTE)
        return settings
    value: Fraction | int | None = _share(cells) if known <= 1 else _whole(cells)
    if value is None:
        cells.complain("value", f"порог «{key}»: не понятно значение «{cells.text('value')}»")
        return settings
    return replace(settings, thresholds={**settings.thresholds, key: Fraction(value)})


def _target(settings: SchoolSettings, name: str, cells: Cells) -> SchoolSettings:
    key = next((key for key, known in TARGETS.items() if folded(known) == folded(name)), None)
    value = _share(cells)
    if key is None:
        cells.complain("name", f"показателя «{name}» нет; есть: {', '.join(TARGETS.values())}", Severity.NOTE)
        return settings
    if value is None:
        cells.complain("value", f"план «{name}»: не понятно значение «{cells.text('value')}»")
        return settings
    return replace(settings, regional_targets={**settings.regional_targets, key: value})


def _control_date(settings: SchoolSettings, named: str, cells: Cells) -> SchoolSettings:
    key = _NAMED.sub("", cleaned(named))
    day = _day(cells)
    if day is None:
        cells.complain("value", f"«{cells.text('name')}»: «{cells.text('value')}» — не дата")
        return settings
    return replace(settings, control_dates={**settings.control_dates, key: day})


_NAMED = re.compile(r"^[\s,:]*(?:пункта?\s*)?(?:№\s*)?", re.IGNORECASE)
_READERS: dict[str, Callable[[Cells], object | None]] = {
    "period_start": _day,
    "period_end": _day,
    "roadmap_year": _whole,
    "small_school": _yes,
    "forms_in_use": _list,
    "classes": _classes,
    "mentor_groups": _list,
    "satisfied_from": _whole,
    "plan_share": _share,
    "silent_days": _whole,
    "swot_strong": _share,
    "swot_weak": _share,
}
