"""The page for auditors names tests that exist, and every module of them."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs/no-false-green.md"


def test_every_named_test_exists_and_every_module_is_named():
    named = set(re.findall(r"`(test_\w+)\.py::(\w+)`", PAGE.read_text(encoding="utf-8")))
    for module, name in named:
        tree = ast.parse((HERE / f"{module}.py").read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{module}::{name}"
    modules = {path.stem for path in HERE.glob("test_*.py")} - {"test_page"}
    assert {module for module, _ in named} == modules
