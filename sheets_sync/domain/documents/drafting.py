"""Which documents the school should have tonight, kind by kind."""

from collections.abc import Callable, Mapping

from sheets_sync.domain.documents import kinds
from sheets_sync.domain.documents.agreements import agreements
from sheets_sync.domain.documents.amendment import amendments
from sheets_sync.domain.documents.consent_blanks import consent_blanks
from sheets_sync.domain.documents.content import Content
from sheets_sync.domain.documents.council import council
from sheets_sync.domain.documents.destruction import destruction
from sheets_sync.domain.documents.digest import digest
from sheets_sync.domain.documents.ending import ending
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.individual_plans import individual_plans
from sheets_sync.domain.documents.introduction import accessibility, introduction
from sheets_sync.domain.documents.introduction_changes import introduction_changes
from sheets_sync.domain.documents.pairs_order import pairs_order
from sheets_sync.domain.documents.participants import participants
from sheets_sync.domain.documents.plans_order import plans_order
from sheets_sync.domain.documents.region_report import region_report

Builder = Callable[[Facts], tuple[Content, ...]]

BUILDERS: Mapping[str, Builder] = {
    kinds.INTRODUCTION: introduction,
    kinds.ACCESS: accessibility,
    kinds.PAIRS: pairs_order,
    kinds.CHANGES: lambda facts: (*amendments(facts), *introduction_changes(facts)),
    kinds.ENDING: ending,
    kinds.PLANS: plans_order,
    kinds.COUNCIL: council,
    kinds.AGREEMENT: agreements,
    kinds.PARTICIPANTS: participants,
    kinds.DIGEST: digest,
    kinds.REGION_REPORT: region_report,
    kinds.INDIVIDUAL_PLAN: individual_plans,
    kinds.CONSENT: consent_blanks,
    kinds.DESTRUCTION: destruction,
}


def contents(facts: Facts) -> list[Content]:
    """Return every document that the school should have, in the order in which a night makes them."""
    return [
        content
        for kind in (*kinds.ALWAYS, *kinds.EVERY_KIND)
        if kind in (*kinds.ALWAYS, *facts.config.drafts)
        and (kind in kinds.REPEATED or (kind, "") not in facts.settled)
        for content in BUILDERS[kind](facts)
        if kind in kinds.REPEATED or (kind, content.subject) not in facts.settled
    ]
