"""Agreements with partners: one for every organisation with which the school is in talks."""

from sheets_sync.domain.documents.content import Content
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import AGREEMENT
from sheets_sync.domain.documents.register import Registration
from sheets_sync.domain.names import name_key
from sheets_sync.domain.russian import Case, Sex
from sheets_sync.domain.russian.fullname import read_name, sex_of
from sheets_sync.domain.school import Partner

_ACTING = {Sex.FEMALE: "действующей", Sex.MALE: "действующего"}
IN_TALKS, SIGNED = "переговоры", "подписано"


def agreements(facts: Facts) -> tuple[Content, ...]:
    """Return the agreements to sign; a partner who signed on the school's own paper needs none of ours."""
    drafted = facts.drafted.get(AGREEMENT, frozenset())
    papers = {name_key(paper.title) for paper in facts.papers if paper.kind == AGREEMENT and not paper.key}
    settings = facts.settings
    sex = sex_of(read_name(settings.signatory_name), facts.grammar.names.rules)
    acting = _ACTING[sex] if sex else "действующего(-ей)"
    found = []
    for partner in facts.partners:
        due = partner.state == IN_TALKS or (partner.state == SIGNED and partner.name in drafted)
        if not due or name_key(partner.name) in papers:
            continue
        declined = {
            "должность подписанта род": facts.post_in(settings.signatory_post, Case.GENITIVE),
            "подписант полностью род": facts.name_in(settings.signatory_name, Case.GENITIVE, full=True),
        }
        heading = f"Соглашение о сотрудничестве, {partner.name}"
        fields = {**facts.common(), "партнёр": partner.name, "действующий": acting}
        found.append(Content(AGREEMENT, heading, fields, subject=partner.name, declined=declined))
    return tuple(found)


def signed_in_partners(partners: tuple[Partner, ...], drafts: dict[str, str]) -> dict[str, Registration]:
    """Return the agreements whose number and date staff wrote into «Партнёры», by the draft's key.

    Shape: `drafts` maps a partner's name to the key of the agreement drafted for it.
    """
    return {
        drafts[partner.name]: Registration(
            drafts[partner.name], partner.agreement_number, partner.agreement_on
        )
        for partner in partners
        if partner.name in drafts and partner.agreement_number and partner.agreement_on is not None
    }
