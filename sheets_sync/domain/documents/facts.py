"""Everything that documents are made of, as one value of the night."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sheets_sync.domain.documents.papers_config import PapersConfig
from sheets_sync.domain.documents.wanted import Wanted
from sheets_sync.domain.documents.wording import (
    blank_date,
    initials_first,
    long_date,
    number_sign,
    surname_first,
)
from sheets_sync.domain.entries import (
    Event,
    Material,
    Participation,
    Partner,
)
from sheets_sync.domain.forgetting.tombstones import Tombstone
from sheets_sync.domain.indicators.values import IndicatorValue
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.russian import Case, Declined, Grammar
from sheets_sync.domain.school import (
    Consent,
    Diagnostic,
    Meeting,
    Pair,
    Person,
    Plan,
    RegisteredDocument,
    SchoolSettings,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known on a date.

    Shape: `people` by code; `refusals` says of every code that may not be named why; `admitted_in_public` are
    the codes that consented to publication; `papers` are the rows of «Документы»; `values` the indicators by
    id; `drafted` the subjects of the drafts that stand, by kind; `signed_rows` and `signed_fields` are the
    digests of rows and fields of every document, by its key; `settled` kind and subject of registered ones;
    `swot` what the curator's «SWOT» says, by its sections; `forgotten` are those whose data were destroyed.
    """

    as_of: date
    settings: SchoolSettings
    config: PapersConfig
    wanted: Wanted
    grammar: Grammar
    people: Mapping[str, Person] = field(default_factory=dict)
    refusals: Mapping[str, str] = field(default_factory=dict)
    admitted_in_public: frozenset[str] = frozenset()
    consents: tuple[Consent, ...] = ()
    pairs: tuple[Pair, ...] = ()
    plans: tuple[Plan, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    events: tuple[Event, ...] = ()
    partners: tuple[Partner, ...] = ()
    materials: tuple[Material, ...] = ()
    participations: tuple[Participation, ...] = ()
    papers: tuple[RegisteredDocument, ...] = ()
    values: Mapping[str, IndicatorValue] = field(default_factory=dict)
    roadmap: Roadmap = field(default_factory=lambda: Roadmap(()))
    drafted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    signed_rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    swot: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signed_fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    settled: frozenset[tuple[str, str]] = frozenset()
    forgotten: tuple[Tombstone, ...] = ()

    def admits(self, pair: Pair) -> bool:
        """Whether both people of a pair may be named."""
        return not {pair.mentor, pair.mentee} & set(self.refusals)

    def registered(self, kind: str) -> bool:
        """Whether a document of a kind is registered."""
        return any(paper.kind == kind and paper.registered for paper in self.papers)

    def has_paper(self, kind: str) -> bool:
        """Whether staff typed in a document of a kind that the program did not draft, numbered or not."""
        return any(paper.kind == kind and not paper.key and paper.state != "отменён" for paper in self.papers)

    def post_of(self, code: str) -> str:
        """Return the class of a pupil, the occupation of anybody else."""
        person = self.people[code]
        return person.school_class or person.occupation or person.organisation or str(person.group)

    def name_in(self, name: str, case: Case, *, full: bool = False) -> Declined:
        """Return a name in a case, as running text prints it: «Лебедеву О.Н.» or in full."""
        names = self.grammar.names
        return names.decline(name, case) if full else names.surname_initials(name, case)

    def post_in(self, post: str, case: Case) -> Declined:
        """Return a post in a case, in small letters as in the middle of a sentence."""
        return self.grammar.posts.decline(post[:1].lower() + post[1:], case)

    def common(self) -> dict[str, str]:
        """Return the fields that every document may use."""
        settings = self.settings
        return {
            **self.config.fields,
            "организация": settings.school_name,
            "организация кратко": settings.school_short_name,
            "место издания": settings.place,
            "дата документа": blank_date(settings.period_start.year),
            "номер документа": number_sign("______"),
            "начало периода": long_date(settings.period_start),
            "конец периода": long_date(settings.period_end),
            "год": str(settings.roadmap_year),
            "куратор": surname_first(settings.curator_name),
            "должность подписанта": settings.signatory_post,
            "подписант": initials_first(settings.signatory_name),
        }
