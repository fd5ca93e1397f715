"""What a document should say tonight."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.domain.documents.templates import TemplateSpec
from sheets_sync.domain.russian import Declined


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table.

    Shape: `key` names it in words for people (a pair's or a person's code), never a person by name; `sense`
    is what a later change is judged by where the cells say more than that.
    """

    key: str
    cells: tuple[str, ...]
    sense: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """One document as it should be.

    Shape: `subject` tells documents of one kind apart (a pair's code, a partner), "" for the only one;
    `heading` goes into the register and the file's name and names nobody; `fields` maps placeholders to
    texts; `pairs` are the codes that the document is about, `ends` those that it takes out of an order;
    `declined` are the fields that hold a name or post in a case;
    `template` is the template's id where a kind has several, "" for the only one.
    """

    kind: str
    heading: str
    fields: Mapping[str, str]
    tables: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    subject: str = ""
    pairs: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    declined: Mapping[str, Declined] = field(default_factory=dict)
    template: str = ""

    @property
    def texts(self) -> dict[str, str]:
        """All fields, the declined ones as they are printed."""
        return {**self.fields, **{name: form.text for name, form in self.declined.items()}}

    @property
    def unsure(self) -> tuple[str, ...]:
        """Names of the fields whose case nobody has confirmed."""
        return tuple(name for name, form in self.declined.items() if not form.confirmed)

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that change with any word of the document."""
        tables = {name: [line.cells for line in lines] for name, lines in self.tables.items()}
        said = [self.kind, self.subject, self.template, self.texts, self.unsure, tables]
        body = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(body.encode()).hexdigest()[:16]

    @property
    def parts(self) -> dict[str, object]:
        """A digest of every field and every row, so that tomorrow can be told what changed."""
        return {
            "fields": {name: _digest(text) for name, text in self.texts.items()},
            "rows": {
                f"{name}/{line.key}" if name else line.key: digest_of(line.sense or line.cells)
                for name, lines in self.tables.items()
                for line in lines
            },
        }

    def rows(self, spec: TemplateSpec) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Return the rows of every table of the template, numbered where its first column counts."""
        found = {}
        for declared in spec.tables:
            lines = self.tables.get(declared.name, ())
            numbered = declared.numbered
            found[declared.name] = tuple(
                (str(number), *line.cells) if numbered else line.cells for number, line in enumerate(lines, 1)
            )
        return found


def digest_of(cells: Sequence[str]) -> str:
    """Return the digest under which a row is remembered."""
    return _digest("\0".join(cells))


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
