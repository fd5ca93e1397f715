"""All charts of the spreadsheet, sheet by sheet from the top."""

from sheets_sync.domain.charts import ChartSpec
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.views.dashboard import dashboard_charts
from sheets_sync.domain.views.demand import demand_chart


def declared_charts(roadmap: Roadmap) -> tuple[ChartSpec, ...]:
    """Return every chart that should stand."""
    return (*dashboard_charts(roadmap), demand_chart())
