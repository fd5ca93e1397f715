"""What is wrong with an exported document, by ГОСТ Р 7.0.97 and the school's own promises.

Sources: reference to the requisites and the layout in the standard's sections 4 and 5 (fields of at least 20,
10, 20, 20 mm, letters of 12 to 14 points, numbers from the second page); ст. 9 ч. 4 of 152-ФЗ for consents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tests.papers.reading import Grid, Paper, Text

NBSP = "\N{NO-BREAK SPACE}"
MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
DAY = rf"(\d{{1,2}}{NBSP}(?:{MONTHS}) \d{{4}}{NBSP}г\.|«___» _+ \d{{4}}[ {NBSP}]г\.)"
NUMBER = rf"№[ {NBSP}](\S.*|_+)"

ORDER = (
    ("наименование организации", r".*«.+».*"),
    ("вид документа", r"ПРИКАЗ"),
    ("дата и номер", rf"{DAY}\t{NUMBER}"),
    ("место издания", r"(г|п|с|д|пос|ст)\. .+"),
    ("заголовок", r"(О|Об|Обо) [а-яё].*[^.]"),
    ("основание", r"(В целях|В соответствии|На основании|В связи|Во исполнение).*"),
    ("распорядительное слово", r"ПРИКАЗЫВАЮ:"),
    ("первый пункт", r"1\. .+"),
    ("контроль", r"\d+\. Контроль за исполнением.+"),
    ("подпись", rf"[А-ЯЁИ].+\t[А-ЯЁ]\.[А-ЯЁ]\.{NBSP}[А-ЯЁ][а-яё-]+"),
)
REQUISITES: Mapping[str, Sequence[tuple[str, str]]] = {
    "соглашение с партнёром": (
        ("вид документа и номер", r"СОГЛАШЕНИЕ( " + NUMBER + ")?"),
        ("место и дата", rf"(г|п|с)\. .+\t{DAY}"),
        ("предмет", r"1\. Предмет.*"),
        ("обязанности школы", r"2\. Обязанности.*"),
        ("обязанности партнёра", r"3\. Обязанности.*"),
        ("персональные данные", r"4\. Персональные данные.*"),
        ("срок", r"5\.\d\. .*(действует|срок).*"),
        ("реквизиты и подписи", r"6\. Реквизиты и подписи.*"),
    ),
    "протокол педсовета": (
        ("наименование организации", r".*«.+».*"),
        ("вид документа", r"ПРОТОКОЛ"),
        ("дата и номер", rf"{DAY}\t{NUMBER}"),
        ("присутствовавшие", r".*[Пп]рисутств.*"),
        ("повестка", r"ПОВЕСТКА ДНЯ"),
        ("слушали", r"1\. СЛУШАЛИ:"),
        ("выступили", r"ВЫСТУПИЛИ:"),
        ("постановили", r"ПОСТАНОВИЛИ:"),
        ("голосование", r"Голосовали:.*"),
        ("подпись председателя", r"Председатель.*"),
        ("подпись секретаря", r"Секретарь.*"),
    ),
    "индивидуальный план": (
        ("утверждение", r"УТВЕРЖДЁН"),
        ("вид документа", r"ИНДИВИДУАЛЬНЫЙ ПЛАН"),
        ("пара", r"наставнической пары .+"),
        ("мероприятия", r"Мероприятия плана"),
        ("итог", r"Цель достигнута.*"),
    ),
    "реестр участников": (
        ("наименование организации", r".*«.+».*"),
        ("вид документа", r"РЕЕСТР"),
        ("подпись", rf".+\t[А-ЯЁ]\.[А-ЯЁ]\.{NBSP}[А-ЯЁ][а-яё-]+"),
    ),
    "итоговый сборник": (
        ("наименование организации", r".*«.+».*"),
        ("вид документа", r"ИТОГОВЫЙ СБОРНИК"),
        ("раздел 1", r"1\. Результаты.*"),
        ("раздел 2", r"2\. Материалы.*"),
        ("раздел 3", r"3\. Лучшие практики.*"),
    ),
    "отчёт в РНЦ": (
        ("наименование организации", r".*«.+».*"),
        ("вид документа", r"ОТЧЁТ"),
        ("пары по формам", r"1\. Пары.*"),
        ("показатели", r"2\. Показатели"),
        ("подпись", rf".+\t[А-ЯЁ]\.[А-ЯЁ]\.{NBSP}[А-ЯЁ][а-яё-]+"),
    ),
    "согласие": (
        ("вид документа", r"СОГЛАСИЕ"),
        ("субъект", r".*(фамилия|Я,).*"),
        ("оператор", r".*«.+».*"),
        ("подпись", r".*[Пп]одпись.*"),
    ),
}
CONSENT_ELEMENTS = {
    "документ, удостоверяющий личность": r"(паспорт|документ.*личность)",
    "адрес": r"адрес|прожива",
    "наименование оператора": r"общеобразовательн",
    "цель": r"[Цц]ел[ьи]",
    "перечень данных": r"фамили[яю], имя",
    "перечень действий": r"сбор|запись.*хранение",
    "срок": r"[Сс]рок|действует",
    "отзыв": r"отозва|отзыв",
    "дата": r"дата|«___»",
}
"""Elements of ст. 9 ч. 4 that the blank must hold, however it words them."""


WITHHELD = "(нет согласия)"
"""What «Пары» shows instead of a name once consent is gone; a registered order still holds the name."""


@dataclass(frozen=True)
class Known:
    """What the sheets say.

    Shape: `names` maps a full name to the codes that bear it; `consented` are the codes that may be named on
    the document's date; `pairs` maps a pair's code to the names of mentor and mentee; `officials` are named
    by their post and need no consent of participants.
    """

    names: Mapping[str, frozenset[str]]
    consented: frozenset[str]
    pairs: Mapping[str, tuple[str, str]]
    officials: frozenset[str]


@dataclass(frozen=True)
class Listed:
    """The document's row in «Документы»."""

    kind: str
    number: str = ""
    on: date | None = None
    about: frozenset[str] = frozenset()


def faults(paper: Paper, listed: Listed, known: Known) -> list[str]:
    """Return everything wrong with a document, in Russian, nothing when it is right."""
    return [
        *layout(paper),
        *typography(paper),
        *requisites(paper, listed),
        *tables(paper, listed, known),
        *people(paper, listed, known),
    ]


def layout(paper: Paper) -> Iterator[str]:
    if not (abs(min(paper.page) - 210) < 1 and abs(max(paper.page) - 297) < 1):
        yield f"лист {paper.page}, а не A4"
    for side, least in (("левое", 20), ("правое", 10), ("верхнее", 20), ("нижнее", 20)):
        if paper.margins[side] < least - 0.1:
            yield f"поле {side} {paper.margins[side]:.1f} мм, а нужно не меньше {least}"
    if not paper.page_numbers:
        yield "нет номеров страниц"
    if not paper.first_page_unnumbered:
        yield "номер стоит и на первой странице"
    fonts = {font for block in paper.blocks for font in block.fonts}
    if len(fonts) > 1:
        yield f"гарнитур больше одной: {sorted(fonts)}"
    for block in paper.blocks:
        # Tables may be set smaller (the standard's section 3.3); a blank for consent is to fit one page.
        least = 9 if isinstance(block, Grid) else 11 if "СОГЛАСИЕ" in paper.lines else 12
        if any(not least <= size <= 14 for size in block.sizes):
            yield f"кегль {sorted(block.sizes)} вне {least}–14"


def typography(paper: Paper) -> Iterator[str]:
    for left in re.finditer(r"\{\{[^}]*\}\}|\{\{|\}\}", paper.text):
        yield f"осталось поле шаблона {left[0]}"
    for line in paper.lines:
        if found := re.search(r"(?<!\.)\.\.(?!\.)|,,|\s,|  +(?!_)", line):
            yield f"лишний знак «{found[0]}»: …{line[max(0, found.start() - 25) : found.end() + 15]}…"
        if found := re.search(rf"\b\d{{1,2}} (?:{MONTHS})\b|(?:{MONTHS}) \d{{4}} г\.", line):
            yield f"дата рвётся: «{found[0]}»"
        if found := re.search(r"[А-ЯЁ]\.[А-ЯЁ]\. [А-ЯЁ][а-яё]|[а-яё] [А-ЯЁ]\.[А-ЯЁ]\.", line):
            yield f"инициалы рвутся: «{found[0]}»"
        if '"' in line:
            yield "прямые кавычки вместо ёлочек"


def requisites(paper: Paper, listed: Listed) -> Iterator[str]:
    wanted = ORDER if "ПРИКАЗ" in paper.lines else REQUISITES.get(listed.kind, ())
    if not wanted:
        yield f"для вида «{listed.kind}» нет перечня реквизитов"
    place = -1
    for name, pattern in wanted:
        found = next(
            (n for n, line in enumerate(paper.lines) if n > place and re.fullmatch(pattern, line.strip())),
            None,
        )
        if found is None:
            yield f"нет реквизита «{name}» или он не на месте"
            continue
        place = found
    # Consents to publication (ст. 10.1) and to work as a mentor (ст. 351.8) have lists of their own.
    titles = " ".join(paper.lines[: paper.lines.index("СОГЛАСИЕ") + 3]) if "СОГЛАСИЕ" in paper.lines else ""
    if listed.kind == "согласие" and "на обработку" in titles and "для распространения" not in titles:
        for name, pattern in CONSENT_ELEMENTS.items():
            if not re.search(pattern, paper.text):
                yield f"в согласии нет: {name}"
    if wanted is ORDER:
        yield from _order(paper)
    if wanted is ORDER or listed.kind == "протокол педсовета":
        yield from _registration(paper, listed)


def _order(paper: Paper) -> Iterator[str]:
    start = paper.lines.index("ПРИКАЗЫВАЮ:") if "ПРИКАЗЫВАЮ:" in paper.lines else 0
    points = []
    for line in paper.lines[start:]:
        if found := re.match(r"(\d+)\. ", line):
            points.append(int(found[1]))
        if "Контроль за исполнением" in line:
            break
    if points != list(range(1, len(points) + 1)):
        yield f"пункты идут не подряд: {points}"
    signatures = [
        grid
        for grid in paper.grids(ruled=False)
        if len(grid.rows) == 1 and re.search(rf"[А-ЯЁ]\.[А-ЯЁ]\.{NBSP}[А-ЯЁ]", "\t".join(grid.rows[0]))
    ]
    dates = [grid for grid in paper.grids(ruled=False) if "№" in "\t".join(grid.rows[0])]
    for grid in signatures:
        if dates and grid.columns != dates[0].columns:
            yield f"подпись не в тех же колонках, что дата и номер: {grid.columns} и {dates[0].columns}"
    for before, block in zip(paper.blocks, paper.blocks[1:], strict=False):
        if isinstance(before, Text) and before.text.startswith("Приложение") and before.new_page:
            title = block.text if isinstance(block, Text) else ""
            if not re.fullmatch(rf"к приказу от {DAY} {NUMBER}", title):
                yield f"приложение не называет приказа: «{title}»"
    if "риложени" in paper.text and not any(
        isinstance(block, Text) and block.new_page and block.text.startswith("Приложение")
        for block in paper.blocks
    ):
        yield "приложение не начинается с новой страницы"


def _registration(paper: Paper, listed: Listed) -> Iterator[str]:
    blank = "№ ______" in paper.text.replace(NBSP, " ")
    if listed.number and listed.on:
        months = MONTHS.split("|")
        day = f"{listed.on.day}{NBSP}{months[listed.on.month - 1]} {listed.on.year}{NBSP}г."
        if f"№{NBSP}{listed.number}" not in paper.text:
            yield "в зарегистрированном документе нет его номера"
        if day not in paper.text:
            yield "в зарегистрированном документе нет его даты"
        if blank:
            yield "в зарегистрированном документе осталось «№ ______»"
    elif not blank:
        yield "в проекте нет места для номера"


def tables(paper: Paper, listed: Listed, known: Known) -> Iterator[str]:
    for grid in paper.grids(ruled=True):
        if len(grid.rows) < 2:
            yield f"в таблице нет ни одной строки: {grid.rows[0]}"
        if not grid.header_repeats:
            yield f"заголовок таблицы не повторяется: {grid.rows[0]}"
        if grid.rows[0][0] == "№":
            numbers = [row[0] for row in grid.rows[1:]]
            if numbers != [str(number) for number in range(1, len(numbers) + 1)] and "№" in grid.rows[0]:
                yield f"строки таблицы пронумерованы не подряд: {numbers[:3]}…"
        if "Пара" in grid.rows[0] and {"Наставник", "Наставляемый"} <= set(grid.rows[0]):
            yield from _pairs(grid, listed, known)


def _pairs(grid: Grid, listed: Listed, known: Known) -> Iterator[str]:
    header = grid.rows[0]
    code, mentor, mentee = (header.index(title) for title in ("Пара", "Наставник", "Наставляемый"))
    codes = [row[code] for row in grid.rows[1:]]
    if len(set(codes)) != len(codes):
        yield "пара названа в таблице дважды"
    if listed.about and set(codes) != listed.about:
        yield f"в таблице не те пары: лишние {set(codes) - listed.about}, нет {listed.about - set(codes)}"
    for row in grid.rows[1:]:
        if row[code] not in known.pairs:
            yield f"пары {row[code]} нет в листе"
        elif any(
            person not in {printed, WITHHELD}
            for printed, person in zip((row[mentor], row[mentee]), known.pairs[row[code]], strict=True)
        ):
            yield f"у пары {row[code]} в таблице другие люди"


def people(paper: Paper, listed: Listed, known: Known) -> Iterator[str]:
    if listed.kind == "согласие":
        return  # the blank is what consent is asked with
    for name, codes in known.names.items():
        if codes & known.consented or name in known.officials:
            continue
        surname, *given = name.split(" ")
        initials = "".join(f"{word[0]}." for word in given)
        short = rf"{re.escape(surname)}[ {NBSP}]{re.escape(initials)}"
        if re.search(rf"\b{re.escape(name)}\b", paper.text) or (given and re.search(short, paper.text)):
            yield f"назван человек без согласия: {', '.join(sorted(codes))}"
    if listed.kind in {"отчёт в РНЦ"} or "доступности" in paper.text.split("ПРИКАЗЫВАЮ")[0]:
        named = [name for name in known.names if name not in known.officials and name in paper.text]
        if named:
            yield "в документе без имён названы участники"
