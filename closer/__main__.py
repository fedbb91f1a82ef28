"""The program's door: answers `--version` without waking anything else."""

import sys

from closer import __version__


def main() -> None:
    """Run `closer` with the arguments of the process."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"closer {__version__}\n")
        return
    from closer.cli import closer  # noqa: PLC0415 - `--version` answers in a blink

    closer(prog_name="closer")


if __name__ == "__main__":
    main()
