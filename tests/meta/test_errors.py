"""The error tree is complete: whoever is stopped learns why, what to do, and who has to."""

import pytest

from sheets_sync import errors
from sheets_sync.errors import SheetsSyncError

EXIT_CODES = {
    "ConfigError": 3,
    "DataError": 4,
    "RefusedError": 5,
    "RemoteError": 6,
    "TryLaterError": 7,
    "UnknownOutcomeError": 8,
}
CLASSES = [
    each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, SheetsSyncError)
]
LEAVES = [each for each in CLASSES if not each.__subclasses__()]


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.__name__)
def test_f58_every_error_says_what_it_is_the_next_step_and_its_exit_code(leaf: type[SheetsSyncError]) -> None:
    group = next(each.__name__ for each in leaf.__mro__ if each.__name__ in EXIT_CODES)
    assert leaf.__doc__
    assert leaf.__doc__ != (leaf.__base__.__doc__ if leaf.__base__ else None)
    assert leaf.hint
    assert leaf.exit_code == EXIT_CODES[group]


@pytest.mark.parametrize("each", CLASSES, ids=lambda each: each.__name__)
def test_the_tree_in_the_docstring_names_every_error(each: type[SheetsSyncError]) -> None:
    assert each.__name__ in (errors.__doc__ or "")
    assert each.__name__.endswith("Error")


def test_the_hint_given_on_the_spot_goes_before_the_usual_one() -> None:
    assert errors.PortInUseError("занят").next_step == errors.PortInUseError.hint
    assert errors.PortInUseError("занят", hint="иначе").next_step == "иначе"
