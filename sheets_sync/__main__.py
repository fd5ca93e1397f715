"""The program's entry: `sheets-sync`, or `python -m sheets_sync`."""

from sheets_sync.cli import cli


def main() -> None:
    """Run the command line and leave with its exit code."""
    cli(prog_name="sheets-sync")


if __name__ == "__main__":
    main()
