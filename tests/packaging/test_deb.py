"""The package for Debian: what is in it, what it needs, and that the installed program starts."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.packaging.conftest import OpenEntry, Tool

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "usr/lib/backprop-gui/backprop-gui"
SIZES_PX = (48, 64, 128, 256, 512)


@pytest.fixture(scope="module")
def installed(deb: Path, tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root where dpkg has installed the package; only the superuser's dpkg can."""
    if os.geteuid() != 0:
        folder: Path = tmp_path_factory.mktemp("root")
        assert tool("dpkg-deb", "-x", deb, folder).returncode == 0
        return folder
    root = empty_root(tmp_path_factory.mktemp("root"))
    done = dpkg(tool, root, "-i", deb)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def empty_root(root: Path) -> Path:
    for folder in ("info", "updates", "triggers"):
        (root / "var" / "lib" / "dpkg" / folder).mkdir(parents=True)
    (root / "var" / "lib" / "dpkg" / "status").touch()
    return root


def dpkg(tool: Tool, root: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return tool("dpkg", f"--root={root}", "--force-depends", "--force-not-root", *words)


def field(tool: Tool, deb: Path, name: str) -> str:
    done = tool("dpkg-deb", "-f", deb, name)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_lintian_finds_no_error(deb: Path, tool: Tool) -> None:
    done = tool("lintian", "--fail-on", "error", deb)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "path",
    [
        "applications/backprop-gui.desktop",
        *(f"icons/hicolor/{size}x{size}/apps/backprop-gui.png" for size in SIZES_PX),
        *(
            f"icons/hicolor/{size}x{size}/mimetypes/application-x-backprop-experiment.png"
            for size in SIZES_PX
        ),
        "icons/hicolor/scalable/apps/backprop-gui.svg",
        "icons/hicolor/scalable/mimetypes/application-x-backprop-experiment.svg",
        "mime/packages/backprop-gui.xml",
        "metainfo/backprop-gui.metainfo.xml",
        "man/man1/backprop-gui.1.gz",
        "doc/backprop-gui/copyright",
        "doc/backprop-gui/changelog.gz",
    ],
)
def test_a_desktop_finds_what_it_looks_for(unpacked_deb: Path, path: str) -> None:
    assert (unpacked_deb / "usr" / "share" / path).stat().st_size > 0


def test_the_program_is_on_the_path(unpacked_deb: Path) -> None:
    command = unpacked_deb / "usr" / "bin" / "backprop-gui"
    assert command.is_symlink()
    assert not command.readlink().is_absolute()  # it leads to the program in any root
    assert command.resolve() == (unpacked_deb / PROGRAM).resolve()
    assert os.access(command, os.X_OK)


def test_whoever_installs_it_everybody_can_read_it(deb: Path, tool: Tool) -> None:
    lines = tool("dpkg-deb", "-c", deb).stdout.splitlines()
    assert len(lines) > 100
    allowed = re.compile(r"(d|-)rw(x|-)r-(x|-)r-\2 root/root |lrwxrwxrwx root/root ")
    assert [line for line in lines if not allowed.match(line)] == []


def test_no_file_tells_where_it_was_built(unpacked_deb: Path) -> None:
    files = [path for path in unpacked_deb.rglob("*") if path.is_file() and not path.is_symlink()]
    assert len(files) > 100
    checkout = os.fsencode(ROOT)
    assert [path for path in files if checkout in path.read_bytes()] == []


def test_no_text_of_the_package_names_a_place_that_only_the_builder_has(
    unpacked_deb: Path, deb: Path, tool: Tool
) -> None:
    elsewhere = re.compile(rb"(?<![\w.$}])/(?:root|home|tmp|work|build|__w)/")
    share = unpacked_deb / "usr" / "share"
    found = [
        path
        for path in share.rglob("*")
        if path.suffix in {".desktop", ".xml", ".svg", ""} and path.is_file()
        if elsewhere.search(path.read_bytes())
    ]
    assert found == []
    packed = [tool("gzip", "-dc", path).stdout for path in share.rglob("*.gz")]
    assert len(packed) == 2  # the manual and the changelog
    for text in (*packed, tool("dpkg-deb", "-f", deb).stdout):
        assert not elsewhere.search(text.encode())


def test_libraries_are_looked_for_beside_the_program_alone(unpacked_deb: Path, tool: Tool) -> None:
    library = re.compile(r"\.so(\.\d+)*$")
    files = [
        path for path in (unpacked_deb / "usr" / "lib").rglob("*") if library.search(path.name)
    ]
    done = tool("readelf", "-d", *files, unpacked_deb / PROGRAM)
    paths = re.findall(r"\((?:RUNPATH|RPATH)\).*\[(.*)\]", done.stdout)
    assert len(paths) > 10
    places = {place for path in paths for place in path.split(":") if place}
    assert {place for place in places if not place.startswith("$ORIGIN")} == set()


def test_the_libraries_that_it_does_not_bring_are_declared(deb: Path, tool: Tool) -> None:
    alternatives = re.split(r"[,|]", field(tool, deb, "Depends"))
    names = {name.split()[0].removesuffix("t64") for name in alternatives}
    wanted = {"libc6", "libegl1", "libfontconfig1", "libx11-6", "libxcb1", "libxkbcommon-x11-0"}
    assert wanted | {"libxcb-cursor0", "libxcb-icccm4", "libdbus-1-3"} <= names
    # GTK lends its look where it is; Python is inside.
    assert {name for name in names if re.match(r"libgtk|python|libpython|libqt", name)} == set()


def test_it_says_how_much_room_it_takes(deb: Path, unpacked_deb: Path, tool: Tool) -> None:
    files = [path for path in unpacked_deb.rglob("*") if path.is_file() and not path.is_symlink()]
    taken_kib = sum(path.stat().st_size for path in files) / 1024
    assert int(field(tool, deb, "Installed-Size")) == pytest.approx(taken_kib, rel=0.02)


def test_the_installed_menu_entry_opens_a_file(installed: Path, open_entry: OpenEntry) -> None:
    entry = installed / "usr" / "share" / "applications" / "backprop-gui.desktop"
    assert "An experiment.backprop" in open_entry(entry, installed, {})


def test_removing_it_leaves_nothing(deb: Path, tool: Tool, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only the superuser's dpkg installs into another root")
    root = empty_root(tmp_path)
    assert dpkg(tool, root, "-i", deb).returncode == 0
    assert (root / PROGRAM).is_file()
    done = dpkg(tool, root, "-r", "backprop-gui")
    assert done.returncode == 0, done.stderr
    assert [path for path in root.iterdir() if path.name != "var"] == []


# --- The manual -----------------------------------------------------------------------------------


def test_the_manual_is_read_without_a_warning(unpacked_deb: Path, tool: Tool) -> None:
    page = unpacked_deb / "usr" / "share" / "man" / "man1" / "backprop-gui.1.gz"
    plain = {"LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANROFFSEQ": ""}
    done = tool("man", "--warnings", "-l", page, env=plain)
    assert (done.returncode, done.stderr) == (0, "")
    assert "see, step through and check back-propagation" in " ".join(done.stdout.split())


@pytest.mark.parametrize("command", ["", "train", "export"])
def test_the_manual_has_every_option(unpacked_deb: Path, tool: Tool, command: str) -> None:
    page = unpacked_deb / "usr" / "share" / "man" / "man1" / "backprop-gui.1.gz"
    manual = re.sub(r"\\f.|\\[,/]", "", tool("gzip", "-dc", page).stdout).replace("\\-", "-")
    told = subprocess.run(
        [unpacked_deb / PROGRAM, *command.split(), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    options = set(re.findall(r"(?<![\w-])--[a-z][\w-]*", told.stdout))
    assert len(options) > 3
    described = set(re.findall(r"^(--[a-z][\w-]*)", manual, re.MULTILINE))
    assert options - described == set()
