"""The commands: read, call, write. Only here are clock, environment and disk asked.

May import every other room; no other room may import this one.
"""

from importlib import import_module

import click

COMMANDS: dict[str, str] = {
    "demo": "Go the whole way on a sample: contract, calendar, amendment.",
    "check": "List every problem of a deal, each with its place and remedy.",
    "draft": "Write the Word contract of the agreed terms.",
    "schedule": "Work out every deadline, with its reason; write the calendar.",
    "amend": "Compute the amendment when circumstances change.",
    "conform": "Write the contract as it reads on a day, amendments worked in.",
    "redline": "Show what changed between two documents, as Word revisions.",
    "clauses": "Show the clause library, or check one.",
}
"""Name and short help of every command; its module is imported when it is called."""


class LazyGroup(click.Group):
    """A group that lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a deal meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"closer.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what a broken library or calendar raises is said plainly."""
        from closer.cli.faults import said_plainly  # noqa: PLC0415

        with said_plainly():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; an unknown name suggests the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from difflib import get_close_matches  # noqa: PLC0415

            near = get_close_matches(args[0], COMMANDS, 1, cutoff=0.3)
            hint = f" Did you mean `closer {near[0]}`?" if near else ""
            message = f"There is no command {args[0]!r}.{hint}"
            raise click.UsageError(message, ctx) from None

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the list of commands from the table alone."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


EPILOG = (
    "Start with `closer demo out/`. Every command explains itself with --help. "
    "closer drafts what the parties agreed; it gives no legal advice."
)


@click.group(cls=LazyGroup, epilog=EPILOG)
@click.version_option(None, "--version", package_name="closer", message="closer")
def closer() -> None:
    """From agreed terms to a Word contract, a calendar and computed amendments."""
