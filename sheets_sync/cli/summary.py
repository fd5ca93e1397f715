"""Tell a run's report to a curator, in sentences and not in field names."""

from collections.abc import Mapping

from sheets_sync.cli.words import count
from sheets_sync.domain.run_report import RunReport


def summary(report: RunReport, form_titles: Mapping[str, str]) -> list[str]:
    """Return the report as lines of Russian; what is not known is not mentioned.

    Shape: `form_titles` maps form ids to the titles that people know.
    """
    lines = [*_answers(report, form_titles), *_people(report), *_pairs(report), *_roadmap(report)]
    lines += [*_documents(report), *_written(report)]
    return [f"  {line}" for line in lines]


def _answers(report: RunReport, titles: Mapping[str, str]) -> list[str]:
    counts = report.responses
    if not counts:
        return []
    read = sum(each.read or 0 for each in counts.values())
    new = sum(each.new or 0 for each in counts.values())
    edited = sum(each.edited or 0 for each in counts.values())
    held = sum(each.quarantined or 0 for each in counts.values())
    lines = [
        f"Ответы: прочитано {read} из {count(len(counts), 'формы', 'форм', 'форм')}; "
        f"новых {new}, исправлено {edited}"
    ]
    for form, each in counts.items():
        if each.new or each.edited:
            lines.append(
                f"  «{titles.get(form, form)}»: новых {each.new or 0}, исправлено {each.edited or 0}"
            )
    if held:
        lines.append(f"  Ждут вашего решения в «Вопросах к данным»: {held}")
    return lines


def _people(report: RunReport) -> list[str]:
    people = report.registry
    if people.people is None:
        return []
    parts = []
    if people.mentors is not None:
        parts.append(count(people.mentors, "наставник", "наставника", "наставников"))
    if people.mentees is not None:
        parts.append(count(people.mentees, "наставляемый", "наставляемых", "наставляемых"))
    inside = f" ({', '.join(parts)})" if parts else ""
    return [f"Реестр: {count(people.people, 'участник', 'участника', 'участников')}{inside}"]


def _pairs(report: RunReport) -> list[str]:
    pairs = report.pairs
    known = [
        (pairs.proposed, "предложено"),
        (pairs.approved, "утверждено"),
        (pairs.unmatched, "без пары"),
    ]
    parts = [f"{word} {number}" for number, word in known if number is not None]
    if not parts:
        return []
    best = "; лучше подобрать нельзя (доказано)" if pairs.proven and pairs.proposed else ""
    return [f"Пары: {', '.join(parts)}{best}"]


def _roadmap(report: RunReport) -> list[str]:
    lines = []
    if report.roadmap.total is not None:
        states = ", ".join(f"{status} — {number}" for status, number in report.roadmap.by_status.items())
        total = count(report.roadmap.total, "пункт", "пункта", "пунктов")
        lines.append(f"Дорожная карта: {total}" + (f": {states}" if states else ""))
    judged = [figure for figure in report.indicators.values() if figure.met is not None]
    if report.indicators:
        met = sum(figure.met is True for figure in judged)
        unknown = sum(
            figure.met is None and figure.threshold is not None for figure in report.indicators.values()
        )
        lines.append(
            f"Показатели: достигнуто {met} из {len(judged)}"
            + (f"; нет данных для {unknown}" if unknown else "")
        )
    return lines


def _documents(report: RunReport) -> list[str]:
    documents = report.documents
    lines = []
    if documents.created:
        lines.append(f"Документы: готово {count(documents.created, 'проект', 'проекта', 'проектов')}")
    if documents.stale:
        lines.append(f"Проекты, которые разошлись с данными: {documents.stale}")
    if report.findings:
        lines.append(f"Вопросы к данным: {report.findings}")
    return lines


def _written(report: RunReport) -> list[str]:
    if report.writes is None:
        return []
    if report.writes == 0:
        return ["Новостей нет: ничего не записано"]
    return [f"Записано за {count(report.writes, 'обращение', 'обращения', 'обращений')}"]
