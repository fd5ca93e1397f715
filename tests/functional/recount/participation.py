"""The pairs of an order, read again with pandas from the register and the curator's decisions.

Like `counting`, it uses none of the product's rules; codes of people and pairs serve as names of rows.
"""

from __future__ import annotations

import re

import pandas as pd

from tests.functional.recount.counting import Given, day


def in_order(given: Given) -> pd.DataFrame:
    """The approved pairs that a numbered order on pairs or on changes names, with the date of the order."""
    papers = given.sheet("Документы")
    orders = papers["Вид"].isin(["приказ о закреплении пар", "приказ об изменении"])
    papers = papers[orders & (papers["№"] != "")]
    named = {
        code: day(row["Дата"])
        for row in papers.to_dict("records")
        for code in re.findall(r"П-\d+", row["О ком"])
    }
    pairs = given.sheet("Пары")
    pairs = pairs[(pairs["Решение"] == "утвердить") & pairs["Пара"].isin(named)].copy()
    pairs["since"] = pairs["Пара"].map(named)
    return pairs
