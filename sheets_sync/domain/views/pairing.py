"""Lines of «Состояние» about pairing: the proof, the floor's price, the cut-offs, who would rather swap."""

from collections.abc import Mapping

from sheets_sync.domain.matching.model import Assignment, Totals
from sheets_sync.domain.matching.stability import Stability
from sheets_sync.domain.matching.words import counted, points

_SHOWN = 10


def pairing_lines(assignment: Assignment, stability: Stability) -> Mapping[str, str]:
    """Say in Russian how good tonight's proposal is and what was given up for it."""
    totals = assignment.totals
    return {
        "Пары: лучше ли можно": proof_text(totals),
        "Пары: слабейшая предложенная": _floor_text(totals),
        "Пары: применено ли предложение": assignment.withheld or "применено",
        "Пары: выбрали друг друга, но подобраны другие": _mutual_text(stability),
        "Пары: если слушать только пожелания": _stable_text(stability),
    }


def proof_text(totals: Totals) -> str:
    """What the check of the certificate said."""
    if not totals.proposed and not totals.locked:
        return "подбирать некого"
    paired = f"в парах {totals.people} из {totals.of_people} наставляемых"
    if not totals.proposed:
        return f"{paired}, все — по решению куратора"
    if totals.proven:
        return f"нет, доказано: {paired}, сумма {totals.objective} — больше не бывает (проверено)"
    return f"не доказано: {paired}, сумма {totals.objective}; можно выиграть не больше {points(totals.gap)}"


def _floor_text(totals: Totals) -> str:
    if not totals.proposed:
        return "новых предложений нет"
    price = f"; за это отдано {points(totals.floor_price)} из суммы" if totals.floor_price else ""
    if totals.floor_price is None:
        price = "; чего это стоило, при таком числе людей не считаем"
    sure = "" if totals.floor_proven else " (искали по спискам кандидатов)"
    return f"{points(totals.floor)}{price}{sure}"


def _mutual_text(stability: Stability) -> str:
    if not stability.mutual:
        return "нет"
    named = [f"{mentee} и {mentor}" for mentee, mentor in stability.mutual]
    rest = len(named) - _SHOWN
    return "; ".join(named[:_SHOWN]) + (f"; и ещё {rest}" if rest > 0 else "")


def _stable_text(stability: Stability) -> str:
    if not stability.people:
        return "новых предложений нет"
    if not stability.blocking:
        return "никто не предпочёл бы других: пожелания и общий итог совпали"
    people, score = stability.people - stability.stable_people, stability.score - stability.stable_score
    cost = []
    if people:
        cost.append(f"в парах стало бы на {counted(people, 'человека', 'человека', 'человек')} меньше")
    if score:
        word = "меньше" if score > 0 else "больше"
        cost.append(f"сумма баллов — на {abs(score)} {word}")
    price = f"; если всем им уступить, {', '.join(cost)}" if cost else ""
    return f"случаев, когда двоим вместе было бы лучше, чем с подобранными: {stability.blocking}{price}"
