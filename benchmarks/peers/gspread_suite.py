"""gspread's own tests, run live against `sheets-sync serve`: `make peers`.

Their recordings are not used: every request reaches the workspace. gspread comes from the package index into
an environment of its own; its tests are in no package, so they are read from a checkout of the same version
(--checkout) or cloned. Needs git; keeps everything in a temporary folder; no part of CI.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = "https://github.com/burnash/gspread"
STRANGERS_FILE = "1jIKzPs8LsiZZdLdeMEP-5ZIHw6RkjiOmj1LrJN706Yc"
"""The spreadsheet of somebody else by which ClientTest.test_access_private_spreadsheet expects a refusal."""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--version", default="6.2.1", help="gspread's version and tag")
    parser.add_argument("--checkout", type=Path, help="a checkout of gspread instead of a clone")
    parser.add_argument("rest", nargs="*", help="handed to pytest, e.g. -- -k test_append_row")
    return parser.parse_args()


def environment(folder, version):
    """Make an environment with gspread and what its tests import."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    needs = [f"gspread=={version}", "pytest<9", "pytest-vcr", "vcrpy"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *needs], check=True)
    return python


def tests(folder, version, checkout):
    """Give a folder that holds gspread's tests and not its code, so that the installed package is tested."""
    if checkout is None:
        checkout = folder / "clone"
        clone = ["git", "clone", "--quiet", "--depth", "1", "--branch", f"v{version}", REPOSITORY, checkout]
        subprocess.run(clone, check=True)
    (folder / "suite").mkdir()
    (folder / "suite" / "tests").symlink_to((checkout / "tests").resolve())
    return folder / "suite"


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


def neighbour(python, address):
    """Make the second spreadsheet without which ClientTest.test_openall cannot tell one from all."""
    code = (
        "import os, requests;"
        "body = {'name': 'Neighbour', 'mimeType': 'application/vnd.google-apps.spreadsheet'};"
        "requests.post(os.environ['WORKSPACE'] + '/drive/v3/files', json=body, timeout=60).raise_for_status()"
    )
    subprocess.run([python, "-c", code], check=True, env={**os.environ, "WORKSPACE": address})


def main():
    asked = arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = environment(folder / "environment", asked.version)
        suite = tests(folder, asked.version, asked.checkout)
        (folder / "school").mkdir()
        with workspace(folder / "school") as address:
            neighbour(python, address)
            run = [python, "-m", "pytest", "-q", "--disable-vcr", "-p", "to_workspace"]
            paths = {"WORKSPACE": address, "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}
            return subprocess.run(
                [*run, "tests", *asked.rest], cwd=suite, env={**os.environ, **paths}, check=False
            ).returncode


if __name__ == "__main__":
    sys.exit(main())
