"""Pages from templates: a review as Markdown, a report as one HTML file."""

from collections.abc import Mapping
from pathlib import Path


def page(template: Path, values: Mapping[str, object]) -> str:
    """Fill a page; in HTML every value is data, never markup.

    The templates are the house's own, yet they run in a sandbox and a name that they
    use and nobody gives is an error, not a gap.
    """
    from jinja2 import StrictUndefined  # noqa: PLC0415 - only pages need it
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=template.suffix == ".html",
        trim_blocks=False,
        keep_trailing_newline=True,
    )
    text = template.read_text(encoding="utf-8")
    return environment.from_string(text).render(values)
