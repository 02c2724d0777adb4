"""The folder that goes into an AppImage, and the tools that make one of it."""

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
FROZEN = '#!/bin/sh\nprintf "%s\\n" "$@"\n'
SHARE = {
    "applications": "backprop-gui.desktop",
    "icons/hicolor/256x256/apps": "backprop-gui.png",
    "icons/hicolor/scalable/apps": "backprop-gui.svg",
    "man/man1": "backprop-gui.1.gz",
    "metainfo": "backprop-gui.metainfo.xml",
    "mime/packages": "backprop-gui.xml",
}
TOOL = '#!/bin/sh\nprintf "%s\\n" "$ARCH" "$VERSION" "$APPIMAGE_EXTRACT_AND_RUN" "$@"\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A checkout with a frozen program that prints its arguments, and with what desktops read."""
    tree = tmp_path / "a checkout"
    linux = ROOT / "packaging" / "linux"
    (tree / "packaging" / "linux").mkdir(parents=True)
    shutil.copy(linux / "appimage.sh", tree / "packaging" / "linux")
    for folder, name in SHARE.items():
        write_program(tree / "build" / "share" / folder / name, name)
    shutil.copy(linux / "backprop-gui.desktop", tree / "build" / "share" / "applications")
    write_program(tree / "dist" / "backprop-gui" / "backprop-gui", FROZEN)
    (tree / "backprop_gui").mkdir()
    shutil.copy(ROOT / "backprop_gui" / "__init__.py", tree / "backprop_gui")
    return tree


def write_program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def appimage(tree: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", tree / "packaging" / "linux" / "appimage.sh", *arguments],
        env={"PATH": "/usr/bin:/bin", **variables},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_folder_starts_the_frozen_program_wherever_it_is_moved(tree: Path) -> None:
    done = appimage(tree, "--appdir")
    assert (done.returncode, done.stderr) == (0, "")
    moved = (tree / "build" / "AppDir").rename(tree / "mounted")
    for start in ("AppRun", "usr/bin/backprop-gui"):
        said = subprocess.run(
            [moved / start, "a", "b c"], capture_output=True, text=True, check=True
        )
        assert said.stdout == "a\nb c\n"


def test_the_folder_says_at_its_top_what_it_is(tree: Path) -> None:
    assert appimage(tree, "--appdir").returncode == 0
    folder = tree / "build" / "AppDir"
    entry = (folder / "backprop-gui.desktop").read_text(encoding="utf-8")
    assert "\nIcon=backprop-gui\n" in entry
    assert (folder / "backprop-gui.svg").read_text() == "backprop-gui.svg"
    assert (folder / ".DirIcon").read_text() == "backprop-gui.png"  # by the specification a PNG
    links = {path.name for path in folder.rglob("*") if path.is_symlink()}
    assert links == {"AppRun", ".DirIcon", "backprop-gui"}  # none that leads out of the folder


def test_the_folder_has_all_that_the_other_packages_have(tree: Path) -> None:
    assert appimage(tree, "--appdir").returncode == 0
    share = tree / "build" / "AppDir" / "usr" / "share"
    packed = {str(path.relative_to(share)) for path in share.rglob("*") if path.is_file()}
    assert packed == {f"{folder}/{name}" for folder, name in SHARE.items()}


def test_nothing_of_a_former_folder_is_packed(tree: Path) -> None:
    left = write_program(tree / "build" / "AppDir" / "usr" / "lib" / "old.so", "")
    assert appimage(tree, "--appdir").returncode == 0
    assert not left.exists()


def test_the_tool_is_given_the_folder_the_runtime_and_the_version(tree: Path) -> None:
    tool = write_program(tree / "tool", TOOL)
    done = appimage(tree, APPIMAGETOOL=str(tool), APPIMAGE_RUNTIME="a runtime")
    assert (done.returncode, done.stderr) == (0, "")
    result = tree / "dist" / f"Backprop-{VERSION}-x86_64.AppImage"
    options = ["--runtime-file", "a runtime", str(tree / "build" / "AppDir"), str(result)]
    assert done.stdout.splitlines() == ["x86_64", VERSION, "1", *options]


def test_a_tool_that_is_not_the_known_one_is_never_started(tree: Path) -> None:
    started = tree / "started"
    loader = '#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done\n'
    loader += f'printf \'#!/bin/sh\\ntouch "{started}"\\n\' >"$2"\n'
    write_program(tree / "bin" / "curl", loader)
    done = appimage(tree, PATH=f"{tree / 'bin'}:/usr/bin:/bin")
    assert done.returncode == 1
    assert "is not the file that it was" in done.stderr
    assert not started.exists()
    assert not list((tree / "build" / "appimage-tools").iterdir())


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("dist/backprop-gui/backprop-gui", "run packaging/build.sh"),
        ("build/share/applications/backprop-gui.desktop", "run packaging/build.sh"),
        ("build/share/icons/hicolor/256x256/apps/backprop-gui.png", "run packaging/build.sh"),
    ],
)
def test_what_is_missing_is_named(tree: Path, missing: str, sentence: str) -> None:
    (tree / missing).unlink()
    done = appimage(tree)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1
