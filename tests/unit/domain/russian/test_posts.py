from pathlib import Path

import pytest

from sheets_sync.domain.russian import Case, Posts
from sheets_sync.settings import load_settings

HEADS = load_settings(Path(__file__).parents[4] / "config").school.posts
POSTS = Posts(HEADS)


@pytest.mark.parametrize(
    ("post", "case", "form"),
    [
        ("Директор", Case.GENITIVE, "Директора"),
        ("директор", Case.INSTRUMENTAL, "директором"),
        ("Исполняющий обязанности директора", Case.DATIVE, "Исполняющему обязанности директора"),
        ("И. о. директора", Case.DATIVE, "И. о. директора"),
        ("учитель математики", Case.ACCUSATIVE, "учителя математики"),
        (
            "заместитель директора по воспитательной работе",
            Case.DATIVE,
            "заместителю директора по воспитательной работе",
        ),
        ("педагог-психолог", Case.INSTRUMENTAL, "педагогом-психологом"),
        ("Классный руководитель 7 «А»", Case.PREPOSITIONAL, "Классном руководителе 7 «А»"),
    ],
)
def test_f40_the_head_of_a_post_is_declined(post: str, case: Case, form: str) -> None:
    found = POSTS.decline(post, case)
    assert (found.text, found.doubt) == (form, "")


def test_f40_only_a_post_that_the_settings_list_whole_needs_nobody_to_look_at_it() -> None:
    assert POSTS.decline("директор", Case.GENITIVE).confirmed
    assert not POSTS.decline("директор школы", Case.GENITIVE).confirmed


def test_a_post_nobody_listed_is_asked_for() -> None:
    found = POSTS.decline("Инспектор", Case.GENITIVE)
    assert found.asked and not found.confirmed
    assert found.text == "Инспектор"


def test_a_post_that_only_begins_like_a_listed_one_is_asked_for() -> None:
    assert POSTS.decline("директорат школы", Case.GENITIVE).asked


def test_a_post_has_a_form_for_every_case() -> None:
    assert HEADS and all(len(forms) == 5 for forms in HEADS.values())
