"""The worked examples in the engine's docstrings are true, and the engine knows nothing of Django."""

import ast
import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

from matchmaking import engine

MODULES = [f"{engine.__name__}.{module.name}" for module in pkgutil.iter_modules(engine.__path__)]
FORBIDDEN = {"django", "random", "time", "secrets", "os", "products", "regions", "accounts"}


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_engine_imports_nothing_but_itself_and_plain_python(name: str) -> None:
    tree = ast.parse(Path(str(importlib.import_module(name).__file__)).read_text())

    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else alias.name) or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    roots = {module.split(".")[0] for module in imported}
    assert roots & FORBIDDEN == set()
    assert {module for module in imported if module.startswith("matchmaking")} <= {*MODULES, engine.__name__}
