from datetime import date

import pytest

from sheets_sync.domain.exports import FileFormat, ListedDocument, file_names, find, of_year

ORDER = ListedDocument("Д-081", "приказ о закреплении пар", number="45/2-р", on=date(2022, 10, 21))


def named(**fields: str) -> str:
    document = ListedDocument(**{"key": "Д-017", "kind": "приказ о закреплении пар", **fields})  # type: ignore[arg-type]  # only texts
    return file_names([document], FileFormat.DOCX)[document.key]


@pytest.mark.parametrize(
    ("kind", "number", "name"),
    [
        ("приказ о закреплении пар", "45/2-р", "Приказ_45-2-р_о_закреплении_пар.docx"),
        ("приказ о закреплении пар", "17 – ОД", "Приказ_17_–_ОД_о_закреплении_пар.docx"),
        ("приказ о закреплении пар", "", "Приказ_проект_Д-017_о_закреплении_пар.docx"),
        ("итоговый сборник", "3", "Итоговый_сборник_3.docx"),
        ("индивидуальный план", "", "Индивидуальный_план_проект_Д-017.docx"),
        ("отчёт в РНЦ", "152-осн.", "Отчёт_152-осн_в_РНЦ.docx"),
        ("соглашение с партнёром", "97о", "Соглашение_97о_с_партнёром.docx"),
    ],
)
def test_f44_a_file_is_called_by_kind_and_number(kind: str, number: str, name: str) -> None:
    assert named(kind=kind, number=number).replace("–", "-").replace("_-_", "-") == name.replace(
        "–", "-"
    ).replace("_-_", "-")


@pytest.mark.parametrize(
    "number",
    [
        *(
            "../../etc/passwd",
            "..\\..\\boot.ini",
            "/корень",
            "C:\\x",
            "a\x00b",
            "45\n46",
            "~",
            "$(rm)",
            '45?*<>|"',
        ),
        *("\N{RIGHT-TO-LEFT OVERRIDE}xcod.exe", "\N{ZERO WIDTH SPACE}", ".", "..", "   ", "45 "),
    ],
)
def test_f44_no_number_leads_out_of_the_folder_or_hides_the_ending(number: str) -> None:
    name = named(number=number)
    assert name.endswith(".docx") and name.startswith("Приказ_")
    assert not set(name) & set('/\\:*?"<>|\x00\n\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH SPACE}$~ ')
    assert ".." not in name


@pytest.mark.parametrize("kind", ["con", "NUL", "aux.x", "LPT1", "com9"])
def test_f44_no_file_bears_a_name_that_windows_keeps_for_devices(kind: str) -> None:
    stem = file_names([ListedDocument("", kind, number=".")], FileFormat.PDF)[""].split(".")[0]
    assert stem.casefold() not in {"con", "nul", "aux", "lpt1", "com9"}


def test_f44_a_long_kind_is_cut_below_what_file_systems_allow() -> None:
    name = named(kind="приказ " + "очень " * 80)
    assert len(name.encode()) <= 255
    assert name.endswith(".docx")


def test_f44_documents_with_one_number_get_files_of_their_own() -> None:
    twin = ListedDocument("Д-092", "Приказ о закреплении пар", number="45/2-Р", on=date(2022, 11, 1))
    assert sorted(file_names([ORDER, twin], FileFormat.PDF).values()) == [
        "Приказ_45-2-Р_о_закреплении_пар_Д-092.pdf",
        "Приказ_45-2-р_о_закреплении_пар_Д-081.pdf",
    ]
    long = [ListedDocument(key, "приказ " + "о" * 300, number="1") for key in ("Д-081", "Д-092")]
    assert len(set(file_names(long, FileFormat.PDF).values())) == 2


def test_a_document_is_found_by_code_or_number() -> None:
    draft = ListedDocument("Д-017", "согласие")
    assert find([ORDER, draft], "д-017") == (draft,)
    assert find([ORDER, draft], "45/2-р") == (ORDER,)
    assert find([ORDER, draft], "Д-999") == ()


def test_the_year_of_a_document_is_that_of_its_date_and_a_draft_belongs_to_the_roadmap() -> None:
    late = ListedDocument("Д-092", "протокол педсовета", number="1", on=date(2023, 1, 10))
    draft = ListedDocument("Д-017", "согласие")
    assert of_year([ORDER, late, draft], 2022, 2022) == (ORDER, draft)
    assert of_year([ORDER, late, draft], 2023, 2022) == (late,)
