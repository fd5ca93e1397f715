"""What is known about the school on a date: the records behind pairs, indicators, roadmap and orders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from sheets_sync.domain.entries import Contingent as Contingent
from sheets_sync.domain.entries import Event as Event
from sheets_sync.domain.entries import Mark as Mark
from sheets_sync.domain.entries import Material as Material
from sheets_sync.domain.entries import Participation as Participation
from sheets_sync.domain.entries import Partner as Partner
from sheets_sync.domain.pair import Pair as Pair
from sheets_sync.domain.pair import PairState as PairState


class Group(StrEnum):
    """Target groups of the programme."""

    PUPIL = "обучающийся"
    TEACHER = "педагог"
    PARENT = "родитель"
    GRADUATE = "выпускник"
    PARTNER = "представитель организации"
    OTHER = "другое"


class Role(StrEnum):
    """In what role a person takes part; one person may have both."""

    MENTEE = "наставляемый"
    MENTOR = "наставник"


class ConsentKind(StrEnum):
    """Kinds of consent, each a document of its own."""

    PROCESSING = "обработка"
    PUBLICATION = "распространение"
    LABOUR = "статья 351.8 ТК"


class Signer(StrEnum):
    """Whose signature a consent needs."""

    REPRESENTATIVE = "законный представитель"
    TEENAGER = "участник (14–17 лет)"
    SELF = "участник"


class MeetingKind(StrEnum):
    """The five meetings of measure 9."""

    ACQUAINTANCE = "знакомство"
    TRIAL = "пробная"
    PLANNING = "планирование"
    JOINT = "совместная работа"
    FINAL = "итоговая"


@dataclass(frozen=True, slots=True)
class Interview:
    """Talk with a participant (measure 18), typed by staff in «Реестр»."""

    on: date | None = None
    by: str = ""
    form: str = ""
    conclusion: str = ""  # рекомендован / нет / позже / ""


@dataclass(frozen=True, slots=True)
class Person:
    """One participant of the base, made of one or more answers.

    Shape: `code` like «У-017»; `needs`/`resources` are option texts of the questionnaire; `school_class` is
    printed form like «7 «А»» or ""; `capacity` counts mentees.
    """

    code: str
    name: str
    group: Group
    roles: frozenset[Role]
    applied_on: date
    birth_date: date | None = None
    sex: str = ""  # "м", "ж" or "" when nobody said
    school_class: str = ""
    representative: str = ""
    contacts: tuple[str, ...] = ()
    occupation: str = ""
    organisation: str = ""
    experience: str = ""
    needs: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    capacity: int = 0
    times: frozenset[str] = frozenset()
    wanted_mentors: frozenset[str] = frozenset()
    response_ids: tuple[str, ...] = ()
    interview: Interview = Interview()
    left_on: date | None = None
    left_reason: str = ""
    excluded: bool = False
    excluded_reason: str = ""
    mentoring_form: str = ""  # chosen by the interviewer, "" = any

    @property
    def is_young_specialist(self) -> bool:
        """A teacher of up to three years' experience."""
        return self.group is Group.TEACHER and self.experience == "до 3 лет"


@dataclass(frozen=True, slots=True)
class Consent:
    """One needed consent and what staff typed about the signed paper."""

    key: str
    person: str
    kind: ConsentKind
    signer: Signer
    signed_on: date | None = None
    signed_by: str = ""
    paper: str = ""
    valid_until: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class NetworkingAnswer:
    """Answer to «После общей встречи» (form Ф2)."""

    person: str
    role: Role
    on: date
    choices: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    group_preference: str = ""
    usefulness: int | None = None
    response_id: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Whether a participant was at the networking meeting or at the final game.

    Shape: `event` is «нетворкинг» or «деловая игра»; `on` is the date of that event, None while unknown.
    """

    person: str
    event: str
    present: bool
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a pair, from the mentor's report (form Ф3)."""

    pair: str
    on: date
    kind: MeetingKind
    held: bool
    remote: bool = False
    all_present: bool = True
    absent: tuple[str, ...] = ()
    response_id: str = ""
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One point of an individual plan; `done_on` is the date of the report or mark that says so."""

    number: int
    text: str
    due: date | None = None
    done_on: date | None = None
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Individual plan of a pair, from the planning meeting's report."""

    pair: str
    goal: str
    items: tuple[PlanItem, ...]
    made_on: date
    changed_on: date | None = None
    goal_reached: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One answer to «Диагностика и отзыв» (form Ф4); scales 1–10 in the order of the questionnaire."""

    person: str
    role: Role
    on: date
    scales: tuple[int | None, ...]
    satisfaction: int | None = None
    glad: bool | None = None
    expectations: str = ""
    wants_more: str = ""
    was_at_game: str = ""
    response_id: str = ""
    valued: str = ""
    improve: str = ""


@dataclass(frozen=True, slots=True)
class RegisteredDocument:
    """A row of «Документы»: a draft of the program or a paper typed in by staff.

    Shape: `kind` is the drop-down's text, for instance «приказ о закреплении пар»; `key` is the program's
    («Д-003») or "" for a paper; a document is registered when it has both number and date; `pairs` are the
    pair codes it names, `ends` those that it takes out of an earlier order, `amends` that order's key.
    """

    kind: str
    title: str = ""
    key: str = ""
    state: str = ""
    number: str = ""
    on: date | None = None
    signed_by: str = ""
    link: str = ""
    acquainted_on: date | None = None
    sent_to: str = ""
    outgoing_number: str = ""
    sent_on: date | None = None
    note: str = ""
    pairs: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    amends: str = ""

    @property
    def registered(self) -> bool:
        """Whether the secretary gave it a number and a date."""
        return bool(self.number) and self.on is not None and self.state != "отменён"


@dataclass(frozen=True, slots=True)
class SchoolSettings:
    """What the curator may change in «Настройки»; the defaults come from config/school.yaml.

    Shape: `control_dates` maps an indicator's id («M13.attendance») or a measure's number («13») to the day
    on which the list of those it counts over is frozen.
    """

    school_name: str
    school_short_name: str
    place: str
    period_start: date
    period_end: date
    roadmap_year: int
    small_school: bool = False
    forms_in_use: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    mentor_groups: tuple[str, ...] = ()
    satisfied_from: int = 7
    plan_share: Fraction = Fraction(9, 10)
    silent_days: int = 21
    swot_strong: Fraction = Fraction(7, 10)
    swot_weak: Fraction = Fraction(1, 2)
    regional_targets: Mapping[str, Fraction] = field(default_factory=dict)
    thresholds: Mapping[str, Fraction] = field(default_factory=dict)
    control_dates: Mapping[str, date] = field(default_factory=dict)
    responsible: Mapping[str, str] = field(default_factory=dict)  # role id -> person as printed
    signatory_post: str = ""
    signatory_name: str = ""
    curator_name: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known on a date, deduplicated and with consents judged on that date.

    Shape: `consented` are the codes with a valid consent to processing on `as_of`; `base_answers` counts the
    answers to the questionnaire received, `analysed_answers` those whose person stands in the registry;
    `by_day` are settings with the day from which they held, the earliest first, empty where nobody looked.
    """

    as_of: date
    settings: SchoolSettings
    people: tuple[Person, ...] = ()
    consents: tuple[Consent, ...] = ()
    consented: frozenset[str] = frozenset()
    networking: tuple[NetworkingAnswer, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    pairs: tuple[Pair, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    plans: tuple[Plan, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    events: tuple[Event, ...] = ()
    partners: tuple[Partner, ...] = ()
    materials: tuple[Material, ...] = ()
    participations: tuple[Participation, ...] = ()
    documents: tuple[RegisteredDocument, ...] = ()
    marks: tuple[Mark, ...] = ()
    contingent: tuple[Contingent, ...] = ()
    base_answers: int = 0
    analysed_answers: int = 0
    by_day: tuple[tuple[date, SchoolSettings], ...] = ()

    def settings_on(self, day: date) -> SchoolSettings:
        """Return the settings that held on a day, as far as they change what is counted."""
        held = [settings for since, settings in self.by_day if since <= day]
        return held[-1] if held else self.settings
