from datetime import date

from sheets_sync.cli.summary import summary
from sheets_sync.domain.run_report import (
    DocumentCount,
    FormCount,
    IndicatorFigure,
    PairCount,
    RegistryCount,
    RoadmapCount,
    RunReport,
)


def test_f51_a_night_is_told_in_sentences_a_curator_understands() -> None:
    report = RunReport(
        date(2022, 10, 25),
        responses={"meeting": FormCount(21, 2, 1, 0), "event": FormCount(4, 0, 0, 3)},
        registry=RegistryCount(101, 22, 81),
        pairs=PairCount(30, 12, 5, proven=True),
        indicators={
            "M01.pupils": IndicatorFigure(60, 600, 10, "%", True),
            "M02.pupils": IndicatorFigure(1, 600, 10, "%", False),
            "M03.all": IndicatorFigure(1, None, 10, "%", None),
        },
        roadmap=RoadmapCount(32, {"выполнено": 10, "в работе": 22}),
        documents=DocumentCount(created=2),
        findings=4,
        writes=3,
    )
    assert [line.strip() for line in summary(report, {"meeting": "Отчёт о встрече"})] == [
        "Ответы: прочитано 25 из 2 форм; новых 2, исправлено 1",
        "«Отчёт о встрече»: новых 2, исправлено 1",
        "Ждут вашего решения в «Вопросах к данным»: 3",
        "Реестр: 101 участник (22 наставника, 81 наставляемый)",
        "Пары: предложено 30, утверждено 12, без пары 5; лучше подобрать нельзя (доказано)",
        "Дорожная карта: 32 пункта: выполнено — 10, в работе — 22",
        "Показатели: достигнуто 1 из 2; нет данных для 1",
        "Документы: готово 2 проекта",
        "Вопросы к данным: 4",
        "Записано за 3 обращения",
    ]


def test_f48_a_quiet_night_says_that_nothing_was_written() -> None:
    assert summary(RunReport(date(2022, 10, 25), writes=0), {}) == ["  Новостей нет: ничего не записано"]
