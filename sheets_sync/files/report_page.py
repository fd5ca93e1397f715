"""The report as one self-contained HTML page."""

from datetime import date
from fractions import Fraction

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sheets_sync.domain.deadlines import MONTHS_GENITIVE
from sheets_sync.domain.indicators.values import number_with_noun, percent
from sheets_sync.domain.public_report import PublicReport, goal_text
from sheets_sync.domain.roadmap_status import Status
from sheets_sync.domain.russian.typography import unbroken
from sheets_sync.files.report_charts import COLOURS, charts


def report_page(report: PublicReport) -> str:
    """Return the page: styles and charts inside, nothing fetched, every text escaped."""
    environment = Environment(
        loader=PackageLoader("sheets_sync.files"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters |= {
        "day": lambda day: f"{day:%d.%m.%Y}" if isinstance(day, date) else "",
        "in_words": _in_words,
        "percent": percent,
        "goal": goal_text,
        "number": _number,
        "points": _points,
        "unbroken": unbroken,
    }
    # The charts are our own SVG: pygal escapes the texts that it draws.
    drawn = {name: Markup(svg) for name, svg in charts(report).items()}
    colours = {state.value: COLOURS[state] for state in Status}
    done = sum(number for state, number in report.states if state in (Status.DONE, Status.DONE_LATE))
    total = sum(number for _, number in report.states)
    return environment.get_template("report.html").render(
        report=report, charts=drawn, colours=colours, done=done, total=total
    )


def _points(number: int) -> str:
    return number_with_noun(number, ("пункт", "пункта", "пунктов")).partition("\u00a0")[2]


def _in_words(day: date) -> str:
    return f"{day.day}\u00a0{MONTHS_GENITIVE[day.month - 1]} {day.year}\u00a0года"


def _number(value: Fraction) -> str:
    text = f"{float(round(value, 2)):.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")
