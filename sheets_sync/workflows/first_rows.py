"""What staff find in their sheets on the first day."""

from collections.abc import Mapping, Sequence
from datetime import date

from sheets_sync.domain.documents.wanted import defaults_of
from sheets_sync.domain.intake.events import WHOLE_SCHOOL
from sheets_sync.domain.intake.hand_forms import PARAMETER
from sheets_sync.domain.intake.settings import PARAMETERS, RUN_NOW
from sheets_sync.domain.pairs.market import forms_in_use
from sheets_sync.domain.pairs.preferences import preferences
from sheets_sync.domain.russian.case import OBLIQUE
from sheets_sync.domain.school import Group, SchoolSettings
from sheets_sync.domain.tables import CellValue
from sheets_sync.settings import Settings

_ASK = "Щёлкните галочку (поставьте или снимите): в рабочее время программа обновит таблицу и ответит рядом."
_COUNTED_GROUPS = (Group.PUPIL, Group.TEACHER, Group.PARENT, Group.GRADUATE)


def choices(settings: Settings) -> dict[str, Sequence[str]]:
    """Return the lists that drop-downs take from the settings."""
    defaults = settings.school.defaults
    forms = [rule.title for rule in forms_in_use(settings.matching, defaults)]
    return {
        "mentoring_forms": forms,
        "mentoring_forms_or_all": ["все", *forms],
        "document_kinds": list(settings.school.document_kinds),
        "classes_and_groups": [*defaults.classes, WHOLE_SCHOOL, *defaults.mentor_groups],
    }


def first_rows(settings: Settings) -> dict[str, list[Mapping[str, CellValue]]]:
    """Return the rows of «Настройки» and «Контингент» with everything that may be filled in."""
    defaults = settings.school.defaults
    parameters: list[Mapping[str, CellValue]] = [
        {"name": name, "value": _shown(getattr(defaults, attribute))}
        for name, attribute in PARAMETERS.items()
    ]
    parameters += [one.row() for one in preferences(settings.matching)]
    parameters += [
        {"name": f"{PARAMETER}{name}, {case.value}", "value": ""}
        for name in dict.fromkeys((defaults.signatory_name, defaults.curator_name))
        for case in OBLIQUE[:-1]
    ]
    parameters += [
        {"name": name, "value": _shown(value)} for name, value in defaults_of(settings.papers).items()
    ]
    parameters.insert(0, {"name": RUN_NOW, "value": False, "about": _ASK})
    groups: list[Mapping[str, CellValue]] = [{"key": group.value} for group in _COUNTED_GROUPS]
    groups.append({"key": "организация"})
    groups += [{"key": f"класс {name}"} for name in defaults.classes]
    return {"settings": parameters, "contingent": groups}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    if hasattr(value, "strftime"):
        return str(value.strftime("%d.%m.%Y"))
    return str(value)


def diagnostic_links(uri: str, defaults: SchoolSettings, today: date) -> list[Mapping[str, CellValue]]:
    """Return the rows of «Материалы и ссылки» that name the diagnostic questionnaire of each form in use."""
    return [
        {
            "kind": "диагностическая анкета",
            "form": form,
            "title": f"Диагностика и отзыв: {form}",
            "on": today,
            "link": uri,
            "author": "программа",
        }
        for form in defaults.forms_in_use
    ]
