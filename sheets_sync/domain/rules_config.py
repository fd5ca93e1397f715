"""Rules of indicators as config/roadmap.yaml writes them, read into their typed form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sheets_sync.domain.indicators.collections import COLLECTIONS
from sheets_sync.domain.indicators.rules import (
    Aggregate,
    ContingentQuery,
    Having,
    MeasureSet,
    MeasuresQuery,
    Query,
    Rule,
    Scalar,
    Selection,
    Source,
    TotalQuery,
    Where,
)

_AGES = re.compile(r"(\d{1,2})\s*[–-]\s*(\d{1,2})")
_AMOUNT = re.compile(r"(\d+)(?:[.,](\d+))?\s*(%?)")
_SELECTION_KEYS = frozenset(("of", "where", "from_period_start"))
_HAVING_KEYS = _SELECTION_KEYS | {"by", "key", "distinct", "at_least", "share_of"}
_QUERY_KEYS = _SELECTION_KEYS | {
    "having",
    "distinct",
    "sum",
    "largest",
    "best",
    "by",
    "at",
    "unknown_if_empty",
}
_CONTINGENT_COLUMNS = ("total", "aged_10_19", "aged_15_19", "young_specialists")
_TOTALS = ("base_answers", "analysed_answers")


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """Something wrong in a file: the path of its keys, like «measures[3].indicators[0].part», and why."""

    path: str
    text: str


@dataclass
class RuleReader:
    """Reads rules and keeps every problem it meets; a rule with a problem is read as None."""

    problems: list[ConfigProblem] = field(default_factory=list)

    def say(self, path: str, text: str) -> None:
        """Notes a problem."""
        self.problems.append(ConfigProblem(path, text))

    def mapping(self, value: object, path: str, allowed: frozenset[str]) -> Mapping[str, object]:
        """The value as a mapping whose keys are all known; unknown keys and other shapes are problems."""
        if not isinstance(value, Mapping):
            self.say(path, "здесь ожидаются поля «ключ: значение»")
            return {}
        for key in value:
            if key not in allowed:
                self.say(f"{path}.{key}", f"неизвестное поле; бывают: {', '.join(sorted(allowed))}")
        return {str(key): item for key, item in value.items()}

    def text(self, value: object, path: str, *, required: bool = False) -> str:
        """The value as text."""
        if value is None and not required:
            return ""
        if not isinstance(value, str) or (required and not value.strip()):
            self.say(path, "здесь ожидается текст")
            return ""
        return value

    def items(self, value: object, path: str) -> Sequence[object]:
        """The value as a list; nothing is an empty one."""
        if value is None:
            return ()
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.say(path, "здесь ожидается список")
            return ()
        return value

    def amount(self, value: object, path: str) -> Fraction | None:
        """A threshold: a whole number, or a share written like «10 %»."""
        found = amount_of(value)
        if found is None:
            self.say(path, "здесь ожидается число или доля вида «10 %»")
        return found

    def rule(self, entry: Mapping[str, object], path: str) -> Rule | None:
        """The rule of an indicator: `count`, or `part` and `whole`, or `every` and `having`."""
        if "every" in entry:
            whole = self.query(entry["every"], f"{path}.every")
            answers = self._havings(entry.get("having"), f"{path}.having")
            if whole is None or not answers:
                return None
            part = Query(whole.selection, (*whole.having, *answers), whole.distinct, at=whole.at)
            return Rule(part, (whole,))
        if "count" in entry:
            counted = self.source(entry["count"], f"{path}.count")
            return None if counted is None else Rule(counted)
        if "part" not in entry or "whole" not in entry:
            self.say(path, "нужно правило: count, либо part и whole, либо every и having")
            return None
        counted = self.source(entry["part"], f"{path}.part")
        given = entry["whole"]
        several = [given] if isinstance(given, Mapping) else self.items(given, f"{path}.whole")
        wholes = [self.source(each, f"{path}.whole[{place}]") for place, each in enumerate(several)]
        known = tuple(each for each in wholes if each is not None)
        return None if counted is None or not known else Rule(counted, known)

    def source(self, value: object, path: str) -> Source | None:
        """One number's source: records, the contingent, a total, or the roadmap's own measures."""
        if isinstance(value, Mapping) and "contingent" in value:
            entry = self.mapping(value, path, frozenset(("contingent", "column")))
            column = str(entry.get("column", "total"))
            if column not in _CONTINGENT_COLUMNS:
                self.say(f"{path}.column", f"такой колонки нет; бывают: {', '.join(_CONTINGENT_COLUMNS)}")
                return None
            return ContingentQuery(
                self.text(entry["contingent"], f"{path}.contingent", required=True), column
            )
        if isinstance(value, Mapping) and "total" in value:
            entry = self.mapping(value, path, frozenset(("total",)))
            if entry["total"] not in _TOTALS:
                self.say(f"{path}.total", f"такого итога нет; бывают: {', '.join(_TOTALS)}")
                return None
            return TotalQuery(str(entry["total"]))
        if isinstance(value, Mapping) and "measures" in value:
            return self._measures(value, path)
        return self.query(value, path)

    def _measures(self, value: object, path: str) -> MeasuresQuery | None:
        entry = self.mapping(value, path, frozenset(("measures", "except")))
        names = [each.value for each in MeasureSet]
        if entry["measures"] not in names:
            self.say(f"{path}.measures", f"бывают: {', '.join(names)}")
            return None
        excluded = frozenset(str(each) for each in self.items(entry.get("except"), f"{path}.except"))
        return MeasuresQuery(MeasureSet(str(entry["measures"])), excluded)

    def query(self, value: object, path: str) -> Query | None:
        """A query over one collection of records."""
        entry = self.mapping(value, path, _QUERY_KEYS)
        selection = self._selection(entry, path)
        if selection is None:
            return None
        aggregate, measured = Aggregate.COUNT, ""
        for kind in (Aggregate.SUM, Aggregate.LARGEST, Aggregate.BEST_BY):
            if kind.value in entry:
                aggregate, measured = (
                    kind,
                    self._field(entry[kind.value], selection.of, f"{path}.{kind.value}"),
                )
        at = entry.get("at")
        at_path = f"{path}.at"
        return Query(
            selection=selection,
            having=self._havings(entry.get("having"), f"{path}.having"),
            distinct=self._field(entry.get("distinct", "id"), selection.of, f"{path}.distinct"),
            aggregate=aggregate,
            field=measured,
            by=self._field(entry["by"], selection.of, f"{path}.by") if "by" in entry else "",
            at=None if at is None else self.selection(at, at_path),
            unknown_if_empty=entry.get("unknown_if_empty") is True,
        )

    def selection(self, value: object, path: str) -> Selection | None:
        """Records of one collection under conditions."""
        return self._selection(self.mapping(value, path, _SELECTION_KEYS), path)

    def _selection(self, entry: Mapping[str, object], path: str) -> Selection | None:
        name = entry.get("of")
        if name not in COLLECTIONS:
            self.say(f"{path}.of", f"такого набора нет; бывают: {', '.join(sorted(COLLECTIONS))}")
            return None
        where = self._where(entry.get("where"), str(name), f"{path}.where")
        return Selection(str(name), where, entry.get("from_period_start") is True)

    def _where(self, value: object, name: str, path: str) -> Where:
        if value is None:
            return ()
        entry = self.mapping(value, path, COLLECTIONS[name].fields)
        conditions: list[tuple[str, tuple[Scalar, ...]]] = []
        for key, wanted in sorted(entry.items()):
            several = wanted if isinstance(wanted, Sequence) and not isinstance(wanted, str) else [wanted]
            if key == "age":
                several = [age for each in several for age in self._ages(each, f"{path}.{key}")]
            scalars = tuple(each for each in several if isinstance(each, str | int | bool))
            if len(scalars) != len(several) or not scalars:
                self.say(f"{path}.{key}", "здесь ожидается значение или список значений")
            conditions.append((key, scalars))
        return tuple(conditions)

    def _ages(self, value: object, path: str) -> Sequence[int]:
        """Full years from a number or a band like «10–19», both ends counted."""
        if isinstance(value, int) and not isinstance(value, bool):
            return (value,)
        found = _AGES.fullmatch(value.strip()) if isinstance(value, str) else None
        ages = range(int(found[1]), int(found[2]) + 1) if found else range(0)
        if not ages:
            self.say(path, "возраст — полных лет числом или от и до: 10–19")
        return ages

    def _havings(self, value: object, path: str) -> tuple[Having, ...]:
        several = [value] if isinstance(value, Mapping) else self.items(value, path)
        read = (self._having(each, f"{path}[{place}]") for place, each in enumerate(several))
        return tuple(each for each in read if each is not None)

    def _having(self, value: object, path: str) -> Having | None:
        entry = self.mapping(value, path, _HAVING_KEYS)
        selection = self._selection(entry, path)
        if selection is None:
            return None
        at_least = self.amount(entry.get("at_least", 1), f"{path}.at_least") or Fraction(1)
        share_of = self.text(entry.get("share_of"), f"{path}.share_of")
        if share_of and share_of not in COLLECTIONS:
            self.say(f"{path}.share_of", f"такого набора нет; бывают: {', '.join(sorted(COLLECTIONS))}")
        by = self._field(entry.get("by", "id"), selection.of, f"{path}.by")
        distinct = self._field(entry.get("distinct", "id"), selection.of, f"{path}.distinct")
        key = self.text(entry.get("key", "id"), f"{path}.key")
        return Having(selection, by, key, distinct, at_least, share_of)

    def _field(self, value: object, name: str, path: str) -> str:
        known = COLLECTIONS[name].fields
        if value not in known:
            self.say(path, f"в наборе «{name}» такого поля нет; бывают: {', '.join(sorted(known))}")
        return str(value)


def amount_of(value: object) -> Fraction | None:
    """A number or a share: 5 is 5, «10 %» is one tenth, «2,5 %» one fortieth; None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value) if value >= 0 else None
    match = _AMOUNT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    number = Fraction(f"{match[1]}.{match[2] or 0}")
    return number / 100 if match[3] else number
