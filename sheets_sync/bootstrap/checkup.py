"""What `doctor` looks at beyond this machine: clock, sign-in, spreadsheet, forms, templates, storage."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sheets_sync.domain.checkup import Advice, Check
from sheets_sync.domain.documents.templates import TemplateSpec
from sheets_sync.domain.forms import FormSpec
from sheets_sync.domain.tables import Workbook
from sheets_sync.errors import (
    AuthenticationError,
    ClockError,
    FormChangedError,
    NotFoundError,
    PermissionDeniedError,
    RemoteError,
    StorageQuotaError,
    TemplateError,
)
from sheets_sync.google.access import Access
from sheets_sync.google.docs import Documents
from sheets_sync.google.forms import Forms
from sheets_sync.google.sheets import MasterSpreadsheet
from sheets_sync.workflows.reading import addresses, look_at_forms

CLOCK_MAY_DIFFER = timedelta(minutes=5)
"""Source: keys are refused when the clocks differ by more (developers.google.com/identity/protocols/oauth2/
service-account, «invalid_grant»: within 5 minutes)."""

ROOM = 50_000_000
"""Bytes: a year of documents of one school."""

CLOCK, TABLE, RIGHTS = "часы компьютера", "таблица школы", "право править таблицу"
FORMS, ANSWERS, TEMPLATES, FOLDERS = "вопросы форм", "приём ответов", "шаблоны документов", "папки"
STORAGE = "место для файлов"

_NO_SCOPE = {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"}
_API_OFF = {"SERVICE_DISABLED", "accessNotConfigured"}


@dataclass
class SchoolChecks:
    """The checks of one school; the spreadsheet is read once for all of them.

    Shape: `account` is the address to share with, "" where it is not known.
    """

    access: Access
    master: MasterSpreadsheet
    forms: Mapping[str, FormSpec]
    templates: Mapping[str, TemplateSpec]
    documents: Callable[[Workbook], Documents]
    now: Callable[[], datetime]
    account: str = ""

    def all(self) -> Iterator[Check]:
        """Return the checks in the order in which they are needed."""
        self._workbook: Workbook | None = None
        yield Check(CLOCK, self._clock)
        for title, look, needs in (
            (TABLE, self._table, (CLOCK,)),
            (RIGHTS, self._rights, (TABLE,)),
            (FORMS, self._forms, (TABLE,)),
            (ANSWERS, self._answers, (FORMS,)),
            (TEMPLATES, self._templates, (TABLE,)),
            (FOLDERS, self._folders, (TABLE,)),
            (STORAGE, self._storage, (FOLDERS,)),
        ):
            yield Check(title, self._explained(look), needs)

    def _explained(self, look: Callable[[], str | Advice]) -> Callable[[], str | Advice]:
        """Give a refusal the step that helps with its reason, where the service names one."""

        def looked() -> str | Advice:
            try:
                return look()
            except PermissionDeniedError as error:
                raise self._better(error) from error
            except NotFoundError as error:
                if error.next_step != NotFoundError.hint:
                    raise
                raise NotFoundError(error.message, hint=self._share()) from error
            except AuthenticationError as error:
                hint = (
                    "Создайте новый ключ в консоли Google Cloud; вход пользователя в проекте со статусом "
                    "Testing живёт 7 дней: войдите заново"
                )
                raise AuthenticationError(error.message, hint=hint) from error

        return looked

    def _better(self, error: PermissionDeniedError) -> RemoteError:
        if error.reason in _NO_SCOPE:
            hint = "Войдите заново со всеми разрешениями: README, «Connecting Google»"
            return PermissionDeniedError(f"Ключу не хватает разрешений: {error.message}", hint=hint)
        if error.reason in _API_OFF:
            service = error.message.partition(":")[0]
            hint = f"Включите API «{service}» в консоли Google Cloud: APIs & Services → Library"
            return PermissionDeniedError(f"API выключен: {error.message}", hint=hint)
        return PermissionDeniedError(error.message, hint=self._share())

    def _share(self) -> str:
        whom = self.account or "учётной записи программы"
        return f"Откройте файл для {whom} с правом редактора (в таблице: «Настройки доступа»)"

    def _clock(self) -> str:
        theirs = self.access.server_time()
        if theirs is None:
            return "сверять не с чем: рабочее место на этом же компьютере"
        apart = abs(self.now() - theirs)
        if apart > CLOCK_MAY_DIFFER:
            raise ClockError(f"Часы расходятся с сервером на {int(apart.total_seconds() // 60)} мин")
        return f"расходятся с сервером на {int(apart.total_seconds())} с"

    def _table(self) -> str:
        self._workbook = self.master.read()
        return "открывается, листы и колонки на месте"

    def _rights(self) -> str:
        found = self.access.file(self.master.spreadsheet)
        if found.trashed:
            raise NotFoundError("Таблица школы лежит в корзине")
        if not found.may_edit:
            raise PermissionDeniedError("Таблицу можно только читать")
        return "есть"

    def _book(self) -> Workbook:
        return self._workbook if self._workbook is not None else self.master.read()

    def _forms(self) -> str | Advice:
        notes = look_at_forms(self._book(), self.forms, Forms(self.access.channel))
        changed = [self.forms[form].title for form, found in notes.items() if found]
        if changed:
            named = ", ".join(f"«{title}»" for title in changed)
            return Advice(f"люди изменили {named}", "Посмотрите лист «Вопросы к данным»")
        return f"на месте в {len(notes)} формах"

    def _answers(self) -> str:
        places = addresses(self._book(), self.forms)
        closed = [
            self.forms[form].title
            for form, place in places.items()
            if not self.access.takes_answers(place.form_id)
        ]
        if closed:
            named = ", ".join(f"«{title}»" for title in closed)
            hint = "Откройте форму и включите «Принимать ответы» (кнопка «Опубликовано»)"
            raise FormChangedError(f"Формы не принимают ответы: {named}", hint=hint)
        return "включён"

    def _templates(self) -> str:
        documents = self.documents(self._book())
        missing = [spec.name for name, spec in self.templates.items() if name not in documents.templates]
        if missing:
            raise TemplateError(f"Шаблоны не созданы: {', '.join(missing)}")
        for kind in documents.templates:
            documents.check_one(kind)
        return f"целы, {len(documents.templates)}"

    def _folders(self) -> str:
        resources = self._book().remembered("resource")
        folders = {key: str(memory["id"]) for key, memory in resources.items() if key.startswith("folder/")}
        for folder in folders.values():
            found = self.access.file(folder)
            if found.trashed:
                hint = "Верните папку из корзины Диска"
                raise NotFoundError(f"Папка «{found.name}» лежит в корзине", hint=hint)
            if not found.may_edit:
                raise PermissionDeniedError(f"В папку «{found.name}» нельзя писать")
        return f"на месте, {len(folders)}"

    def _storage(self) -> str:
        left = self.access.storage_left()
        if left is None or left >= ROOM:
            return "есть"
        staging = self._book().remembered("resource").get("folder/staging", {})
        if staging and self.access.file(str(staging["id"])).on_shared_drive:
            return "общий диск"
        raise StorageQuotaError("Учётной записи негде хранить документы")
