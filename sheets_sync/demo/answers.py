"""What respondents write into the forms."""

from datetime import date

from sheets_sync.demo.cast import Player
from sheets_sync.demo.stage import Answers

QUESTIONNAIRE = "Анкета участника наставничества"
NETWORKING = "После общей встречи"
MEETING = "Отчёт о встрече"
DIAGNOSTIC = "Диагностика и отзыв"
EVENT = "Отчёт о мероприятии"
NAME = "Фамилия, имя, отчество участника (для ребёнка — ребёнка)"
CONTACT = "Как с вами связаться — телефон или электронная почта (за ребёнка — ваши)"
CLASS = "Класс"


def questionnaire(player: Player) -> dict[str, str | list[str]]:
    """Return a filled questionnaire."""
    child = player.born is not None
    answers: dict[str, str | list[str]] = {
        "Кто заполняет анкету?": "законный представитель за ребёнка" if child else "сам участник",
        NAME: player.name.full,
        CONTACT: player.contact,
        "Кто участник?": player.group,
        "Кем хотите участвовать?": player.part,
        "Когда и как удобно встречаться?": list(player.times),
    }
    if player.born is not None:
        answers |= {
            "Дата рождения участника": player.born.isoformat(),
            "Фамилия, имя, отчество законного представителя": player.parent,
            CLASS: player.school_class,
        }
    if player.experience:
        answers["Педагогический стаж"] = player.experience
    if player.occupation:
        answers["Организация и должность"] = player.occupation
    if player.part == "наставляемым":
        answers["В чём нужна поддержка?"] = list(player.subjects)
    else:
        answers["В чём готовы помогать?"] = list(player.subjects)
        answers["Сколько наставляемых готовы взять?"] = player.places
    if player.wanted:
        answers["С кем хотелось бы работать?"] = list(player.wanted)
    return answers


def class_hour(school_class: str, day: date, attended: int, reporter: str) -> Answers:
    """Return a class teacher's report of a class hour."""
    return {
        "Что прошло?": "классный час",
        "Дата": day.isoformat(),
        CLASS: school_class,
        "Тема": "Кейс-сессия «Успех каждого ребёнка»",
        "Кто проводил (эксперт, гость): ФИО и организация": f"классный руководитель {reporter}",
        "Сколько человек присутствовало?": str(attended),
        "Как прошло?": "очно",
        "Ваша фамилия, инициалы": reporter,
    }


def after_networking(code: str, mentor: bool, choices: list[str], wish: str, mark: int) -> Answers:
    """Return an answer on the way out of the networking meeting."""
    answers: dict[str, str] = {
        "Номер с вашего бейджа": code,
        "Вы сегодня": "наставник" if mentor else "наставляемый",
        "Какую форму предпочитаете?": wish,
        "Насколько полезной была встреча?": str(mark),
    }
    titles = (
        "Первый выбор: номер бейджа человека, с которым хотели бы работать",
        "Второй выбор: номер бейджа",
        "Третий выбор: номер бейджа",
    )
    return answers | dict(zip(titles, choices, strict=False))


def meeting(pair: str, day: date, kind: str, **more: str | list[str]) -> Answers:
    """Return a mentor's report of a meeting."""
    return {
        "Номер пары или группы": pair,
        "Дата встречи": day.isoformat(),
        "Какая это встреча?": kind,
        "Как прошла?": "очно",
        "Все ли были?": "все",
    } | more


EXPECTATIONS = ("да", "да", "частично", "да", "пока рано судить", "да", "нет")
VALUED = (
    "поддержка, когда ничего не получается",
    "Можно спросить то, что стыдно спросить на уроке.",
    "теперь понятно, как готовиться к экзамену",
    "",
    "Спасибо Марии Ивановне, она всё организовала",
    "новые друзья из старших классов",
    "-",
    "Свободный разговор без оценок",
)
IMPROVE = (
    "Больше времени на встречи",
    "",
    "встречаться в кабинете, а не в коридоре",
    "Чтобы Тимур не опаздывал",
    "расписание узнаём слишком поздно",
    "нет",
)
"""What people write themselves; some name somebody, which must not leave the sheet of answers."""


def diagnostic(code: str, mentor: bool, marks: list[int], satisfied: int, played: str) -> Answers:
    """Return an answer to the diagnostic questionnaire."""
    titles = (
        "Мне спокойно и понятно в этом общении",
        "Я знаю свою цель",
        "Я чувствую поддержку (наставник — готов поддерживать)",
        "Я уверен в своих силах",
        "Мне интересно дело, ради которого мы работаем",
        "Встречи полезны",
    )
    answers = {
        "Ваш номер": code,
        "Вы": "наставник" if mentor else "наставляемый",
        "Насколько вы довольны участием?": str(satisfied),
        "Рады ли вы, что участвуете?": "да" if satisfied >= 4 else "нет",
        "Были ли вы на итоговой деловой игре?": played,
    }
    place = sum(marks) + satisfied
    opened = {
        "Ожидания оправдываются?": EXPECTATIONS[place % len(EXPECTATIONS)],
        "Хотите продолжить?": "да" if satisfied >= 5 else "нет",
        "Что особенно ценно?": VALUED[place % len(VALUED)] if satisfied >= 6 else "",
        "Что улучшить?": IMPROVE[place % len(IMPROVE)] if satisfied <= 8 else "",
    }
    answers |= {title: text for title, text in opened.items() if text}
    return answers | {title: str(mark) for title, mark in zip(titles, marks, strict=True)}
