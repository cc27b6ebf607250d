"""The renderer is replaceable: the library knows nothing of it, and one small file stands between the two."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

from support import ROOT

HOOKS = ROOT / "hooks"

IMPORT_EVERYTHING = """
import importlib, pkgutil, sys

class Refused:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("mkdocs", "material", "properdocs"):
            raise ImportError(f"{name} is not for the library")

sys.meta_path.insert(0, Refused())
import ecoteca
for module in pkgutil.walk_packages(ecoteca.__path__, "ecoteca."):
    importlib.import_module(module.name)
    print(module.name)
"""


def sources() -> list[Path]:
    """Every Python file under hooks/."""
    return sorted(HOOKS.rglob("*.py"))


def imported(source: Path) -> set[str]:
    """The top-level names of everything that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


def test_every_module_is_imported_where_there_is_no_mkdocs() -> None:
    made = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING], env={"PYTHONPATH": str(HOOKS)}, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    modules = {path.relative_to(HOOKS) for path in sources() if path.parent != HOOKS and path.name != "__init__.py"}
    assert {".".join(path.with_suffix("").parts) for path in modules} <= set(made.stdout.split())


def test_one_file_stands_between_the_library_and_mkdocs() -> None:
    renderers = {"mkdocs", "material", "properdocs"}
    assert [path.relative_to(HOOKS).as_posix() for path in sources() if imported(path) & renderers] == ["portal.py"]


def test_no_module_has_the_name_of_one_of_pythons_own() -> None:
    assert [path.name for path in sources() if path.stem in sys.stdlib_module_names] == []
