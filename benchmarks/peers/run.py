"""Another client's own tests, run live against `sheets-sync serve`: `make peers PEERS_ARGS="CLIENT"`.

No recording is used: every request reaches the workspace. The client comes from the package index into an
environment of its own; its tests are read from a checkout (--checkout) or cloned. What came out is kept in
docs/workspace-peers.md. Needs git; keeps everything in a temporary folder; no part of CI.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import google_samples
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from suites import STRANGERS_FILE, SUITES, Suite

HERE = Path(__file__).resolve().parent
SAMPLES = "google-samples"
_SAMPLES = Suite(
    "https://github.com/googleworkspace/python-samples", "main", google_samples.NEEDS, ("sheets",), ()
)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = [*SUITES, SAMPLES]
    parser.add_argument("client", nargs="?", default="gspread", choices=names, help="gspread unless told")
    parser.add_argument("--checkout", type=Path, help="a checkout of the client instead of a clone")
    parser.add_argument("rest", nargs="*", help="handed to pytest, e.g. -- -k test_append_row")
    return parser.parse_args()


def environment(folder, needs):
    """Make an environment with a client and what its tests import."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "pytest<9", *needs], check=True)
    return python


def cloned(folder, suite):
    """Give a checkout of a client's repository at its tag or branch."""
    clone = ["git", "clone", "--quiet", "--depth", "1", "--branch", suite.tag, suite.repository, folder]
    subprocess.run(clone, check=True)
    return folder


def service_account():
    """Make the key file of a service account that exists nowhere; an open workspace needs no other."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return json.dumps(
        {
            "type": "service_account",
            "project_id": "peers",
            "private_key_id": "peers",
            "private_key": text.decode(),
            "client_email": "peer@peers.iam.gserviceaccount.com",
            "client_id": "1",
            "token_uri": "https://oauth2.googleapis.com/token",
        }
    )


def laid_out(folder, checkout, suite, words):
    """Put a client's tests and what they are set up with into the folder where they run."""
    folder.mkdir()
    for name in suite.copied:
        source, target = checkout / name, folder / Path(name).name
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    for name, text in suite.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(filled(text, words), "utf-8")


def filled(text, words):
    """Put the key, its path and a spreadsheet's id into a text."""
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text


@contextmanager
def workspace(folder):
    """Serve an empty workspace on any free port; give its address."""
    serve = [Path(sys.executable).parent / "sheets-sync", "serve", "--dir", folder, "--port", "0"]
    serve += ["--auth", "off", "--stranger", STRANGERS_FILE]
    served = subprocess.Popen(serve, stderr=subprocess.PIPE, text=True, cwd=folder)
    try:
        line = served.stderr.readline()
        yield next(word for word in line.split() if word.startswith("http://"))
    finally:
        served.terminate()
        served.wait()


def spreadsheet(address):
    """Make a spreadsheet: some tests need one, and gspread's test_openall cannot tell one from all."""
    body = {"name": "Neighbour", "mimeType": "application/vnd.google-apps.spreadsheet"}
    return google_samples.ask(address, "/drive/v3/files", body)["id"]


def main():
    asked = arguments()
    suite = SUITES.get(asked.client, _SAMPLES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = environment(folder / "environment", suite.needs)
        checkout = (asked.checkout or cloned(folder / "clone", suite)).resolve()
        (folder / "school").mkdir()
        with workspace(folder / "school") as address:
            if asked.client == SAMPLES:
                (folder / "samples").mkdir()
                return google_samples.run(python, checkout, address, folder / "samples")
            key_file = folder / "key.json"
            key_file.write_text(service_account())
            words = {
                "key": key_file.read_text(),
                "key_file": str(key_file),
                "sheet": spreadsheet(address),
            }
            laid_out(folder / "suite", checkout, suite, words)
            given = {key: filled(text, words) for key, text in suite.environment.items()}
            paths = {"WORKSPACE": address, "PYTHONDONTWRITEBYTECODE": "1"}
            paths["PYTHONPATH"] = os.pathsep.join([str(HERE), str(folder / "suite")])
            run = [python, "-m", "pytest", "-q", "-p", "to_workspace", "-p", "no:cacheprovider"]
            return subprocess.run(
                [*run, *suite.tests, *asked.rest],
                cwd=folder / "suite",
                env={**os.environ, **paths, **given},
                check=False,
            ).returncode


if __name__ == "__main__":
    sys.exit(main())
