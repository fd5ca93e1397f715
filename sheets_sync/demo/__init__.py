"""An invented school plays its year: people act through pages and the API, never through our code."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sheets_sync.demo import autumn, office, slips, winter
from sheets_sync.demo.cast import Cast, make_cast
from sheets_sync.demo.stage import Answers, Clock, Program, Respondents, Staff
from sheets_sync.domain.run_report import RequestCount, RunReport
from sheets_sync.emulator.core import Emulator

NIGHTS = (date(2022, 9, 20), date(2022, 10, 25), date(2022, 12, 24))
ASKED = (
    date(2022, 10, 17),
    date(2022, 10, 28),
    date(2022, 11, 16),
    date(2022, 11, 23),
    date(2022, 12, 20),
)
"""Days on which the curator asks for a run in working hours."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the play left: the last report with sums of writes and requests, the tale, and the log."""

    report: RunReport
    tale: tuple[str, ...]
    log: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Tell what happened, as a curator would."""
        return [f"  {line}" for line in self.tale]


@dataclass
class _Play:
    program: Program
    cast: Cast
    clock: Clock
    respondents: Respondents
    staff: Staff
    dice: random.Random
    progress: Progress
    last_day: date
    edit_link: str = ""
    reports: list[RunReport] = field(default_factory=list)
    tale: list[str] = field(default_factory=list)

    def run(self, day: date, told: str, hour: int = 20) -> None:
        self.clock.set(day, hour)
        self.progress(f"{told} {day:%d.%m.%Y}", len(self.reports), len(NIGHTS) + len(ASKED))
        report = self.program.night(day)
        self.reports.append(report)
        answers = sum(count.new or 0 for count in report.responses.values())
        self.tale.append(f"{told} {day:%d.%m.%Y}: новых ответов {answers}, записей {report.writes}")

    def until(self, day: date) -> bool:
        """Whether the play still goes on after a day."""
        return day <= self.last_day


def play(
    program: Program,
    emulator: Emulator,
    clock: Clock,
    *,
    classes: tuple[str, ...],
    as_of: date,
    people: int,
    seed: int,
    progress: Progress,
) -> DemoReport:
    """Play the year up to a date; the last run is on that date, and nobody acts after it.

    Besides the three nights the curator asks for three runs in working hours, so that proposals can be
    approved and orders registered in between; `writes` and `requests` of the report are sums over all runs.
    """
    progress("Формы, таблица, шаблоны", 0, len(NIGHTS) + len(ASKED))
    spreadsheet = program.initialise()
    cast = make_cast(people, seed, classes)
    acting = _Play(
        program,
        cast,
        clock,
        Respondents(emulator, clock),
        Staff(emulator, spreadsheet),
        random.Random(seed + 1),
        progress,
        as_of,
    )
    _september(acting)
    if as_of > NIGHTS[0]:
        _october(acting)
    if as_of > NIGHTS[1]:
        _winter(acting)
    if as_of > NIGHTS[2]:
        acting.run(as_of, "ночь")
    log = {"answers": acting.respondents.log, "entries": acting.staff.log}
    return DemoReport(_summed(acting.reports), tuple(acting.tale), log)


def _september(acting: _Play) -> None:
    cast, respondents, staff, clock = acting.cast, acting.respondents, acting.staff, acting.clock
    if acting.until(date(2022, 9, 2)):
        acting.edit_link = autumn.questionnaires_arrive(cast, respondents, clock, acting.dice, acting.until)
    if acting.until(date(2022, 9, 5)):
        autumn.the_deputy_counts(cast, staff)
        acting.tale.append("сентябрь: анкеты; заместитель ввёл численность школы")
    if acting.until(date(2022, 9, 16)):
        autumn.class_hours_are_reported(cast, respondents, clock, late=False)
    if acting.until(NIGHTS[0]):
        clock.set(NIGHTS[0])
        autumn.september_entries(cast, staff)
        office.asks_for_consent_blanks(staff, "7 «А»")
        acting.tale.append("сентябрь: классные часы, собрания, рабочие встречи, партнёры")
    acting.run(min(NIGHTS[0], acting.last_day), "ночь")


def _october(acting: _Play) -> None:
    cast, respondents, staff, clock = acting.cast, acting.respondents, acting.staff, acting.clock
    if acting.until(date(2022, 9, 30)):
        clock.set(date(2022, 9, 30))
        autumn.september_closes(staff)
        office.registers(staff, "приказ о внедрении", "36/2-р", "21.09.2022")
        office.registers(staff, "акт о доступности", "38/2-р", "28.09.2022")
        acting.tale.append(
            "секретарь зарегистрировал приказ о внедрении № 36/2-р и акт о доступности № 38/2-р"
        )
    if acting.until(date(2022, 10, 6)):
        autumn.an_answer_is_edited(cast, respondents, clock, acting.edit_link)
        autumn.class_hours_are_reported(cast, respondents, clock, late=True)
    if acting.until(date(2022, 10, 11)):
        clock.set(date(2022, 10, 11))
        autumn.october_entries(cast, staff, acting.dice)
        acting.tale.append("октябрь: согласия, собеседования, обучение наставников")
    if acting.until(date(2022, 10, 12)):
        autumn.networking_answers(staff, respondents, clock, acting.dice)
        acting.tale.append("общая встреча «нетворкинг» 12.10.2022")
    slip: tuple[str, Answers] = ("", {})
    if acting.until(date(2022, 10, 13)):
        slip = slips.a_name_instead_of_a_badge(staff, respondents, clock)
    if acting.until(ASKED[0]):
        clock.set(ASKED[0])
        autumn.methods_are_collected(staff)
        acting.run(ASKED[0], "днём, по просьбе куратора,", 11)
    if acting.until(date(2022, 10, 18)):
        slips.the_name_is_replaced(respondents, clock, *slip)
    if acting.until(date(2022, 10, 20)):
        clock.set(date(2022, 10, 20))
        autumn.the_curator_decides(staff)
        acting.tale.append("куратор утвердил пары, одну отклонил, одну запретил, две отложил")
    acting.run(min(NIGHTS[1], acting.last_day), "ночь")


def _winter(acting: _Play) -> None:
    clock, staff, respondents, dice = acting.clock, acting.staff, acting.respondents, acting.dice
    clock.set(date(2022, 10, 26))
    office.registers(staff, "приказ о закреплении пар", "45/2-р", "26.10.2022")
    office.asks_for_publication_blanks(staff, "8 «А»")
    acting.tale.append("секретарь зарегистрировал приказ о закреплении пар: № 45/2-р от 26.10.2022")
    acting.tale += [f"сотрудник: {line}" for line in winter.staff_rearrange(staff)]
    if acting.until(ASKED[1]):
        acting.run(ASKED[1], "днём, по просьбе куратора,", 11)
        kinds = ["знакомство", "пробная", "планирование"]
        first = date(2022, 10, 29)
        winter.pairs_meet(staff, respondents, clock, dice, first=first, kinds=kinds, until=acting.until)
    if acting.until(date(2022, 11, 8)):
        clock.set(date(2022, 11, 8))
        office.partner_signs(staff, "С-8", "02.11.2022")
        office.the_council_meets_again(staff)
        acting.tale.append("ноябрь: последний партнёр подписал соглашение; второй педсовет")
    if acting.until(date(2022, 11, 14)):
        winter.everybody_answers(staff, respondents, clock, dice, date(2022, 11, 14), after=False)
    if acting.until(ASKED[2]):
        office.two_pairs_end(staff, "15.11.2022")
        acting.tale.append("один наставник переехал, одна пара прекращена по просьбе семьи")
        acting.run(ASKED[2], "днём, по просьбе куратора,", 11)
    if acting.until(date(2022, 11, 21)):
        _november_ends(acting)
    if acting.until(date(2022, 12, 15)):
        clock.set(date(2022, 12, 15))
        office.materials_for_the_digest(staff)
    if acting.until(date(2022, 12, 19)):
        winter.everybody_answers(staff, respondents, clock, dice, date(2022, 12, 19), after=True)
        winter.plans_are_marked(staff)
    if acting.until(ASKED[4]):
        acting.run(ASKED[4], "днём, по просьбе куратора,", 15)
        office.sends_the_digest(staff)
        acting.tale.append("итоговый сборник № 1 зарегистрирован и отправлен в РНЦ")
    if acting.until(date(2022, 12, 22)):
        clock.set(date(2022, 12, 22))
        winter.the_year_is_closed(staff)
        office.registers(staff, "реестр участников", "1", "22.12.2022")
        acting.tale.append("декабрь: итоговые встречи, диагностика, деловая игра, сборник, карта на 2023 год")
    acting.run(min(NIGHTS[2], acting.last_day), "ночь")


def _november_ends(acting: _Play) -> None:
    clock, staff, respondents, dice = acting.clock, acting.staff, acting.respondents, acting.dice
    clock.set(date(2022, 11, 21))
    office.registers(staff, "приказ об утверждении индивидуальных планов", "52/2-р", "17.11.2022")
    office.registers(staff, "протокол педсовета", "4", "07.11.2022")
    office.the_curator_replaces(staff, "21.11.2022")
    acting.tale.append("секретарь зарегистрировал приказ об утверждении планов: № 52/2-р от 17.11.2022")
    winter.a_consent_is_withdrawn(staff)
    acting.tale.append("одна семья отозвала согласие: пара приостановлена, имя убрано")
    if acting.until(ASKED[3]):
        acting.run(ASKED[3], "днём, по просьбе куратора,", 11)
        clock.set(date(2022, 11, 24))
        office.registers(staff, "приказ об изменении", "58/2-р", "24.11.2022")
        office.registers(staff, "приказ о прекращении пары", "59/2-р", "24.11.2022")
        acting.tale.append("зарегистрированы приказы об изменении № 58/2-р и о прекращении пары № 59/2-р")
    kinds = ["совместная работа", "совместная работа", "итоговая"]
    first = date(2022, 11, 26)
    winter.pairs_meet(staff, respondents, clock, dice, first=first, kinds=kinds, until=acting.until)


def _summed(reports: list[RunReport]) -> RunReport:
    last = reports[-1]
    requests = [report.requests for report in reports]
    return replace(
        last,
        writes=sum(report.writes or 0 for report in reports),
        requests=RequestCount(
            sheets=sum(one.sheets or 0 for one in requests),
            forms=sum(one.forms or 0 for one in requests),
            docs=sum(one.docs or 0 for one in requests),
            drive=sum(one.drive or 0 for one in requests),
            token=sum(one.token or 0 for one in requests),
        ),
        documents=replace(last.documents, created=sum(report.documents.created or 0 for report in reports)),
        seconds=sum(report.seconds or 0.0 for report in reports),
    )
