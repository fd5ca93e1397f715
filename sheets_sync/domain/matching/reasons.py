"""Says in Russian why a pair was proposed: only what is true of this pair and of no rule in general."""

from sheets_sync.domain.matching.listing import Cell
from sheets_sync.domain.matching.model import Criterion, Level, Mentee, Mentor
from sheets_sync.domain.matching.pool import Pool, rank_of, wanted_groups
from sheets_sync.domain.matching.standing import Standing
from sheets_sync.domain.matching.words import capitalised, counted, in_week_order, listed, points, quoted

CRITERION_NAMES = {
    Criterion.NEEDS: "запросы и ресурсы",
    Criterion.CHOICE: "выбор после встречи",
    Criterion.TIMES: "общее время",
    Criterion.KIND: "с кем хотелось работать",
    Criterion.FORMAT: "очно или онлайн",
    Criterion.CLASS_DISTANCE: "разница в классах",
    Criterion.GROUP: "один на один или в группе",
}


def pair_reason(pool: Pool, cell: Cell, score: int, standing: Standing, decided: str, kept: str) -> str:
    """The written reason of one pair.

    Shape: `decided` is a decision («закрепить»), a state («утверждена») or ""; `kept` says why a better
    mentor was not given.
    """
    mentee, mentor = pool.mentees[cell[0]], pool.mentors[cell[1]]
    used = {c for c, level in pool.rules.levels.items() if level is not Level.OFF}
    said = [
        choice_text(mentee, mentor) if Criterion.CHOICE in used else "",
        _needs_text(mentee, mentor) if Criterion.NEEDS in used else "",
        _time_text(pool, mentee, mentor) if used & {Criterion.TIMES, Criterion.FORMAT} else "",
        _kind_text(pool, mentee, mentor) if Criterion.KIND in used else "",
        _distance_text(mentee, mentor),
        _group_text(pool, mentee, mentor) if Criterion.GROUP in used else "",
    ]
    if decided:
        # A decision is a verb («закрепить»), a state is not («действует» ends in «т», not in «ть»).
        said.insert(0, f"решение куратора: {decided}" if decided.endswith("ть") else f"пара {decided}")
    sentences = [capitalised(text) for text in said if text]
    return ". ".join([*sentences, _standing_text(pool, score, standing, kept)]) + "."


def choice_text(mentee: Mentee, mentor: Mentor) -> str:
    """Who named whom after the networking meeting."""
    by_mentee, by_mentor = rank_of(mentor.id, mentee.choices), rank_of(mentee.id, mentor.choices)
    if by_mentee and by_mentor:
        places = f"{by_mentee}-й выбор наставляемого, {by_mentor}-й — наставника"
        return f"выбрали друг друга после встречи ({places})"
    if by_mentee:
        return f"наставляемый назвал этого наставника ({by_mentee}-й выбор)"
    if by_mentor:
        return f"наставник назвал этого наставляемого ({by_mentor}-й выбор)"
    return ""


def _needs_text(mentee: Mentee, mentor: Mentor) -> str:
    if not mentee.needs:
        return "запрос не указан"
    met, missing = mentee.needs & mentor.resources, mentee.needs - mentor.resources
    if not met:
        return f"запрос {quoted(missing)} наставник не отмечал"
    if not missing:
        whole = "весь запрос" if len(met) > 1 else "запрос"
        return f"наставник готов помочь, {whole}: {quoted(met)}"
    return f"наставник готов помочь: {quoted(met)}; не закрыто: {quoted(missing)}"


def _time_text(pool: Pool, mentee: Mentee, mentor: Mentor) -> str:
    formats = pool.rules.formats
    slots = (mentee.times & mentor.times) - formats
    shared = sorted(mentee.times & mentor.times & formats)
    how = f" ({' или '.join(shared)})" if shared else ""
    if slots:
        return f"общее время: {', '.join(in_week_order(slots))}{how}"
    if not mentee.times - formats or not mentor.times - formats:
        return f"время встреч нужно согласовать{how}"
    return f"общего времени не отмечено{how}"


def _kind_text(pool: Pool, mentee: Mentee, mentor: Mentor) -> str:
    groups = wanted_groups(pool.rules, mentee)
    if not groups:
        return ""
    kinds = sorted(kind for kind in mentee.wanted if pool.rules.kinds.get(kind) == mentor.group)
    if kinds:
        return f"хотелось работать именно с таким наставником: {listed(kinds)}"
    asked = sorted(kind for kind in mentee.wanted if kind in pool.rules.kinds)
    return f"хотелось наставника другого вида: {listed(asked)}"


def _distance_text(mentee: Mentee, mentor: Mentor) -> str:
    if mentee.level is not None and mentor.level is not None:
        distance = mentor.level - mentee.level
        if distance > 0:
            return f"наставник старше на {counted(distance, 'класс', 'класса', 'классов')}"
        return "учатся в одной параллели" if distance == 0 else "наставник учится классом младше"
    if (
        mentee.experience is not None
        and mentor.experience is not None
        and mentor.experience > mentee.experience
    ):
        return "у наставника больше стаж"
    return ""


def _group_text(pool: Pool, mentee: Mentee, mentor: Mentor) -> str:
    leads = mentor.capacity >= pool.rules.group_from
    if mentee.wants_group is None:
        return "наставник ведёт группу" if leads else ""
    if mentee.wants_group == leads:
        return "занятия в группе, как и хотелось" if leads else "один на один, как и хотелось"
    return (
        "наставник ведёт группу, а хотелось один на один"
        if leads
        else "занятия не в группе, хотя хотелось в группе"
    )


def _standing_text(pool: Pool, score: int, standing: Standing, kept: str) -> str:
    if not standing.rank:
        return points(score)
    if standing.eligible == 1:
        return f"{points(score)}; единственный возможный наставник"
    among = f"из {counted(standing.eligible, 'возможного', 'возможных', 'возможных')}"
    other = pool.mentors[standing.runner_up].id
    gap = score - standing.runner_up_score
    if standing.rank > 1:
        better = f"у {other} на {-gap} больше" + (f", но {kept}" if kept else "")
        return f"{points(score)}: {standing.rank}-й {among}; {better}"
    if gap == 0:
        return f"{points(score)}: первый {among}, столько же у {other}"
    return f"{points(score)}: первый {among}; следующий — {other}, на {gap} меньше"
