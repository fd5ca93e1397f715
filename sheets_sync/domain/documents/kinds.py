"""The kinds of documents, as the drop-down of «Документы» names them."""

INTRODUCTION = "приказ о внедрении"
PAIRS = "приказ о закреплении пар"
PLANS = "приказ об утверждении индивидуальных планов"
ACCESS = "акт о доступности"
CHANGES = "приказ об изменении"
ENDING = "приказ о прекращении пары"
PARTICIPANTS = "реестр участников"
AGREEMENT = "соглашение с партнёром"
CONSENT = "согласие"
INDIVIDUAL_PLAN = "индивидуальный план"
COUNCIL = "протокол педсовета"
DIGEST = "итоговый сборник"
REGION_REPORT = "отчёт в РНЦ"

DESTRUCTION = "акт об уничтожении персональных данных"

EVERY_KIND = (
    INTRODUCTION,
    ACCESS,
    PAIRS,
    CHANGES,
    ENDING,
    PLANS,
    COUNCIL,
    AGREEMENT,
    PARTICIPANTS,
    DIGEST,
    REGION_REPORT,
    INDIVIDUAL_PLAN,
    CONSENT,
)
"""In the order in which a night drafts them: what the director waits for goes before what comes in piles."""

REPEATED = (PAIRS, PLANS, CHANGES, ENDING, CONSENT)
"""Kinds of which another one may follow a registered one about the same subject."""

ALWAYS = (DESTRUCTION,)
"""Kinds that the law demands whatever config/papers.yaml says; they go before all others."""

ORDERS = (INTRODUCTION, PAIRS, PLANS, ACCESS, CHANGES, ENDING)
"""Kinds that share one register of numbers: orders on the school's main activity."""
