"""`sheets-sync documents`: the register, documents as DOCX and PDF files, letters to pairs."""

from datetime import date
from pathlib import Path

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.notices import notices
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.words import count
from sheets_sync.domain.exports import FileFormat, ListedDocument, find, of_year
from sheets_sync.errors import UnknownNameError


@click.group("documents", short_help="Документы: перечень, выгрузка в DOCX и PDF.")
def command() -> None:
    """Документы школы: приказы, соглашения, согласия, планы."""


command.add_command(notices)


@command.command("list", short_help="Перечень документов с номерами и состоянием.")
@click.option("--year", type=int, metavar="ГОД", help="Только за год: по дате, проекты — по дорожной карте.")
@json_option
@click.pass_context
def list_documents(ctx: click.Context, year: int | None, as_json: bool) -> None:
    """Показать лист «Документы»: код, вид, номер и дата, состояние. Ничего не меняет."""
    invocation = current(ctx)
    with invocation.school() as school:
        documents = school.documents()
        if year is not None:
            documents = of_year(documents, year, school.settings.school.defaults.roadmap_year)
    if as_json:
        invocation.screen.json({"documents": [one.to_json() for one in documents]})
        return
    invocation.screen.title(f"В реестре: {count(len(documents), 'документ', 'документа', 'документов')}")
    if documents:
        headers = ("Код", "Вид", "№", "Дата", "Состояние", "Черновик")
        invocation.screen.table(headers, [_row(one) for one in documents])


@command.command("export", short_help="Выгрузить документ или документы года в DOCX или PDF.")
@click.argument("name", metavar="[ID]", required=False)
@click.option("--year", type=int, metavar="ГОД", help="Все документы года вместо одного.")
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="Файл или папка; в папке документ называется сам: Приказ_45-2-р_о_закреплении_пар.docx.",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice([str(one) for one in FileFormat]),
    help="Вид файла; иначе по окончанию FILE, иначе docx.",
)
@click.option("--replace", is_flag=True, help="Заменить файлы, которые уже есть.")
@click.option(
    "--names",
    "with_names",
    is_flag=True,
    help="Вписать вместо кодов имена из списков школы (режим кодов, только DOCX); в Drive остаются коды.",
)
@as_of_option
@json_option
@click.pass_context
def export(
    ctx: click.Context,
    name: str | None,
    year: int | None,
    target: Path,
    file_format: str | None,
    replace: bool,
    with_names: bool,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Выгрузить один документ (ID — код «Д-017» или номер) либо все за ГОД.

    Имена файлов составляются из вида и номера: фамилий в них нет. В самих файлах персональные данные:
    храните их как сам журнал. С --names имена вписываются здесь, у тех, чьё согласие действует (--as-of —
    на какую дату); у остальных остаётся код.
    """
    if (name is None) == (year is None):
        raise click.UsageError("Назовите один документ (ID) или год: --year 2022")
    invocation = current(ctx)
    screen = invocation.screen
    with invocation.school() as school:
        named_on = None
        if with_names:
            _refuse_names(school.settings.codes_only, file_format, target)
            named_on = as_of or invocation.today(school.settings.school.time_zone)
        documents = school.documents()
        if year is None:
            document, kind = _one(documents, name or ""), _format(file_format, target)
            told = school.export_document(document, target, kind, replace=replace, named_on=named_on)
        else:
            if target.exists() and not target.is_dir():
                raise click.UsageError(f"«{target.name}» — файл, а документам года нужна папка")
            chosen = of_year(documents, year, school.settings.school.defaults.roadmap_year)
            with screen.progress(f"Документы за {year} год") as progress:
                told = school.export_documents(
                    chosen,
                    target,
                    FileFormat(file_format or "docx"),
                    replace=replace,
                    named_on=named_on,
                    progress=progress,
                )
    screen.tell(told, as_json=as_json)


def _refuse_names(codes_only: bool, file_format: str | None, target: Path) -> None:
    if not codes_only:
        raise click.UsageError("Имена в документах уже стоят: --names нужно там, где в школе режим кодов")
    if FileFormat.PDF in (file_format, target.suffix.removeprefix(".").casefold()):
        raise click.UsageError("С именами — только DOCX: PDF делает Drive, а имена из школы не уходят")


def _one(documents: tuple[ListedDocument, ...], name: str) -> ListedDocument:
    found = find(documents, name)
    if not found:
        raise UnknownNameError(f"Нет документа «{name}»", hint="Коды и номера: sheets-sync documents list")
    if len(found) > 1:
        codes = ", ".join(one.key or one.kind for one in found)
        raise UnknownNameError(f"Номер «{name}» у нескольких документов", hint=f"Назовите код: {codes}")
    if not found[0].has_file:
        raise UnknownNameError(
            f"У документа «{name}» нет файла: он бумажный или удалён", hint="Скан — в листе «Документы»"
        )
    return found[0]


def _format(chosen: str | None, target: Path) -> FileFormat:
    if chosen is not None:
        return FileFormat(chosen)
    ending = target.suffix.removeprefix(".").casefold()
    if ending and not target.is_dir() and ending not in list(FileFormat):
        raise click.UsageError(f"Не знаем, как выгрузить в «{target.name}»: бывает .docx и .pdf")
    return FileFormat(ending) if ending and not target.is_dir() else FileFormat.DOCX


def _row(one: ListedDocument) -> tuple[str, ...]:
    on = f"{one.on:%d.%m.%Y}" if one.on else ""
    return (one.key or "—", one.kind, one.number, on, one.state, one.draft_state)
