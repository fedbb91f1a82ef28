"""`closer demo`: the whole way on a sample, into a folder."""

import re
from collections.abc import Mapping
from pathlib import Path

import click

from closer.cli import folders
from closer.cli.amend import outcome
from closer.cli.deal import FORCE, accepted, read_deal, read_library
from closer.cli.draft import contract
from closer.cli.followed import followed
from closer.cli.output import make_folder, write
from closer.cli.schedule import follow_up
from closer.cli.summary import as_word, closing_summary
from closer.cli.verify import reported, theirs_marked, told
from closer.formats import ical, table
from closer.formats.files import pack, unpacked
from closer.terms.digest import digest
from closer.terms.moments import Facts

SAMPLE = "garage-remodel"
CHANGE = "change-1-hurricane.yaml"
THEIRS = {
    "warranty.lasts": "6 months",
    "liability.cap": "USD 24,250.00",
    "price.late_interest": "2% per month",
}
"""What somebody at the other side types over in the contract, without a word."""


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
    writes what both sides would have had in their hands: terms, summary, contract, the
    contract as it came back edited, calendar, the amendment with its redline and
    conformed copy, the calendar as it then stands, and a register of its own in which
    the deal is signed, followed and measured, with the report of it.
    """
    sample = folders.shipped("samples") / SAMPLE
    terms, change = sample / "agreed.yaml", sample / CHANGE
    library = read_library()
    signed = read_deal([terms])
    drafted = accepted(signed, library)
    first = follow_up(signed, drafted, library, Facts())
    amended = read_deal([terms, change])
    drawn = contract(drafted[-1], library, final=False)
    theirs = typed_over(drawn, THEIRS)
    page = closing_summary(drafted[-1], library, first, None)
    report = reported(drafted[-1], library, theirs)
    full = digest(signed.agreed)
    made = {
        "agreed.yaml": terms.read_bytes(),
        "summary.docx": as_word(page),
        "contract.docx": drawn,
        "theirs.docx": theirs,
        "theirs-redline.docx": theirs_marked(drafted[-1], library, theirs, report),
        "verified.txt": "\n".join(told(report, Path("theirs.docx"), full)).encode(),
        "schedule.ics": ical.write(first),
        "schedule.txt": f"{table.table(first, 110)}\n".encode(),
        CHANGE: change.read_bytes(),
        **outcome(amended, accepted(amended, library), library),
        **followed(signed, amended, library),
    }
    make_folder(folder)
    write({folder / name: content for name, content in made.items()}, force=force)
    click.echo(_WHAT_TO_OPEN.format(folder=folder, change=CHANGE))


def typed_over(docx: bytes, values: Mapping[str, str]) -> bytes:
    """Return a contract in which somebody typed other values over ours, in Word."""
    parts = unpacked(docx)
    body = parts["word/document.xml"].decode()
    for path, text in values.items():
        tag = f'<w:tag w:val="{re.escape(path)}"/>'
        control = re.compile(
            rf"({tag}(?:(?!</w:sdt>).)*?<w:t(?: [^>]*)?>)[^<]*", re.DOTALL
        )
        body = control.sub(rf"\g<1>{text}", body)
    return pack({**parts, "word/document.xml": body.encode()})


_WHAT_TO_OPEN = """
Everything the deal needs now lies in {folder}. Open, in this order:

  agreed.yaml        what the parties agreed, as they would read it over the phone
  summary.docx       the page that both sides read to each other before they sign
  contract.docx      the contract drafted from it, in Word
  theirs.docx        the same contract, sent back: somebody typed over three values
  verified.txt       what `closer verify` finds in it
  theirs-redline.docx  the same as revisions in our contract, to accept or to reject
  schedule.txt       every deadline with its reason
  schedule.ics       the same for the calendar
  {change}
                     the hurricane: what happened, and what is now agreed
  reasons-1.md       what the contract gives for it, and every day that moves
  amendment-1.docx   the amendment that both sides sign
  redline-1.docx     what it changes in the contract, as revisions that Word knows
  conformed-1.docx   the contract with it worked in, for reading, with notes
  schedule-1.ics     the revised calendar: what moved is moved, nothing else touched
  terms-1.yaml       the terms as amended

and how the deal went on, as it stands on 12 October 2026:

  due.txt            what is due, what costs a right first
  report.html        where the deal stands: days, money, benchmarks, issues
  agenda.md          the agenda of the next meeting
  journal.txt        what was signed, recorded, measured, raised and undone
  register.sqlite    the register that all of this comes from

Change a line of agreed.yaml and go on by hand:

  closer check {folder}/agreed.yaml
  closer draft {folder}/agreed.yaml -o {folder}/contract.docx
  closer draft {folder}/agreed.yaml --trace
  closer verify {folder}/agreed.yaml {folder}/theirs.docx
  closer verify {folder}/agreed.yaml {folder}/theirs.docx --redline {folder}/marked.docx
  closer verify {folder}/agreed.yaml {folder}/theirs.docx --accept warranty.lasts
  closer schedule {folder}/agreed.yaml
  closer amend {folder}/agreed.yaml {folder}/{change} -o {folder}
  closer conform {folder}/agreed.yaml {folder}/{change} --on 2026-12-01
  closer due --register {folder}/register.sqlite --today 2026-10-12"""
