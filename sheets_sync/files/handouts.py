"""Badges and slips as one page to print: A4, ten cards a sheet, with codes to point a telephone at."""

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from sheets_sync.domain.badges import Badge, Slip
from sheets_sync.errors import ExportFileError

_TEMPLATES = Path(__file__).parent


def write_handouts(path: Path, school: str, badges: Sequence[Badge], slips: Sequence[Slip]) -> None:
    """Write the page, readable by its owner only; it needs nothing from the network.

    Raises:
        ExportFileError: the file cannot be written.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["qr"] = _qr
    page = environment.get_template("handouts.html").render(school=school, badges=badges, slips=slips)
    try:
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ExportFileError(f"Файл {path.name} не записывается: проверьте папку и права") from error


def _qr(link: str) -> Markup:
    """Draw an address; the level of repair is the lowest, so that the squares stay large."""
    import segno  # like the templates' library not needed before something is printed

    code = segno.make(link, error="l", micro=False)
    return Markup(code.svg_inline(border=1, omitsize=True, dark="#111827"))  # drawn by the library
