"""Forms of names and posts that people gave by hand, in «Реестр» and in «Настройки»."""

from collections.abc import Iterable
from datetime import date

from sheets_sync.domain.findings import Finding
from sheets_sync.domain.intake.cells import Cells
from sheets_sync.domain.intake.settings import in_force
from sheets_sync.domain.names import name_key, name_words, odd_letters, shown_name
from sheets_sync.domain.russian.case import Case, case_named
from sheets_sync.domain.tables import ReadRow
from sheets_sync.domain.textforms import cleaned, cyrillic_look

PARAMETER = "Падеж: "
"""A row «Падеж: Соколова Елена Викторовна, дательный» of «Настройки» gives the form of a name or post."""

COLUMNS = {
    "name_genitive": Case.GENITIVE,
    "name_dative": Case.DATIVE,
    "name_accusative": Case.ACCUSATIVE,
}
"""Columns of «Реестр» in which staff type forms."""


def hand_forms(
    registry: Iterable[ReadRow], settings: Iterable[ReadRow], as_of: date
) -> tuple[dict[tuple[str, Case], str], tuple[Finding, ...]]:
    """Return the forms by (`name_key`, case); what cannot be one is asked about and does not count.

    A form in «Настройки» goes before one in «Реестр»; of several the lowest in the sheet counts.
    """
    findings: list[Finding] = []
    found: dict[tuple[str, Case], str] = {}
    for row in registry:
        cells = Cells("registry", row, findings)
        name = cells.text("name")
        for column, case in COLUMNS.items():
            if name and cells.text(column):
                _take(found, cells, column, name, case, shown_name(cells.text(column)))
    for row in settings:
        cells = Cells("settings", row, findings)
        said = cleaned(cells.text("name"))
        # Dates that cannot be read are complained about where the other settings are read.
        if not said.startswith(PARAMETER) or not cells.text("value"):
            continue
        if not in_force(Cells("settings", row, []), as_of):
            continue
        name, _, word = said.removeprefix(PARAMETER).rpartition(",")
        said_case = case_named(word)
        if said_case is None or not name.strip():
            cells.complain("name", f"«{said}»: нужны ФИО или должность, запятая и падеж, например дательный")
            continue
        _take(found, cells, "value", name, said_case, cyrillic_look(cleaned(cells.text("value"))))
    return found, tuple(findings)


def _take(
    found: dict[tuple[str, Case], str], cells: Cells, column: str, name: str, case: Case, form: str
) -> None:
    if problem := _wrong(name, form):
        cells.complain(column, f"{case.value} падеж: «{form}» — {problem}; форма не взята")
        return
    found[name_key(name), case] = form


def _wrong(name: str, form: str) -> str:
    own, given = name_words(name), name_words(form)
    if odd_letters(form) or any(letter.isdigit() for letter in form):
        return "есть цифры или буквы другого алфавита"
    if len(own) != len(given):
        return f"слов {len(given)}, а в «{shown_name(name)}» их {len(own)}"
    if any(one[:1] != other[:1] for one, other in zip(own, given, strict=True)):
        return f"слова начинаются не так, как в «{shown_name(name)}»"
    return ""
