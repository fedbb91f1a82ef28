"""`closer explain`: the reason behind a check, with a bad and a good example."""

import textwrap

import click

from closer.cli import folders
from closer.cli.output import USAGE, as_json, stop
from closer.library import explanations
from closer.problems import severity_of


@click.command("explain", epilog="Example: closer explain M03")
@click.argument("code", metavar="CODE")
@click.option("--json", "json_", is_flag=True, help="Print the parts as data.")
def command(code: str, *, json_: bool) -> None:
    """Say why a rule is there, show a bad and a good example, and name the source.

    CODE is what stands behind the place in a message, such as M03.
    """
    known = explanations.load(folders.shipped("templates"))
    spelled = {each.casefold(): each for each in known}
    name = spelled.get(code.strip().casefold())
    if name is None:
        near = explanations.nearest(code, known)
        hint = f"Did you mean {near}?" if near else f"It knows {', '.join(known)}."
        stop(f"There is no code {code!r}. {hint}", USAGE)
    told = known[name]
    if json_:
        as_json(
            {
                "code": name,
                "severity": severity_of(name),
                "why": told.why,
                "bad": told.bad,
                "good": told.good,
                "source": told.source,
            }
        )
        return
    click.echo(f"{name} ({severity_of(name)})\n")
    click.echo(textwrap.fill(told.why, 88))
    for heading, example in (("bad", told.bad), ("good", told.good)):
        click.echo(f"\n{heading}\n{textwrap.indent(example.strip(), '  ')}")
    click.echo(f"\nsource: {told.source}")
