"""config/roadmap.yaml changed as a text: what was not touched stays to the letter (F30)."""

from dataclasses import replace
from pathlib import Path

import pytest

from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.roadmap_adoption import adoption_of, match_measures
from sheets_sync.domain.roadmap_config import roadmap_from_config
from sheets_sync.domain.roadmap_text import SourceRoadmap, cells_of_text, read_roadmap
from sheets_sync.errors import SettingsError
from sheets_sync.settings.roadmap_file import adopted_text, replace_roadmap
from sheets_sync.settings.yaml_text import parse_yaml
from tests.unit.domain.school_year import ROADMAP_FILE, the_roadmap

TEXT = ROADMAP_FILE.read_text("utf-8")
DATA = Path(__file__).parents[2] / "data"
SOURCE = read_roadmap(cells_of_text((DATA / "roadmap_source.txt").read_text(encoding="utf-8")))


def adopted(source: SourceRoadmap) -> str:
    roadmap = the_roadmap()
    return adopted_text(TEXT, adoption_of(match_measures(source, roadmap), roadmap, {}))


def read(text: str) -> Roadmap:
    data = parse_yaml(text, "roadmap.yaml").data
    roadmap, problems = roadmap_from_config(data)
    assert problems == ()
    return roadmap


def test_f30_the_school_s_own_document_changes_not_a_letter() -> None:
    assert adopted(SOURCE) == TEXT


def test_f30_only_the_lines_of_a_changed_deadline_change() -> None:
    rows = tuple(replace(row, written="до 12.09.2022") if row.number == 3 else row for row in SOURCE.rows)
    text = adopted(replace(SOURCE, rows=rows))

    before, after = TEXT.splitlines(), text.splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [("    deadline: до 09.09.2022", "    deadline: 'до 12.09.2022'")]


def test_f30_a_row_left_out_goes_with_its_rules_and_nobody_shares_them_any_more() -> None:
    text = adopted(replace(SOURCE, rows=tuple(row for row in SOURCE.rows if row.number not in (1, 6))))

    roadmap = read(text)
    assert [measure.id for measure in roadmap.measures][:5] == ["M02", "M03", "M04", "M05", "M07"]
    by_id = {measure.id: measure for measure in roadmap.measures}
    assert by_id["M02"].also == ()
    assert by_id["M19"].also == ("M07.pairs",)
    assert "# «Под угрозой»" in text


def test_f30_an_unknown_row_is_written_where_it_stands_and_has_no_rules() -> None:
    first, *rest = SOURCE.rows
    foreign = replace(first, number=2, title="Приобретение: игры, «лото»", written="до 01.11.2022")
    text = adopted(replace(SOURCE, rows=(first, foreign, *(replace(r, number=r.number + 1) for r in rest))))

    roadmap = read(text)
    own = roadmap.measures[1]
    assert (own.id, own.number, own.title, own.indicators) == ("S01", 2, "Приобретение: игры, «лото»", ())
    assert [measure.number for measure in roadmap.measures] == list(range(1, 34))
    assert "# правила счёта нет: состояние ставят в «Отметках»" in text


def test_f30_the_old_file_is_kept_beside_and_a_bad_text_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "roadmap.yaml").write_text(TEXT, "utf-8")
    (tmp_path / "roadmap.before-1.yaml").write_text("older", "utf-8")

    with pytest.raises(SettingsError):
        replace_roadmap(tmp_path, TEXT.replace("до 09.09.2022", "скоро"))
    assert (tmp_path / "roadmap.yaml").read_text("utf-8") == TEXT
    assert len(list(tmp_path.iterdir())) == 2

    other = TEXT.replace("до 09.09.2022", "до 12.09.2022")
    assert replace_roadmap(tmp_path, other).name == "roadmap.before-2.yaml"
    assert (tmp_path / "roadmap.yaml").read_text("utf-8") == other
    assert (tmp_path / "roadmap.before-2.yaml").read_text("utf-8") == TEXT
    assert (tmp_path / "roadmap.before-1.yaml").read_text("utf-8") == "older"
