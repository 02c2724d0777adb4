"""The archive for a home directory, and install.sh, which puts it there and takes it away again."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.conftest import OpenEntry, Tool, words_of

ROOT = Path(__file__).resolve().parents[2]
INSTALL = ROOT / "packaging" / "linux" / "install.sh"
ENTRY = ROOT / "packaging" / "linux" / "backprop-gui.desktop"
FAKE = '#!/bin/sh\nprintf "%s\\n" "$@"\n'
ODD_NAME = """It's a "home" with $5 & 100% `of` \\odd| names"""


class Home:
    """A person's folder, and an archive that is unpacked elsewhere."""

    def __init__(self, folder: Path, unpacked: Path) -> None:
        self.folder = folder
        self.unpacked = unpacked
        self.path = "/usr/bin:/bin"
        self.data = folder / ".local" / "share"
        self.program = folder / ".local" / "lib" / "backprop-gui" / "backprop-gui"
        self.command = folder / ".local" / "bin" / "backprop-gui"
        self.entry = self.data / "applications" / "backprop-gui.desktop"
        folder.mkdir(exist_ok=True)

    def install(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return self._run(self.unpacked / "install.sh", *words, **variables)

    def uninstall(self) -> subprocess.CompletedProcess[str]:
        """Remove it as is said at the end of an installation: what was unpacked may be gone."""
        return self._run(self.program.parent / "install.sh", "--uninstall")

    def _run(self, *words: object, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {"HOME": str(self.folder), "PATH": self.path, **variables}
        return subprocess.run(
            ["sh", *map(str, words)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )

    def put_before(self, name: str, text: str) -> Path:
        """Have a program found before the system's."""
        folder = self.folder.parent / "before"
        folder.mkdir(exist_ok=True)
        self.path = f"{folder}:/usr/bin:/bin"
        return write(folder / name, text)

    def content(self) -> dict[str, bytes | str | None]:
        """Return all that is in the folder: files, what links say, and folders."""
        return {
            str(path.relative_to(self.folder)): str(path.readlink())
            if path.is_symlink()
            else path.read_bytes()
            if path.is_file()
            else None
            for path in self.folder.rglob("*")
        }


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with an odd name, and an archive whose program prints its arguments."""
    unpacked = tmp_path / "un packed" / "backprop-gui-1.2.3"
    write(unpacked / "program" / "backprop-gui", FAKE)
    write(unpacked / "program" / "_internal" / "PySide6" / "QtGui.abi3.so")
    for folder in ("applications", "mime/packages", "icons/hicolor/48x48/apps", "man/man1"):
        (unpacked / "share" / folder).mkdir(parents=True)
    shutil.copy(ENTRY, unpacked / "share" / "applications")
    shutil.copy(ENTRY.with_name("backprop-gui.xml"), unpacked / "share" / "mime" / "packages")
    write(unpacked / "share" / "icons" / "hicolor" / "48x48" / "apps" / "backprop-gui.png")
    write(unpacked / "share" / "man" / "man1" / "backprop-gui.1.gz")
    shutil.copy(INSTALL, unpacked)
    return Home(tmp_path / ODD_NAME, unpacked)


def assert_refused(home: Home, *words: str) -> str:
    """Expect one sentence, perhaps with a remark, and nothing changed; return it."""
    before = home.content()
    done = home.install(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert home.content() == before
    assert done.stderr.count("\n") == 1
    assert done.stderr.endswith(".\n")
    return done.stderr


# --- With a program that is none ------------------------------------------------------------------


def test_the_command_and_the_menu_entry_lead_to_the_program(home: Home) -> None:
    done = home.install()
    assert (done.returncode, done.stderr) == (0, "")
    said = subprocess.run([home.command, "a", "b c"], capture_output=True, text=True, check=True)
    assert said.stdout == "a\nb c\n"
    assert words_of(home.entry) == [str(home.program), "--desktop", "%f"]
    assert (home.data / "man" / "man1" / "backprop-gui.1.gz").is_file()
    assert (home.data / "icons" / "hicolor" / "48x48" / "apps" / "backprop-gui.png").is_file()


def test_the_menu_entry_is_valid_whatever_the_home_is_called(home: Home, tool: Tool) -> None:
    assert home.install().returncode == 0
    done = tool("desktop-file-validate", home.entry)
    assert done.returncode == 0, done.stdout + done.stderr
    text = home.entry.read_text(encoding="utf-8")
    assert text.count("\nExec=") == ENTRY.read_text(encoding="utf-8").count("\nExec=") == 2
    # Quoted as an argument, then as a string: \ " ` $ have a backslash, which is written twice.
    escaped = str(home.program)
    for character in '\\"`$':
        escaped = escaped.replace(character, f"\\{character}")
    escaped = escaped.replace("\\", "\\\\").replace("%", "%%")
    assert f'\nExec="{escaped}" --new-window\n' in text


def test_a_desktop_knows_the_file_type_at_once(home: Home, tool: Tool) -> None:
    tool("update-mime-database", "-v")
    assert home.install().returncode == 0
    globs = (home.data / "mime" / "globs2").read_text(encoding="utf-8")
    assert ":application/x-backprop-experiment:*.backprop\n" in globs


def test_installing_over_it_leaves_nothing_of_the_former_version(home: Home) -> None:
    old = (
        write(home.unpacked / "program" / "_internal" / "old.so"),
        write(home.unpacked / "share" / "icons" / "hicolor" / "22x22" / "apps" / "old.png"),
    )
    assert home.install().returncode == 0
    assert any("old" in name for name in home.content())
    for path in old:
        path.unlink()
    write(home.unpacked / "program" / "backprop-gui", FAKE.replace("%s", "new %s"))
    done = home.install()
    assert (done.returncode, done.stderr) == (0, "")
    assert not [name for name in home.content() if "old" in name]
    assert subprocess.check_output([home.command, "a"], text=True) == "new a\n"


@pytest.mark.parametrize("times", [1, 2])
def test_uninstalling_leaves_what_was_there_before(home: Home, times: int) -> None:
    mine = write(home.data / "backprop-gui" / "recovery" / "work.backprop", "{}")
    write(home.folder / ".config" / "backprop-gui" / "settings.json", "{}")
    (home.data / "icons").mkdir()  # empty, but a person's own
    before = home.content()
    for _time in range(times):
        assert home.install().returncode == 0
    done = home.uninstall()
    assert (done.returncode, done.stderr) == (0, "")
    assert home.content() == before
    assert str(mine.parents[1]) in done.stdout


def test_uninstalling_keeps_other_programs_known(home: Home, tool: Tool) -> None:
    kept = home.data / "mime" / "packages" / "other.xml"
    write(kept, ENTRY.with_name("backprop-gui.xml").read_text().replace("backprop", "other"))
    write(home.data / "applications" / "other.desktop", ENTRY.read_text(encoding="utf-8"))
    tool("update-mime-database", home.data / "mime")
    tool("update-desktop-database", home.data / "applications")
    before = home.content()
    assert home.install().returncode == 0
    assert home.content() != before
    assert home.uninstall().returncode == 0
    assert home.content() == before


def test_it_goes_where_the_desktop_looks(home: Home, tmp_path: Path) -> None:
    elsewhere = tmp_path / "my data"
    assert home.install(XDG_DATA_HOME=str(elsewhere)).returncode == 0
    assert (elsewhere / "applications" / "backprop-gui.desktop").is_file()
    assert not home.data.exists()
    assert home.uninstall().returncode == 0  # which need not be told where that was
    assert [path for path in elsewhere.rglob("*") if "backprop-gui" in path.name] == []


def test_an_unknown_option_is_refused(home: Home) -> None:
    assert "The option --prefix is unknown; the only option is --uninstall." in assert_refused(
        home, "--prefix"
    )


def test_an_archive_that_is_unpacked_in_part_is_refused(home: Home) -> None:
    (home.unpacked / "program" / "backprop-gui").unlink()
    assert "The program is missing beside" in assert_refused(home)


def test_a_system_that_is_too_old_is_told_so(home: Home) -> None:
    said = "libc.so.6: version \\`GLIBC_2.36' not found"
    write(home.unpacked / "program" / "backprop-gui", f'#!/bin/sh\necho "a\n{said}" >&2\nexit 1\n')
    assert "too old" in assert_refused(home)


def test_a_program_that_does_not_start_is_not_installed(home: Home) -> None:
    write(home.unpacked / "program" / "backprop-gui", "#!/bin/sh\necho 'a\nno luck'\nexit 1\n")
    assert assert_refused(home) == (
        "Backprop does not start on this system: no luck. Nothing was changed.\n"
    )


def test_libraries_that_are_missing_are_named(home: Home) -> None:
    listed = "\tlibb.so.1 => not found\n\tlibc.so.6 => /lib/libc.so.6\n\tliba.so.2 => not found\n"
    home.put_before("ldd", f"#!/bin/sh\nprintf '{listed}'\n")
    assert "not installed on this system: liba.so.2 libb.so.1." in assert_refused(home)


@pytest.fixture
def running(home: Home) -> Iterator[Home]:
    """A home whose program runs: a copy of `sleep`, since only a real program can be seen."""
    sleep = shutil.copy(shutil.which("sleep") or "", home.unpacked / "program" / "backprop-gui")
    assert home.install().returncode == 0
    process = subprocess.Popen([home.command, "600"])
    try:
        yield home
    finally:
        process.kill()
        process.wait()
        Path(sleep).unlink()


def test_a_program_that_runs_is_not_replaced(running: Home) -> None:
    assert "close it first" in assert_refused(running)


def test_a_program_that_runs_is_not_removed(running: Home) -> None:
    assert "close it first" in assert_refused(running, "--uninstall")


def test_a_program_that_runs_is_seen_where_the_home_is_a_link(running: Home) -> None:
    link = running.folder.with_name("link")
    link.symlink_to(running.folder, target_is_directory=True)
    running.folder = link
    assert "close it first" in assert_refused(running)


def test_a_command_of_another_installation_is_not_replaced(home: Home) -> None:
    write(home.command, FAKE)
    assert "another installation" in assert_refused(home)


@pytest.mark.parametrize("is_installed", [False, True])
def test_a_disk_that_gets_full_changes_nothing(home: Home, is_installed: bool) -> None:
    if is_installed:
        assert home.install().returncode == 0
    full = "echo \"cp: error writing '$HOME/a: b': No space left on device\" >&2; exit 1"
    home.put_before("cp", f'#!/bin/sh\n/bin/cp "$@"\ncase $* in *share*) {full} ;; esac\n')
    assert ".local: No space left on device." in assert_refused(home)


def test_a_disk_that_is_too_small_changes_nothing(home: Home) -> None:
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own is the superuser's to make")
    write(home.unpacked / "program" / "_internal" / "large.so", "x" * 2_000_000)
    script = """
        mount -t tmpfs -o size=1m tmpfs "$HOME" || exit 99
        sh "$0"
        echo "$?"
        find "$HOME" -mindepth 1
    """
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, home.unpacked / "install.sh"],
        env={"HOME": str(home.folder), "PATH": home.path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "1\n"  # and no file
    assert done.stderr.endswith(": No space left on device. Nothing was changed.\n")
    assert done.stderr.count("\n") == 1


def test_what_is_not_installed_cannot_be_removed(home: Home) -> None:
    assert "is not installed" in assert_refused(home, "--uninstall")


# --- With the real one ----------------------------------------------------------------------------


def test_the_archive_has_one_folder_which_installs_the_program(
    archive: Path, tool: Tool, open_entry: OpenEntry, tmp_path: Path
) -> None:
    assert archive.stat().st_size <= 48_000_000
    done = tool("tar", "-C", tmp_path, "-xf", archive)
    assert done.returncode == 0, done.stderr
    (unpacked,) = tmp_path.iterdir()
    assert unpacked.name == archive.name.partition("-linux-")[0]
    assert {path.name for path in unpacked.iterdir()} == {
        *("install.sh", "program", "share"),
        *("LICENSE", "CHANGELOG.md", "COPYRIGHT", "LGPL-3", "GPL-3"),
    }
    assert os.access(unpacked / "install.sh", os.X_OK)

    home = Home(tmp_path / "Zoë O'Hara", unpacked)
    done = home.install()
    assert (done.returncode, done.stderr) == (0, "")
    shutil.rmtree(unpacked)  # it is not needed any more
    trained = subprocess.run([home.command, "train"], capture_output=True, text=True, check=True)
    assert "0.8900135432882583" in trained.stdout
    valid = tool("desktop-file-validate", home.entry)
    assert valid.returncode == 0, valid.stdout
    title = open_entry(home.entry, home.folder, {"HOME": str(home.folder)})
    assert "An experiment.backprop" in title
    done = home.uninstall()
    assert (done.returncode, done.stderr) == (0, "")
    left = [name for name in home.content() if "backprop-gui" in name]
    own = (".config/backprop-gui", ".local/share/backprop-gui")
    assert [name for name in left if not name.startswith(own)] == []
