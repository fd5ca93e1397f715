"""November and December: orders signed, staff rearrange sheets, pairs meet, the year is closed."""

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sheets_sync.demo.answers import DIAGNOSTIC, MEETING, diagnostic, meeting
from sheets_sync.demo.stage import Clock, Respondents, Staff

_GOALS = (
    "Подтянуть оценки за четверть",
    "Подготовить проект к школьной конференции",
    "Привыкнуть к новому классу",
    "Освоить приёмы ведения урока",
)
_ITEMS = "Составить расписание занятий 15.11\nРазобрать трудные темы 30.11\nПоказать результат 15.12"


def staff_rearrange(staff: Staff) -> list[str]:
    """Somebody sorts, inserts, adds, renames and types over; return what was done, in Russian."""
    sheet = staff.book.worksheet("Пары")
    header = [str(title) for title in sheet.row_values(1)]
    last = len(sheet.col_values(1))
    sheet.sort((header.index("Наставник") + 1, "asc"), range=f"A2:Z{last}")
    sheet.insert_row(["", "ниже — пары, о которых спросить на совещании"], 4)
    column = ["Телефон", *[f"кабинет {number}" for number in range(1, last + 1)]]
    sheet.insert_cols([column], col=header.index("Класс") + 1)
    staff.book.worksheet("Явка").update_title("Явка (встреча и игра)")
    place = [str(title) for title in sheet.row_values(1)].index("Баллы") + 1
    sheet.update_cell(2, place, 1000)
    return [
        "отсортирован лист «Пары» по наставнику",
        "в «Пары» вставлена строка с заметкой",
        "в «Пары» добавлена колонка «Телефон»",
        "лист «Явка» переименован",
        "в «Парах» поверх расчёта введены баллы: 1000",
    ]


def pairs_meet(
    staff: Staff,
    respondents: Respondents,
    clock: Clock,
    dice: random.Random,
    *,
    first: date,
    kinds: list[str],
    until: Callable[[date], bool],
) -> None:
    """Mentors of the pairs in force report meetings of these kinds, a week apart; some forget.

    Shape: `until` tells whether a day still belongs to the play.
    """
    pairs = [row["Пара"] for row in staff.rows("Пары") if row["Состояние"] in {"действует", "завершена"}]
    for step, kind in enumerate(kinds):
        day = first + timedelta(days=7 * step)
        if not until(day):
            break
        clock.set(day, 15)
        for place, pair in enumerate(pairs):
            if (place + step) % 19 == 18:
                continue
            more: dict[str, str | list[str]] = {}
            if kind == "планирование":
                more = {
                    "Цель, о которой договорились": dice.choice(_GOALS),
                    "Пункты плана: каждый с новой строки, в конце срок ДД.ММ (до 10 пунктов)": _ITEMS,
                }
            elif kind == "совместная работа":
                more = {"Какие пункты плана выполнены сегодня?": ["1", "2"]}
            elif kind == "итоговая":
                more = {
                    "Цель достигнута?": "частично" if place % 5 == 4 else "да",
                    "Какие пункты плана выполнены сегодня?": ["3"] if place % 5 != 4 else [],
                }
            respondents.send(MEETING, meeting(pair, day, kind, **more))


def everybody_answers(
    staff: Staff, respondents: Respondents, clock: Clock, dice: random.Random, day: date, *, after: bool
) -> None:
    """Participants fill the diagnostic questionnaire, a few do not."""
    clock.set(day, 12)
    seen: set[str] = set()
    for row in staff.rows("Пары"):
        if row["Состояние"] not in {"действует", "завершена"}:
            continue
        for code, mentor in ((row["Код наставника"], True), (row["Код наставляемого"], False)):
            if code in seen or (after and len(seen) % 17 == 16):
                seen.add(code)
                continue
            seen.add(code)
            marks = [min(10, dice.randrange(4, 8) + (2 if after else 0)) for _ in range(6)]
            satisfied = dice.randrange(6, 11) if after else dice.randrange(5, 10)
            played = "да" if after else "ещё не было"
            respondents.send(DIAGNOSTIC, diagnostic(code, mentor, marks, satisfied, played))


def a_consent_is_withdrawn(staff: Staff) -> None:
    """A family takes its consent back in November."""
    working = [row["Код наставляемого"] for row in staff.rows("Пары") if row["Состояние"] == "действует"]
    if working:
        rows = staff.find("Согласия", lambda row: row["Код"] == working[-1])
        staff.type_in("Согласия", [(rows[0], {"Отозвано (дата)": "21.11.2022"})])


def plans_are_marked(staff: Staff) -> None:
    """The curator accepts what was done and marks what nobody reported."""
    entries: list[tuple[int, Mapping[str, object]]] = []
    for row in staff.rows("Планы"):
        cells: dict[str, object] = {"Пункт принят": True}
        if not row["Выполнено"] and int(row[""]) % 4:
            cells["Отметка вручную"] = "выполнен"
        entries.append((int(row[""]), cells))
    staff.type_in("Планы", entries)


def the_year_is_closed(staff: Staff) -> None:
    """The game, publications, next year's roadmap, contests and the curator's own marks."""
    rows = staff.find("Явка (встреча и игра)", lambda row: bool(row["Пары"]))
    present = [row for place, row in enumerate(rows) if place % 15 != 14]
    staff.add(
        "Мероприятия",
        [
            {
                "Вид": "деловая игра",
                "Дата по графику": "21.12.2022",
                "Дата фактическая": "21.12.2022",
                "Тема": "Твой результат – мои возможности",
                "Присутствовало": len(present),
            }
        ],
    )
    staff.type_in("Явка (встреча и игра)", [(row, {"Деловая игра": True}) for row in present])
    links = [
        {
            "Вид": kind,
            "Название": title,
            "Дата": day,
            "Ссылка": f"https://school12.example/{kind.replace(' ', '-')}/{number}",
            "Автор": "рабочая группа",
        }
        for number, (kind, title, day) in enumerate(
            (
                ("публикация", "Итоги осени", "05.11.2022"),
                ("публикация", "Неделя наставника", "28.11.2022"),
                ("публикация", "Деловая игра", "22.12.2022"),
            )
        )
    ]
    staff.add("Материалы и ссылки", links)
    signed = {"Состояние": "зарегистрирован", "Подписал": "Соколова Е.В."}
    staff.add(
        "Документы",
        [
            {
                "Вид": "дорожная карта",
                "Заголовок": "Дорожная карта на 2023 год",
                "№": "'96",
                "Дата": "22.12.2022",
            }
            | signed,
        ],
    )
    codes = [row["Код"] for row in staff.rows("Реестр") if row["Участие"] != "не участвует"][:6]
    staff.add(
        "Участие в событиях",
        [
            {
                "ФИО или код": code,
                "Событие": "Региональный форум наставников",
                "Уровень": "региональный",
                "Вид": "форум",
                "Дата": "08.12.2022",
                "Результат": "участник",
            }
            for code in codes
        ],
    )
    staff.add(
        "Отметки",
        [
            {
                "№ пункта": 9,
                "Состояние вручную": "выполнено",
                "Комментарий": "Все встречи проведены",
                "Кто": "куратор",
                "Дата": "22.12.2022",
            }
        ],
    )
