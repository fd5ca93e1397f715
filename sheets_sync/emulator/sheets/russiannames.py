"""Russian names of functions, which a spreadsheet with the Russian locale reads as well as the English ones.

Source: the Russian edition of Google's function list; which of them the API reads is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_QUOTED = re.compile(r'("(?:[^"]|"")*"|\'(?:[^\']|\'\')*\')')
_NAME = re.compile(r"(?<![\w.!])[А-ЯЁа-яё][А-ЯЁа-яё0-9_.]*(?=\s*\()")
_TRUTH = re.compile(r"(?<![\w.!])(ИСТИНА|ЛОЖЬ)(?![\w.!(])", re.IGNORECASE)
_ENGLISH: Mapping[str, str] = {
    "ВПР": "VLOOKUP",
    "ВРЕМЗНАЧ": "TIMEVALUE",
    "ВРЕМЯ": "TIME",
    "ВЫБОР": "CHOOSE",
    "ГИПЕРССЫЛКА": "HYPERLINK",
    "ГОД": "YEAR",
    "ГПР": "HLOOKUP",
    "ДАТА": "DATE",
    "ДАТАЗНАЧ": "DATEVALUE",
    "ДАТАМЕС": "EDATE",
    "ДВССЫЛ": "INDIRECT",
    "ДЕНЬ": "DAY",
    "ДЕНЬНЕД": "WEEKDAY",
    "ДЛСТР": "LEN",
    "ДНИ": "DAYS",
    "ДОЛЯГОДА": "YEARFRAC",
    "ЕОШ": "ISERR",
    "ЕОШИБКА": "ISERROR",
    "ЕНД": "ISNA",
    "ЕПУСТО": "ISBLANK",
    "ЕСЛИ": "IF",
    "ЕСЛИМН": "IFS",
    "ЕСЛИОШИБКА": "IFERROR",
    "ЕСНД": "IFNA",
    "ЕТЕКСТ": "ISTEXT",
    "ЕЧИСЛО": "ISNUMBER",
    "ЗАМЕНИТЬ": "REPLACE",
    "ЗНАЧЕН": "VALUE",
    "И": "AND",
    "ИЛИ": "OR",
    "ИНДЕКС": "INDEX",
    "ИСКЛИЛИ": "XOR",
    "ИСТИНА": "TRUE",
    "КВАРТИЛЬ": "QUARTILE",
    "КОНМЕСЯЦА": "EOMONTH",
    "КОРЕНЬ": "SQRT",
    "ЛЕВСИМВ": "LEFT",
    "ЛОЖЬ": "FALSE",
    "МАКС": "MAX",
    "МАКСЕСЛИ": "MAXIFS",
    "МЕДИАНА": "MEDIAN",
    "МЕСЯЦ": "MONTH",
    "МИН": "MIN",
    "МИНЕСЛИ": "MINIFS",
    "МИНУТЫ": "MINUTE",
    "МОДА": "MODE",
    "НАИБОЛЬШИЙ": "LARGE",
    "НАИМЕНЬШИЙ": "SMALL",
    "НАЙТИ": "FIND",
    "НД": "NA",
    "НЕ": "NOT",
    "НОМНЕДЕЛИ": "WEEKNUM",
    "ОБЪЕДИНИТЬ": "TEXTJOIN",
    "ОКРВВЕРХ": "CEILING",
    "ОКРВНИЗ": "FLOOR",
    "ОКРУГЛ": "ROUND",
    "ОКРУГЛВВЕРХ": "ROUNDUP",
    "ОКРУГЛВНИЗ": "ROUNDDOWN",
    "ОСТАТ": "MOD",
    "ОТБР": "TRUNC",
    "ПЕРЕКЛЮЧ": "SWITCH",
    "ПОВТОР": "REPT",
    "ПОДСТАВИТЬ": "SUBSTITUTE",
    "ПОИСК": "SEARCH",
    "ПОИСКПОЗ": "MATCH",
    "ПРАВСИМВ": "RIGHT",
    "ПРОИЗВЕД": "PRODUCT",
    "ПРОМЕЖУТОЧНЫЕ.ИТОГИ": "SUBTOTAL",
    "ПРОПИСН": "UPPER",
    "ПРОПНАЧ": "PROPER",
    "ПРОСМОТР": "LOOKUP",
    "ПСТР": "MID",
    "РАБДЕНЬ": "WORKDAY",
    "РАЗНДАТ": "DATEDIF",
    "РАНГ": "RANK",
    "СЕГОДНЯ": "TODAY",
    "СЕКУНДЫ": "SECOND",
    "СЖПРОБЕЛЫ": "TRIM",
    "СИМВОЛ": "CHAR",
    "СМЕЩ": "OFFSET",
    "СОВПАД": "EXACT",
    "СРЗНАЧ": "AVERAGE",
    "СРЗНАЧЕСЛИ": "AVERAGEIF",
    "СРЗНАЧЕСЛИМН": "AVERAGEIFS",
    "СТОЛБЕЦ": "COLUMN",
    "СТРОКА": "ROW",
    "СТРОЧН": "LOWER",
    "СУММ": "SUM",
    "СУММЕСЛИ": "SUMIF",
    "СУММЕСЛИМН": "SUMIFS",
    "СУММПРОИЗВ": "SUMPRODUCT",
    "СЦЕП": "CONCAT",
    "СЦЕПИТЬ": "CONCATENATE",
    "СЧЁТ": "COUNT",
    "СЧЁТЕСЛИ": "COUNTIF",
    "СЧЁТЕСЛИМН": "COUNTIFS",
    "СЧЁТЗ": "COUNTA",
    "СЧИТАТЬПУСТОТЫ": "COUNTBLANK",
    "ТДАТА": "NOW",
    "ТЕКСТ": "TEXT",
    "ТРАНСП": "TRANSPOSE",
    "ЦЕЛОЕ": "INT",
    "ЧАС": "HOUR",
    "ЧИСЛСТОЛБ": "COLUMNS",
    "ЧИСТРАБДНИ": "NETWORKDAYS",
    "ЧСТРОК": "ROWS",
    "ЯЧЕЙКА": "CELL",
}
_WITHOUT_DOTS = {name.replace("Ё", "Е"): english for name, english in _ENGLISH.items()}
"""СЧЕТЕСЛИ is often typed for СЧЁТЕСЛИ."""


def with_english_names(formula: str) -> str:
    """Writes the English names of the functions that are called by their Russian ones."""
    if not _NAME.search(formula) and not _TRUTH.search(formula):
        return formula
    parts = _QUOTED.split(formula)
    parts[::2] = [_NAME.sub(_named, _TRUTH.sub(_named, part)) for part in parts[::2]]
    return "".join(parts)


def _named(match: re.Match[str]) -> str:
    name = match[0].upper()
    return _ENGLISH.get(name) or _WITHOUT_DOTS.get(name) or match[0]
