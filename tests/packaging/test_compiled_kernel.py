"""The kernel that is imported is always made from kernel.py as it is now."""

import importlib.util
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FINDER = ROOT / "packaging" / "compiled_kernel.py"
KERNEL = "backprop_gui.core.kernel"
EXTENSION = f"kernel{EXTENSION_SUFFIXES[0]}"

IMPORT = """
import sys
compiled, tree, packaging = sys.argv[1:]
sys.path[:0] = [tree, packaging]
from compiled_kernel import KernelFinder
sys.meta_path.insert(0, KernelFinder(compiled))
from backprop_gui.core import kernel
print(getattr(kernel, "EDITED", "as it was"))
"""

BITS = """
import math, random
from backprop_gui.core import kernel
print(kernel.__file__.endswith(".py"))
chance = random.Random(1986)
odd = [0.0, -0.0, 5e-324, 1e-300, 700.0, 1e160, 1.7e308, -1e308, math.inf, -math.inf, math.nan]
def number(spread):
    return chance.choice(odd) if chance.random() < 0.05 else chance.gauss(0.0, spread)
for _ in range(3000):
    input, w1, w2 = number(1.0), number(3.0), number(3.0)
    eta = 10.0 ** chance.uniform(-3.0, 4.0)
    tolerance = chance.choice([0.0, 5e-5])
    done, *weights = kernel.advance(input, number(0.5), w1, w2, eta, tolerance, 200)
    print(done, *(w.hex() for w in weights), kernel.sigmoid(number(400.0)).hex())
"""


class Tree:
    """A copy of the kernel's package, and a folder of extension modules made from its sources."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a checkout"
        self.compiled = folder / "with spaces" / "compiled"
        self.package = self.folder / "backprop_gui" / "core"
        self.source = self.package / "kernel.py"
        self.package.mkdir(parents=True)
        shutil.copy(ROOT / "backprop_gui" / "core" / "kernel.py", self.source)
        for package in (self.package, self.package.parent):
            (package / "__init__.py").touch()
        self.finder = load_finder().KernelFinder(str(self.compiled))

    def compile(self, name: str = EXTENSION) -> Path:
        """Leave what a compilation of the present source leaves; no machine code is in it."""
        folder = self.compiled / importlib.util.source_hash(self.source.read_bytes()).hex()
        folder.mkdir(parents=True, exist_ok=True)
        extension = folder / name
        extension.write_text("not a library")
        return extension

    def edit(self) -> None:
        with self.source.open("a") as file:
            file.write("\nEDITED = 'edited'\n")

    def find(self, name: str = KERNEL) -> ModuleSpec | None:
        return self.finder.find_spec(name, [str(self.package)])

    def found(self) -> Path:
        spec = self.find()
        assert spec is not None
        assert spec.origin is not None
        return Path(spec.origin)

    def import_kernel(self) -> subprocess.CompletedProcess[str]:
        arguments = [self.compiled, self.folder, FINDER.parent]
        return python(IMPORT, *map(str, arguments))


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def load_finder() -> Any:
    spec = importlib.util.spec_from_file_location("compiled_kernel", FINDER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    monkeypatch.delenv("BACKPROP_PLAIN_KERNEL", raising=False)
    return Tree(tmp_path)


def test_a_kernel_compiled_from_the_present_source_is_taken(tree: Tree) -> None:
    assert tree.found() == tree.source
    extension = tree.compile()
    assert tree.found() == extension


def test_an_edited_kernel_is_never_shadowed(tree: Tree) -> None:
    before = tree.source.read_bytes()
    extension = tree.compile()
    tree.edit()
    assert tree.found() == tree.source
    tree.source.write_bytes(before)
    assert tree.found() == extension


def test_the_import_runs_what_was_found(tree: Tree) -> None:
    extension = tree.compile()
    taken = tree.import_kernel()
    assert taken.returncode != 0
    assert f"ImportError: {extension}" in taken.stderr  # it is no library: loading it was tried
    tree.edit()
    assert tree.import_kernel().stdout == "edited\n"


def test_a_build_forgotten_beside_the_source_does_not_shadow_it(tree: Tree) -> None:
    (tree.package / EXTENSION).write_text("not a library")
    assert tree.found() == tree.source
    assert tree.import_kernel().stdout == "as it was\n"


@pytest.mark.parametrize(("value", "is_plain"), [("1", True), ("0", False), ("", False)])
def test_the_environment_can_choose_the_source(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, value: str, is_plain: bool
) -> None:
    extension = tree.compile()
    monkeypatch.setenv("BACKPROP_PLAIN_KERNEL", value)
    assert tree.found() == (tree.source if is_plain else extension)


def test_a_kernel_compiled_for_another_python_is_not_taken(tree: Tree) -> None:
    tree.compile("kernel.cpython-399-x86_64-linux-gnu.so")
    assert tree.found() == tree.source


def test_what_the_compiled_kernel_imports_comes_from_the_same_folder(tree: Tree) -> None:
    shared = tree.compile(f"kernel__mypyc{EXTENSION_SUFFIXES[0]}")
    tree.compile()
    assert tree.find(f"{KERNEL}__mypyc") is None  # nobody has asked for the kernel
    tree.find()
    spec = tree.find(f"{KERNEL}__mypyc")
    assert spec is not None
    assert spec.origin == str(shared)


@pytest.mark.parametrize("name", ["json", "backprop_gui.core", "backprop_gui.core.network"])
def test_no_other_module_is_answered_for(tree: Tree, name: str) -> None:
    tree.compile()
    tree.compile(f"{name.rpartition('.')[2]}{EXTENSION_SUFFIXES[0]}")
    tree.find()
    assert tree.find(name) is None


def test_a_source_that_cannot_be_read_is_left_to_python(tree: Tree) -> None:
    tree.source.unlink()
    assert tree.find() is None
    tree.source.mkdir()
    assert tree.find() is None
    assert tree.finder.find_spec(KERNEL, []) is None
    assert tree.finder.find_spec(KERNEL, None) is None


def test_every_other_start_of_python_pays_for_one_small_module() -> None:
    code = """
import sys
sys.path.insert(0, sys.argv[1])
before = set(sys.modules)
import compiled_kernel
compiled_kernel.install()
print(*sorted(set(sys.modules) - before))
"""
    assert python(code, str(FINDER.parent)).stdout == "compiled_kernel\n"


def test_the_compiled_and_the_plain_kernel_give_the_same_bits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outputs = {}
    for value in ("0", "1"):
        monkeypatch.setenv("BACKPROP_PLAIN_KERNEL", value)
        is_plain, _, outputs[value] = python(BITS).stdout.partition("\n")
        if value == "0" and is_plain == "True":
            pytest.skip("packaging/run.sh has compiled no kernel here")
    assert is_plain == "True"
    assert len(outputs["1"].splitlines()) == 3000
    assert outputs["0"] == outputs["1"]
