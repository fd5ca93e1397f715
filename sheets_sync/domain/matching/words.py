"""Small pieces of Russian that reasons are made of."""

from collections.abc import Iterable, Sequence


def counted(number: int, one: str, few: str, many: str) -> str:
    """The number with its noun: 1 место, 2 места, 5 мест."""
    last_two, last = abs(number) % 100, abs(number) % 10
    if 11 <= last_two <= 14 or last == 0 or last >= 5:
        return f"{number} {many}"
    return f"{number} {one if last == 1 else few}"


def quoted(words: Iterable[str]) -> str:
    """Options of the questionnaire in quotes, in alphabetical order."""
    return ", ".join(f"«{word}»" for word in sorted(words))


def listed(words: Sequence[str]) -> str:
    """Words joined by commas with «и» before the last."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " и " + words[-1]


def in_week_order(slots: Iterable[str]) -> list[str]:
    """Times of the questionnaire from Monday on, those without a day last."""
    days = ("пн", "пон", "вт", "ср", "чт", "чет", "пт", "пят", "сб", "суб", "вс", "вос")

    def place(slot: str) -> tuple[int, str]:
        found = [at for at, day in enumerate(days) if slot.lower().startswith(day)]
        return (found[0] if found else len(days), slot)

    return sorted(slots, key=place)


def points(number: int) -> str:
    """A number of points: 1 балл, 2 балла, 5 баллов."""
    return counted(number, "балл", "балла", "баллов")


def capitalised(text: str) -> str:
    """The text with its first letter upper-case, the rest untouched."""
    return text[:1].upper() + text[1:]
