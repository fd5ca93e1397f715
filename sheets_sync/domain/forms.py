"""The forms that people fill, as declared in config/forms/: sections, questions, branches."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    CHOICE = "choice"
    CHECKBOX = "checkbox"
    DROPDOWN = "dropdown"
    SCALE = "scale"
    DATE = "date"


SUBMIT = "submit"
"""The branch that ends the form instead of opening a section."""

LISTS = ("classes", "mentor_groups")
"""What `options_from` may name: lists of the school's settings."""

CHOOSING = frozenset({Kind.CHOICE, Kind.CHECKBOX, Kind.DROPDOWN})
BRANCHING = frozenset({Kind.CHOICE, Kind.DROPDOWN})
WITH_OTHER = frozenset({Kind.CHOICE, Kind.CHECKBOX})


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Shape: `options` are texts in order (`with_lists` puts those of `options_from` before them); `go_to` maps
    option texts to section ids or `SUBMIT`; `go_to_all` is where every other option leads, "" for the next
    section; `low`/`high` belong to scales; `header` names the column in «Ответы: …».
    """

    field: str
    title: str
    kind: Kind
    required: bool = False
    options: tuple[str, ...] = ()
    options_from: str = ""
    other: bool = False
    go_to: Mapping[str, str] = dataclasses.field(default_factory=dict)
    go_to_all: str = ""
    hint: str = ""
    low: int = 1
    high: int = 5
    low_label: str = ""
    high_label: str = ""
    column: str = ""

    @property
    def header(self) -> str:
        """Return the header of the question's column."""
        return self.column or self.title

    def target(self, option: str) -> str:
        """Return the section that an option opens, "" for the next one."""
        return self.go_to.get(option, self.go_to_all)

    @property
    def branches(self) -> bool:
        """Whether some option leads elsewhere than to the next section."""
        return bool(self.go_to or self.go_to_all)


@dataclass(frozen=True, slots=True)
class Section:
    """A page of a form; the first one opens the form."""

    id: str
    title: str
    questions: tuple[Question, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form; `by_hand` lists the switches that only a person can click, in Russian."""

    id: str
    title: str
    sections: tuple[Section, ...]
    description: str = ""
    confirmation: str = ""
    by_hand: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions of all sections in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the fields of all questions in order."""
        return tuple(question.field for question in self.questions)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a declaration; `path` leads to the key («sections», 0, «questions», 2, «kind»)."""

    path: tuple[str | int, ...]
    text: str


def with_lists(form: FormSpec, lists: Mapping[str, Sequence[str]]) -> FormSpec:
    """Fill in the options that come from the school's settings.

    A choosing question left without any option becomes a short text, so that the form can still be made.
    """
    sections = tuple(
        replace(section, questions=tuple(_filled(question, lists) for question in section.questions))
        for section in form.sections
    )
    return replace(form, sections=sections)


def path_for(form: FormSpec, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields that a respondent with these answers is shown, in order.

    Shape: `answers` maps fields to the chosen option. A section that branches into itself ends the walk.
    """
    order = {section.id: place for place, section in enumerate(form.sections)}
    shown: list[str] = []
    visited: set[int] = set()
    place = 0
    while place < len(form.sections) and place not in visited:
        visited.add(place)
        section = form.sections[place]
        shown += [question.field for question in section.questions]
        target = _branch(section, answers)
        place = len(form.sections) if target == SUBMIT else order.get(target, place + 1)
    return tuple(shown)


def _branch(section: Section, answers: Mapping[str, str]) -> str:
    found = ""
    for question in section.questions:
        if question.branches and question.field in answers:
            found = question.target(answers[question.field])
    return found


def _filled(question: Question, lists: Mapping[str, Sequence[str]]) -> Question:
    if not question.options_from:
        return question
    before = tuple(lists.get(question.options_from, ()))
    options = tuple(dict.fromkeys(before + question.options))
    if options:
        return replace(question, options=options, options_from="")
    return replace(question, kind=Kind.TEXT, options_from="", go_to={}, go_to_all="", other=False)


def form_from_config(data: Mapping[str, object]) -> tuple[FormSpec, list[Problem]]:
    """Read a form from the mapping that its file holds.

    Every problem is reported at once, each with the path of its key; the returned form leaves out what could
    not be read and is complete only when there are none.
    """
    reader = _Reader()
    form = reader.form(data)
    return form, reader.problems + _wrong_references(form)


_FORM_KEYS = frozenset({"id", "title", "description", "confirmation", "by_hand", "sections"})
_SECTION_KEYS = frozenset({"id", "title", "description", "questions"})
_QUESTION_KEYS = frozenset(item.name for item in dataclasses.fields(Question)) - {"go_to_all"}
_OPTION_KEYS = frozenset({"text", "go_to"})


class _Reader:
    """Walks the mapping and gathers problems with their paths."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def form(self, data: Mapping[str, object]) -> FormSpec:
        self._unknown(data, _FORM_KEYS, ())
        sections = tuple(
            self._section(item, ("sections", number))
            for number, item in self._mappings(data, "sections", (), needed=True)
        )
        return FormSpec(
            id=self._text(data, "id", (), needed=True),
            title=self._text(data, "title", (), needed=True),
            sections=sections,
            description=self._text(data, "description", ()),
            confirmation=self._text(data, "confirmation", ()),
            by_hand=self._texts(data, "by_hand", ()),
        )

    def _section(self, data: Mapping[str, object], path: tuple[str | int, ...]) -> Section:
        self._unknown(data, _SECTION_KEYS, path)
        questions = [
            self._question(item, (*path, "questions", number))
            for number, item in self._mappings(data, "questions", path, needed=True)
        ]
        return Section(
            id=self._text(data, "id", path, needed=True),
            title=self._text(data, "title", path, needed=True),
            questions=tuple(question for question in questions if question),
            description=self._text(data, "description", path),
        )

    def _question(self, data: Mapping[str, object], path: tuple[str | int, ...]) -> Question | None:
        self._unknown(data, _QUESTION_KEYS, path)
        name = self._text(data, "field", path, needed=True)
        title = self._text(data, "title", path, needed=True)
        kind = self._kind(data, path)
        if not (name and title and kind):
            return None
        options, go_to, go_to_all = self._options(data, path)
        question = Question(
            field=name,
            title=title,
            kind=kind,
            required=self._flag(data, "required", path),
            options=options,
            options_from=self._text(data, "options_from", path),
            other=self._flag(data, "other", path),
            go_to=go_to,
            go_to_all=go_to_all,
            hint=self._text(data, "hint", path),
            low=self._whole(data, "low", path, 1),
            high=self._whole(data, "high", path, 5),
            low_label=self._text(data, "low_label", path),
            high_label=self._text(data, "high_label", path),
            column=self._text(data, "column", path),
        )
        self._judge(question, path)
        return question

    def _judge(self, question: Question, path: tuple[str | int, ...]) -> None:
        choosing = question.kind in CHOOSING
        if choosing and not question.options and not question.options_from:
            self._add((*path, "options"), "у вопроса с выбором нет ни одного варианта")
        if not choosing and (question.options or question.options_from):
            self._add((*path, "options"), f"у вопроса вида {question.kind} не бывает вариантов")
        if question.options_from and question.options_from not in LISTS:
            self._add(
                (*path, "options_from"), f"неизвестный список «{question.options_from}»: {', '.join(LISTS)}"
            )
        if question.other and question.kind not in WITH_OTHER:
            self._add((*path, "other"), "«другое» бывает только у choice и checkbox")
        if question.branches and question.kind not in BRANCHING:
            self._add((*path, "go_to"), "переходы бывают только у choice и dropdown")
        if question.kind is Kind.SCALE and not (question.low in (0, 1) and 2 <= question.high <= 10):
            self._add((*path, "high"), "шкала начинается с 0 или 1 и кончается на 2–10")

    def _options(
        self, data: Mapping[str, object], path: tuple[str | int, ...]
    ) -> tuple[tuple[str, ...], dict[str, str], str]:
        options: list[str] = []
        go_to: dict[str, str] = {}
        for number, item in self._items(data, "options", path):
            place = (*path, "options", number)
            text = self._option(item, place, go_to)
            if text in options:
                self._add(place, f"вариант «{text}» повторяется")
            elif text:
                options.append(text)
        return tuple(options), go_to, self._text(data, "go_to", path)

    def _option(self, item: object, path: tuple[str | int, ...], go_to: dict[str, str]) -> str:
        if isinstance(item, str) and item.strip():
            return item.strip()
        if not isinstance(item, Mapping):
            self._add(path, f"вариант должен быть текстом (числа и да/нет — в кавычках), а не {item!r}")
            return ""
        self._unknown(item, _OPTION_KEYS, path)
        text = self._text(item, "text", path, needed=True)
        if target := self._text(item, "go_to", path):
            go_to[text] = target
        return text

    def _kind(self, data: Mapping[str, object], path: tuple[str | int, ...]) -> Kind | None:
        text = self._text(data, "kind", path, needed=True)
        if text in set(Kind):
            return Kind(text)
        if text:
            self._add((*path, "kind"), f"неизвестный вид вопроса «{text}»: {', '.join(Kind)}")
        return None

    def _unknown(
        self, data: Mapping[str, object], known: frozenset[str], path: tuple[str | int, ...]
    ) -> None:
        for key in data:
            if key not in known:
                self._add((*path, str(key)), f"неизвестный ключ «{key}»; бывают: {', '.join(sorted(known))}")

    def _text(
        self, data: Mapping[str, object], key: str, path: tuple[str | int, ...], *, needed: bool = False
    ) -> str:
        value = data.get(key)
        if value is None or value == "":
            if needed:
                self._add((*path, key), f"нет ключа «{key}»")
            return ""
        if not isinstance(value, str):
            self._add((*path, key), f"нужен текст, а стоит {value!r}: возьмите в кавычки")
            return ""
        return value.strip()

    def _texts(self, data: Mapping[str, object], key: str, path: tuple[str | int, ...]) -> tuple[str, ...]:
        found = []
        for number, item in self._items(data, key, path):
            if isinstance(item, str):
                found.append(item.strip())
            else:
                self._add((*path, key, number), f"нужен текст, а стоит {item!r}: возьмите в кавычки")
        return tuple(found)

    def _flag(self, data: Mapping[str, object], key: str, path: tuple[str | int, ...]) -> bool:
        value = data.get(key, False)
        if isinstance(value, bool):
            return value
        self._add((*path, key), f"нужно true или false, а стоит {value!r}")
        return False

    def _whole(self, data: Mapping[str, object], key: str, path: tuple[str | int, ...], default: int) -> int:
        value = data.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._add((*path, key), f"нужно целое число, а стоит {value!r}")
        return default

    def _items(
        self, data: Mapping[str, object], key: str, path: tuple[str | int, ...]
    ) -> Iterator[tuple[int, object]]:
        value = data.get(key)
        if value is None:
            return iter(())
        if isinstance(value, Sequence) and not isinstance(value, str):
            return iter(enumerate(value))
        self._add((*path, key), f"нужен список, а стоит {value!r}")
        return iter(())

    def _mappings(
        self, data: Mapping[str, object], key: str, path: tuple[str | int, ...], *, needed: bool
    ) -> Iterator[tuple[int, Mapping[str, object]]]:
        empty = True
        for number, item in self._items(data, key, path):
            empty = False
            if isinstance(item, Mapping):
                yield number, item
            else:
                self._add((*path, key, number), f"нужны ключи со значениями, а стоит {item!r}")
        if empty and needed:
            self._add((*path, key), f"список «{key}» пуст")

    def _add(self, path: tuple[str | int, ...], text: str) -> None:
        self.problems.append(Problem(path, text))


def _wrong_references(form: FormSpec) -> list[Problem]:
    return [*_repeats(form), *_lost_targets(form)]


def _repeats(form: FormSpec) -> Iterator[Problem]:
    sections: set[str] = set()
    seen: dict[str, set[str]] = {"field": set(), "title": set(), "column": set()}
    for number, section in enumerate(form.sections):
        if section.id in sections or section.id == SUBMIT:
            yield Problem(("sections", number, "id"), f"раздел «{section.id}» уже есть или имя занято")
        sections.add(section.id)
        for place, question in enumerate(section.questions):
            for key, value in (
                ("field", question.field),
                ("title", question.title),
                ("column", question.header),
            ):
                if value in seen[key]:
                    yield Problem(
                        ("sections", number, "questions", place, key), f"«{value}» уже есть в этой форме"
                    )
                seen[key].add(value)


def _lost_targets(form: FormSpec) -> Iterator[Problem]:
    order = {section.id: number for number, section in enumerate(form.sections)}
    for number, section in enumerate(form.sections):
        for place, question in enumerate(section.questions):
            targets = [*question.go_to.values(), *([question.go_to_all] if question.go_to_all else [])]
            for target in dict.fromkeys(targets):
                path = ("sections", number, "questions", place, "go_to")
                if target == SUBMIT:
                    continue
                if target not in order:
                    yield Problem(path, f"переход в раздел «{target}», которого нет")
                elif order[target] <= number:
                    yield Problem(path, f"переход назад, в раздел «{target}»: анкета не кончится")
