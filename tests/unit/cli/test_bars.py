"""Coverage as bars of characters."""

from fractions import Fraction

import pytest

from sheets_sync.cli.render import Bar


@pytest.mark.parametrize(
    ("share", "goal", "drawn"),
    [
        (Fraction(0), Fraction(1, 10), "░░░░░░│░░░"),
        (Fraction(1, 20), Fraction(1, 10), "███░░░│░░░"),
        (Fraction(996, 10000), Fraction(1, 10), "█████░│░░░"),
        (Fraction(1, 10), Fraction(1, 10), "██████│░░░"),
        (Fraction(9, 10), Fraction(1, 10), "██████│███"),
        (None, Fraction(1, 10), "·········"),
        (Fraction(1, 10), None, "·········"),
    ],
)
def test_f35_the_bar_reaches_the_mark_exactly_when_the_goal_is_reached(
    share: Fraction | None, goal: Fraction | None, drawn: str
) -> None:
    assert Bar("Педагоги", "", "", share, goal, None).drawn(9) == drawn
