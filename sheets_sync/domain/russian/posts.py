"""Posts in cases: the forms stand in the settings; of a longer post only its head changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.domain.names import name_key
from sheets_sync.domain.russian.case import OBLIQUE, Case
from sheets_sync.domain.russian.declension import Declined, Forms
from sheets_sync.domain.textforms import cleaned, cyrillic_look


@dataclass(frozen=True, slots=True)
class Posts:
    """Heads of posts with their five oblique forms, and what people gave by hand.

    Shape: `heads` maps a head in small letters («заместитель», «классный руководитель») to the forms in the
    order of `OBLIQUE`.
    """

    heads: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hand: Forms = field(default_factory=dict)

    def decline(self, post: str, case: Case) -> Declined:
        """Return a post in a case: the form given by hand, else its head changed and the rest as it is."""
        shown = cyrillic_look(cleaned(post))
        given = self.hand.get((name_key(post), case))
        if given or case is Case.NOMINATIVE:
            return Declined(given or shown, True, "", shown, case)
        low = shown.casefold()
        head = max((one for one in self.heads if _begins(low, one)), key=len, default="")
        if not head:
            return Declined(shown, False, f"должность «{shown}»: форма не ясна", shown, case)
        form = self.heads[head][OBLIQUE.index(case)]
        if shown[:1].isupper():
            form = form[:1].upper() + form[1:]
        return Declined(form + shown[len(head) :], low == head, "", shown, case)


def _begins(text: str, head: str) -> bool:
    return text == head or text.startswith(f"{head} ")
