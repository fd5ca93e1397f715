"""Which documents the school should have tonight, kind by kind."""

from collections.abc import Callable, Mapping

from sheets_sync.domain.documents import kinds
from sheets_sync.domain.documents.content import Content
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.pairs_order import pairs_order
from sheets_sync.domain.documents.plans_order import plans_order

Builder = Callable[[Facts], tuple[Content, ...]]

BUILDERS: Mapping[str, Builder] = {
    kinds.PAIRS: pairs_order,
    kinds.PLANS: plans_order,
}


def contents(facts: Facts) -> list[Content]:
    """Return every document that the school should have, in the order in which a night makes them."""
    return [
        content
        for kind in kinds.EVERY_KIND
        if kind in facts.config.drafts and kind in BUILDERS
        for content in BUILDERS[kind](facts)
    ]
