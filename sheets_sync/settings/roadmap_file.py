"""config/roadmap.yaml as a text to change: comments, order of keys and everything untouched stay."""

from io import StringIO
from itertools import count
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.roadmap_adoption import AdoptedMeasure, Adoption
from sheets_sync.domain.roadmap_config import roadmap_from_config
from sheets_sync.domain.roadmap_rollover import Rollover
from sheets_sync.errors import SettingsError
from sheets_sync.settings.yaml_text import parse_yaml

NAME = "roadmap.yaml"
_ENDLESS = 1 << 20


def adopted_text(text: str, adoption: Adoption) -> str:
    """Return the file with the document's measures in the document's order and words.

    Rules, thresholds and comments of known measures stay; a measure that the document leaves out goes with
    its rules, and nobody shares its indicators any more.
    """
    yaml = _yaml()
    data = yaml.load(text)
    known: dict[str, CommentedMap] = {str(each["id"]): each for each in data["measures"]}
    gone = {
        str(indicator["id"])
        for measure in adoption.left_out
        for indicator in known[measure.id].get("indicators", ())
    }
    old = data["measures"]
    measures = [
        _worded(known[each.id], each) if each.id in known else _by_hand(each) for each in adoption.measures
    ]
    for measure in measures:
        if "also" in measure and gone & set(measure["also"]):
            kept = [name for name in measure["also"] if name not in gone]
            for name in gone & set(measure["also"]):
                measure["also"].remove(name)
            if not kept:
                del measure["also"]
    old[:] = measures
    return _dumped(yaml, data).rstrip("\n") + "\n"


def check_roadmap_text(text: str, name: str = NAME) -> None:
    """Refuse a text that the program could not follow.

    Raises:
        SettingsError: with every problem as `file:line: text`.
    """
    file = parse_yaml(text, name)
    problems = [f"{name}:{line}: {said}" for line, said in file.problems]
    if file.data is not None:
        _, found = roadmap_from_config(file.data)
        problems += [f"{name}:1: {each.path}: {each.text}" for each in found]
    if problems:
        raise SettingsError(problems)


def replace_roadmap(config: Path, text: str) -> Path:
    """Put a text in the place of config/roadmap.yaml, whole or not at all, and keep the old one beside it.

    Returns where the old one is kept. Raises SettingsError when the program could not follow the text.
    """
    check_roadmap_text(text)
    target = config / NAME
    before = next(
        path for number in count(1) if not (path := config / f"roadmap.before-{number}.yaml").exists()
    )
    before.write_bytes(target.read_bytes())
    draft = target.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(target)
    return before


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = _ENDLESS
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dumped(yaml: YAML, data: CommentedMap) -> str:
    stream = StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _worded(measure: CommentedMap, adopted: AdoptedMeasure) -> CommentedMap:
    row = adopted.row
    said = {
        "number": adopted.number,
        "section": row.section,
        "title": row.title,
        "deadline": row.written,
        "expected": row.expected,
        "indicator": row.indicator or "",
    }
    for key, value in said.items():
        if key == "indicator" and not value:
            measure.pop(key, None)
        elif measure.get(key) != value:
            if key not in measure:
                measure.insert(list(measure).index("expected") + 1, key, value)
            else:
                measure[key] = _quoted(value)
    return measure


def _by_hand(adopted: AdoptedMeasure) -> CommentedMap:
    row = adopted.row
    measure = CommentedMap({"id": adopted.id, "number": adopted.number})
    for key, value in (
        ("section", row.section),
        ("title", row.title),
        ("deadline", row.written),
        ("expected", row.expected or row.title),
        ("indicator", row.indicator or ""),
    ):
        if value:
            measure[key] = _quoted(value)
    roles = CommentedSeq(adopted.responsible)
    roles.fa.set_flow_style()
    measure["responsible"] = roles
    said = "правила счёта нет: состояние ставят в «Отметках»"
    measure.yaml_set_comment_before_after_key("responsible", before=said, indent=4)
    return measure


def _quoted(value: object) -> object:
    # Plain scalars that begin like a number or hold «: » would be read as something else.
    return SingleQuotedScalarString(value) if isinstance(value, str) else value


def rolled_over_text(text: str, rollover: Rollover) -> str:
    """Return the file with next year's texts, and a line at the top that says what it is."""
    yaml = _yaml()
    data = yaml.load(text)
    measures: dict[str, CommentedMap] = {str(each["id"]): each for each in data["measures"]}
    for renewal in rollover.renewals:
        place = measures[renewal.measure]
        if renewal.indicator:
            place = next(each for each in place["indicators"] if each["id"] == renewal.indicator)
        place[renewal.field] = _quoted(renewal.new) if renewal.field != "at_least" else renewal.new
    head = f"# Проект дорожной карты на {rollover.year} год. Утвердите и поставьте на место roadmap.yaml.\n"
    return head + _dumped(yaml, data)


def draft_path(config: Path, year: int) -> Path:
    """Return where the draft of a year's roadmap lies."""
    return config / f"roadmap-{year}.yaml"


def roadmap_of_text(text: str) -> Roadmap:
    """Read the measures of a text that was checked.

    Raises:
        SettingsError: with every problem as `file:line: text`.
    """
    check_roadmap_text(text)
    roadmap, _ = roadmap_from_config(parse_yaml(text, NAME).data)
    return roadmap
