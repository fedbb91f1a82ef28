"""The commands: read, call, write. Only here are clock, environment and disk asked.

May import every other room; no other room may import this one.
"""

from importlib import import_module

import click

COMMANDS: dict[str, str] = {
    "demo": "Go the whole way on a sample: contract, calendar, amendment.",
    "new": "Write a commented terms file for a contract type.",
    "check": "List every problem of a deal, each with its place and remedy.",
    "explain": "Say why a rule is there, with a bad and a good example.",
    "summary": "Sum up the deal on the page that both sides read to each other.",
    "draft": "Write the Word contract of the agreed terms.",
    "verify": "Read an edited contract: what it says that the terms do not.",
    "schedule": "Work out every deadline, with its reason; write the calendar.",
    "feed": "Keep one calendar file that others subscribe to.",
    "publish": "Bring the schedule to a CalDAV calendar.",
    "invite": "Write or send each entry as an invitation by mail.",
    "amend": "Compute the amendment when circumstances change.",
    "sign": "Enter a signed deal, or a signed amendment, in the register.",
    "due": "List what is due over all deals, what costs a right first.",
    "record": "Record what happened or was done; dependent days get theirs.",
    "measure": "Enter a reading of a benchmark; early warning when it is missed.",
    "raise": "Note an issue before it becomes a dispute.",
    "settle": "Say that an issue is settled, and how.",
    "escalate": "Move an issue to the next step of the agreed ladder.",
    "undo": "Undo an entry of the journal by an entry of its own.",
    "review": "Write the agenda of the next meeting.",
    "report": "Say where each deal stands; a page for the browser.",
    "log": "Print the journal of a deal.",
    "register": "Check the register, or move it elsewhere.",
    "conform": "Write the contract as it reads on a day, amendments worked in.",
    "redline": "Show what changed between two documents, as Word revisions.",
    "clauses": "Show the clause library, or check one.",
}
"""Name and short help of every command; its module is imported when it is called."""


MODULES = {"raise": "raise_issue"}
"""Commands whose name cannot be the name of a module."""


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
        module = import_module(f"closer.cli.{MODULES.get(cmd_name, cmd_name)}")
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
