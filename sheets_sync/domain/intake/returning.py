"""A questionnaire that may come from somebody whose data were destroyed: never taken in silence."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.dates import printed
from sheets_sync.domain.forgetting.tombstones import NOBODY_BURIED, Buried
from sheets_sync.domain.intake.decisions import NO, SKIP, SKIPPED, Ledger, Verdict
from sheets_sync.domain.names import name_key
from sheets_sync.domain.responses import Response
from sheets_sync.domain.school import Group

_LABEL = "снова подана"


@dataclass(frozen=True, slots=True)
class Door:
    """Who may not come in unasked; `known` are questionnaires that came in on an earlier night."""

    graves: Buried = NOBODY_BURIED
    known: Collection[str] = frozenset()

    def hold_returning(
        self,
        response: Response,
        code: str,
        name: str,
        group: Group | None,
        birth: date | None,
        ledger: Ledger,
        place: str,
    ) -> None:
        """Hold back the questionnaire of a forgotten person until the curator says that it is a new one.

        Shape: `code` is the code that stands for the name, "" for a name. An answer «нет» or «пропустить»
        leaves the questionnaire out; forgetting the person again erases it.
        """
        if not self.graves.stones or response.response_id in self.known or group is None:
            return
        if stone := self.graves.by_code.get(code):
            value = ledger.value(response, "name", "имя")
            text = f"код {code}: данные участника уничтожены {printed(stone.on)}; впишите имя или новый код"
            ledger.hold(value, place, text)
            return
        found = None if code else self.graves.whose(name_key(name), group, birth)
        if found is None:
            return
        value = ledger.value(response, "name", _LABEL)
        text = (
            f"похоже, анкету снова подал тот, чьи данные уничтожены {printed(found.on)} ({found.code}). "
            "«да» — это новая заявка, принять; «нет» — не принимать, тогда удалите ответ в форме и повторите "
            f"sheets-sync forget {found.code}"
        )
        if value.accepted:
            ledger.returned.add(found.code)
            return
        if value.decision.answer in {NO, SKIP}:
            ledger.verdicts[value.response_id] = Verdict(SKIPPED, reason=text)
            return
        ledger.hold(value, place, text)


OPEN = Door()
"""The door of a school that has forgotten nobody."""


def refused_again(response_ids: Collection[str], ledger_keys: Collection[str]) -> frozenset[str]:
    """Return the answers that a decision left out as those of a forgotten person.

    Shape: `ledger_keys` are the keys of questions that were answered «нет» or «пропустить».
    """
    said = {key.split("/")[1] for key in ledger_keys if key.startswith(f"{_LABEL}/")}
    return frozenset(said & set(response_ids))
