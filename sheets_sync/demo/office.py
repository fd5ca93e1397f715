"""The school's office through the year: the secretary registers, the curator asks for papers."""

from collections.abc import Mapping

from sheets_sync.demo.stage import Staff

DIRECTOR = "Соколова Е.В."
_BLANKS = "Документы: бланки согласий"
_PUBLICATION = "Документы: бланки на распространение"


def registers(staff: Staff, kind: str, number: str, day: str, **more: object) -> None:
    """Register the newest draft of a kind: number, date, who signed."""
    rows = staff.find(
        "Документы",
        lambda row: row["Вид"] == kind and bool(row["Черновик"]) and not row["№"] and _is_needed(row),
    )
    cells: dict[str, object] = {
        "Состояние": "зарегистрирован",
        "№": f"'{number}",
        "Дата": day,
        "Подписал": DIRECTOR,
        "Ознакомлены (дата)": day,
    }
    staff.type_in("Документы", [(row, cells | more) for row in rows[-1:]])


def _is_needed(row: Mapping[str, str]) -> bool:
    return not row["Состояние черновика"].startswith(("больше не нужен", "удалён"))


def sends_the_digest(staff: Staff) -> None:
    """The digest is registered, put on the site and sent to the regional centre."""
    sent = {"Кому отправлен": "РНЦ", "Исх. №": "'214", "Дата отправки": "20.12.2022"}
    registers(staff, "итоговый сборник", "1", "20.12.2022", **sent, Скан="https://school12.example/digest")


def asks_for_consent_blanks(staff: Staff, classes: str) -> None:
    """The curator wants blanks for a class whose teacher asked for printed ones."""
    _sets(staff, _BLANKS, classes)


def asks_for_publication_blanks(staff: Staff, classes: str) -> None:
    """The press centre wants to show a class: consents to publication are asked for."""
    _sets(staff, _PUBLICATION, classes)


def _sets(staff: Staff, name: str, value: str) -> None:
    rows = staff.find("Настройки", lambda row: row["Параметр"] == name)
    staff.type_in("Настройки", [(row, {"Значение": value}) for row in rows])


def partner_signs(staff: Staff, number: str, day: str) -> None:
    """The last partner comes out of talks and signs; the number goes into «Партнёры»."""
    rows = staff.find("Партнёры", lambda row: row["Состояние"] == "переговоры")
    signed = {"Соглашение №": f"'{number}", "от": day, "действует до": "31.12.2022", "Состояние": "подписано"}
    staff.type_in("Партнёры", [(row, signed) for row in rows[:1]])


def the_council_meets_again(staff: Staff) -> None:
    """In November the teachers' council hears the first results; its minutes are the program's draft."""
    staff.add(
        "Мероприятия",
        [
            {
                "Вид": "педсовет",
                "Дата по графику": "07.11.2022",
                "Дата фактическая": "07.11.2022",
                "Тема": "Первые итоги работы наставнических пар",
                "Кто проводил": "куратор программы",
                "Присутствовало": 41,
                "Должно было": 45,
            }
        ],
    )


def two_pairs_end(staff: Staff, day: str) -> None:
    """A mentor moves away and leaves one mentee behind; another family has no more time."""
    rows = [row for row in staff.rows("Пары") if row["Состояние"] == "действует"]
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["Код наставника"]] = counts.get(row["Код наставника"], 0) + 1
    pupils = [row for row in rows if row["Форма наставничества"] == "ученик–ученик"]
    alone = [row for row in pupils if counts[row["Код наставника"]] == 1]
    if len(pupils) < 3 or not alone:
        return
    leaving = alone[0]
    tired = next(row for row in pupils if row["Код наставника"] != leaving["Код наставника"])
    entries: list[tuple[int, Mapping[str, object]]] = []
    for row, reason in ((leaving, "наставник переехал"), (tired, "по просьбе семьи")):
        entries.append((int(row[""]), {"Решение": "прекратить", "Причина": reason, "Дата": day}))
    staff.type_in("Пары", entries)
    gone = staff.find("Реестр", lambda row: row["Код"] == leaving["Код наставника"])
    staff.type_in(
        "Реестр", [(row, {"Дата выхода": day, "Причина": "перешёл в другую школу"}) for row in gone]
    )
    quits = staff.find("Реестр", lambda row: row["Код"] == tired["Код наставляемого"])
    staff.type_in(
        "Реестр", [(row, {"Дата выхода": day, "Причина": "по собственному желанию"}) for row in quits]
    )


def the_curator_replaces(staff: Staff, day: str) -> None:
    """Mentees left behind get the mentors that the program proposes."""
    rows = staff.rows("Пары")
    left = {row["Код наставляемого"] for row in rows if row["Состояние"] == "прекращена"}
    staff.type_in(
        "Пары",
        [
            (int(row[""]), {"Решение": "утвердить", "Дата": day, "Уведомлены (дата)": day})
            for row in rows
            if row["Состояние"] == "предложена" and row["Код наставляемого"] in left
        ],
    )


def materials_for_the_digest(staff: Staff) -> None:
    """The working group lists what the digest is made of."""
    rows = (
        ("материал встречи", "Сценарий общей встречи «Нетворкинг»", "все", "14.12.2022", "рабочая группа"),
        (
            "материал встречи",
            "Деловая игра «Твой результат – мои возможности»",
            "все",
            "14.12.2022",
            "рабочая группа",
        ),
        ("лучшая практика", "Ученик учит ученика", "ученик–ученик", "15.12.2022", "рабочая группа"),
        (
            "лучшая практика",
            "Урок вдвоём: первый год в школе",
            "учитель–учитель",
            "15.12.2022",
            "Ершова Л.П.",
        ),
        (
            "лучшая практика",
            "День на предприятии",
            "работодатель–ученик",
            "15.12.2022",
            "АО «Светлый провод»",
        ),
    )
    staff.add(
        "Материалы и ссылки",
        [
            {
                "Вид": kind,
                "Форма наставничества": form,
                "Название": title,
                "Дата": day,
                "Ссылка": f"https://school12.example/digest/{number}",
                "Автор": author,
            }
            for number, (kind, title, form, day, author) in enumerate(rows, 1)
        ],
    )
