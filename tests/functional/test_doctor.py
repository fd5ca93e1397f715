"""Each check of `doctor`: exactly that thing is broken, and exactly that advice is given."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from click.testing import CliRunner, Result

from sheets_sync.bootstrap import School
from sheets_sync.cli import Invocation, cli
from sheets_sync.domain.schedules.due import Ended
from sheets_sync.domain.schedules.health import Health, Outcome
from sheets_sync.emulator.accounts import new_key_pair, service_account_file
from sheets_sync.emulator.core import Emulator, system_clock
from sheets_sync.emulator.faults import Fault
from sheets_sync.emulator.inprocess import EmulatorAdapter, EmulatorHttp
from sheets_sync.errors import WorkspaceLockedError
from sheets_sync.google.auth import INIT_SCOPES, RUN_SCOPES, load_credentials
from sheets_sync.google.channel import Clock
from sheets_sync.google.connections import Wire, live
from sheets_sync.machine.record import write_health
from sheets_sync.settings import copy_defaults, load_settings
from tests.small_school import QUESTIONNAIRE, SmallSchool

STRANGER = "stranger@school.iam.gserviceaccount.example"
EMAIL = "program@school.iam.gserviceaccount.example"
Doctor = Callable[..., dict[str, Any]]


@pytest.fixture
def doctor(school: SmallSchool) -> Doctor:
    """Runs `doctor --json` on the school, with nothing of the machine's own schedulers in sight."""

    def run(opener: Any = None, **options: Any) -> dict[str, Any]:
        invocation = Invocation(
            config=school.directory / "config",
            environ={"PATH": "", "HOME": str(school.directory)},
            now=lambda: school.now,
            opener=opener or (lambda *_, **__: nullcontext(school.open())),
        )
        told = CliRunner().invoke(
            cli, ["doctor", "--json"], prog_name="sheets-sync", obj=replace(invocation, **options)
        )
        found: dict[str, Any] = json.loads(told.stdout)
        assert found["exit"] == told.exit_code
        return found

    return run


def wrong(found: dict[str, Any]) -> list[str]:
    """Return the titles of what is wrong, which are followed by what could not be judged."""
    return [line["check"] for line in found["checks"] if line["found"] == "wrong"]


def test_f53_a_sound_school_has_everything_in_order_and_is_told_to_install_the_schedule(
    doctor: Doctor,
) -> None:
    found = doctor()
    assert (found["ok"], found["exit"], wrong(found)) == (True, 0, [])
    assert found["next"] == "Установите расписание: sheets-sync schedule install"
    assert [line["check"] for line in found["checks"] if line["found"] == "good"] == [
        "настройки",
        "ключ Google",
        "папка школы и диск",
        "формы и таблица созданы",
        "часы компьютера",
        "таблица школы",
        "право править таблицу",
        "вопросы форм",
        "приём ответов",
        "шаблоны документов",
        "папки",
        "место для файлов",
    ]


def test_f53_looking_changes_nothing_and_stays_within_a_minutes_quota(
    school: SmallSchool, doctor: Doctor
) -> None:
    methods: list[str] = []
    school.emulator.faults.on_request = lambda _, method: methods.append(method)
    doctor()
    assert not [one for one in methods if one.rpartition(".")[2] not in {"get", "list"}]
    assert sum(one.startswith("docs.") for one in methods) < 60


def test_f53_a_broken_setting_is_the_first_thing(school: SmallSchool, doctor: Doctor) -> None:
    (school.directory / "jobs" / "weekly.yaml").write_text("steps: [dance]\n", "utf-8")
    found = doctor()
    assert (found["exit"], wrong(found)) == (3, ["настройки"])
    assert found["next"].endswith("sheets-sync check")


@pytest.mark.parametrize(
    ("content", "mode", "advice"),
    [
        (None, 0, "Укажите файл ключа"),
        ("{}", 0o644, "chmod 600 key.json"),
        ("{", 0o600, "Укажите файл ключа"),
        ('{"type": "external_account"}', 0o600, "Укажите файл ключа"),
    ],
)
def test_f53_a_key_that_is_missing_open_damaged_or_of_another_kind(
    doctor: Doctor, tmp_path: Path, content: str | None, mode: int, advice: str
) -> None:
    key = tmp_path / "key.json"
    if content is not None:
        key.write_text(content, "utf-8")
        key.chmod(mode)
    found = doctor(credentials=key)
    assert (found["exit"], wrong(found)) == (3, ["ключ Google"])
    assert advice in found["next"]


def test_f53_before_init_the_next_step_is_init(school: SmallSchool, doctor: Doctor) -> None:
    (school.directory / "config" / "ids.yaml").unlink()
    found = doctor()
    assert (found["exit"], wrong(found)) == (3, ["формы и таблица созданы"])
    assert "sheets-sync init" in found["next"]


def test_f53_a_full_disk(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=12_000_000))
    found = doctor()
    assert (found["exit"], wrong(found)) == (3, ["папка школы и диск"])
    assert (found["problem"], found["next"]) == ("На диске осталось 12 МБ", "Освободите место на диске")


def test_f53_a_folder_that_cannot_be_written(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheets_sync.cli.doctor.os.access", lambda *_: False)
    found = doctor()
    assert (found["exit"], wrong(found)) == (3, ["папка школы и диск"])
    assert "права на папку" in found["next"]


def test_f53_a_workspace_that_another_program_holds(doctor: Doctor) -> None:
    def held(*_: Any, **__: Any) -> Any:
        raise WorkspaceLockedError("База занята")

    found = doctor(held)
    assert (found["exit"], wrong(found)) == (7, ["рабочее место"])
    assert "Закройте другую программу" in found["next"]


@pytest.mark.parametrize(("status", "advice"), [(429, "Подождите минуту"), (503, "Проверьте сеть")])
def test_f53_a_used_up_quota_and_a_service_that_is_down(
    school: SmallSchool, doctor: Doctor, status: int, advice: str
) -> None:
    school.emulator.faults.on("forms.", Fault("refuse", status), times=None)
    found = doctor()
    assert (found["exit"], wrong(found)) == (7, ["вопросы форм"])
    assert advice in found["next"]
    assert school.slept == []


def test_f53_a_renamed_column(school: SmallSchool, doctor: Doctor) -> None:
    sheet = school.book().worksheet("Пары")
    sheet.update_cell(1, school.column(sheet, "Решение"), "Моё решение")
    found = doctor()
    assert (found["exit"], wrong(found)) == (4, ["таблица школы"])
    assert "«Решение»" in found["problem"]
    assert "Верните заголовок" in found["next"]


def test_f53_a_deleted_question(school: SmallSchool, doctor: Doctor) -> None:
    form = school.form_ids()[QUESTIONNAIRE]
    items = school.form(form)["items"]
    place = next(n for n, item in enumerate(items) if item["title"] == "Кто участник?")
    request = {"requests": [{"deleteItem": {"location": {"index": place}}}]}
    school.forms().batchUpdate(formId=form, body=request).execute()
    found = doctor()
    assert (found["exit"], wrong(found)) == (4, ["вопросы форм"])
    assert "sheets-sync init" in found["next"]


def test_f53_a_form_that_takes_no_answers(school: SmallSchool, doctor: Doctor) -> None:
    state = {"publishSettings": {"publishState": {"isPublished": True, "isAcceptingResponses": False}}}
    school.forms().setPublishSettings(formId=school.form_ids()[QUESTIONNAIRE], body=state).execute()
    found = doctor()
    assert (found["exit"], wrong(found)) == (4, ["приём ответов"])
    assert QUESTIONNAIRE in found["problem"]
    assert "Принимать ответы" in found["next"]


def named(school: SmallSchool, begins: str) -> str:
    """Return the id of the first file whose name begins so."""
    files = school.drive().list(q="trashed=false", pageSize=1000, fields="files(id,name)").execute()["files"]
    return next(str(one["id"]) for one in files if one["name"].startswith(begins))


def test_f53_a_template_in_the_bin(school: SmallSchool, doctor: Doctor) -> None:
    school.drive().update(fileId=named(school, "Шаблон"), body={"trashed": True}).execute()
    found = doctor()
    assert (found["exit"], wrong(found)) == (4, ["шаблоны документов"])
    assert "Верните шаблон" in found["next"]


def test_f53_a_template_that_lost_a_field(school: SmallSchool, doctor: Doctor) -> None:
    template = named(school, "Шаблон")
    field = school.text_of(template).partition("{{")[2].partition("}}")[0]
    request = {"replaceAllText": {"containsText": {"text": f"{{{{{field}}}}}"}, "replaceText": "—"}}
    school.docs().batchUpdate(documentId=template, body={"requests": [request]}).execute()
    found = doctor()
    assert (found["exit"], wrong(found)) == (4, ["шаблоны документов"])
    assert field in found["problem"]


def test_f53_a_folder_in_the_bin(school: SmallSchool, doctor: Doctor) -> None:
    school.drive().update(fileId=named(school, "Служебная папка"), body={"trashed": True}).execute()
    found = doctor()
    assert wrong(found) == ["папки"]
    assert (found["exit"], found["next"]) == (6, "Верните папку из корзины Диска")


# What only a key can be short of: the school as the program sees it through a service account.


class Dated(EmulatorAdapter):
    """A transport whose answers bear the time of a clock that may differ."""

    def __init__(self, emulator: Emulator, clock: Callable[[], datetime]) -> None:
        super().__init__(emulator)
        self._time = clock

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        answer = super().send(request, *args, **kwargs)
        answer.headers["Date"] = format_datetime(self._time(), usegmt=True)
        return answer


@dataclass(frozen=True)
class KeyedSchool:
    """A school that a service account made, and the keys of that account and of a stranger."""

    folder: Path
    keys: Mapping[str, str]
    public: Mapping[str, str]

    def emulator(self, folder: Path, **rules: Any) -> Emulator:
        """Open the workspace of a copy, with sign-in."""
        return Emulator(
            folder / "workspace.sqlite3", clock=lambda: DAY, auth="on", token_clock=system_clock, **rules
        )


DAY = datetime(2022, 10, 13, 9, 0, tzinfo=UTC)
Keyed = Callable[..., dict[str, Any]]


def put_key(folder: Path, content: str) -> Path:
    key = folder / "key.json"
    key.write_text(content, "utf-8")
    key.chmod(0o600)
    return key


@pytest.fixture(scope="module")
def keyed_school(tmp_path_factory: pytest.TempPathFactory) -> KeyedSchool:
    """Make the school once; under `drive.file` an account sees only what it made."""
    folder = tmp_path_factory.mktemp("keyed")
    copy_defaults(folder)
    keys, public = {}, {}
    for email in (EMAIL, STRANGER):
        private, public[email] = new_key_pair()
        content = service_account_file(email, "key-1", private, "https://oauth2.googleapis.com/token")
        keys[email] = json.dumps(content)
    made = KeyedSchool(folder, keys, public)
    emulator = made.emulator(folder)
    emulator.register_service_account(EMAIL, "key-1", public[EMAIL])
    wire = Wire(EmulatorAdapter(emulator), lambda: EmulatorHttp(emulator))
    channel = live(load_credentials(put_key(folder, keys[EMAIL]), INIT_SCOPES), Clock(), wire)
    channel.quota = {}
    School(load_settings(folder / "config"), channel, lambda: DAY).initialise()
    emulator.close()
    return made


@pytest.fixture
def keyed(keyed_school: KeyedSchool, tmp_path: Path) -> Iterator[Keyed]:
    """Runs `doctor` with a key; whose, with which scopes, and what the service knows, is up to the test."""
    folder = tmp_path / "school"
    shutil.copytree(keyed_school.folder, folder)
    opened: list[Emulator] = []

    def run(
        account: str = EMAIL,
        *,
        scopes: Sequence[str] = RUN_SCOPES,
        known: bool = True,
        ahead: timedelta = timedelta(0),
        before: Callable[[School], None] = lambda _: None,
        **rules: Any,
    ) -> dict[str, Any]:
        emulator = keyed_school.emulator(folder, **rules)
        opened.append(emulator)
        for email in (EMAIL, STRANGER) if known else ():
            emulator.register_service_account(email, "key-1", keyed_school.public[email])

        def opened_by(email: str, granted: Sequence[str]) -> School:
            wire = Wire(Dated(emulator, lambda: DAY + ahead), lambda: EmulatorHttp(emulator))
            key = put_key(folder, keyed_school.keys[email])
            channel = live(load_credentials(key, granted), Clock(sleep=lambda _: None), wire)
            channel.quota = {}
            return School(load_settings(folder / "config"), channel, lambda: DAY)

        if known:
            before(opened_by(EMAIL, RUN_SCOPES))
        school = opened_by(account, scopes)
        invocation = Invocation(
            config=folder / "config",
            credentials=folder / "key.json",
            environ={"PATH": "", "HOME": str(folder)},
            now=lambda: DAY,
            opener=lambda *_, **__: nullcontext(school),
        )
        told = CliRunner().invoke(cli, ["doctor", "--json"], prog_name="sheets-sync", obj=invocation)
        found: dict[str, Any] = json.loads(told.stdout)
        assert found["exit"] == told.exit_code
        return found

    yield run
    for emulator in opened:
        emulator.close()


def test_f53_a_clock_that_is_wrong(keyed: Keyed) -> None:
    found = keyed(ahead=timedelta(minutes=12))
    assert (found["exit"], wrong(found)) == (3, ["часы компьютера"])
    assert found["problem"] == "Часы расходятся с сервером на 12 мин"
    assert "timedatectl" in found["next"]


def test_f53_with_a_good_key_the_account_is_named_and_the_clock_compared(keyed: Keyed) -> None:
    found = keyed(ahead=timedelta(seconds=40))
    told = {line["check"]: line["told"] for line in found["checks"]}
    assert (found["exit"], wrong(found)) == (0, [])
    assert told["ключ Google"] == f"key.json: сервисный аккаунт {EMAIL}"
    assert told["часы компьютера"] == "расходятся с сервером на 40 с"


def test_f53_a_key_that_the_service_does_not_know(keyed: Keyed) -> None:
    found = keyed(STRANGER, known=False)
    assert (found["exit"], wrong(found)) == (6, ["таблица школы"])
    assert "Создайте новый ключ" in found["next"]


def test_f53_a_spreadsheet_that_is_not_shared_names_the_address_to_share_with(keyed: Keyed) -> None:
    found = keyed(STRANGER)
    assert (found["exit"], wrong(found)) == (6, ["таблица школы"])
    assert f"Откройте файл для {STRANGER} с правом редактора" in found["next"]


def test_f53_a_spreadsheet_that_may_only_be_read(keyed: Keyed) -> None:
    def share(school: School) -> None:
        body = {"type": "user", "role": "reader", "emailAddress": STRANGER}
        permissions = school.channel.service("drive", "v3").permissions()
        permissions.create(fileId=school.settings.spreadsheet_id, body=body).execute()

    found = keyed(STRANGER, scopes=(*RUN_SCOPES, "https://www.googleapis.com/auth/drive"), before=share)
    assert (found["exit"], wrong(found)[0]) == (6, "право править таблицу")
    assert found["problem"] == "Таблицу можно только читать"
    assert STRANGER in found["next"]


def test_f53_a_key_with_too_few_scopes(keyed: Keyed) -> None:
    found = keyed(scopes=["https://www.googleapis.com/auth/spreadsheets"])
    assert (found["exit"], wrong(found)[0]) == (6, "право править таблицу")
    assert "таблица школы" in found["passed"]
    assert found["problem"].startswith("Ключу не хватает разрешений")
    assert "Войдите заново со всеми разрешениями" in found["next"]


def test_f53_an_account_that_has_nowhere_to_keep_files(keyed: Keyed) -> None:
    found = keyed(storage_rule=True)
    assert (found["exit"], wrong(found)) == (6, ["место для файлов"])
    assert "на общем диске" in found["next"]


# The schedule and the runs.

NIGHT = datetime(2022, 10, 12, 23, 30, tzinfo=UTC)


def remember(school: SmallSchool, *ended: Ended) -> None:
    health = Health()
    for one in ended:
        health = health.after(one, Outcome(), None)
    assert write_health(school.directory, health)


def told_of(found: dict[str, Any], check: str) -> dict[str, Any]:
    return next(line for line in found["checks"] if line["check"] == check)


def test_f53_a_night_that_did_not_run(school: SmallSchool, doctor: Doctor) -> None:
    remember(school, Ended("nightly", NIGHT, NIGHT + timedelta(minutes=1), 0))
    assert told_of(doctor(), "последний запуск")["told"] == "хорошо: 13.10.2022 в 02:31, nightly"
    school.now = NIGHT + timedelta(days=3, hours=2)
    found = doctor()
    assert (found["exit"], wrong(found)) == (3, ["последний запуск"])
    assert found["problem"] == "ночь пропущена: 13.10.2022 в 02:31, nightly, прошло 3 дня"
    assert "компьютер ночью включён" in found["next"]


def test_f53_a_run_that_failed_is_told_with_its_code_after_what_stands_now(
    school: SmallSchool, doctor: Doctor
) -> None:
    remember(school, Ended("nightly", NIGHT, NIGHT, 6, "PermissionDeniedError", "нет прав"))
    found = told_of(doctor(), "последний запуск")
    assert (found["found"], found["told"]) == (
        "advised",
        "не удался: 13.10.2022 в 02:30, nightly, код 6: нет прав",
    )
    assert found["advice"].endswith("sheets-sync run nightly")


def test_f53_a_schedule_that_stands_and_one_that_is_out_of_date(school: SmallSchool, doctor: Doctor) -> None:
    programs = school.directory / "bin"
    programs.mkdir()
    (programs / "systemctl").write_text("#!/bin/sh\n", "utf-8")
    (programs / "systemctl").chmod(0o755)
    environ = {"PATH": "", "HOME": str(school.directory)}
    invocation = Invocation(config=school.directory / "config", environ=environ, now=lambda: school.now)

    def install() -> Result:
        words = ["schedule", "install", "--with", "systemd", "--user"]
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PATH", str(programs), prepend=":")
            return CliRunner().invoke(cli, words, prog_name="sheets-sync", obj=invocation)

    assert install().exit_code == 0
    assert told_of(doctor(), "расписание")["told"] == "таймеры systemd пользователя, 4 задания"
    nightly = school.directory / "jobs" / "nightly.yaml"
    nightly.write_text(nightly.read_text("utf-8").replace("30 2 * * *", "45 1 * * *"), "utf-8")
    found = told_of(doctor(), "расписание")
    assert found["found"] == "advised"
    assert "устарел файл" in found["told"]
    assert found["advice"] == "Обновите расписание: sheets-sync schedule install"
