"""Every indicator of the roadmap on any day, counted from what was submitted and what staff typed.

Nothing of the product is used; the rules are those of the school's document and of the counting rules that
the curator's guide states. Codes of people and pairs serve as names of rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd

from tests.functional.recount.counting import (
    BORN,
    NAME,
    Given,
    day,
    people,
    plain,
    signed,
    signers,
    with_codes,
)

Count = tuple[int | None, int | None]
Row = Mapping[Any, Any]
SERIAL, KIND = "Номер пары или группы", "Какая это встреча?"
START, END = date(2022, 9, 1), date(2022, 12, 31)
QUARTERS = ((START, date(2022, 9, 30)), (date(2022, 10, 1), END))
FORMS, MENTOR_GROUPS = 4, 3
PLANS, PAIRS = "приказ об утверждении индивидуальных планов", "приказ о закреплении пар"
GROUPS = {
    "pupils": "обучающийся",
    "teachers": "педагог",
    "parents": "родитель",
    "graduates": "выпускник",
    "partners": "представитель организации",
}


def iso(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


class Diary:
    """What is known about each day of the year."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self._read: dict[tuple[str, str], list[Row]] = {}
        self.persons = {
            row["Код"]: row
            for row in with_codes(given, people(given)).to_dict("records")
            if class_is_clear(given, row["Класс"])
        }
        self.registry = {row["Код"]: row for row in self.rows("Реестр")}
        self.papers: defaultdict[str, list[Row]] = defaultdict(list)
        for paper in self.rows("Согласия"):
            if paper["Вид"] == "обработка":
                self.papers[paper["Код"]].append(paper)
        self.consented = lru_cache(None)(self._consented)
        self.in_force = lru_cache(None)(self._in_force)

    def rows(self, title: str) -> list[Row]:
        if ("sheet", title) not in self._read:
            found = self.given.sheet(title).to_dict("records")
            self._read["sheet", title] = [row for row in found if any(row.values())]
        return self._read["sheet", title]

    def answers(self, title: str) -> list[Row]:
        """The answers of a form with the school's day of each; clocks there are three hours ahead of UTC."""
        if ("form", title) not in self._read:
            frame = self.given.answers[title].copy()
            moments = pd.to_datetime(frame["submitted"], utc=True, format="ISO8601")
            frame["day"] = moments.dt.tz_convert("Europe/Moscow").dt.date
            self._read["form", title] = list(frame.to_dict("records"))
        return self._read["form", title]

    @cached_property
    def questionnaires(self) -> list[Row]:
        return people_rows(self.given)

    @cached_property
    def usable(self) -> int:
        return sum(is_usable(row, self.given) for row in self.questionnaires)

    @cached_property
    def of_pair(self) -> dict[str, Row]:
        return {row["Пара"]: row for row in self.rows("Пары")}

    def base(self, on: date) -> set[str]:
        """Who applied, takes part and has not left."""
        return {
            code
            for code, person in self.persons.items()
            if self.applied[code] <= on
            and self.registry[code]["Не участвует"] not in {"TRUE", "ИСТИНА"}
            and not before(day(self.registry[code]["Дата выхода"]), on)
        }

    @cached_property
    def applied(self) -> dict[str, date]:
        """The day of each person's first answer."""
        by_key: dict[tuple[str, str], date] = {}
        for row in self.questionnaires:
            key = (row["key"], row["born"])
            by_key[key] = min(row["on"], by_key.get(key, row["on"]))
        return {code: by_key[person["key"], person["born"]] for code, person in self.persons.items()}

    def _consented(self, on: date) -> frozenset[str]:
        return frozenset(code for code in self.base(on) if self._admitted(self.persons[code], on))

    def _admitted(self, person: Row, on: date) -> bool:
        mine = self.papers[person["Код"]]
        return all(
            any(signed(paper, person, on) for paper in mine if paper["Чья подпись нужна"] == who)
            for who in signers(person, on)
        )

    def group(self, code: str) -> str:
        return str(self.persons[code]["Кто участник?"]) if code in self.persons else ""

    def mentors(self, found: Iterable[str]) -> set[str]:
        return {each for each in found if self.persons[each]["Кем хотите участвовать?"] != "наставляемым"}

    def mentees(self, found: Iterable[str]) -> set[str]:
        return {each for each in found if self.persons[each]["Кем хотите участвовать?"] != "наставником"}

    def size(self, group: str, on: date) -> int | None:
        known = {
            day(row["На дату"]) or date.min: int(row["Всего"])
            for row in self.rows("Контингент")
            if row["Группа"] == group and row["Всего"]
        }
        if not known:
            return None
        return known[max((each for each in known if each <= on), default=min(known))]

    def documents(self, kind: str, on: date) -> list[Row]:
        """Documents of a kind that have a number and a date by the day."""
        return [
            row
            for row in self.rows("Документы")
            if row["Вид"] == kind and row["№"] and row["Состояние"] != "отменён" and by(row["Дата"], on)
        ]

    def _in_force(self, on: date) -> Mapping[str, Row]:
        """Approved pairs that an order names, by their code, until they are ended."""
        orders = [*self.documents(PAIRS, on), *self.documents("приказ об изменении", on)]
        named = {code: row for row in orders for code in re.findall(r"П-\d+", row["О ком"])}
        return {code: pair for code, pair in self.approved(on).items() if code in named}

    def ordered_on(self, code: str) -> date:
        orders = [*self.documents(PAIRS, END), *self.documents("приказ об изменении", END)]
        return min(day(row["Дата"]) or END for row in orders if code in row["О ком"])

    def approved(self, on: date) -> dict[str, Row]:
        """Pairs that the curator approved by the day and did not end by it."""
        found = {}
        for row in self.rows("Пары"):
            said = day(row["Дата"])
            if row["Решение"] == "утвердить" and said and said <= on:
                found[row["Пара"]] = row
            if row["Решение"] == "прекратить" and said and on < said and self.ordered_on(row["Пара"]) <= on:
                found[row["Пара"]] = row
        return found

    def members(self, pairs: Mapping[str, Row]) -> set[str]:
        return {row[f"Код {who}"] for row in pairs.values() for who in ("наставника", "наставляемого")}

    @cached_property
    def meetings(self) -> list[tuple[date, str, str, Row]]:
        """Day, pair, kind and answer of every meeting that was held."""
        return [
            (date.fromisoformat(row["Дата встречи"]), row[SERIAL], row[KIND], row)
            for row in self.answers("Отчёт о встрече")
            if row["Как прошла?"] != "не состоялась"
        ]

    @cached_property
    def plans(self) -> dict[str, tuple[date, int]]:
        """The day of each pair's planning meeting and how many points it gave."""
        found = {}
        for when, pair, kind, row in self.meetings:
            if kind == "планирование":
                points = next(text for title, text in row.items() if title.startswith("Пункты плана"))
                found[pair] = (when, len([line for line in points.split("\n") if line.strip()]))
        return found

    def points_done(self, on: date) -> set[tuple[str, str]]:
        done = {
            (pair, number)
            for when, pair, _, row in self.meetings
            if when <= on
            for number in str(row["Какие пункты плана выполнены сегодня?"]).split("\n")
            if number
        }
        if on == self.given.as_of:  # a mark by hand bears no date: it counts since it was seen
            for row in self.rows("Планы"):
                if row["Отметка вручную"] == "выполнен":
                    done.add((row["Пара"], row["Пункт"].rpartition("/")[2]))
        return {(pair, number) for pair, number in done if pair in self.plans and self.plans[pair][0] <= on}

    @cached_property
    def events(self) -> list[Row]:
        """Events with their day: staff's rows, and class hours from the reports of the class teachers."""
        found: list[Row] = [
            {"kind": row["Вид"], "on": day(row["Дата фактическая"]), "n": row["Присутствовало"], "row": row}
            for row in self.rows("Мероприятия")
        ]
        asked = self.rows("Вопросы к данным")
        fixed = [
            row["Исправленное значение"] for row in asked if "сколько присутствовало" in row["Что не так"]
        ]
        for row in self.answers("Отчёт о мероприятии"):
            told = row["Сколько человек присутствовало?"]
            told = told if told.isdigit() else next((text for text in fixed if text), "")
            found.append({"kind": row["Что прошло?"], "on": iso(row["Дата"]), "n": told, "row": row})
        return found

    def held(self, on: date, *kinds: str) -> list[Row]:
        return [
            event
            for event in self.events
            if event["kind"] in kinds and event["on"] is not None and START <= event["on"] <= on
        ]

    def materials(self, on: date, *kinds: str) -> list[Row]:
        return [row for row in self.rows("Материалы и ссылки") if row["Вид"] in kinds and by(row["Дата"], on)]


def by(text: str, on: date) -> bool:
    found = day(text)
    return found is not None and found <= on


def before(found: date | None, on: date) -> bool:
    return found is not None and found <= on


def people_rows(given: Given) -> list[Row]:
    """All usable questionnaires with the key of the person and the school's day of the first submission."""
    frame = given.answers["Анкета участника наставничества"].copy()
    frame["key"], frame["born"] = frame[NAME].map(plain), frame[BORN]
    moments = pd.to_datetime(frame["created"], utc=True, format="ISO8601")
    frame["on"] = moments.dt.tz_convert("Europe/Moscow").dt.date
    return list(frame.to_dict("records"))


def class_is_clear(given: Given, said: str) -> bool:
    """A class of figures and a letter, or one that the curator has put right: others wait for a question."""
    if not said or re.fullmatch(r"\d{1,2}\W*[А-ЯЁа-яёA-Za-z]\W*", said):
        return True
    asked = given.sheet("Вопросы к данным")
    about = asked[asked["Что не так"].str.contains(said, regex=False)]
    return bool((about["Исправленное значение"] != "").any())


def number(text: str) -> int:
    return int(text) if str(text).strip() else 0


def recount(diary: Diary, on: date) -> dict[str, Count]:
    """Indicator id → (numerator, denominator) on the day."""
    found: dict[str, Count] = {}
    for part in (_people, _organisations, _training, _pairs, _papers, _analysis, _campaign):
        found |= part(diary, on)
    return found


def _people(diary: Diary, on: date) -> dict[str, Count]:
    admitted, base = diary.consented(on), diary.base(on)
    found: dict[str, Count] = {
        f"M01.{name}": (sum(diary.group(code) == group for code in admitted), diary.size(group, on))
        for name, group in GROUPS.items()
    }

    def registry(*groups: str) -> Count:
        return sum(diary.group(code) in groups for code in diary.mentors(base)), None

    return found | {
        "M02.mentors": (len(diary.mentors(admitted)), None),
        "M08.consents": (len(admitted), len(base)),
        "M25.registry": registry("педагог"),
        "M26.registry": registry("родитель"),
        "M27.registry": registry("обучающийся"),
        "M28.registry": registry("выпускник", "представитель организации"),
    }


def _organisations(diary: Diary, on: date) -> dict[str, Count]:
    said = [
        str(diary.persons[code]["Организация и должность"])
        for code in diary.mentors(diary.consented(on))
        if diary.group(code) == "представитель организации"
    ]
    listed = [row for row in diary.rows("Партнёры") if by(row["В перечне с"], on)]
    supplying = [row for row in listed if any(text.startswith(row["Организация"]) for text in said)]
    agreed = [
        row
        for row in supplying
        if row["Соглашение №"]
        and by(row["от"], on)
        and row["Состояние"] != "расторгнуто"
        and not (row["действует до"] and by(row["действует до"], on - timedelta(days=1)))
    ]
    return {
        "M03.list": (len(listed), None),
        "M03.organisations": (len(supplying), diary.size("организация", on)),
        "M04.agreements": (len(agreed), len(supplying)),
    }


def _training(diary: Diary, on: date) -> dict[str, Count]:
    lessons = diary.held(on, "занятие для наставников")
    talks = diary.held(on, "консультация")
    experts = {event["row"]["Кто проводил"].split(",")[0] for event in (*lessons, *talks)}
    per_group: defaultdict[str, int] = defaultdict(int)
    for event in lessons:
        per_group[event["row"]["Класс/группа"]] += 1
    return {
        "M05.experts": (len(experts), None),
        "M05.sessions": (sum(count >= 3 for count in per_group.values()), MENTOR_GROUPS),
        "M05.consultations": (len(talks), None),
    }


def _pairs(diary: Diary, on: date) -> dict[str, Count]:
    approved, in_force = diary.approved(on), diary.in_force(on)
    members = diary.members(in_force)
    met = [(when, pair, kind) for when, pair, kind, _ in diary.meetings if when <= on]
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for _, pair, kind in met:
        kinds[pair].add(kind)
    planned = {pair: count for pair, (when, count) in diary.plans.items() if when <= on}
    in_orders = {code for row in diary.documents(PLANS, on) for code in re.findall(r"П-\d+", row["О ком"])}
    done = [point for point in diary.points_done(on) if point[0] in in_force]
    per_pair: defaultdict[str, int] = defaultdict(int)
    for pair, _ in done:
        per_pair[pair] += 1
    wanted = {pair: count for pair, count in planned.items() if pair in in_force}
    mentees = diary.mentees(diary.consented(on))
    having = {row["Код наставляемого"] for row in approved.values()}
    seen = diary.members({pair: diary.of_pair[pair] for pair in kinds if pair in diary.of_pair})
    told = [row for row in approved.values() if by(row["Уведомлены (дата)"], on)]
    badges = answered_after(diary, on)
    return {
        "M06.meeting": (len(diary.held(on, "нетворкинг")), None),
        "M06.answers": (len(badges), None),
        "M06.response": (len(badges), was_there(diary, badges, on)),
        "M07.pairs": (len(approved), None),
        "M07.paired": (len(mentees & having), len(mentees)),
        "M09.pairs": (sum(len(kinds[pair]) == 5 for pair in in_force), len(in_force)),
        "M10.pairs": (sum(pair in kinds and pair in planned for pair in in_force), len(in_force)),
        "M11.order": (len(diary.documents(PLANS, on)), None),
        "M11.plans": (len(set(wanted) & in_orders), len(wanted)),
        "M12.items": (len(done), sum(wanted.values())),
        "M12.planned": (len(wanted), len(in_force)),
        "M12.people": (len(members & seen), len(members)),
        "M12.plans": (
            sum(per_pair[pair] * 10 >= count * 9 for pair, count in wanted.items()),
            len(in_force),
        ),
        "M19.notified": (len(told), len(approved)),
        "M19.order": (len(diary.documents(PAIRS, on)), None),
    } | _game(diary, on)


def answered_after(diary: Diary, on: date) -> set[str]:
    rows = diary.answers("После общей встречи")
    return {
        row["Номер с вашего бейджа"]
        for row in rows
        if re.fullmatch(r"У-\d+", row["Номер с вашего бейджа"]) and row["day"] <= on
    }


def was_there(diary: Diary, badges: set[str], on: date) -> int | None:
    """Everybody who answered or is ticked in «Явка» came; before that, the number in the event's row."""
    ticked = {row["Код"] for row in attendance(diary) if row["Нетворкинг"] in {"TRUE", "ИСТИНА"}}
    held = diary.held(on, "нетворкинг")
    if held and (badges or ticked):
        return len(badges | ticked)
    return max((number(event["n"]) for event in held), default=None)


def attendance(diary: Diary) -> list[Row]:
    return diary.rows(next(title for title in diary.given.sheets if title.startswith("Явка")))


def _game(diary: Diary, on: date) -> dict[str, Count]:
    games = diary.held(on, "деловая игра")
    if not games:
        return {"M13.game": (0, None), "M13.attendance": (0, 0)}
    listed = diary.members(diary.in_force(min(event["on"] for event in games)))
    came = {row["Код"] for row in attendance(diary) if row["Деловая игра"] in {"TRUE", "ИСТИНА"}}
    return {"M13.game": (len(games), None), "M13.attendance": (len(listed & came), len(listed))}


def _papers(diary: Diary, on: date) -> dict[str, Count]:
    def forms(*kinds: str) -> Count:
        named = {row["Форма наставничества"] for row in diary.materials(on, *kinds) if row["Ссылка"]}
        return (FORMS if "все" in named else len(named)), FORMS

    def standing(kind: str) -> list[Row]:
        return [
            row
            for row in diary.rows("Документы")
            if row["Вид"] == kind and row["Состояние"] not in {"отменён", "проект"} and by(row["Дата"], on)
        ]

    def sent(*kinds: str) -> int:
        return sum(
            row["Вид"] in kinds and bool(row["Исх. №"]) and by(row["Дата отправки"], on)
            for row in diary.rows("Документы")
        )

    rubrics = {row["Ссылка"] for row in diary.materials(on, "рубрика ВК", "рубрика на сайте")}
    news = {row["Ссылка"] for row in diary.materials(on, "публикация") if by(row["Дата"], on)}
    heroes = {
        row["ФИО или код"]
        for row in diary.rows("Участие в событиях")
        if row["Уровень"] in {"региональный", "всероссийский"} and by(row["Дата"], on)
    }
    return {
        "M14.materials": forms("программа", "методические", "дидактические"),
        "M15.acts": (len(diary.documents("акт о доступности", on)), None),
        "M16.questionnaires": forms("диагностическая анкета"),
        "M17.digest": (sum(bool(row["Скан"]) for row in standing("итоговый сборник")), None),
        "M17.meetings": (len(diary.materials(on, "материал встречи")), None),
        "M17.practices": (len(diary.materials(on, "лучшая практика")), None),
        "M17.sent": (sent("итоговый сборник", "лучшие практики"), None),
        "M22.sent": (sent("форма ФСН"), None),
        "M23.rubrics": (len(rubrics), None),
        "M23.plan": (len(diary.materials(on, "контент-план")), None),
        "M24.publications": (len(news), None),
        "M25.minutes": (len(diary.documents("протокол педсовета", on)), None),
        "M31.next": (sum("2023" in row["Заголовок"] for row in standing("дорожная карта")), None),
        "M32.people": (len(heroes), None),
    }


def _analysis(diary: Diary, on: date) -> dict[str, Count]:
    base = diary.base(on)
    talked = {code for code in base if by(diary.registry[code]["Собеседование (дата)"], on)}
    chosen = {code for code in talked if diary.registry[code]["Форма наставничества"]}
    asked = diary.answers("Анкета участника наставничества")
    return {
        "M18.analysed": (diary.usable, len(asked)),
        "M18.interviews": (len(talked), len(base)),
        "M18.forms": (len(chosen), len(base)),
    } | _diagnostics(diary, on)


def is_usable(row: Row, given: Given) -> bool:
    born = iso(row["born"])
    named = re.search("[а-я]", row["key"]) is not None
    return named and not (born and born > given.as_of) and class_is_clear(given, row["Класс"])


def _diagnostics(diary: Diary, on: date) -> dict[str, Count]:
    in_force = diary.in_force(on)
    members = diary.members(in_force)
    forms = diary.answers("Диагностика и отзыв")
    answered = [(row["Ваш номер"], row["day"]) for row in forms if row["day"] <= on]
    asked, passed = 0, 0
    for start, end in QUARTERS:
        if on < start:
            continue
        working = {code: row for code, row in in_force.items() if diary.ordered_on(code) <= end}
        who = diary.members(working)
        asked += len(who)
        passed += len(who & {code for code, when in answered if start <= when <= end})
    days: defaultdict[str, set[date]] = defaultdict(set)
    for code, when in answered:
        days[code].add(when)
    school = {code for code in members if diary.group(code) in {"обучающийся", "педагог", ""}}
    return {
        "M20.quarters": (passed, asked),
        "M20.compared": (sum(len(days[code]) >= 2 for code in members), None),
        "M21.registry": (sum(code in diary.persons for code in school), len(school)),
    }


def _campaign(diary: Diary, on: date) -> dict[str, Count]:
    councils = [number(event["n"]) for event in diary.held(on, "педсовет")]
    parents = diary.held(on, "родительское собрание")
    best: defaultdict[str, int] = defaultdict(int)
    for event in diary.held(on, "классный час"):
        name = event["row"].get("Класс") or event["row"].get("Класс/группа", "")
        best[name] = max(best[name], number(event["n"]))
    return {
        "M25.attendance": (max(councils, default=0), diary.size("педагог", on)),
        "M26.speeches": (len(parents), None),
        "M26.parents": (sum(number(event["n"]) for event in parents), None),
        "M27.pupils": (sum(best.values()), diary.size("обучающийся", on)),
        "M28.meetings": (len(diary.held(on, "рабочая встреча")), None),
    }


def last_planned(diary: Diary, kinds: Callable[[str], bool]) -> date | None:
    days = [day(row["Дата по графику"]) for row in diary.rows("Мероприятия") if kinds(row["Вид"])]
    return max((each for each in days if each), default=None)
