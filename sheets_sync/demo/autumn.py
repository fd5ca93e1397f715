"""September and October: questionnaires, consents, networking, the curator's decisions."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sheets_sync.demo.answers import (
    CLASS,
    CONTACT,
    EVENT,
    NAME,
    NETWORKING,
    QUESTIONNAIRE,
    after_networking,
    class_hour,
    questionnaire,
)
from sheets_sync.demo.cast import COMPANIES, Cast, Player
from sheets_sync.demo.stage import Clock, Respondents, Staff

FORMS = ("ученик–ученик", "учитель–учитель", "студент–ученик", "работодатель–ученик")
_LOOKALIKES = str.maketrans("аеор", "aeop")
_LATIN_CLASS = str.maketrans("А", "A")
_ORDINALS = (
    *("первый", "второй", "третий", "четвёртый", "пятый", "шестой"),
    *("седьмой", "восьмой", "девятый", "десятый", "одиннадцатый"),
)
_EXPERTS = (
    ("Белова И.К., педагогический университет", "Наставники-ученики"),
    ("Гусев Н.П., центр профориентации", "Наставники-ученики"),
    ("Данилова Е.А., психолог школы", "Наставники-педагоги"),
    ("Ершов В.С., методический кабинет", "Наставники-педагоги"),
    ("Жданова М.О., региональный наставнический центр", "Наставники-партнёры и выпускники"),
    ("Исаев К.Л., педагогический колледж", "Наставники-партнёры и выпускники"),
)


def questionnaires_arrive(
    cast: Cast, respondents: Respondents, clock: Clock, dice: random.Random, until: Callable[[date], bool]
) -> str:
    """Everybody applies by 16 September, some untidily; return the second pupil's edit link.

    Shape: `until` tells whether a day still belongs to the play; the link is "" when that pupil came later.
    """
    respondents.allow_editing(QUESTIONNAIRE)
    misspelt = _misspelt_classes(cast)
    respondents.add_options(QUESTIONNAIRE, CLASS, list(dict.fromkeys(misspelt.values())))
    days = sorted(dice.choices(range(15), k=len(cast.players)))
    links: dict[Player, str] = {}
    for player, shift in zip(cast.players, days, strict=True):
        day = date(2022, 9, 2) + timedelta(days=shift)
        if not until(day):
            break
        clock.set(day, 8)
        answers = questionnaire(player)
        if player in misspelt:
            answers[CLASS] = misspelt[player]
        links[player] = respondents.send(QUESTIONNAIRE, answers)
    if until(date(2022, 9, 16)):
        _untidy(cast, respondents)
    return links.get(cast.of("обучающийся")[1], "")


def _misspelt_classes(cast: Cast) -> dict[Player, str]:
    """Return how three paper questionnaires name the class: «7а», «7-A» with a Latin letter, «седьмой а».

    The secretary copies them word for word, having added the spellings to the form's list.
    """
    plain, latin, words = (player for player in cast.of("обучающийся")[7:10])
    number, letter = plain.school_class.replace("«", "").replace("»", "").split()
    found = {plain: f"{number}{letter.lower()}"}
    number, letter = latin.school_class.replace("«", "").replace("»", "").split()
    found[latin] = f"{number}-{letter.translate(_LATIN_CLASS)}"
    number, letter = words.school_class.replace("«", "").replace("»", "").split()
    return found | {words: f"{_ORDINALS[int(number) - 1]} {letter.lower()}"}


def an_answer_is_edited(cast: Cast, respondents: Respondents, clock: Clock, link: str) -> None:
    """A family changes its convenient times in October."""
    clock.set(date(2022, 10, 5), 18)
    again = questionnaire(cast.of("обучающийся")[1])
    respondents.send(
        QUESTIONNAIRE, again | {"Когда и как удобно встречаться?": ["суббота", "онлайн"]}, edit=link
    )


def _untidy(cast: Cast, respondents: Respondents) -> None:
    pupils = cast.of("обучающийся")
    twice, folded, formula, nameless = pupils[0], pupils[2], pupils[3], pupils[4]
    respondents.send(QUESTIONNAIRE, questionnaire(twice))
    latin = questionnaire(folded) | {NAME: folded.name.full.translate(_LOOKALIKES).replace("ё", "е")}
    respondents.send(QUESTIONNAIRE, latin)
    respondents.send(QUESTIONNAIRE, questionnaire(formula) | {CONTACT: "=СУММ(A1)"})
    respondents.send(QUESTIONNAIRE, questionnaire(nameless) | {NAME: "—"})
    sibling = replace(
        pupils[5], name=replace(pupils[5].name, given="Таисия" if pupils[5].name.sex == "ж" else "Платон")
    )
    shared: dict[str, str | list[str]] = {CONTACT: "semya@pochta.example"}
    respondents.send(QUESTIONNAIRE, questionnaire(pupils[5]) | shared)
    respondents.send(QUESTIONNAIRE, questionnaire(sibling) | shared)
    unborn = questionnaire(pupils[6]) | {
        NAME: "Ранний Гость Годович",
        "Дата рождения участника": "2031-05-05",
    }
    respondents.send(QUESTIONNAIRE, unborn)


def class_hours_are_reported(cast: Cast, respondents: Respondents, clock: Clock, late: bool) -> None:
    """Class teachers report their class hours, two of them late."""
    tardy = cast.classes[-2:]
    chosen = tardy if late else tuple(name for name in cast.classes if name not in tardy)
    day = date(2022, 10, 6) if late else date(2022, 9, 15)
    for number, name in enumerate(chosen):
        clock.set(day, 10)
        reporter = f"Классный{number + 1} Р.У."
        size = cast.size_of(name)
        respondents.send(EVENT, class_hour(name, day, size - size * (number % 3) // 30, reporter))
    if not late:
        untidy = dict(class_hour(chosen[0], day, cast.size_of(chosen[0]), "Классный1 Р.У."))
        respondents.send(EVENT, untidy | {"Сколько человек присутствовало?": "почти все"})


def the_deputy_counts(cast: Cast, staff: Staff) -> None:
    """The deputy counts the school."""
    totals = {
        "обучающийся": cast.pupils,
        "педагог": cast.teachers,
        "выпускник": cast.graduates,
        "организация": 40,
    }
    totals |= {f"класс {name}": cast.size_of(name) for name in cast.classes}
    entries: list[tuple[int, Mapping[str, object]]] = []
    for row in staff.rows("Контингент"):
        group = row["Группа"]
        total = totals.get(group)
        if total is not None:
            cells: dict[str, object] = {"На дату": "05.09.2022", "Всего": total, "Источник": "списки школы"}
            if group == "обучающийся":
                cells |= {"из них 10–19": total * 2 // 3, "из них 15–19": total // 5}
            if group == "педагог":
                cells["Мол. специалистов"] = 6
            entries.append((int(row[""]), cells))
    staff.type_in("Контингент", entries)


def september_entries(cast: Cast, staff: Staff) -> None:
    """The curator enters partners, publications and meetings up to 20 September."""
    staff.add("Партнёры", [_partner(number, name) for number, name in enumerate(COMPANIES)])
    staff.add("Материалы и ссылки", _publications(3))
    staff.add("Мероприятия", [*_parents_meetings(cast), *_working_meetings()])


def september_closes(staff: Staff) -> None:
    """The last days of September: rubrics, the teachers' council with its minutes on paper."""
    staff.add("Материалы и ссылки", _rubrics())
    staff.add("Мероприятия", [_council()])
    staff.add(
        "Документы",
        [
            _paper("протокол педсовета", "Протокол педагогического совета", "2", "30.09.2022"),
        ],
    )


def _partner(number: int, name: str) -> dict[str, object]:
    signed = number < len(COMPANIES) - 1
    cells: dict[str, object] = {"Организация": name, "Вид": "предприятие", "В перечне с": "06.09.2022"}
    if signed:
        cells |= {
            "Соглашение №": f"С-{number + 1}",
            "от": f"{10 + number}.09.2022",
            "действует до": "31.12.2022",
        }
    return cells | {"Состояние": "подписано" if signed else "переговоры"}


def _rubrics() -> list[dict[str, object]]:
    names = ("рубрика ВК", "рубрика на сайте", "контент-план")
    return [
        {
            "Вид": kind,
            "Форма наставничества": "все",
            "Название": "Наставничество в нашей школе",
            "Дата": "22.09.2022",
            "Ссылка": f"https://school12.example/{number}",
            "Автор": "пресс-центр",
        }
        for number, kind in enumerate(names, 1)
    ]


def _publications(count: int, start: int = 1, month: int = 9) -> list[dict[str, object]]:
    return [
        {
            "Вид": "публикация",
            "Название": f"Новости наставничества, выпуск {number}",
            "Дата": f"{10 + number}.{month:02d}.2022",
            "Ссылка": f"https://school12.example/news/{number}",
            "Автор": "пресс-центр",
        }
        for number in range(start, start + count)
    ]


def _parents_meetings(cast: Cast) -> list[dict[str, object]]:
    share = min(1.0, cast.pupils / 600)
    return [
        {
            "Вид": "родительское собрание",
            "Дата по графику": f"{12 + number}.09.2022",
            "Дата фактическая": f"{12 + number}.09.2022",
            "Тема": "Целевая модель наставничества",
            "Кто проводил": "рабочая группа",
            "Присутствовало": round((88 + number) * share),
        }
        for number in range(6)
    ]


def _working_meetings() -> list[dict[str, object]]:
    return [
        {
            "Вид": "рабочая встреча",
            "Дата фактическая": f"{14 + number}.09.2022",
            "Тема": "Встреча с партнёрами и выпускниками",
            "Организация": COMPANIES[number % len(COMPANIES)],
            "Присутствовало": 9 + number,
        }
        for number in range(7)
    ]


def _council() -> dict[str, object]:
    return {
        "Вид": "педсовет",
        "Дата по графику": "29.09.2022",
        "Дата фактическая": "29.09.2022",
        "Тема": "Наставничество: первые шаги",
        "Кто проводил": "директор",
        "Присутствовало": 42,
        "Должно было": 45,
    }


def _paper(kind: str, title: str, number: str, day: str, **more: object) -> dict[str, object]:
    signed = {"Состояние": "зарегистрирован", "№": f"'{number}", "Дата": day, "Подписал": "директор"}
    return {"Вид": kind, "Заголовок": title} | signed | more


def october_entries(cast: Cast, staff: Staff, dice: random.Random) -> None:
    """Training, consents, interviews and answers to the program's questions."""
    lessons: list[dict[str, object]] = []
    for number, (lecturer, group) in enumerate(_EXPERTS):
        for session in range(2 if number % 2 else 1):
            day = f"{3 + number + session:02d}.10.2022"
            lessons.append(
                {
                    "Вид": "занятие для наставников",
                    "Дата по графику": day,
                    "Дата фактическая": day,
                    "Класс/группа": group,
                    "Тема": "Школа наставника",
                    "Кто проводил": lecturer,
                    "Присутствовало": 12,
                }
            )
    lessons.append(
        {
            "Вид": "консультация",
            "Дата фактическая": "11.10.2022",
            "Кто проводил": _EXPERTS[2][0],
            "Присутствовало": 4,
        }
    )
    staff.add("Мероприятия", lessons)
    _consents(staff, dice)
    _interviews(staff)
    _questions(cast, staff)


def methods_are_collected(staff: Staff) -> None:
    """The working group lists its materials, one for each form of mentoring."""
    materials = [
        {
            "Вид": kind,
            "Форма наставничества": form,
            "Название": f"Рабочие материалы: {form}",
            "Дата": "17.10.2022",
            "Ссылка": f"https://school12.example/method/{number}",
            "Автор": "рабочая группа",
        }
        for number, (form, kind) in enumerate(
            zip(FORMS, ("программа", "методические", "дидактические", "методические"), strict=True)
        )
    ]
    staff.add("Материалы и ссылки", materials)


def _consents(staff: Staff, dice: random.Random) -> None:
    entries: list[tuple[int, Mapping[str, object]]] = []
    for place, row in enumerate(staff.rows("Согласия")):
        cells: dict[str, object] = {"Подписано (дата)": f"{dice.randrange(12, 30)}.09.2022"}
        if place % 23 == 7:
            continue
        if place == 3:
            cells["Подписал"] = row["Фамилия, имя, отчество"]
        entries.append((int(row[""]), cells | {"Папка/№": f"1/{place + 1}"}))
    staff.type_in("Согласия", entries)


def _interviews(staff: Staff) -> None:
    forms = {"педагог": FORMS[1], "выпускник": FORMS[2], "представитель организации": FORMS[3]}
    entries: list[tuple[int, Mapping[str, object]]] = []
    for place, row in enumerate(staff.rows("Реестр")):
        if place % 40 == 39:
            continue
        cells: dict[str, object] = {"Собеседование (дата)": "10.10.2022", "Кто провёл": "психолог школы"}
        form = forms.get(row["Группа"], FORMS[0])
        entries.append((int(row[""]), cells | {"Форма наставничества": form, "Вывод": "рекомендован"}))
    staff.type_in("Реестр", entries)


def _questions(cast: Cast, staff: Staff) -> None:
    size = cast.size_of(cast.classes[0])
    entries: list[tuple[int, Mapping[str, object]]] = []
    for row in staff.rows("Вопросы к данным"):
        if "почти все" in row["Что не так"]:
            entries.append(
                (int(row[""]), {"Исправленное значение": str(size - size // 30), "Кто": "куратор"})
            )
        elif "такого класса в школе нет" in row["Что не так"]:
            said = row["Что не так"].partition("«")[2].rstrip("»").split()
            corrected = f"{_ORDINALS.index(said[0]) + 1} «{said[-1].upper()}»"
            entries.append((int(row[""]), {"Исправленное значение": corrected, "Кто": "куратор"}))
        elif row["Предложение программы"] and row["Вид"] == "вопрос":
            entries.append((int(row[""]), {"Решение": "да", "Кто": "куратор"}))
    staff.type_in("Вопросы к данным", entries)


def networking_answers(staff: Staff, respondents: Respondents, clock: Clock, dice: random.Random) -> None:
    """Badges in hand, people name those they would like to work with; the curator enters the meeting."""
    badges = [row for row in staff.rows("Реестр") if row["Код"] and row["Участие"] != "не участвует"]
    mentors = [row["Код"] for row in badges if "наставник" in row["Роль"].split(", ")]
    mentees = [row["Код"] for row in badges if "наставляемый" in row["Роль"].split(", ")]
    names = {row["Код"]: row["Фамилия, имя, отчество"] for row in badges}
    clock.set(date(2022, 10, 12), 13)
    present = 0
    for place, code in enumerate([*mentors, *mentees]):
        is_mentor = code in mentors
        others = mentees if is_mentor else mentors
        if place % 6 == 5 or not others:
            continue
        chosen = dice.sample(others, min(len(others), 1 + place % 3))
        wish = ("один на один", "всё равно", "в группе")[place % 3]
        badge = names[code] if place == 7 else code
        respondents.send(NETWORKING, after_networking(badge, is_mentor, chosen, wish, 3 + place % 3))
        present += 1
    meeting = {"Вид": "нетворкинг", "Дата фактическая": "12.10.2022", "Тема": "Знакомство"}
    staff.add("Мероприятия", [meeting | {"Присутствовало": present}])


def the_curator_decides(staff: Staff) -> None:
    """Most proposals are approved, one is rejected, one forbidden, two wait."""
    entries: list[tuple[int, Mapping[str, object]]] = []
    waiting = [row for row in staff.rows("Пары") if row["Состояние"] == "предложена"]
    for place, row in enumerate(waiting):
        decision, reason = "утвердить", ""
        if place == 1:
            decision, reason = "отклонить", "конфликт расписаний"
        elif place == 2:
            decision, reason = "запретить", "просьба родителей"
        elif place in {4, 5}:
            continue
        day = f"{18 + place % 3}.10.2022"
        cells: dict[str, object] = {"Решение": decision, "Дата": day, "Причина": reason}
        if decision == "утвердить":
            cells["Уведомлены (дата)"] = "20.10.2022"
        entries.append((int(row[""]), cells))
    staff.type_in("Пары", entries)
