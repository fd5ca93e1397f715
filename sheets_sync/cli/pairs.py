"""`sheets-sync pairs`: why this pair, what if, what changed; nothing is written."""

from datetime import date

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.status import NIGHT


@click.group("pairs", short_help="Пары: почему такая, что будет, если, что изменилось.")
def command() -> None:
    """Пары наставников и наставляемых. Имена — только тех, чьё согласие действует; остальные — кодами."""


@command.command("explain", short_help="Объяснить пару (П-014) или участника (У-017).")
@click.argument("code", metavar="ID")
@click.option("--instead", metavar="КОД", default="", help="Почему не этот наставник.")
@as_of_option
@json_option
@click.pass_context
def explain(ctx: click.Context, code: str, instead: str, as_of: date | None, as_json: bool) -> None:
    """Объяснить пару или участника: баллы, место среди возможных, почему не тот, кого назвали."""
    with current(ctx).school() as school:
        day = as_of or current(ctx).today(school.settings.job(NIGHT).time_zone)
        answer = school.pairs(day).explain(code, instead)
    current(ctx).screen.tell(answer, as_json=as_json)


@command.command("what-if", short_help="Решить заново с одним изменением и показать разницу.")
@click.option("--mentor", metavar="КОД", help="Наставник, о котором вопрос.")
@click.option("--capacity", type=int, metavar="+N", help="Возьмёт на столько больше (или меньше: -1).")
@click.option("--leave", is_flag=True, help="Выйдет из программы; переезжают только его наставляемые.")
@click.option("--forbid", nargs=2, metavar="A B", help="Запретить пару.")
@click.option("--pair", nargs=2, metavar="A B", help="Закрепить пару: чего это стоит.")
@as_of_option
@json_option
@click.pass_context
def what_if(
    ctx: click.Context,
    mentor: str | None,
    capacity: int | None,
    leave: bool,
    forbid: tuple[str, str] | None,
    pair: tuple[str, str] | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """Что будет, если наставник возьмёт больше или выйдет, пару запретить или закрепить. Ничего не меняет."""
    asked = [capacity is not None, leave, forbid is not None, pair is not None]
    if sum(asked) != 1:
        raise click.UsageError("Нужно одно из: --capacity, --leave, --forbid, --pair")
    if (capacity is not None or leave) != (mentor is not None):
        raise click.UsageError("--mentor нужен вместе с --capacity или --leave")
    with current(ctx).school() as school:
        day = as_of or current(ctx).today(school.settings.job(NIGHT).time_zone)
        questions = school.pairs(day)
        if forbid is not None:
            answer = questions.forbidden(*forbid)
        elif pair is not None:
            answer = questions.paired(*pair)
        elif leave:
            answer = questions.without(mentor or "")
        else:
            answer = questions.with_capacity(mentor or "", capacity or 0)
    current(ctx).screen.tell(answer, as_json=as_json)


@command.command("diff", short_help="Что изменилось в парах с прошлой ночи.")
@as_of_option
@json_option
@click.pass_context
def diff(ctx: click.Context, as_of: date | None, as_json: bool) -> None:
    """Что изменила в парах прошлая ночь и что изменит следующая. Ничего не меняет."""
    with current(ctx).school() as school:
        day = as_of or current(ctx).today(school.settings.job(NIGHT).time_zone)
        answer = school.pairs(day).since_last_night()
    current(ctx).screen.tell(answer, as_json=as_json)
