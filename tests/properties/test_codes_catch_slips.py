from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.domain.codes import CodeKind, find_codes, make_code, next_number, number_of, read_code

numbers = st.integers(min_value=1, max_value=99_999)
kinds = st.sampled_from(list(CodeKind))


@given(kinds, numbers, st.data())
def test_f08_any_wrong_digit_is_noticed(kind: CodeKind, number: int, data: st.DataObject) -> None:
    code = make_code(kind, number)
    place = data.draw(st.integers(min_value=2, max_value=len(code) - 1))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != code[place]]))
    assert read_code(code[:place] + digit + code[place + 1 :], kind).code == ""


@given(kinds, numbers, st.data())
def test_f08_neighbouring_digits_swapped_are_noticed(
    kind: CodeKind, number: int, data: st.DataObject
) -> None:
    code = make_code(kind, number)
    place = data.draw(st.integers(min_value=2, max_value=len(code) - 2))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (read_code(swapped, kind).code == "") is (swapped != code)


@given(kinds, kinds, numbers)
def test_f08_a_code_of_another_kind_is_noticed(kind: CodeKind, other: CodeKind, number: int) -> None:
    digits = make_code(kind, number)[2:]
    assert (read_code(f"{other}-{digits}", other).code == "") is (kind is not other)


@given(numbers)
def test_f08_codes_are_read_however_people_type_them(number: int) -> None:
    code = make_code(CodeKind.PERSON, number)
    digits = code[2:]
    spellings = [
        code.lower(),
        f"Y{digits}",
        f"y - {digits}",
        f"у–{digits}",
        f" {digits} ",
        f"У № {digits}.",
        f"U{digits}",
    ]
    assert {read_code(typed, CodeKind.PERSON).code for typed in spellings} == {code}
    assert number_of(code) == number


def test_f08_the_first_codes_are_those_of_the_form_hint() -> None:
    assert make_code(CodeKind.PERSON, 1) == "У-017"
    assert next_number(["У-017", make_code(CodeKind.PERSON, 40)]) == 41
    assert next_number([]) == 1


def test_f08_names_are_not_taken_for_codes() -> None:
    for typed in ("Ли", "Зоо", "Петров Пётр", "", "О", "7 «А»"):
        assert read_code(typed, CodeKind.PERSON).code == ""
        assert read_code(typed, CodeKind.PERSON).looks_like == ""


def test_f08_several_codes_in_one_answer_are_all_found() -> None:
    one, two = make_code(CodeKind.PERSON, 5), make_code(CodeKind.PERSON, 6)
    found = find_codes(f"не было {one} и {two.lower()}, остальные пришли", CodeKind.PERSON)
    assert [reading.code for reading in found] == [one, two]
