"""`sheets-sync indicators explain ID`: how one number comes about."""

from datetime import date

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.status import NIGHT
from sheets_sync.domain.roadmap import Indicator, Measure, Roadmap
from sheets_sync.domain.run_report import IndicatorFigure
from sheets_sync.errors import UnknownNameError


@click.group("indicators", short_help="Показатели: откуда взялось число.")
def command() -> None:
    """Показатели дорожной карты."""


@command.command("explain", short_help="Объяснить показатель, например M01.pupils.")
@click.argument("indicator_id", metavar="ID")
@as_of_option
@json_option
@click.pass_context
def explain(ctx: click.Context, indicator_id: str, as_of: date | None, as_json: bool) -> None:
    """Объяснить показатель: что считаем, из чего, сколько нужно и сколько есть. Ничего не меняет."""
    invocation = current(ctx)
    with invocation.school() as school:
        roadmap = school.settings.roadmap
        measure, indicator = _find(roadmap, indicator_id)
        day = as_of or invocation.today(school.settings.job(NIGHT).time_zone)
        figure = school.plan(NIGHT, day).report.indicators.get(indicator_id, IndicatorFigure())
    if as_json:
        invocation.screen.json(
            {
                "id": indicator.id,
                "measure": measure.number,
                "as_of": day.isoformat(),
                "counts": indicator.counts,
                "among": indicator.among,
                "written": indicator.written,
            }
            | figure.to_json()
        )
        return
    invocation.screen.title(f"{indicator.id} на {day:%d.%m.%Y}: пункт {measure.number}, «{measure.title}»")
    invocation.screen.lines(f"  {line}" for line in _told(indicator, figure))


def _told(indicator: Indicator, figure: IndicatorFigure) -> list[str]:
    lines = [f"Считаем: {indicator.counts}"]
    if indicator.among:
        lines.append(f"Из них: {indicator.among}")
    if indicator.written:
        lines.append(f"В дорожной карте: {indicator.written}")
    if figure.numerator is None:
        lines.append("Сейчас: нет данных" + (f" — {indicator.fill}" if indicator.fill else ""))
    elif figure.denominator is None and indicator.is_share:
        fill = f" — {indicator.fill}" if indicator.fill else ""
        lines.append(f"Сейчас: {figure.numerator}, а из скольких — нет данных{fill}")
    elif figure.denominator is None:
        lines.append(f"Сейчас: {figure.numerator}")
    else:
        lines.append(f"Сейчас: {figure.numerator} из {figure.denominator}")
    if figure.threshold is not None:
        lines.append(f"Нужно: {figure.threshold} {figure.unit}".rstrip())
    if figure.met is not None:
        lines.append("Достигнуто" if figure.met else "Пока не достигнуто")
    return lines


def _find(roadmap: Roadmap, indicator_id: str) -> tuple[Measure, Indicator]:
    for measure in roadmap.measures:
        for indicator in measure.indicators:
            if indicator.id == indicator_id:
                return measure, indicator
    near = [
        indicator.id
        for measure in roadmap.measures
        for indicator in measure.indicators
        if indicator.id.split(".")[0] == indicator_id.split(".")[0]
    ]
    known = f"Похожие: {', '.join(near)}" if near else "Номера показателей: sheets-sync roadmap show"
    raise UnknownNameError(f"Нет показателя «{indicator_id}»", hint=known)
