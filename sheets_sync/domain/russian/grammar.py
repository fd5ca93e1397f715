"""The night's Russian: the library, the settings and what people gave by hand, as one value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.domain.russian.declension import Declension, Forms
from sheets_sync.domain.russian.fullname import NameRules
from sheets_sync.domain.russian.posts import Posts


@dataclass(frozen=True, slots=True)
class Grammar:
    """Declines names and posts."""

    names: Declension
    posts: Posts


def grammar(rules: NameRules, heads: Mapping[str, Sequence[str]], hand: Forms) -> Grammar:
    """Put the night's Russian together; `heads` are the posts of the settings, `hand` people's own forms."""
    return Grammar(Declension(rules, hand), Posts(heads, hand))
