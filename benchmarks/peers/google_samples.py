"""Google's own samples for Python, each run as a program of its own against `sheets-sync serve`.

    make peers PEERS_ARGS="google-samples [--checkout DIR]"

The samples name files of Google's; every such id is replaced by one of a file that is made here before. A
sample passes when it ends without an error and prints none (they print «An error occurred» and go on).
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

PLACES = ("sheets", "docs/quickstart", "docs/output-json", "drive/quickstart", "drive/snippets", "forms")
NEEDS = ("google-api-python-client", "google-auth-oauthlib", "oauth2client")
_ID = re.compile(r"""(?<=["'])1[A-Za-z0-9_-]{30,43}(?=["'])""")
_FAILED = re.compile(r"an error occurred|HttpError|Traceback|unexpected error", re.IGNORECASE)
_KINDS = {"sheets": "spreadsheet", "docs": "document", "forms": "form"}
_PLAIN = {"download.jpeg": b"\xff\xd8\xff", "photo.jpg": b"\xff\xd8\xff", "report.csv": b"a,b\n1,2\n"}
_WAYS_IN = """
import runpy, sys
import google.auth, google_auth_oauthlib.flow, oauth2client.client, oauth2client.tools
from google.oauth2.credentials import Credentials
import to_workspace

class Flow:
    def run_local_server(self, **options):
        return Credentials("x", refresh_token="r", client_id="c", client_secret="s",
                           token_uri="https://oauth2.googleapis.com/token")

google.auth.default = lambda *given, **more: (Credentials("x"), "project")
google_auth_oauthlib.flow.InstalledAppFlow.from_client_secrets_file = lambda *given, **more: Flow()
oauth2client.client.flow_from_clientsecrets = lambda *given, **more: None
oauth2client.tools.run_flow = lambda *given, **more: oauth2client.client.AccessTokenCredentials("x", "sample")
runpy.run_path(sys.argv[1], run_name="__main__")
"""


def ask(address, path, body):
    """Send a JSON body to the workspace and read the answer."""
    data = json.dumps(body).encode()
    with urlopen(Request(address + path, data, {"content-type": "application/json"})) as answer:
        return json.loads(answer.read())


def made(address):
    """Make a file of every kind that the samples use; give their ids."""
    google = "application/vnd.google-apps."
    kinds = {kind: f"{google}{kind}" for kind in ("spreadsheet", "document", "folder")} | {
        "file": "text/plain"
    }
    ids = {
        kind: ask(address, "/drive/v3/files", {"name": kind, "mimeType": mime})["id"]
        for kind, mime in kinds.items()
    }
    form = ask(address, "/v1/forms", {"info": {"title": "form"}})["formId"]
    rows = {"range": "Sheet1!A1:E3", "values": [list("abcde"), [1, 2, 3, 4, 5], [6, 7, 8, 9, 10]]}
    body = {"valueInputOption": "RAW", "data": [rows]}
    ask(address, f"/v4/spreadsheets/{ids['spreadsheet']}/values:batchUpdate", body)
    ask(address, f"/v4/spreadsheets/{ids['spreadsheet']}:batchUpdate", {"requests": [_second_sheet()]})
    target = {"topic": {"topicName": "projects/p/topics/t"}}
    body = {"watch": {"eventType": "SCHEMA", "target": target}, "watchId": "the-watch"}
    ask(address, f"/v1/forms/{form}/watches", body)
    return {**ids, "form": form}


def _second_sheet():
    return {"addSheet": {"properties": {"title": "Class Data"}}}


def adapted(path, text, ids):
    """Put the ids of files that exist here into a sample."""
    kind = _KINDS.get(path.parts[0], "document" if path.stem == "export_pdf" else "file")

    def chosen(match):
        before = text[: match.start()].rsplit("\n", 1)[-1]
        return ids["folder" if "folder_id" in before else kind]

    text = _ID.sub(chosen, text)
    for name, value in (
        *(("<YOUR_FORM_ID>", ids["form"]), ("<YOUR_WATCH_ID>", "the-watch")),
        ("YOUR_DOC_ID", ids["document"]),
        *(('"YOUR_FORM_ID"', f'"{ids["form"]}"'), ("<YOUR_TOPIC_PATH>", "projects/p/topics/t")),
        ('sheets_batch_update("spreadsheet_id"', f'sheets_batch_update("{ids["spreadsheet"]}"'),
    ):
        text = text.replace(name, value)
    return text


def samples(checkout):
    """List the programs among the samples, tests left out."""
    for place in PLACES:
        for path in sorted((checkout / place).rglob("*.py")):
            if not path.name.startswith("test_") and path.name != "base_test.py":
                yield path.relative_to(checkout)


def run(python, checkout, address, folder):
    """Run every sample; print a line for each and how many passed. Gives 1 when one failed."""
    for name, data in {**_PLAIN, "abc.txt": b"abc", "config.json": b"{}"}.items():
        (folder / name).write_bytes(data)
    for name in ("client_secrets.json", "client_secret.json", "credentials.json"):
        (folder / name).write_text("{}")
    places = {"WORKSPACE": address, "PYTHONPATH": str(Path(__file__).resolve().parent)}
    failed = total = 0
    for path in samples(checkout):
        (folder / "token.json").unlink(missing_ok=True)
        text = adapted(path, (checkout / path).read_text("utf-8"), made(address))
        (folder / "sample.py").write_text(text, "utf-8")
        done = subprocess.run(
            [python, "-W", "ignore", "-c", _WAYS_IN, "sample.py"],
            cwd=folder,
            env={**os.environ, **places},
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        wrong = done.returncode != 0 or _FAILED.search(said) is not None
        failed += wrong
        total += 1
        last = (said.strip().splitlines() or [""])[-1][:150]
        print(f"{'FAILED' if wrong else 'passed'} {path}{f'  {last}' if wrong else ''}", flush=True)
    print(f"{total - failed} of {total} samples passed", file=sys.stderr)
    return int(failed > 0)
