"""The school as config/school.yaml declares it: what stands where «Настройки» says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sheets_sync.domain.declaration import Fields, Problem, said
from sheets_sync.domain.monitoring.targets import TARGETS
from sheets_sync.domain.roadmap_config import thresholds_for
from sheets_sync.domain.rules_config import amount_of
from sheets_sync.domain.russian.case import OBLIQUE
from sheets_sync.domain.school import SchoolSettings

_KEYS = (
    "name", "short_name", "place", "period_start", "period_end", "roadmap_year", "small_school", "thresholds",
    "control_dates", "plan_share", "satisfied_from", "silent_days", "swot", "regional_targets",
    "forms_in_use", "classes", "mentor_groups", "roles", "curator", "signatory", "calendar", "document_kinds",
    "time_zone", "posts", "identity", "heartbeat",
)  # fmt: skip
_UNREADABLE = date.min


class Identity(StrEnum):
    """How people are known in forms, spreadsheet and documents."""

    NAMES = "names"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class SchoolConfig:
    """The school's file.

    Shape: `defaults` are the settings before «Настройки» is read; `calendar` corrects the days off (True: a
    working day, False: a day off); `document_kinds` fill the drop-down of «Документы»; `posts` maps the head
    of a post to its forms in the five oblique cases; `identity` says whether the questionnaire asks for names
    or only for the codes that the school gave out; `thresholds` are those of each year that changes them;
    `heartbeat` is the address that gets the health line of every run, "" when nobody watches.
    """

    defaults: SchoolSettings
    calendar: Mapping[date, bool] = field(default_factory=dict)
    document_kinds: tuple[str, ...] = ()
    time_zone: str = "Europe/Moscow"
    posts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    identity: Identity = Identity.NAMES
    thresholds: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    heartbeat: str = ""

    def thresholds_of(self, year: int) -> dict[str, Fraction]:
        """Return the thresholds in force in a year."""
        return thresholds_for(year, self.thresholds)


def school_from_config(data: Mapping[str, object]) -> tuple[SchoolConfig, list[Problem]]:
    """Read the school from the mapping that config/school.yaml holds, with all problems at once."""
    problems: list[Problem] = []
    fields = Fields(data, (), problems)
    fields.refuse_unknown(_KEYS)
    year = fields.whole("roadmap_year", 0)
    if not 2000 <= year <= 2100:
        fields.complain("roadmap_year", "год дорожной карты — четыре цифры, например 2022")
    signatory = fields.inner("signatory")
    thresholds = _by_year(fields.inner("thresholds"))
    defaults = SchoolSettings(
        school_name=fields.text("name"),
        school_short_name=fields.text("short_name"),
        place=fields.text("place"),
        period_start=fields.day("period_start") or _UNREADABLE,
        period_end=fields.day("period_end") or _UNREADABLE,
        roadmap_year=year,
        small_school=fields.flag("small_school"),
        forms_in_use=fields.texts("forms_in_use"),
        classes=fields.texts("classes"),
        mentor_groups=fields.texts("mentor_groups"),
        satisfied_from=fields.whole("satisfied_from", 7),
        plan_share=_share(fields, "plan_share", Fraction(9, 10)),
        silent_days=fields.whole("silent_days", 21),
        swot_strong=_share(fields.inner("swot"), "strong_from", Fraction(7, 10)),
        swot_weak=_share(fields.inner("swot"), "weak_below", Fraction(1, 2)),
        regional_targets=thresholds_for(year, _by_year(fields.inner("regional_targets"), tuple(TARGETS))),
        thresholds=thresholds_for(year, thresholds),
        control_dates=_control_dates(fields.inner("control_dates")),
        responsible=fields.inner("roles").all_texts(),
        signatory_post=signatory.text("post"),
        signatory_name=signatory.text("name"),
        curator_name=fields.text("curator"),
    )
    if _UNREADABLE not in (defaults.period_start, defaults.period_end) and (
        defaults.period_end < defaults.period_start
    ):
        fields.complain("period_end", "период кончается раньше, чем начинается")
    if not 1 <= defaults.satisfied_from <= 10:
        fields.complain("satisfied_from", "порог удовлетворённости бывает от 1 до 10")
    if defaults.silent_days < 1:
        fields.complain("silent_days", "пара без встреч: нужно хотя бы один день")
    if defaults.swot_weak > defaults.swot_strong:
        fields.complain("swot", "порог слабой стороны выше порога сильной")
    config = SchoolConfig(
        defaults,
        _calendar(fields.inner("calendar")),
        fields.texts("document_kinds"),
        fields.text("time_zone", "Europe/Moscow"),
        _posts(fields.inner("posts")),
        fields.choice("identity", tuple(Identity), Identity.NAMES),
        thresholds,
        _address(fields, "heartbeat"),
    )
    return config, problems


def _address(fields: Fields, key: str) -> str:
    found = fields.text(key, "")
    if found and not found.startswith(("https://", "http://")):
        fields.complain(key, f"«{key}» — адрес вида https://…, а стоит {said(found)}")
    return found


def _share(fields: Fields, key: str, default: Fraction) -> Fraction:
    if not fields.has(key):
        return default
    found = amount_of(fields.raw(key))
    if found is None or found > 1:
        fields.complain(key, f"«{key}» — доля вида «90 %», а стоит {said(fields.raw(key))}")
        return default
    return found


def _by_year(fields: Fields, known: tuple[str, ...] = ()) -> dict[int, Mapping[str, object]]:
    by_year: dict[int, Mapping[str, object]] = {}
    for key in fields.names():
        inner = fields.inner(key)
        if not (key.isdecimal() and len(key) == 4):
            fields.complain(key, f"пороги ставятся по годам, а «{key}» — не год")
            continue
        if known:
            inner.refuse_unknown(known)
        by_year[int(key)] = {name: inner.raw(name) for name in inner.names()}
        for name, value in by_year[int(key)].items():
            if amount_of(value) is None:
                inner.complain(name, f"порог — число или доля вида «10 %», а стоит {said(value)}")
    return by_year


def _posts(fields: Fields) -> dict[str, tuple[str, ...]]:
    found = {}
    for head in fields.names():
        forms = fields.texts(head)
        if len(forms) != len(OBLIQUE):
            fields.complain(
                head, f"у должности пять форм, от родительного до предложного, а стоит {len(forms)}"
            )
        else:
            found[head.casefold()] = forms
    return found


def _control_dates(fields: Fields) -> dict[str, date]:
    found = {key: fields.day(key) for key in fields.names()}
    return {key: day for key, day in found.items() if day is not None}


def _calendar(fields: Fields) -> dict[date, bool]:
    fields.refuse_unknown(("working", "off"))
    working, off = fields.days("working"), fields.days("off")
    for day in sorted(set(working) & set(off)):
        fields.complain("off", f"{day:%d.%m.%Y} назван и рабочим днём, и выходным")
    return dict.fromkeys(off, False) | dict.fromkeys(working, True)
