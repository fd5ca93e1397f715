"""Every way the program stops, grouped by who must act; the exit code follows the group.

SheetsSyncError
├─ ConfigError              3  the administrator edits config/ or jobs/
│  ├─ SettingsError            problems of the files, all at once
│  ├─ NotInitialisedError      `init` has not been run
│  ├─ CredentialsError         a key file is missing or unusable
│  ├─ PortInUseError           `serve` cannot take the port
│  ├─ SchedulerError           the machine's scheduler is missing or refuses
│  ├─ SchoolFolderError        the school's folder cannot be written or the disk is full
│  ├─ ClockError               the computer's clock is wrong
│  ├─ BrowserMissingError      a PDF was asked for and no browser can print it
│  ├─ WorkspaceFileError       a workspace's file is foreign, damaged, newer, or not writable
│  └─ ExportFileError          a folder or file for an exported document cannot be written
├─ DataError                4  whoever keeps the form or the sheet edits it
│  ├─ HeaderMissingError       a column of ours is gone or renamed
│  ├─ HeaderDuplicateError     two columns bear one name
│  ├─ SheetMissingError        a tab of ours was deleted
│  ├─ FormChangedError         a question we follow is gone or changed its kind
│  ├─ TemplateError            a template is missing or lacks a field
│  └─ ImportFileError          a file given to an import cannot be read
├─ RefusedError             5  we stopped on purpose
│  ├─ PastDateError            writing for a date before the last committed night
│  ├─ TooManyLossesError       more known rows vanished than a night may lose
│  ├─ UnsafeHostError          an open host without sign-in
│  ├─ WorkspaceNotEmptyError   an import or export would replace what is there
│  ├─ FileStandsError          an exported document would replace a file
│  └─ UnknownNameError         the command names a person, pair or measure nobody knows
├─ RemoteError              6  Google said no
│  ├─ NotFoundError            the file is gone or not shared with us
│  ├─ PermissionDeniedError    the account may not
│  ├─ AuthenticationError      the key or token is not accepted
│  ├─ StorageQuotaError        the account cannot own files
│  ├─ InvalidRequestError      the request was refused as malformed
│  ├─ ExportTooLargeError      the document is too large to be exported
│  ├─ PrintError               the browser beside the local workspace could not print
│  └─ UnsupportedError         the service does not do this (501)
├─ TryLaterError            7  nothing is wrong with us; run again later
│  ├─ RateLimitedError         the quota is used up
│  ├─ UnavailableError         the service is down or unreachable
│  ├─ WorkspaceLockedError     another program holds the local database
│  ├─ AnotherRunError          another run committed first
│  └─ DeadlineError            the run's time is up
└─ UnknownOutcomeError      8  a write may or may not have landed

A bad row is never one of these: it is a `domain.findings.Finding`.
"""

from collections.abc import Sequence
from typing import ClassVar


class SheetsSyncError(Exception):
    """The program stopped; `message` says what happened, `hint` the next step, `exit_code` who must act.

    Shape: `reason` is the word that a service gives for its refusal, "" where it gives none.
    """

    exit_code: ClassVar[int] = 1
    hint: ClassVar[str] = ""
    reason: str = ""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = hint or self.hint


class ConfigError(SheetsSyncError):
    """The administrator edits config/ or jobs/."""

    exit_code = 3


class SettingsError(ConfigError):
    """Files of config/ or jobs/ have problems; `problems` lists all of them, each with file and line."""

    hint = "Исправьте указанные строки и проверьте: sheets-sync check"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class NotInitialisedError(ConfigError):
    """The school's forms and spreadsheet have not been created yet."""

    hint = "Создайте их: sheets-sync init"


class CredentialsError(ConfigError):
    """The key file is missing, unreadable or open to others."""

    hint = "Укажите файл ключа с правами 0600: GOOGLE_APPLICATION_CREDENTIALS=/путь/к/ключу.json"


class PortInUseError(ConfigError):
    """The port is taken by another program."""

    hint = "Выберите другой порт: sheets-sync serve --port 8090"


class SchedulerError(ConfigError):
    """The scheduler of this machine is missing or refuses."""

    hint = "Выберите другой способ: sheets-sync schedule install --with cron, systemd или windows"


class SchoolFolderError(ConfigError):
    """The school's folder cannot be written, or its disk is full."""

    hint = "Проверьте права на папку школы и место на диске"


class ClockError(ConfigError):
    """The computer's clock differs from the service's so much that keys are not accepted."""

    hint = "Переведите часы: timedatectl set-ntp true (в Windows: Параметры → Время → Синхронизировать)"


class WorkspaceFileError(ConfigError):
    """A workspace's database or archive is foreign, damaged, from a newer program, or cannot be written."""

    hint = "Возьмите другой файл: последнюю копию, сделанную командой sheets-sync workspace export"


class BrowserMissingError(ConfigError):
    """A PDF was asked for, and there is no browser that could print it, or it did not print."""

    hint = (
        "Поставьте Chromium или Chrome либо укажите его: SHEETS_SYNC_BROWSER=/путь/к/браузеру; "
        "отчёт --html печатает любой браузер"
    )


class ExportFileError(ConfigError):
    """A folder or file for an exported document cannot be written."""

    hint = "Проверьте папку, права и место на диске"


class DataError(SheetsSyncError):
    """Whoever keeps the form or the sheet edits it."""

    exit_code = 4


class HeaderMissingError(DataError):
    """A column that the program owns or reads is gone or renamed."""

    hint = "Верните заголовок колонки (первая строка листа); новую колонку добавит sheets-sync init"


class HeaderDuplicateError(DataError):
    """Two columns of one sheet bear the same name."""

    hint = "Переименуйте свою колонку: заголовки программы должны встречаться один раз"


class SheetMissingError(DataError):
    """A tab that the program needs was deleted."""

    hint = "Верните лист (Файл → История версий); новый лист добавит sheets-sync init"


class FormChangedError(DataError):
    """A question that the program follows was deleted or changed its kind."""

    hint = "Верните вопрос в форму или свяжите его заново: sheets-sync init"


class TemplateError(DataError):
    """A document template is missing or lacks a required field."""

    hint = "Верните шаблон или поле в него; новый шаблон создаёт sheets-sync init"


class ImportFileError(DataError):
    """A file given to an import cannot be read."""

    hint = "Сохраните файл как текст с табуляцией, DOCX или XLSX и повторите"


class RefusedError(SheetsSyncError):
    """We stopped on purpose."""

    exit_code = 5


class PastDateError(RefusedError):
    """Writing was asked for a date before the last committed night."""

    hint = "Посмотреть состояние на прошлую дату можно без записи: добавьте --dry-run"


class TooManyLossesError(RefusedError):
    """More known rows vanished at once than a night may lose."""

    hint = "Проверьте листы (Файл → История версий); если так и задумано, запустите с --accept-losses"


class UnsafeHostError(RefusedError):
    """The workspace would be open to the network without sign-in."""

    hint = "Оставьте --host 127.0.0.1 или включите вход: --auth on"


class WorkspaceNotEmptyError(RefusedError):
    """An import or export would replace what is there."""

    hint = "Сохраните прежнее (sheets-sync workspace export) и повторите с --replace"


class FileStandsError(RefusedError):
    """An exported document would replace a file that somebody may have edited."""

    hint = "Назовите файл иначе или повторите с --replace"


class UnknownNameError(RefusedError):
    """The command names a person, pair, measure or document nobody knows."""

    hint = "Посмотрите номера в листах «Реестр», «Пары», «Дорожная карта», «Документы»"


class RemoteError(SheetsSyncError):
    """Google said no."""

    exit_code = 6


class NotFoundError(RemoteError):
    """The file is gone or not shared with the account."""

    hint = "Откройте доступ к файлу для учётной записи программы и проверьте: sheets-sync doctor"


class PermissionDeniedError(RemoteError):
    """The account may not do this."""

    hint = "Дайте учётной записи программы права редактора и проверьте: sheets-sync doctor"


class AuthenticationError(RemoteError):
    """The key or the token is not accepted."""

    hint = "Проверьте ключ и часы компьютера: sheets-sync doctor"


class StorageQuotaError(RemoteError):
    """The account cannot own files: service accounts have no storage."""

    hint = "Создавайте файлы на общем диске или войдите как пользователь: README, «Подключение Google»"


class InvalidRequestError(RemoteError):
    """The service refused the request as malformed."""

    hint = "Это ошибка программы или правка листа в тот же миг: запустите ещё раз, при повторе сообщите нам"


class ExportTooLargeError(RemoteError):
    """The document is larger than the 10 MB that the service exports."""

    hint = "Откройте документ в браузере и сохраните сами: Файл → Скачать"


class PrintError(RemoteError):
    """The browser beside the local workspace could not print a document."""

    hint = "Проверьте, что chromium запускается и на диске есть место, или возьмите другой вид: --format docx"


class UnsupportedError(RemoteError):
    """The service does not do this."""

    hint = "Посмотрите docs/emulator-support.md: что умеет локальное рабочее место"


class TryLaterError(SheetsSyncError):
    """Nothing is wrong with us; run again later."""

    exit_code = 7


class RateLimitedError(TryLaterError):
    """The quota of requests is used up."""

    hint = "Подождите минуту и запустите ещё раз"


class UnavailableError(TryLaterError):
    """The service is down or cannot be reached."""

    hint = "Проверьте сеть и запустите позже; следующая ночь продолжит сама"


class WorkspaceLockedError(TryLaterError):
    """Another program holds the local workspace's database."""

    hint = "Закройте другую программу, которая держит базу, и запустите ещё раз"


class AnotherRunError(TryLaterError):
    """Another run committed first; its result stands."""

    hint = "Ничего делать не нужно: работу сделал другой запуск"


class DeadlineError(TryLaterError):
    """The run's time is up; what was committed stands, the next run goes on."""

    hint = "Запустите ещё раз: работа продолжится с того же места"


class UnknownOutcomeError(SheetsSyncError):
    """A write may or may not have landed; it was not repeated."""

    exit_code = 8
    hint = "Запустите ещё раз: программа прочтёт, что записано, и закончит"
