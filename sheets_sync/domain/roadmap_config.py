"""The roadmap as config/roadmap.yaml holds it, read into its typed form with all problems named."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from sheets_sync.domain.deadlines import UnreadableDeadline, parse_deadline
from sheets_sync.domain.indicators.rules import WhenUnknown
from sheets_sync.domain.roadmap import Indicator, Measure, RiskRule, Roadmap
from sheets_sync.domain.rules_config import ConfigProblem, RuleReader, amount_of

_ROADMAP_KEYS = frozenset(("roles", "at_risk", "measures"))
_MEASURE_KEYS = frozenset(
    (
        "id", "number", "section", "title", "deadline", "expected", "indicator", "responsible",
        "indicators", "also", "schedule", "continuous",
    )
)  # fmt: skip
_INDICATOR_KEYS = frozenset(
    (
        "id", "counts", "among", "written", "count", "part", "whole", "every", "having", "at_least",
        "at_least_small", "threshold", "noun", "fill", "when_unknown", "can_lower",
    )
)  # fmt: skip


def roadmap_from_config(data: object) -> tuple[Roadmap, tuple[ConfigProblem, ...]]:
    """Reads a parsed config/roadmap.yaml; every problem is reported with the path of its keys.

    What could not be read is left out of the roadmap, so the roadmap is to be used only when there are no
    problems. A deadline outside the grammar is a problem here: the file is the school's own, settled version.
    """
    reader = RuleReader()
    entry = reader.mapping(data, "roadmap.yaml", _ROADMAP_KEYS)
    roles = _roles(reader, entry.get("roles"))
    measures = [
        _measure(reader, item, f"measures[{place}]", roles)
        for place, item in enumerate(reader.items(entry.get("measures"), "measures"))
    ]
    known = tuple(each for each in measures if each is not None)
    if not known:
        reader.say("measures", "нет ни одного пункта")
    roadmap = Roadmap(known, _risks(reader, entry.get("at_risk")), roles)
    _check_ids(reader, roadmap)
    return roadmap, tuple(reader.problems)


def thresholds_for(year: int, by_year: Mapping[int, Mapping[str, object]]) -> dict[str, Fraction]:
    """The thresholds in force in a year: those of the latest year not after it, later ones over earlier.

    `by_year` is the section `thresholds` of config/school.yaml; what is no number or share is left out.
    """
    found: dict[str, Fraction] = {}
    for named in (by_year[start] for start in sorted(by_year) if start <= year):
        amounts = {key: amount_of(value) for key, value in named.items()}
        found.update({key: amount for key, amount in amounts.items() if amount is not None})
    return found


def _roles(reader: RuleReader, value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        reader.say("roles", "здесь ожидаются роли вида «curator: куратор»")
        return {}
    return {str(key): reader.text(name, f"roles.{key}", required=True) for key, name in value.items()}


def _risks(reader: RuleReader, value: object) -> tuple[RiskRule, ...]:
    rules: list[RiskRule] = []
    for place, item in enumerate(reader.items(value, "at_risk")):
        path = f"at_risk[{place}]"
        entry = reader.mapping(item, path, frozenset(("days_left", "progress_below")))
        days = entry.get("days_left")
        share = reader.amount(entry.get("progress_below"), f"{path}.progress_below")
        if not isinstance(days, int) or isinstance(days, bool):
            reader.say(f"{path}.days_left", "здесь ожидается число дней")
        elif share is not None:
            rules.append(RiskRule(days, share))
    return tuple(rules)


def _measure(reader: RuleReader, value: object, path: str, roles: Mapping[str, str]) -> Measure | None:
    entry = reader.mapping(value, path, _MEASURE_KEYS)
    number = entry.get("number")
    if not isinstance(number, int) or isinstance(number, bool):
        reader.say(f"{path}.number", "здесь ожидается номер пункта")
        return None
    written = reader.text(entry.get("deadline"), f"{path}.deadline", required=True)
    deadline = parse_deadline(written)
    if isinstance(deadline, UnreadableDeadline):
        reader.say(f"{path}.deadline", f"«{written}»: {deadline.reason}")
    responsible = tuple(str(each) for each in reader.items(entry.get("responsible"), f"{path}.responsible"))
    for role in responsible:
        if role not in roles:
            reader.say(f"{path}.responsible", f"роли «{role}» нет в разделе roles")
    indicators = [
        _indicator(reader, item, f"{path}.indicators[{place}]")
        for place, item in enumerate(reader.items(entry.get("indicators"), f"{path}.indicators"))
    ]
    schedule = entry.get("schedule")
    return Measure(
        id=reader.text(entry.get("id"), f"{path}.id", required=True),
        number=number,
        section=reader.text(entry.get("section"), f"{path}.section", required=True),
        title=reader.text(entry.get("title"), f"{path}.title", required=True),
        written_deadline=written,
        deadline=deadline,
        expected=reader.text(entry.get("expected"), f"{path}.expected", required=True),
        responsible=responsible,
        written_indicator=reader.text(entry.get("indicator"), f"{path}.indicator"),
        indicators=tuple(each for each in indicators if each is not None),
        also=tuple(str(each) for each in reader.items(entry.get("also"), f"{path}.also")),
        schedule=None if schedule is None else reader.selection(schedule, f"{path}.schedule"),
        continuous=entry.get("continuous") is True,
    )


def _indicator(reader: RuleReader, value: object, path: str) -> Indicator | None:
    entry = reader.mapping(value, path, _INDICATOR_KEYS)
    rule = reader.rule(entry, path)
    at_least = entry.get("at_least", "100 %" if "every" in entry else None)
    small = entry.get("at_least_small")
    unknown = entry.get("when_unknown", WhenUnknown.NO_DATA.value)
    if unknown not in [each.value for each in WhenUnknown]:
        reader.say(f"{path}.when_unknown", f"бывают: {', '.join(WhenUnknown)}")
        unknown = WhenUnknown.NO_DATA.value
    forms = tuple(str(each) for each in reader.items(entry.get("noun"), f"{path}.noun")) or ("", "", "")
    if len(forms) != 3:
        reader.say(f"{path}.noun", "нужны три формы слова: 1 пара, 2 пары, 5 пар")
        return None
    if rule is None:
        return None
    among = reader.text(entry.get("among"), f"{path}.among", required=bool(rule.whole))
    return Indicator(
        id=reader.text(entry.get("id"), f"{path}.id", required=True),
        counts=reader.text(entry.get("counts"), f"{path}.counts", required=True),
        rule=rule,
        at_least=None if at_least is None else reader.amount(at_least, f"{path}.at_least"),
        among=among,
        written=reader.text(entry.get("written"), f"{path}.written"),
        threshold_key=reader.text(entry.get("threshold"), f"{path}.threshold"),
        at_least_small=None if small is None else reader.amount(small, f"{path}.at_least_small"),
        noun=(forms[0], forms[1], forms[2]),
        fill=reader.text(entry.get("fill"), f"{path}.fill"),
        when_unknown=WhenUnknown(str(unknown)),
        can_lower=entry.get("can_lower") is True,
    )


def _check_ids(reader: RuleReader, roadmap: Roadmap) -> None:
    own = [indicator.id for measure in roadmap.measures for indicator in measure.indicators]
    ids = [measure.id for measure in roadmap.measures]
    numbers = [str(measure.number) for measure in roadmap.measures]
    for kind, names in (("id пункта", ids), ("номер пункта", numbers), ("id показателя", own)):
        for name, times in Counter(names).items():
            if times > 1:
                reader.say("measures", f"{kind} «{name}» встречается {times} раза")
    for place, measure in enumerate(roadmap.measures):
        for shared in measure.also:
            if shared not in own:
                reader.say(f"measures[{place}].also", f"показателя «{shared}» нет")
