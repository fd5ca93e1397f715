"""Where config/ and jobs/ lie: the school's own, or the defaults that travel with the program."""

import shutil
from pathlib import Path

WORKSPACE_FILE = "workspace.sqlite3"
"""The local workspace's database, in the folder that config/ lies in."""

_PACKAGE = Path(__file__).resolve().parent.parent


def defaults_dir() -> Path:
    """Return the folder that holds the default config/ and jobs/.

    An installed program has them inside the package; a checkout has them at its top: one source, no copies.
    """
    packed = _PACKAGE / "_defaults"
    return packed if packed.is_dir() else _PACKAGE.parent


def find_config(asked: Path | None, here: Path) -> Path:
    """Return the config/ to use: the one asked for, else the one in `here`, else the defaults."""
    if asked is not None:
        return asked
    own = here / "config"
    return own if own.is_dir() else defaults_dir() / "config"


def jobs_beside(config: Path) -> Path:
    """Return the jobs/ that belongs to a config/: the folder beside it, else the defaults."""
    own = config.resolve().parent / "jobs"
    return own if own.is_dir() else defaults_dir() / "jobs"


def copy_defaults(to: Path) -> tuple[Path, ...]:
    """Copy the default config/ and jobs/ into a folder and return the files made; existing files stay.

    The ids of another school's spreadsheet are never among them.
    """
    made = []
    for part in ("config", "jobs"):
        source = defaults_dir() / part
        for file in sorted(source.rglob("*.yaml")):
            if file.name == "ids.yaml":
                continue
            target = to / part / file.relative_to(source)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
                made.append(target)
    return tuple(made)
