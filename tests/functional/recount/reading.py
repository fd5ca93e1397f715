"""What was submitted and entered in a played school, read with plain clients."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from tests.functional.recount.counting import Given
from tests.small_school import SmallSchool


def read_given(school: SmallSchool, as_of: date) -> Given:
    """Read answers from the Forms service and sheets as shown."""
    answers = {}
    for title, form_id in school.form_ids().items():
        form = school.form(form_id)
        asked = {
            item["questionItem"]["question"]["questionId"]: item["title"]
            for item in form["items"]
            if "questionItem" in item
        }
        rows = [
            {
                "submitted": one["lastSubmittedTime"],
                "created": one["createTime"],
                "id": one["responseId"],
                **dict.fromkeys(asked.values(), ""),
                **{
                    asked[number]: "\n".join(text["value"] for text in answer["textAnswers"]["answers"])
                    for number, answer in one.get("answers", {}).items()
                },
            }
            for one in school.responses(form_id)
        ]
        columns = ["submitted", "created", "id", *asked.values()]
        answers[title] = pd.DataFrame(rows, columns=list(dict.fromkeys(columns)))
    sheets = {sheet.title: _frame(sheet.get_all_values()) for sheet in school.book().worksheets()}
    sheets["Пары"] = sheets["Пары"][sheets["Пары"]["Пара"] != ""]
    return Given(answers, sheets, as_of)


def _frame(rows: Iterable[list[str]]) -> pd.DataFrame:
    header, *body = rows
    frame = pd.DataFrame(body, columns=header, dtype=str)
    return frame[(frame.fillna("") != "").any(axis=1)].fillna("")
