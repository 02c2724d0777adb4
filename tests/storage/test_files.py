"""Writing files whole or not at all."""

import errno
import io
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from backprop_gui.storage import files

resource = pytest.importorskip("resource", reason="limits of a process are POSIX's")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "run.csv"
    path.write_bytes(b"old")
    return path


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond `size` bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# Writes one of two contents over the other, in a process that is killed at any moment; says what
# was found that is neither, and how often it was the one and the other.
KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from backprop_gui.storage import files
path, kills = Path(sys.argv[1]), int(sys.argv[2])
contents = b"a" * 3000, b"b" * 70000
files.write(path, contents[0])
chance, found, odd = random.Random(5), [0, 0], 0
for kill in range(kills):
    child = os.fork()
    if not child:
        while True:
            for content in contents[:: 1 if kill % 2 else -1]:
                files.write(path, content)
    time.sleep(chance.uniform(0, 0.004))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    content = path.read_bytes()
    if content in contents:
        found[contents.index(content)] += 1
    else:
        odd += 1
print(odd, *found)
"""


def test_a_program_killed_while_it_saves_leaves_the_old_or_the_new_file_whole(
    tmp_path: Path,
) -> None:
    words = [sys.executable, "-c", KILLED, str(tmp_path / "mine.backprop"), "1000"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    odd, *found = map(int, done.stdout.split())
    assert odd == 0
    assert sum(found) == 1000
    assert min(found) > 50, "the kills come too early or too late to meet a saving"
    files.write(tmp_path / "mine.backprop", b"last")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.backprop"]


def only_old(path: Path) -> bool:
    return list(path.parent.iterdir()) == [path] and path.read_bytes() == b"old"


def test_the_new_file_takes_the_place_of_the_old_one_when_the_block_ends(old: Path) -> None:
    with files.replacing(old) as stream:
        stream.write(b"new")
        stream.flush()
        assert old.read_bytes() == b"old"
    assert old.read_bytes() == b"new"
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize("failure", [ValueError, OSError, KeyboardInterrupt])
def test_the_old_file_stays_whole_when_the_block_fails(
    old: Path, failure: type[BaseException]
) -> None:
    with pytest.raises(failure), files.replacing(old) as stream:  # noqa: PT012 - midway
        stream.write(b"half")
        raise failure
    assert only_old(old)


@pytest.mark.parametrize("size", [2_000, 200_000])  # found out when flushed, and when written
def test_the_old_file_stays_whole_when_the_disk_is_full(old: Path, size: int) -> None:
    with pytest.raises(OSError) as failure, room_for(1_000):
        files.write(old, b"n" * size)
    assert failure.value.errno == errno.EFBIG
    assert only_old(old)


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_the_old_file_stays_whole_when_the_last_calls_fail(
    old: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="No space left"):
        files.write(old, b"new")
    assert only_old(old)


def test_nothing_appears_when_a_new_file_fails(tmp_path: Path) -> None:
    with pytest.raises(OSError), room_for(1_000):
        files.write(tmp_path / "new.csv", b"n" * 2_000)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_file_s_place_stays_and_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "run.csv").mkdir()
    with pytest.raises(OSError):
        files.write(tmp_path / "run.csv", b"new")
    assert [path.is_dir() for path in tmp_path.iterdir()] == [True]


NAMES = [f"steps-{n}.png" for n in range(1, 5)]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class InputOutputError(OSError):
    """A disk that fails."""


def write_all(folder: Path) -> None:
    with files.replacing_all(folder) as write:
        for name in NAMES:
            write(name, b"new")


@pytest.mark.parametrize("has_links", [True, False])
@pytest.mark.parametrize("there", [(), (0, 2), (0, 1, 2, 3)])
@pytest.mark.parametrize("failing", range(6))
def test_a_sequence_whose_renaming_fails_leaves_all_old_or_all_new(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failing: int,
    there: tuple[int, ...],
    has_links: bool,
) -> None:
    for n in there:
        (tmp_path / NAMES[n]).write_bytes(b"old %d" % n)
    before, after = contents(tmp_path), dict.fromkeys(NAMES, b"new")
    rename, renamings = os.replace, []

    def fail(source: str, target: Path) -> None:
        renamings.append(target)
        if len(renamings) - 1 == failing:
            raise InputOutputError(errno.EIO, "Input/output error")
        rename(source, target)

    def no_links(*_names: object, **_options: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "replace", fail)
    if not has_links:
        monkeypatch.setattr(os, "link", no_links)
    with suppress(InputOutputError):
        write_all(tmp_path)
    is_done = len(renamings) <= failing
    assert contents(tmp_path) == (after if is_done else before)
    assert is_done == (failing >= 4 + (0 if has_links else len(there)))


@pytest.mark.parametrize("place", range(4))
def test_a_folder_in_the_place_of_one_of_a_sequence_leaves_all_old(
    tmp_path: Path, place: int
) -> None:
    for name in NAMES:
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / NAMES[place]).unlink()
    (tmp_path / NAMES[place]).mkdir()
    with pytest.raises(IsADirectoryError):
        write_all(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == NAMES
    assert (tmp_path / NAMES[place]).is_dir()
    others = {path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert others == {b"old"}


def test_what_cannot_be_put_back_is_kept_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        (tmp_path / name).write_bytes(b"old")
    rename, renamings = os.replace, []

    def fail(source: str, target: Path) -> None:
        renamings.append(target)
        if len(renamings) > 2:  # the third file, and all that is put back
            raise OSError(errno.EIO, "Input/output error")
        rename(source, target)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match=r"ending with .old: steps-3.png, steps-2.png, steps-1.png"):
        write_all(tmp_path)
    kept = [path.read_bytes() for path in tmp_path.glob(".steps-*.old")]
    assert kept == [b"old"] * 3


def test_a_link_in_a_sequence_stays_a_link_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "one.png"
    target.write_bytes(b"old")
    (tmp_path / NAMES[0]).symlink_to(target)
    write_all(tmp_path)
    assert (tmp_path / NAMES[0]).is_symlink()
    assert target.read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


def test_the_bytes_are_on_the_disk_before_they_take_the_old_name_and_the_name_after(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def noted(name: str, call: Callable[..., None]) -> Callable[..., None]:
        def note(*arguments: object) -> None:
            is_folder = name == "fsync" and stat.S_ISDIR(os.fstat(arguments[0]).st_mode)
            calls.append("fsync folder" if is_folder else name)
            call(*arguments)

        return note

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    files.write(old, b"new")
    assert calls == ["fsync", "replace", "fsync folder"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_new_file_has_the_mode_of_the_old_one(old: Path, mode: int) -> None:
    old.chmod(mode)
    files.write(old, b"new")
    assert stat.S_IMODE(old.stat().st_mode) == mode


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_first_file_has_the_mode_that_open_would_give_it(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        files.write(tmp_path / "ours", b"")
        (tmp_path / "open's").open("w").close()
    finally:
        assert os.umask(before) == mask
    ours, expected = ((tmp_path / name).stat().st_mode for name in ("ours", "open's"))
    assert ours == expected


def test_a_link_stays_a_link_to_the_new_file(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"old")
    link.symlink_to(file)
    files.write(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.write(pipe, b"through")
    assert os.read(reader, 20) == b"through"
    os.close(reader)
    assert not pipe.is_file()


def test_a_folder_that_cannot_be_synced_is_no_failed_saving(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object, *words: object, **named: object) -> int:
        if path == old.parent:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return is_open(path, *words, **named)

    is_open = os.open
    monkeypatch.setattr(os, "open", refuse)
    files.write(old, b"new")
    assert old.read_bytes() == b"new"


@pytest.mark.parametrize("code", [errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP])
@pytest.mark.parametrize("call", ["chmod", "chown"])
def test_where_rights_cannot_be_changed_files_are_written_all_the_same(
    old: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    old.chmod(0o640)

    def refuse(*_arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, refuse)
    files.write(old, b"new")
    files.write(old.with_name("first.csv"), b"first")
    assert old.read_bytes() == b"new"
    assert sorted(path.name for path in old.parent.iterdir()) == ["first.csv", "run.csv"]
    assert stat.S_IMODE(old.stat().st_mode) & ~0o640 == 0, "nobody can read more than before"


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives a file away")
def test_the_group_and_the_owner_stay_where_the_system_lets_them(old: Path) -> None:
    os.chown(old, 4321, 8765)
    old.chmod(0o660)
    files.write(old, b"new")
    kept = old.stat()
    assert (kept.st_uid, kept.st_gid, stat.S_IMODE(kept.st_mode)) == (4321, 8765, 0o660)


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives a file away")
@pytest.mark.parametrize(("mode", "kept"), [(0o660, 0o600), (0o664, 0o644), (0o666, 0o666)])
def test_another_group_may_do_no_more_than_anybody(
    old: Path, monkeypatch: pytest.MonkeyPatch, mode: int, kept: int
) -> None:
    os.chown(old, -1, 8765)
    old.chmod(mode)

    def refuse(*_arguments: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "chown", refuse)
    files.write(old, b"new")
    assert old.stat().st_gid != 8765
    assert stat.S_IMODE(old.stat().st_mode) == kept


def test_no_saving_touches_the_mask_that_all_threads_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    masks: list[int] = []  # in one of 0 another thread could make a file that all can write to
    monkeypatch.setattr(os, "umask", lambda mask: masks.append(mask) or 0o022)
    for content in (b"first", b"second"):
        files.write(tmp_path / "mine", content)
        assert (tmp_path / "mine").read_bytes() == content
    assert masks == []


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.ENOTSUP])
def test_where_nothing_can_be_synced_files_are_written_all_the_same(
    old: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    files.write(old, b"new")
    assert old.read_bytes() == b"new"
    assert list(old.parent.iterdir()) == [old]


# Begins to write a file, says so, and is killed, or goes on when it is told.
BEGUN = """
import os, sys
from pathlib import Path
from backprop_gui.storage import files
with files.replacing(Path(sys.argv[1])) as stream:
    stream.write(b"theirs")
    stream.flush()
    print(os.getpid(), flush=True)
    sys.stdin.read()
"""


def begun(path: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", BEGUN, str(path)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    assert process.stdout.readline().strip() == str(process.pid)
    return process


def killed(path: Path) -> None:
    with begun(path) as process:
        process.kill()


@pytest.mark.parametrize("name", ["run.csv", "η" * 127, "a" * 255, "-.%{}\n.csv", "\udcff.csv"])
def test_what_a_killed_program_left_is_gone_with_the_next_saving(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"old")
    killed(path)
    assert len(list(tmp_path.iterdir())) == 2
    files.write(path, b"new")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"new"


def test_what_a_killed_program_left_of_a_sequence_is_gone_with_the_next_one(tmp_path: Path) -> None:
    killed(tmp_path / "frame-2.png")
    with files.replacing_all(tmp_path) as write:
        for number in range(1, 4):
            write(f"frame-{number}.png", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"frame-{n}.png" for n in (1, 2, 3)]


# Writes a sequence, and is killed before its files get their names for the so-manieth time.
CUT_SHORT = """
import os, signal, sys
from pathlib import Path
from backprop_gui.storage import files
folder, calls, has_links, *names = sys.argv[1:]
left, rename, link = [int(calls)], os.replace, os.link
def counted(call):
    def one(source, target):
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        call(source, target)
    return one
def no_links(*_names):
    raise PermissionError
os.replace, os.link = counted(rename), counted(link) if has_links == "yes" else no_links
with files.replacing_all(Path(folder)) as write:
    for name in names:
        write(name, b"theirs")
"""


def cut_short(folder: Path, calls: int, has_links: str) -> bool:
    """Say whether the program was killed, and not through before."""
    words = [sys.executable, "-c", CUT_SHORT, str(folder), str(calls), has_links, *NAMES]
    return subprocess.run(words).returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
@pytest.mark.parametrize("has_links", ["yes", "no"])
@pytest.mark.parametrize("calls", range(8))
def test_what_a_killed_program_left_of_old_files_is_put_back_or_gone_with_the_next_saving(
    tmp_path: Path, calls: int, has_links: str
) -> None:
    before = {name: name.encode() for name in NAMES}
    for name, content in before.items():
        (tmp_path / name).write_bytes(content)
    assert cut_short(tmp_path, calls, has_links)
    with suppress(RuntimeError), files.replacing_all(tmp_path) as write:
        for name in NAMES:
            write(name, b"ours")
        raise RuntimeError("a saving that fails")
    found = contents(tmp_path)
    assert all(found[name] in (before[name], b"theirs") for name in NAMES), "no name is missing"
    assert {*before.values()} <= {*found.values()}, "no old file is lost before there is a new one"
    files.write(tmp_path / NAMES[0], b"ours")
    write_all(tmp_path)
    assert contents(tmp_path) == dict.fromkeys(NAMES, b"new")


def test_one_file_alone_puts_its_old_one_back_before_it_is_written(tmp_path: Path) -> None:
    (tmp_path / NAMES[0]).write_bytes(b"old")
    assert cut_short(tmp_path, 1, "no")
    assert NAMES[0] not in contents(tmp_path)
    with pytest.raises(RuntimeError), files.replacing(tmp_path / NAMES[0]):
        raise RuntimeError("a saving that fails")
    assert contents(tmp_path)[NAMES[0]] == b"old"
    write_all(tmp_path)
    assert contents(tmp_path) == dict.fromkeys(NAMES, b"new")


def test_old_files_that_a_living_program_has_aside_are_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = Path(files._hidden(tmp_path / NAMES[0], files._OLD))
    aside.write_bytes(b"old")
    os.utime(aside, (0, 0))  # an old file keeps its time
    write_all(tmp_path)
    monkeypatch.setattr(files, "_place", lambda: "0" * 8)  # as if it were another computer's
    write_all(tmp_path)
    assert aside.read_bytes() == b"old"


@pytest.mark.parametrize("there", [True, False])
def test_a_sequence_in_which_two_names_lead_to_one_file_is_refused(
    tmp_path: Path, there: bool
) -> None:
    if there:
        (tmp_path / NAMES[0]).write_bytes(b"old")
    (tmp_path / NAMES[2]).symlink_to(tmp_path / NAMES[0])
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OSError, match="two of the files would have the same name"):
        write_all(tmp_path)
    assert sorted(tmp_path.iterdir()) == before
    assert not there or (tmp_path / NAMES[0]).read_bytes() == b"old"


def test_what_a_living_program_writes_is_left_to_it(old: Path) -> None:
    with begun(old) as process:
        files.write(old, b"ours")
        assert len(list(old.parent.iterdir())) == 2
        _said, problems = process.communicate("")
        assert (process.returncode, problems) == (0, "")
    assert old.read_bytes() == b"theirs"
    assert list(old.parent.iterdir()) == [old]


def test_of_other_files_nothing_is_removed(old: Path) -> None:
    others = (
        ".run.csv.swp", ".run.csv.abcdefgh", ".run.csv.template", "run.csv~", "#run.csv#",
        ".run.csv.backprop-part", ".run.csv.1234-5.backprop-part",
    )  # fmt: skip
    for name in others:
        old.with_name(name).write_bytes(b"somebody's")
    left = {path.name for path in old.parent.iterdir()}
    killed(old.with_name("another.csv"))  # whatever its name would be, nobody comes for it
    files.write(old, b"new")
    assert {path.name for path in old.parent.iterdir()} == left


def test_a_pipe_in_a_sequence_does_not_become_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b.png")
    with (  # noqa: PT012 - what the block does is taken back
        pytest.raises(OSError, match="not a file"),
        files.replacing_all(tmp_path) as write,
    ):
        write("a.png", b"new")
        write("b.png", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["b.png"]
    assert not (tmp_path / "b.png").is_file()


def test_what_another_computer_left_is_removed_when_it_is_a_day_old(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_place", lambda: "0" * 8)  # as if from there
    killed(old)
    (left,) = (path for path in old.parent.iterdir() if path != old)
    files.write(old, b"new")
    assert left.exists(), "its program may live"
    os.utime(left, (0, 0))
    files.write(old, b"new")
    assert list(old.parent.iterdir()) == [old]


def test_what_the_disk_does_not_give_back_replaces_nothing(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Forgetful(io.BytesIO):
        def write(self, data: bytes) -> int:  # as a disk that is full, and does not say so
            return super().write(data[:2])

        def fileno(self) -> int:
            return handle

    handle = os.open(old, os.O_RDONLY)
    temporary = old.with_name("part")
    temporary.touch()
    monkeypatch.setattr(files, "_temporary", lambda _path: (str(temporary), Forgetful()))
    with pytest.raises(OSError, match="returned other data"):
        files.write(old, b"new")
    os.close(handle)
    assert only_old(old)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_to_be_read_again_is_written_to_files_alone(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "mine.backprop")
    with pytest.raises(files.NotAFileError):  # and does not wait for a reader
        files.write_own(tmp_path / "mine.backprop", b"work")


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_a_name_that_no_file_can_have_is_an_error_of_the_system(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError):
        files.write(tmp_path / name, b"new")
    assert list(tmp_path.iterdir()) == []
