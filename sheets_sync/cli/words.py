"""Russian words beside numbers."""


def plural(number: int, one: str, few: str, many: str) -> str:
    """Return the form that goes with a number: 1 лист, 2 листа, 5 листов, 11 листов, 21 лист."""
    last, last_two = abs(number) % 10, abs(number) % 100
    if last == 1 and last_two != 11:
        return one
    if last in {2, 3, 4} and last_two not in {12, 13, 14}:
        return few
    return many


def count(number: int | None, one: str, few: str, many: str) -> str:
    """Return a number with its word; an unknown number is «неизвестно»."""
    if number is None:
        return f"{many}: неизвестно"
    return f"{number} {plural(number, one, few, many)}"
