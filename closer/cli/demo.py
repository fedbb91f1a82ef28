"""`closer demo`: the whole way on a sample, into a folder."""

from pathlib import Path

import click

from closer.cli import folders
from closer.cli.amend import outcome
from closer.cli.deal import FORCE, accepted, read_deal, read_library
from closer.cli.draft import contract
from closer.cli.output import write
from closer.cli.schedule import follow_up
from closer.formats import ical, table
from closer.terms.moments import Facts

SAMPLE = "garage-remodel"
CHANGE = "change-1-hurricane.yaml"


@click.command("demo", epilog="Example: closer demo out/")
@click.argument(
    "folder",
    default="closer-demo",
    type=click.Path(file_okay=False, path_type=Path),
)
@FORCE
def command(folder: Path, *, force: bool) -> None:
    """Go the whole way on a sample deal, into FOLDER.

    A garage and a backyard are remodelled; in September a hurricane comes. The demo
    writes what both sides would have had in their hands: terms, contract, calendar,
    the amendment, and the calendar as it then stands.
    """
    sample = folders.shipped("samples") / SAMPLE
    terms, change = sample / "agreed.yaml", sample / CHANGE
    library = read_library()
    signed = read_deal([terms])
    drafted = accepted(signed, library)
    first = follow_up(signed, drafted, library, Facts())
    amended = read_deal([terms, change])
    made = {
        "agreed.yaml": terms.read_bytes(),
        "contract.docx": contract(drafted[-1], library, final=False),
        "schedule.ics": ical.write(first),
        "schedule.txt": f"{table.table(first, 110)}\n".encode(),
        CHANGE: change.read_bytes(),
        **outcome(amended, accepted(amended, library), library),
    }
    folder.mkdir(parents=True, exist_ok=True)
    write({folder / name: content for name, content in made.items()}, force=force)
    click.echo(_WHAT_TO_OPEN.format(folder=folder, change=CHANGE))


_WHAT_TO_OPEN = """
Everything the deal needs now lies in {folder}. Open, in this order:

  agreed.yaml        what the parties agreed, as they would read it over the phone
  contract.docx      the contract drafted from it, in Word
  schedule.txt       every deadline with its reason
  schedule.ics       the same for the calendar
  {change}
                     the hurricane: what happened, and what is now agreed
  reasons-1.md       what the contract gives for it, and every day that moves
  amendment-1.docx   the amendment that both sides sign
  schedule-1.ics     the revised calendar: what moved is moved, nothing else touched
  terms-1.yaml       the terms as amended

Change a line of agreed.yaml and go on by hand:

  closer check {folder}/agreed.yaml
  closer draft {folder}/agreed.yaml -o {folder}/contract.docx
  closer schedule {folder}/agreed.yaml
  closer amend {folder}/agreed.yaml {folder}/{change} -o {folder}

A redline and a conformed copy are not written yet."""
