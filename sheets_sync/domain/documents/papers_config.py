"""config/papers.yaml: which documents are drafted, what they refer to, the school's requisites."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheets_sync.domain.declaration import Fields, Problem
from sheets_sync.domain.documents.kinds import EVERY_KIND
from sheets_sync.domain.documents.templates import PLACEHOLDER
from sheets_sync.domain.russian.typography import unbroken

NOTICE_FIELDS = (
    "обращение",
    "пара",
    "форма",
    "наставник",
    "наставник кто",
    "наставляемый",
    "наставляемый кто",
    "приказ",
)
"""Fields of a letter beside those of the school."""

SCHOOL_FIELDS = (
    "организация",
    "организация кратко",
    "место издания",
    "дата документа",
    "номер документа",
    "начало периода",
    "конец периода",
    "год",
    "куратор",
    "должность подписанта",
    "подписант",
)
"""Fields that the program fills in every document."""

_KEYS = ("drafts", "per_night", "consents", "individual_plans", "fields", "accessibility", "notices")


@dataclass(frozen=True, slots=True)
class AccessMeasure:
    """One row of the act on accessibility: a category of pupils, never people."""

    category: str
    measures: str
    responsible: str
    due: str


@dataclass(frozen=True, slots=True)
class NoticeTemplate:
    """A letter to the people of a pair; both texts may hold placeholders."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class PapersConfig:
    """What the documents are made of beside the school's data.

    Shape: `drafts` are the kinds that the program drafts by itself, `per_night` how many documents it makes
    at most in one night; `consents` and `individual_plans` say what is drafted until «Настройки» says
    otherwise; `fields` are texts for placeholders (norms, requisites); `notices` by their reader.
    """

    drafts: tuple[str, ...] = EVERY_KIND
    per_night: int = 60
    consents: str = "нет"
    individual_plans: bool = True
    fields: Mapping[str, str] = field(default_factory=dict)
    accessibility: tuple[AccessMeasure, ...] = ()
    notices: Mapping[str, NoticeTemplate] = field(default_factory=dict)


def papers_from_config(data: Mapping[str, object]) -> tuple[PapersConfig, list[Problem]]:
    """Read the mapping that config/papers.yaml holds, with all problems at once."""
    problems: list[Problem] = []
    fields = Fields(data, (), problems)
    fields.refuse_unknown(_KEYS)
    drafts = fields.texts("drafts") if fields.has("drafts") else EVERY_KIND
    for kind in drafts:
        if kind not in EVERY_KIND:
            fields.complain(
                "drafts", f"документа «{kind}» программа не составляет; есть: {', '.join(EVERY_KIND)}"
            )
    per_night = fields.whole("per_night", 60)
    if not 1 <= per_night <= 500:
        fields.complain("per_night", "за одну ночь составляется от 1 до 500 документов")
    rows = [
        AccessMeasure(row.text("category"), row.text("measures"), row.text("responsible"), row.text("due"))
        for row in fields.mappings("accessibility")
    ]
    notices = fields.inner("notices")
    own = {name: unbroken(text) for name, text in fields.inner("fields").all_texts().items()}
    texts = {reader: _notice(notices.inner(reader), own) for reader in notices.names()}
    config = PapersConfig(
        tuple(kind for kind in EVERY_KIND if kind in drafts),
        per_night,
        fields.text("consents", "нет"),
        fields.flag("individual_plans", True),
        own,
        tuple(rows),
        texts,
    )
    return config, problems


def _notice(data: Fields, own: Mapping[str, str]) -> NoticeTemplate:
    template = NoticeTemplate(data.text("subject"), data.text("text"))
    known = {*own, *NOTICE_FIELDS, *SCHOOL_FIELDS}
    for key, text in (("subject", template.subject), ("text", template.text)):
        for name in PLACEHOLDER.findall(text):
            if name not in known:
                data.complain(key, f"поля «{{{{{name}}}}}» в письмах не бывает")
    return template
