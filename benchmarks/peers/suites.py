"""The clients whose own live tests are run against the workspace, and what each needs around it.

In the texts of files and environment variables, {key} is the JSON of a service account's key, {key_file} its
path, {sheet} the id of an empty spreadsheet.
"""

from dataclasses import dataclass, field

SETTINGS = "[Spreadsheet]\nid: {sheet}\n"
STRANGERS_FILE = "1jIKzPs8LsiZZdLdeMEP-5ZIHw6RkjiOmj1LrJN706Yc"
"""The spreadsheet of somebody else by which gspread's test_access_private_spreadsheet expects a refusal."""


@dataclass(frozen=True)
class Suite:
    """One client: where its tests are, which packages it needs, what it is run with.

    `copied` are the paths of the checkout that are put into the folder where the tests run.
    """

    repository: str
    tag: str
    needs: tuple[str, ...]
    copied: tuple[str, ...]
    tests: tuple[str, ...]
    files: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)


def _gspread(version: str) -> Suite:
    return Suite(
        "https://github.com/burnash/gspread",
        f"v{version}",
        (f"gspread=={version}", "pytest-vcr", "vcrpy"),
        ("tests",),
        ("--disable-vcr", "tests"),
    )


SUITES = {
    "gspread": _gspread("6.2.1"),
    "gspread-5.12.4": _gspread("5.12.4"),
    "gspread-6.0.2": _gspread("6.0.2"),
    "gspread-6.1.4": _gspread("6.1.4"),
    "gspread-formatting": Suite(
        "https://github.com/robin900/gspread-formatting",
        "v1.2.1",
        ("gspread-formatting==1.2.1", "gspread==6.2.1", "gspread-dataframe", "oauth2client", "pandas"),
        ("test.py",),
        ("test.py",),
        {"tests.config": SETTINGS, "creds.json": "{key}"},
    ),
    "gspread-dataframe": Suite(
        "https://github.com/robin900/gspread-dataframe",
        "v4.0.0",
        ("gspread-dataframe==4.0.0", "gspread==6.2.1", "oauth2client", "pandas"),
        ("tests",),
        ("tests/gspread_dataframe_integration.py",),
        {"tests/tests.config": SETTINGS, "tests/creds.json": "{key}"},
    ),
    "gspread-asyncio": Suite(
        "https://github.com/dgilman/gspread_asyncio",
        "v3.0.0",
        ("gspread-asyncio==3.0.0", "gspread==6.2.1", "oauth2client", "pyOpenSSL"),
        ("tests",),
        ("tests/integration.py",),
        environment={"CREDS": "{key_file}"},
    ),
    "pygsheets": Suite(
        "https://github.com/nithinmurali/pygsheets",
        "staging",
        ("google-api-python-client", "google-auth-oauthlib", "pandas"),
        ("pygsheets", "tests"),
        ("tests/online_test.py",),
        {"tests/auth_test_data/pygsheettest_service_account.json": "{key}"},
    ),
    "pydrive2": Suite(
        "https://github.com/iterative/PyDrive2",
        "main",
        ("PyDrive2[fsspec]", "funcy<2", "pytest-mock", "pytest-timeout", "timeout-decorator"),
        ("pydrive2", "pyproject.toml"),
        ("--timeout", "60", "pydrive2/test"),
        {"/tmp/pydrive2/credentials.json": "{key}"},
        {"GDRIVE_USER_CREDENTIALS_DATA": "{key}"},
    ),
    "gdrive-fsspec": Suite(
        "https://github.com/fsspec/gdrive-fsspec",
        "main",
        ("gdrive-fsspec", "pydata-google-auth"),
        ("src/gdrive_fsspec", "tests"),
        ("tests",),
        environment={"GDRIVE_FSSPEC_CREDENTIALS_PATH": "{key_file}"},
    ),
}
