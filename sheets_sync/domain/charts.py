"""A chart of the spreadsheet as it is declared; no addresses, no Google words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """One chart beside the columns of a sheet (`beside`).

    Shape: `name` is unique beside its sheet; `sheet` holds the rows; `labels` and `values` are its columns,
    each value a series named by its header; `keys` are the rows it covers, empty for the `count` rows from
    `first` on (from 0, below the header); before rows stand, those count for every chart. With `named` the
    header row is covered too; `height` is in pixels.
    """

    name: str
    title: str
    kind: str
    sheet: str
    labels: str
    values: tuple[str, ...]
    first: int
    count: int
    named: bool = False
    keys: tuple[str, ...] = ()
    beside: str = "dashboard"
    height: int = 270

    @property
    def key(self) -> str:
        """What the chart is remembered by."""
        return f"{self.beside}/{self.name}"
