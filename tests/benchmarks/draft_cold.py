"""How long a contract takes, cold, against the shortest script that fills a template.

The rival is ten lines of docxtpl that fill a template of the same length: the very
contract that closer drafts, with each value of the terms replaced by a tag. Both run
as processes of their own, turn about; the ratio of the medians is what counts.

    env -u PYTHONDONTWRITEBYTECODE python tests/benchmarks/draft_cold.py [TIMES]
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "samples" / "garage-remodel" / "agreed.yaml"
RIVAL = """\
import json
import sys
from docxtpl import DocxTemplate

template, values, out = sys.argv[1:]
with open(values) as file:
    context = json.load(file)
document = DocxTemplate(template)
document.render(context, autoescape=True)
document.save(out)
"""
CONTROL = re.compile(
    r"(<w:sdt>(?:(?!</w:sdt>).)*?<w:t[^>]*>)([^<]*)(</w:t></w:r></w:sdtContent></w:sdt>)"
)


def rival_template(contract: Path, template: Path) -> dict[str, str]:
    """Turn a contract into a docxtpl template: every value becomes a tag."""
    values: dict[str, str] = {}

    def tag(match: re.Match[str]) -> str:
        name = f"v{len(values)}"
        values[name] = match[2]
        return f"{match[1]}{{{{ {name} }}}}{match[3]}"

    with zipfile.ZipFile(contract) as source, zipfile.ZipFile(template, "w") as out:
        for part in source.namelist():
            content = source.read(part)
            if part == "word/document.xml":
                content = CONTROL.sub(tag, content.decode()).encode()
            out.writestr(part, content, zipfile.ZIP_DEFLATED)
    return values


def seconds(command: list[str]) -> float:
    """Run a command as a process of its own; return how long it took."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main(times: int) -> None:
    """Run both, turn about, and print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        contract, template = work / "contract.docx", work / "template.docx"
        draft = [sys.executable, "-m", "closer", "draft", str(SAMPLE), "--force", "-o"]
        subprocess.run([*draft, str(contract)], check=True, capture_output=True)
        values = rival_template(contract, template)
        (work / "values.json").write_text(json.dumps(values))
        (work / "rival.py").write_text(RIVAL)
        script = [str(work / name) for name in ("rival.py", "template.docx")]
        files = [str(work / "values.json"), str(work / "r.docx")]
        rival = [sys.executable, *script, *files]
        ours, theirs = [], []
        for _ in range(times):
            ours.append(seconds([*draft, str(contract)]))
            theirs.append(seconds(rival))
        bare = [seconds([sys.executable, "-c", "pass"]) for _ in range(times)]
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"{len(values)} values, {times} runs each, medians, cold processes")
    print(f"  python -c pass        {statistics.median(bare) * 1000:6.0f} ms")
    print(f"  ten lines of docxtpl  {other * 1000:6.0f} ms")
    print(f"  closer draft          {mine * 1000:6.0f} ms")
    print(f"  ratio                 {mine / other:6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
