from datetime import date

import pytest

from sheets_sync.settings.yaml_text import parse_yaml


def test_values_are_plain_and_times_and_yes_stay_text() -> None:
    file = parse_yaml("at: 22:30\nok: yes\nday: 2022-09-01\nn: 7\non: true\nempty:\n", "a.yaml")
    assert file.problems == ()
    assert file.data == {
        "at": "22:30",
        "ok": "yes",
        "day": date(2022, 9, 1),
        "n": 7,
        "on": True,
        "empty": None,
    }


def test_every_key_and_item_knows_its_line_and_a_missing_key_takes_its_parents() -> None:
    file = parse_yaml("a:\n  - x: 1\n    y: 2\n  - {x: 3}\n", "a.yaml")
    assert file.line(("a", 0, "y")) == 3
    assert file.line(("a", 1)) == 4
    assert file.line(("a", 1, "absent")) == 4
    assert file.say(("a", 0, "y"), "плохо") == "a.yaml:3: плохо"


def test_a_key_given_twice_is_named_with_both_lines_and_the_first_counts() -> None:
    file = parse_yaml("a: 1\nb: 2\na: 3\nb: 4\n", "a.yaml")
    assert file.data == {"a": 1, "b": 2}
    assert [line for line, _ in file.problems] == [3, 4]
    assert "впервые в строке 1" in file.problems[0][1]


def test_a_merged_mapping_gives_what_is_not_said_again() -> None:
    file = parse_yaml("base: &b {low: 1, high: 5}\nown:\n  <<: *b\n  high: 10\n", "a.yaml")
    assert file.data == {"base": {"low": 1, "high": 5}, "own": {"high": 10, "low": 1}}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: b: c\n", 1, "лишнее двоеточие"),
        ("a: 1\n\tb: 2\n", 2, "табуляцией"),
        ("a: 'x\n", 2, "не закрыта"),
        ("a: {x: 1\n", 2, "не закрыта"),
        ("a: *x\n", 1, "никуда не ведёт"),
        ("a: 1\n---\nb: 1\n", 2, "два документа"),
        ("", 1, "файл пуст"),
        ("- a\n", 1, "должны стоять ключи"),
        ("a: \x00\n", 1, "недопустимый символ"),
        ("a: " + "[" * 5000, 1, "слишком много вложенных"),
    ],
)
def test_a_broken_file_is_named_with_its_line(text: str, line: int, said: str) -> None:
    file = parse_yaml(text, "a.yaml")
    assert file.data is None
    assert [(number, said in words) for number, words in file.problems] == [(line, True)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 2022-13-45\n", "не читается"),
        ("a: !foo 1\n", "меткой"),
        ("a: &x {b: *x}\n", "внутрь самой себя"),
        ("? [a]\n: 3\n", "ключ должен быть словом"),
    ],
)
def test_a_value_that_cannot_be_read_is_a_problem_and_the_rest_is_read(text: str, said: str) -> None:
    file = parse_yaml(f"{text}z: 1\n", "a.yaml")
    assert file.data is not None
    assert file.data["z"] == 1
    assert [said in words for _, words in file.problems] == [True]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("007", 7),
        ("0o17", 15),
        ("0x1F", 31),
        ("1_000", "1_000"),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("-.inf", float("-inf")),
        ("1.5.2", "1.5.2"),
        ("No", "No"),
        ("TRUE", True),
        ("'12'", "12"),
        ("2022-9-1", "2022-9-1"),
    ],
)
def test_a_plain_scalar_means_what_yaml_1_2_says(text: str, value: object) -> None:
    assert parse_yaml(f"a: {text}\n", "a.yaml").data == {"a": value}
