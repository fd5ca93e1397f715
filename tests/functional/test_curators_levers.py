"""What the curator may turn in «Настройки», and what the terminal says of a wish: through real nights."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from sheets_sync.cli import cli
from tests.functional.conftest import OCTOBER
from tests.functional.test_nights import pairs_of, table
from tests.functional.test_pairs import set_parameter
from tests.small_school import SmallSchool

LATER = date(2022, 10, 20)
APPLIED, PROOF = "Пары: применено ли предложение", "Пары: лучше ли можно"


def state(school: SmallSchool, line: str) -> str:
    return table(school.book().worksheet("Состояние"))[line]["Значение"]


def proposed(school: SmallSchool) -> set[str]:
    return {key for key, row in pairs_of(school).items() if row["Состояние"] == "предложена"}


def shown_only(school: SmallSchool) -> list[str]:
    rows = table(school.book().worksheet("Без пары")).values()
    return [row["Почему"] for row in rows if row["Почему"].startswith("Лучшее из возможного — У-")]


def test_f18_below_a_cut_off_a_plan_is_shown_and_not_applied(school: SmallSchool) -> None:
    before = proposed(school)
    assert len(before) == 10 and state(school, APPLIED) == "применено"

    set_parameter(school, "Пары: наименьший балл пары", "1000")
    school.night(LATER)
    assert proposed(school) == set()
    assert len(shown_only(school)) == 10
    assert all("балл ниже границы из «Настроек»" in text for text in shown_only(school))

    set_parameter(school, "Пары: наименьший балл пары", "0")
    set_parameter(school, "Пары: наименьшая доля людей в парах, %", "95")
    school.night(LATER)
    assert proposed(school) == set(), "ten of eleven are fewer than 95 %"
    assert "95" in state(school, APPLIED) and state(school, APPLIED) != "применено"
    assert len(shown_only(school)) == 10

    set_parameter(school, "Пары: наименьшая доля людей в парах, %", "90")
    school.night(LATER)
    assert proposed(school) == before and shown_only(school) == []
    assert school.night(LATER).writes == 0


def test_f18_the_best_sum_may_be_put_before_the_number_of_people(school: SmallSchool) -> None:
    for name in ("надбавка вчерашнему предложению", "надбавка дольше всех ждущему"):
        set_parameter(school, f"Пары: {name}", "0")
    most = school.night(LATER).pairs
    set_parameter(school, "Пары: сначала больше людей в парах", "нет")
    richest = school.night(LATER).pairs
    assert most.proven and richest.proven
    assert (richest.proposed or 0) <= (most.proposed or 0)
    assert (richest.score or 0) >= (most.score or 0)


def test_f18_with_the_proof_switched_off_the_state_says_so_and_how_far_it_may_be(school: SmallSchool) -> None:
    rules = school.directory / "config" / "matching.yaml"
    text = rules.read_text("utf-8")
    for name, value in (("dense_cells", 0), ("proof_cells", 0), ("mentee_list", 1), ("mentor_list", 1)):
        text = re.sub(rf"^{name}: \d+", f"{name}: {value}", text, flags=re.MULTILINE)
    rules.write_text(text, "utf-8")
    report = school.night(LATER)
    assert report.pairs.proven is False
    told = state(school, PROOF)
    found = re.fullmatch(r"не доказано: в парах (\d+) из 11 наставляемых, сумма \d+; (.+)", told)
    assert found, told
    assert re.search(r"можно выиграть не больше \d+ балл", found[2].replace("\N{NO-BREAK SPACE}", " "))


def test_f23_why_not_the_one_i_named_is_priced_at_the_terminal(
    proposed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(proposed, tmp_path / "asked")
    monkeypatch.chdir(tmp_path / "asked")
    options = ["--as-of", OCTOBER.isoformat(), "--json"]

    def ask(*words: str) -> dict[str, object]:
        done = CliRunner().invoke(cli, ["pairs", *words, *options])
        assert done.exit_code == 0, done.stderr
        found: dict[str, object] = json.loads(done.stdout)
        return found

    school = SmallSchool(tmp_path / "asked")
    pairs = [row for row in pairs_of(school).values() if row["Форма наставничества"] == "ученик–ученик"]
    school.close()
    priced = []
    for row in pairs:
        for other in {one["Код наставника"] for one in pairs} - {row["Код наставника"]}:
            told = ask("explain", row["Код наставляемого"], "--instead", other)["pairs"]
            (why,) = [text for one in told for text in one["why_not"].values()]  # type: ignore[attr-defined]
            if "балл" in why:
                what_if = ask("what-if", "--pair", row["Код наставляемого"], other)
                assert why == f"если закрепить, {what_if['text']}"
                assert re.search(r"[−-]\d+\W+балл", why) and "сменится" in why, why
                priced.append(why)
        if priced:
            break
    assert priced, "some other mentor is possible and costs points"
