"""Small untidy acts around a name: written where a number was asked for, and put right a week later."""

from datetime import date

from sheets_sync.demo.answers import NETWORKING, after_networking
from sheets_sync.demo.stage import Answers, Clock, Respondents, Staff


def a_name_instead_of_a_badge(staff: Staff, respondents: Respondents, clock: Clock) -> tuple[str, Answers]:
    """Somebody answers once more a day later and names a mentor whose consent is not there yet.

    Return the edit link with the answer as it should have been; the link is "" when nobody is in that place.
    """
    people = staff.rows("Реестр")
    mentors = [
        row
        for row in people
        if "наставник" in row["Роль"].split(", ") and row["Согласие"] not in {"есть", ""}
    ]
    answered = {row["Код"] for row in staff.rows("Явка") if row["Анкета после встречи"] == "да"}
    late = [row for row in people if row["Роль"] == "наставляемый" and row["Код"] not in answered]
    if not mentors or not late:
        return "", {}
    named, code = mentors[-1], late[-1]["Код"]
    clock.set(date(2022, 10, 13), 15)
    respondents.allow_editing(NETWORKING)
    said = f"{named['Фамилия, имя, отчество']}, {named['Класс'] or named['Группа']}"
    link = respondents.send(NETWORKING, after_networking(code, False, [said], "всё равно", 5))
    return link, after_networking(code, False, [named["Код"]], "один на один", 5)


def the_name_is_replaced(respondents: Respondents, clock: Clock, link: str, answer: Answers) -> None:
    """A week later the badge's number stands instead of the name."""
    clock.set(date(2022, 10, 18), 15)
    if link:
        respondents.send(NETWORKING, answer, edit=link)
