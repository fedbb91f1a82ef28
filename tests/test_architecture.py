"""The house stands as DECISIONS.md and the package docstrings say.

Each rule is proved by a planted fault: a rule that nothing can break guards nothing.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "problems": set(),
    "terms": {"problems"},
    "library": {"problems", "terms"},
    "drafting": {"problems", "terms", "library"},
    "followup": {"problems", "terms", "library"},
    "register": {"problems", "terms", "library", "drafting", "followup"},
    "formats": {"problems", "terms", "library", "drafting", "followup", "register"},
    "delivery": {"problems", "terms", "library", "followup", "formats"},
    "cli": {
        *("problems", "terms", "library", "drafting"),
        *("followup", "register", "formats", "delivery"),
    },
}
LIBRARIES = {
    "click": {"cli"},
    "keyring": {"cli"},
    "urllib.request": {"delivery"},
    "http": {"delivery"},
    "smtplib": {"delivery"},
    "docxtpl": {"formats"},
    "docx": {"formats"},
    "lxml": {"formats"},
    "jinja2": {"formats"},
    "icalendar": {"formats"},
    "holidays": {"terms"},
    "dateutil": {"terms", "followup"},
    "yaml": {"terms"},
    "babel": {"drafting", "terms"},
    "sqlite3": {"register"},
    "psycopg": {"register"},
}
HEAVY = {
    "docxtpl",
    "docx",
    "lxml",
    "jinja2",
    "icalendar",
    "holidays",
    "babel",
    "psycopg",
}
"""Libraries that cost more to import than `closer --help` may take."""

WORLD = {
    "time.time",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "os.environ",
    "os.getenv",
    "random",
    "secrets",
    "uuid.uuid1",
    "uuid.uuid4",
}
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


class Module:
    """A source file: its room, its tree and what it imports."""

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.lines = source.count("\n")
        self.tree = ast.parse(source)
        self.room = Path(path).parts[1].removesuffix(".py")

    def imports(self) -> Iterator[tuple[str, bool]]:
        """Yield each imported module and whether it is imported with this one."""
        top = set(_outside_functions(self.tree))
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node in top) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module or "", node in top
                yield from (
                    (f"{node.module}.{alias.name}", node in top) for alias in node.names
                )


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        for_types_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(
            node.test
        )
        function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if not function and not for_types_only:
            yield node
            yield from _outside_functions(node)


def faults(module: Module) -> list[str]:
    """Return every rule of the house that a module breaks."""
    return [
        *_wrong_imports(module),
        *_world_asked(module),
        *_too_long(module),
    ]


def _wrong_imports(module: Module) -> Iterator[str]:
    allowed = ROOMS.get(module.room)
    for name, at_start in module.imports():
        parts = name.split(".")
        if parts[0] == "closer" and len(parts) > 1 and allowed is not None:
            room = parts[1]
            if room in ROOMS and room != module.room and room not in allowed:
                yield f"{module.path} imports {name}: {module.room} is below {room}"
        homes = LIBRARIES.get(name, LIBRARIES.get(parts[0]))
        if homes is not None and module.room not in homes:
            yield f"{module.path} imports {name}: only {sorted(homes)} may"
        if parts[0] in HEAVY and at_start:
            yield f"{module.path} imports {name} at its top: inside the function"


def _world_asked(module: Module) -> Iterator[str]:
    if module.room in ("cli", "__main__"):
        return
    for node in ast.walk(module.tree):
        name = ast.unparse(node) if isinstance(node, ast.Attribute | ast.Name) else ""
        if any(name == asked or name.endswith(f".{asked}") for asked in WORLD):
            yield f"{module.path}:{node.lineno} asks {name}: only cli may"


def _too_long(module: Module) -> Iterator[str]:
    if module.lines > LONGEST_FILE:
        yield f"{module.path} has {module.lines} lines: split by what changes together"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{module.path}:{node.lineno} {node.name} has {length} lines"


def _modules() -> list[Module]:
    paths = sorted((ROOT / "closer").rglob("*.py"))
    return [
        Module(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for path in paths
    ]


def test_every_module_keeps_the_rules_of_the_house() -> None:
    assert [fault for module in _modules() for fault in faults(module)] == []


def test_every_room_says_what_it_is_for() -> None:
    rooms = [path for path in (ROOT / "closer").iterdir() if path.is_dir()]
    inits = [path / "__init__.py" for path in rooms if not path.name.startswith("__")]
    silent = [
        str(path)
        for path in inits
        if not path.exists() or not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        pytest.param(
            "closer/terms/x.py",
            "from closer.drafting import document\n",
            id="terms_do_not_know_documents",
        ),
        pytest.param(
            "closer/followup/x.py",
            "from closer.drafting.phrases import Phrase\n",
            id="the_calendar_does_not_know_the_contract",
        ),
        pytest.param(
            "closer/drafting/x.py",
            "import closer.followup.schedule\n",
            id="the_contract_does_not_know_the_calendar",
        ),
        pytest.param(
            "closer/terms/x.py",
            "def f():\n    import click\n",
            id="only_commands_know_click",
        ),
        pytest.param(
            "closer/formats/x.py",
            "import docxtpl\n",
            id="document_libraries_are_imported_when_used",
        ),
        pytest.param(
            "closer/followup/x.py",
            "from datetime import date\nd = date.today()\n",
            id="only_commands_read_the_clock",
        ),
        pytest.param(
            "closer/formats/x.py",
            "import os\nhome = os.environ['HOME']\n",
            id="only_commands_read_the_environment",
        ),
        pytest.param(
            "closer/formats/x.py",
            "import random\nx = random.random()\n",
            id="only_commands_ask_chance",
        ),
        pytest.param("closer/terms/x.py", "x = 1\n" * 401, id="no_file_grows_too_long"),
        pytest.param(
            "closer/terms/x.py",
            "def f():\n" + "    x = 1\n" * 41,
            id="no_function_grows_too_long",
        ),
    ],
)
def test_a_planted_fault_is_found(path: str, source: str) -> None:
    assert faults(Module(path, source)) != []


def test_a_sound_module_has_no_fault() -> None:
    source = "from closer.problems import Problem\n\ndef f():\n    import holidays\n"
    assert faults(Module("closer/terms/x.py", source)) == []
