"""What is in the frozen program, and what is not."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT

SPEC = (ROOT / "packaging" / "backprop-gui.spec").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def inside(frozen: Path) -> set[str]:
    """The places of all files in the frozen program."""
    folder = frozen / "_internal"
    places = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    assert len(places) > 100
    return places


def test_it_is_small_enough(frozen: Path) -> None:
    files = [path for path in frozen.rglob("*") if path.is_file() and not path.is_symlink()]
    assert 50_000_000 < sum(path.stat().st_size for path in files) <= 170_000_000


def test_the_kernel_is_compiled(inside: set[str]) -> None:
    compiled = [
        place for place in inside if re.search(r"core/kernel(__mypyc)?\.[\w-]+\.so$", place)
    ]
    assert len(compiled) == 2
    assert "backprop_gui/core/kernel.py" not in inside


def test_what_a_person_sees_is_inside(inside: set[str]) -> None:
    resources = {
        f"backprop_gui/{path.relative_to(ROOT)}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    assert len(resources) > 5
    assert resources - inside == set()


@pytest.mark.parametrize(
    "unused",
    [
        r"PySide6/.*translations/",
        r"PySide6/QtOpenGL",
        r"PySide6/Qt(Test|Qml|Quick|3D|WebEngine)",
        r"libQt6(Qml|Quick|WebEngine|Pdf|Multimedia|Test)",
        r"plugins/(sqldrivers|multimedia|qmltooling|egldeviceintegrations)/",
        r"(^|/)tests?/",
        r"\.pyi$",
        r"(libcrypto|libssl|_ssl|tkinter|libX11|libGL|libfontconfig|libwayland-client)\b.*\.so",
    ],
)
def test_what_the_program_does_not_use_is_left_out(inside: set[str], unused: str) -> None:
    assert {place for place in inside if re.search(unused, place)} == set()


@pytest.mark.parametrize("plugin", ["qxcb", "qwayland", "qoffscreen"])
def test_every_kind_of_screen_has_its_plugin(inside: set[str], plugin: str) -> None:
    found = [
        place for place in inside if re.search(rf"plugins/platforms/lib{plugin}.*\.so$", place)
    ]
    assert found


def test_the_licences_of_the_libraries_are_passed_on(inside: set[str]) -> None:
    block = SPEC.partition("LIBRARIES = (")[2].partition(")")[0]
    libraries = re.findall(r'"([\w-]+)"', block)
    assert len(libraries) > 8
    for library in libraries:
        start = re.sub(r"[-_.]+", "[-_.]", library)
        folder = rf"^{start}-[\d.\w]+\.dist-info/"
        assert any(re.search(rf"{folder}METADATA$", place, re.IGNORECASE) for place in inside)
        # These wheels name their licence in METADATA, and have no text of it.
        if library not in {"PySide6-Essentials", "shiboken6", "latex2mathml"}:
            licence = rf"{folder}(licenses/)?.*(LICEN[CS]E|COPYING)"
            assert any(re.search(licence, place, re.IGNORECASE) for place in inside), library


def test_it_computes_and_writes_what_the_program_does(frozen: Path) -> None:
    smoke = ROOT / "packaging" / "smoke.py"
    done = subprocess.run(
        [sys.executable, smoke, frozen / "backprop-gui"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
