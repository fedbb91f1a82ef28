"""Draw the pictures of the README anew, from what `closer demo` writes.

make pictures        (needs LibreOffice and poppler)
"""

import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
PAGES = {"contract": ("contract.docx", 1), "amendment": ("amendment-1.docx", 3)}
LINES = 46
WIDTH, HEIGHT, SIZE = 8.43, 18, 14


def main() -> None:
    """Run the demo and draw a page of each document, and the table of days."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        demo = [sys.executable, "-m", "closer", "demo", str(work / "out")]
        subprocess.run(demo, check=True, capture_output=True)
        for name, (document, page) in PAGES.items():
            draw_page(work / "out" / document, page, HERE / f"{name}.png", work)
        table = (work / "out" / "schedule.txt").read_text(encoding="utf-8")
        draw_timelines(work / "out")
        draw_register(work / "out", work)
    (HERE / "schedule.svg").write_text(drawn_table(table), encoding="utf-8")


def draw_timelines(out: Path) -> None:
    """Draw the days of the demo's deal as signed, and after the hurricane."""
    terms, change = out / "agreed.yaml", out / "change-1-hurricane.yaml"
    pictures = {"timeline-signed": [terms], "timeline-amended": [terms, change]}
    for name, files in pictures.items():
        picture = HERE / f"{name}.svg"
        command = [sys.executable, "-m", "closer", "schedule", *files, "--force"]
        subprocess.run([*command, "-o", picture], check=True, capture_output=True)


def draw_register(out: Path, work: Path) -> None:
    """Draw what is due on the terminal, and the page of the report in a browser."""
    table = (out / "due.txt").read_text(encoding="utf-8")
    drawn = drawn_table(_clipped(table), "closer due")
    (HERE / "due.svg").write_text(drawn, encoding="utf-8")
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"]
    quiet += ["--no-first-run", "--disable-background-networking", "--disable-sync"]
    quiet += ["--disable-component-update", "--hide-scrollbars"]
    subprocess.run(
        [
            *("chromium", *quiet, f"--user-data-dir={work / 'profile'}"),
            *("--window-size=1060,1120", f"--screenshot={HERE / 'report.png'}"),
            (out / "report.html").resolve().as_uri(),
        ],
        check=True,
        capture_output=True,
    )


def _clipped(text: str, wide: int = 128, most: int = 30) -> str:
    lines = text.splitlines()[:most]
    return "\n".join(x if len(x) <= wide else f"{x[: wide - 1]}…" for x in lines)


def draw_page(document: Path, page: int, picture: Path, work: Path) -> None:
    """Print one page of a Word document as a PNG."""
    profile = f"-env:UserInstallation=file://{work}/office"
    office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", work]
    subprocess.run([*office, document], check=True, capture_output=True)
    pdf = work / f"{document.stem}.pdf"
    only = ["-f", str(page), "-l", str(page), "-singlefile", "-r", "80", "-png"]
    target = picture.with_suffix("")
    subprocess.run(["pdftoppm", *only, pdf, target], check=True)


def drawn_table(text: str, command: str = "closer schedule agreed.yaml") -> str:
    """Return the first lines of a terminal table as a drawing."""
    lines = [f"$ {command}", *text.splitlines()[:LINES]]
    width = max(len(line) for line in lines) * WIDTH + 40
    height = len(lines) * HEIGHT + 40
    rows = "\n".join(
        f'<text x="20" y="{30 + number * HEIGHT}" xml:space="preserve">'
        f"{escape(line)}</text>"
        for number, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" '
        f'height="{height}" font-family="Menlo, Consolas, Liberation Mono, monospace" '
        f'font-size="{SIZE}" fill="#e6e6e6">\n'
        f'<rect width="100%" height="100%" rx="8" fill="#1e2430"/>\n{rows}\n</svg>\n'
    )


if __name__ == "__main__":
    main()
