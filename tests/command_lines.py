"""Random command lines, each of which must give a file, or one line and exit code 2.

`python -m tests.command_lines 10000` runs so many and prints those that do neither; a number is
a seed, so `python -m tests.command_lines 1 --first 4711` runs the 4,711th once more.
"""

import argparse
import contextlib
import io
import os
import random
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from backprop_gui.cli.main import main
from backprop_gui.storage.opening import read

SUFFIXES = [
    "png",
    "svg",
    "pdf",
    "pptx",
    "gif",
    "webp",
    "apng",
    "mp4",
    "md",
    "tex",
    "html",
    "csv",
    "json",
    "xlsx",
]
FIELDS = ("--input", "--target", "--w1", "--w2", "--eta", "--tolerance")
BAD_BYTES = os.fsdecode(b"\xff\xfe")

NUMBERS = ("0.1", "0.9", "0.5", "-1/3", "-.5", "2", "0", "1e-9", "-3", "0,25")
ODD_NUMBERS = (
    *("-0", "1e308", "-1e308", "1.7976931348623157e308", "5e-324", "-5e-324", "1e-300", "1e300"),
    *("1e400", "1e-400", "nan", "inf", "-inf", "1/0", "0/0", "1/3/3", "−2", "½", "1,000", "1.000"),
    *("", " ", " 7 ", "half", "0x10", "1e", "-", "--", "1_000", "9" * 400, "１２", "٣", BAD_BYTES),
    *("1\n2", "--theme", "-x", "1e5\u2009", "\u200e5", "5e−5", "600", "1e16", "-e5", "+7", "%s"),
)
WHOLE = ("1", "2", "3", "7")
ODD_WHOLE = ("0", "-1", "1.5", "65535", "65536", "70000", "1e9", "1e18", "2000000001", "10" * 40)
POSITIONS = ("1", "last", "1:1-15", "1:9", "1-3", "1 2", "1:1-3, last", "2:3–5; 1", "1-last")
ODD_POSITIONS = (
    *("", ",", "0", "1:", ":1", "-5", "1--5", "1,,1", "1 000", "5000", "1:16", "1:0", "last-1"),
    *("1:9-3", "1²", "１：３", "\u202e12", BAD_BYTES, "1-9999999999", "9" * 5000, "1," * 9000),
)
SIZES = ("480x270", "320x240", "64x64", "16x16", "333x777")
ODD_SIZES = (
    *("0x0", "1x1", "15x16", "100000x100000", "20001x16", "1e9", "1e9x1e9", "x", "10x", "x10", ""),
    *(
        "-5x-5",
        "12x34x56",
        "nanxnan",
        "６４x６４",
        "²x²",
        "64×64",
        "64 x 64",
        "20000x16",
        "16x20000",
    ),
    *("17000x16", "16x17000"),
)
MISTAKES = ("none", "de_dw1.sign_lost", "out_h.degrees", "de_dw1.left_out.4", "new_w2.step_alone")
ODD_MISTAKES = (
    *("", ".", "none,none", "de_dw1", "de_dw1.", "de_dw1.left_out.0", "de_dw1.left_out.99"),
    *("DE_DW1.SIGN_LOST", "net_h.new_weight", "3s", "x" * 5000, "1.2.3.4", BAD_BYTES, "\ud800"),
)
RANGES = ("-5:5", "0:1", "-1/3:2", "-.5:0,5", "−2:-1")
ODD_RANGES = (
    *(
        "",
        ":",
        "5",
        "1:",
        ":1",
        "1:2:3",
        "5:-5",
        "1:1",
        "0:nan",
        "-inf:inf",
        "-1e300:1e300",
        "1e400:1",
    ),
    *(
        "0.5:0.5000000000000001",
        "--",
        "-:-",
        "0:5e-324",
        "1;2",
        "９:１",
        "1\n:2",
        BAD_BYTES,
        "9" * 400,
    ),
)
COUNTS = ("2", "3", "4x2", "2×5")
ODD_COUNTS = ("0", "1", "1x5", "100000", "4097x2", "x", "2x", "3x3x3", "-2", "2.5", "9" * 400, "")
TITLES = ("Week 3", "η and ∂E/∂w₁", "<b>&amp;</b>", "", "日本語 العربية 🙂")
ODD_TITLES = (
    *(
        "x" * 100_000,
        "word " * 2_000,
        "two\nlines",
        "--theme",
        "-x",
        "%s {0} {x}",
        "\\input{x}$_^&#~",
    ),
    *("$(reboot)", " ", "'\"`", "\u202eabc", "]]>", "-->", "</title>"),
    *map("a{}b".format, map(chr, (*range(1, 0x20), 0x7F, 0x85, 0x9B, 0x2028, 0xFFFE, 0x10FFFF))),
    *(BAD_BYTES, "\ud800", "\udc00\ud83d", "\ud83d\ude42", "\x1b]0;x\x07", "\v", "a\0b"),
)
SECONDS = ("1", "0.02", "0.2", "600", "1/3")
SEPARATORS = (",", ";", "tab", "\t", r"\t", "comma", "semicolon")
ODD_SEPARATORS = (
    "",
    " ",
    "|",
    ",,",
    "TAB",
    "\n",
    "\v",
    "\0",
    "--decimal",
    "；",
    BAD_BYTES,
    "\ud800",
)
DECIMALS = (".", ",", "point", "comma")
ODD_DECIMALS = ("", "'", ";", "..", "POINT", "\t", "٫", "-1", BAD_BYTES, "\ud800")
RANGES = ("-5:5", "0:0.001", "-1e6:1e6", "-1/3:2")
ODD_RANGES = (
    *("", ":", "5", "5:-5", "0:0", "nan:1", "-inf:inf", "-1e300:1e300", "1:1.00000000000001"),
    *("1:2:3", "a:b", "-:-", BAD_BYTES, "0:1e400", "1" * 5000 + ":2"),
)
CHOICES = {
    "--what": (
        *("network", "formula", "network+formula", "error", "landscape", "slices", "relief"),
        *("values", "example", "runs", "compare"),
    ),
    "--layer": ("error", "iterations", "ends"),
    "--theme": ("light", "dark"),
    "--texts": ("text", "outlines"),
    "--per-page": ("1", "2", "4", "6"),
    "--paper": ("a4", "letter"),
    "--orientation": ("portrait", "landscape"),
}
ODD_CHOICES = ("", "NETWORK", "window", "7", "--what", BAD_BYTES, "dark ")
RUNS = str(Path(__file__).parent / "former" / "experiment-3.backprop")
WORKING = str(Path(__file__).parent / "cli" / "working.txt")
FLAGS = ("--transparent", "--large", "--caption", "--blanked", "--lines")
VALUES = {
    "--positions": (POSITIONS, ODD_POSITIONS),
    "--size": (SIZES, ODD_SIZES),
    "--range-w1": (RANGES, ODD_RANGES),
    "--range-w2": (RANGES, ODD_RANGES),
    "--digits": (("3", "5", "17"), (*ODD_WHOLE, *ODD_NUMBERS)),
    "--title": (TITLES, ODD_TITLES),
    "--seconds": (SECONDS, (*ODD_NUMBERS, "0.01", "601")),
    "--loops": (("0", "1", "2"), (*ODD_WHOLE, *ODD_NUMBERS)),
    "--every": (WHOLE, (*ODD_WHOLE, *ODD_NUMBERS)),
    "--runs": ((RUNS,), ("", "nowhere.backprop", "/dev/null", ".", BAD_BYTES, "a\0b")),
    "--yours": ((WORKING,), ("", "nowhere.txt", "/dev/null", ".", BAD_BYTES, "a\0b")),
    "--separator": (SEPARATORS, ODD_SEPARATORS),
    "--decimal": (DECIMALS, ODD_DECIMALS),
    "--mistake": (MISTAKES, ODD_MISTAKES),
    **{name: (choices, ODD_CHOICES) for name, choices in CHOICES.items()},
    **dict.fromkeys(FIELDS, (NUMBERS, ODD_NUMBERS)),
}
MOVING, DRAWN = ("gif", "webp", "apng", "mp4"), SUFFIXES[:8]
USEFUL = {
    "--what": (*DRAWN, "md", "tex", "html"),
    "--positions": (*DRAWN, "md", "tex", "html"),
    "--theme": DRAWN,
    "--range-w1": DRAWN,
    "--range-w2": DRAWN,
    "--layer": DRAWN,
    "--size": DRAWN,
    "--large": DRAWN,
    "--digits": (*DRAWN, "md", "tex", "html"),
    "--title": (*DRAWN, "md", "tex", "html"),
    "--caption": ("png", "svg", "pdf", *MOVING),
    "--transparent": ("png", "svg", "pdf", "webp", "apng"),
    "--texts": ("svg", "pdf"),
    "--seconds": MOVING,
    "--loops": MOVING[:3],
    "--per-page": ("pdf",),
    "--lines": ("pdf",),
    "--paper": ("pdf", "tex", "html"),
    "--orientation": ("pdf", "tex", "html"),
    "--blanked": ("md", "tex", "html", "pdf"),
    "--yours": ("md", "tex", "html", "pdf"),
    "--every": ("csv", "json", "xlsx"),
    "--runs": ("csv", "xlsx", "md", "tex", "pptx"),
    "--separator": ("csv",),
    "--decimal": ("csv",),
}
TABLE = ("--every", "--separator", "--decimal")  # of the command train, with --csv
MAPPED = ("csv", "json", "csv", "json", "png", "svg", "pdf")
MAP = ("--range-w1", "--range-w2", "--size")
WRITING = {"--csv": "csv", "--picture": "png"}
LISTS = ("0.1,0.9", "5", "0.1, 0.5; 2", "-1,-2", "1,1", "0.5\n0.6;")
ON_PAPER = ("3s", "4d", "3s-cut", "exact")
ODD_ON_PAPER = ("", "0s", "9d", "3", "3x", "3s-up", "de_dw1.sign_lost", "३s", BAD_BYTES, "\ud800")
ODD_LISTS = (",", ";;", "1,,2", "1,half", "0.1,1e400", ",".join(map(str, range(3000))), "-1,--")
WRITERS = ("export", "map")  # which always write what they are told
ALWAYS = "--max-iterations"
KNOWN = {
    "train": {"--json", "--mistake", "--paper", ALWAYS, *FIELDS, *TABLE, *WRITING},
    "compare": {"--json", "--mistake", "--paper", ALWAYS, *FIELDS, *TABLE[1:], *WRITING},
    "export": {ALWAYS, *FIELDS, *USEFUL},
    "check": {"--json", "--iteration", "--paper", ALWAYS, *FIELDS},
    "map": {"--paper", ALWAYS, *FIELDS, *MAP},
}
ODD_PATHS = (
    *("", ".", "..", "/", "{}", ".{}", "folder.{}", "folder/", "folder/p.{}", "no/where.{}", "p"),
    *(
        "locked.{}",
        "full.{}",
        "p.bmp",
        "p.{}.txt",
        "{}.{}/",
        "n" * 300 + ".{}",
        "/dev/full",
        "-p.{}",
    ),
    *(f"{BAD_BYTES}.{{}}", "two\nlines.{}", "\x1b[31m.{}", "ü 🙂.{}", "P.{}", "a/" * 3000 + "p.{}"),
    *("loop.{}", "/proc/p.{}", "link.{}", "p.{} ", "$HOME.{}", "p%d.{}", "p{{0}}.{}"),
)


class Outcome(NamedTuple):
    """What a command line led to; `fault` is empty where that is as promised."""

    code: int
    fault: str


def words_of(seed: int) -> list[str]:
    """Return the words of the command line with this number."""
    dice = random.Random(seed)
    kind = dice.random()
    if kind < 0.2:
        words = ["train", *_train_options(dice, TABLE)]
    elif kind < 0.3:
        words = ["compare", *_train_options(dice, TABLE[1:]), *_lists(dice)]
    elif kind < 0.42:
        words = ["map", *_map_options(dice)]
    elif kind < 0.47:
        words = ["check", *_check_options(dice)]
    else:
        words = ["export", *_export_options(dice)]
    words += [ALWAYS, dice.choice(("1", "2", "3", "20"))]
    if dice.random() < 0.03:
        words.insert(
            dice.randrange(len(words)), dice.choice(("--", "-", "--nonsense", "more", "--h"))
        )
    return words


def _on_paper(dice: random.Random) -> Iterator[str]:
    if dice.random() < 0.2:
        yield from ("--paper", dice.choice(ODD_ON_PAPER if dice.random() < 0.3 else ON_PAPER))


def _lists(dice: random.Random) -> Iterator[str]:
    yield from _on_paper(dice)
    for name in dice.sample(FIELDS, dice.randrange(3)):
        yield from (name, dice.choice(ODD_LISTS if dice.random() < 0.15 else LISTS))


def _train_options(dice: random.Random, table: Sequence[str]) -> Iterator[str]:
    yield from _on_paper(dice)
    for name in dice.sample(FIELDS, dice.randrange(4)):
        yield from _option(dice, name)
    if dice.random() < 0.3:
        yield "--json"
    if dice.random() < 0.2:
        yield from _option(dice, "--mistake")
    for name, suffix in WRITING.items():
        if dice.random() < 0.3:
            yield from (name, _path(dice, suffix))
    for name in table:
        if dice.random() < 0.2:
            yield from _option(dice, name)


def _check_options(dice: random.Random) -> Iterator[str]:
    yield dice.choice(("working.txt", "none.txt", "folder", "", BAD_BYTES))
    if dice.random() < 0.5:
        yield "--json"
    if dice.random() < 0.3:
        yield from ("--iteration", dice.choice((*WHOLE, *ODD_WHOLE)))
    yield from _on_paper(dice)
    for name in dice.sample(FIELDS, dice.randrange(3)):
        yield from _option(dice, name)


def _map_options(dice: random.Random) -> Iterator[str]:
    yield from ("--size", dice.choice(ODD_COUNTS if dice.random() < 0.15 else COUNTS))
    for name in ("--range-w1", "--range-w2"):
        if dice.random() < 0.5:
            yield from (name, dice.choice(ODD_RANGES if dice.random() < 0.15 else RANGES))
    for name in dice.sample(FIELDS, dice.randrange(3)):
        yield from _option(dice, name)
    yield _path(dice, dice.choice(MAPPED))


def _export_options(dice: random.Random) -> Iterator[str]:
    suffix = dice.choice(SUFFIXES)
    names = [name for name, suffixes in USEFUL.items() if suffix in suffixes]
    chosen = dice.sample(names, min(len(names), dice.randrange(5)))
    chosen += dice.sample(FIELDS, dice.randrange(3))
    if dice.random() < 0.08:
        chosen.append(dice.choice([*USEFUL, *FIELDS]))
    yield from _on_paper(dice)
    if "--size" not in chosen and suffix in DRAWN:
        yield from ("--size", dice.choice(SIZES))
    if "--positions" not in chosen and dice.random() < 0.5 and suffix in MOVING:
        yield from ("--positions", "1:1-2")
    for name in chosen:
        yield from _option(dice, name)
    for _path_number in range(dice.choices((0, 1, 2), (2, 95, 3))[0]):
        yield _path(dice, suffix)


def _option(dice: random.Random, name: str) -> Iterator[str]:
    if name in FLAGS:
        yield name
        return
    usual, odd = VALUES[name]
    value = dice.choice(odd if dice.random() < 0.15 else usual)
    kind = dice.random()
    if kind < 0.03:
        yield name[: dice.randrange(3, len(name) + 1)]  # abbreviated, with a value
        yield value
    elif kind < 0.05:
        yield name  # without one
    elif kind < 0.4:
        yield f"{name}={value}"
    else:
        yield from (name, value)
    if kind > 0.97:
        yield from (name, dice.choice(usual))  # twice


def _path(dice: random.Random, suffix: str) -> str:
    if dice.random() < 0.8:
        return f"p.{suffix}"
    return dice.choice(ODD_PATHS).format(suffix, suffix)


def prepare(folder: Path) -> None:
    """Put into a folder what is in the way of files."""
    (folder / "folder").mkdir()
    (folder / "working.txt").write_text("net_h = 0.05\nouth: 0.6\n\u202e∂E/∂w₂ = x\n7\n", "utf-8")
    for suffix in SUFFIXES:
        (folder / f"folder.{suffix}").mkdir()
        (folder / f"full.{suffix}").symlink_to("/dev/full")
        (folder / f"loop.{suffix}").symlink_to(f"loop.{suffix}")
        (folder / f"link.{suffix}").symlink_to(f"target.{suffix}")
        locked = folder / f"locked.{suffix}"
        locked.write_text("locked")
        locked.chmod(0o444)


def tried(words: Sequence[str], folder: Path) -> Outcome:
    """Run a command line in a prepared folder and judge what it did; its files are removed."""
    before = _files(folder)
    code, out, err, complaints = run(words, folder)
    made = {path for path in _files(folder) if path not in before}
    try:
        return Outcome(code, _fault(words, folder, (code, out, err), made, complaints))
    finally:
        for path in made:
            path.unlink()


def _files(folder: Path) -> set[Path]:
    return {Path(top, name) for top, _folders, names in os.walk(folder) for name in names}


def run(words: Sequence[str], folder: Path) -> tuple[int, str, str, list[str]]:
    """Return the exit code of a command line, what it says on both streams, and complaints."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    complaints: list[str] = []

    def hear(kind: QtMsgType, _context: object, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg:
            complaints.append(f"Qt: {message}")

    former = qInstallMessageHandler(hear)
    try:
        with (
            contextlib.chdir(folder),
            contextlib.redirect_stdout(streams[0]),
            contextlib.redirect_stderr(streams[1]),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", "path is deprecated", DeprecationWarning)
            try:
                code = main(words)
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else -1
            except BaseException:  # noqa: BLE001 - that is what is looked for
                code = -1
                complaints.append(traceback.format_exc())
    finally:
        qInstallMessageHandler(former)
    for stream in streams:
        stream.flush()
    out, err = (stream.buffer.getvalue().decode() for stream in streams)
    return code, out, err, complaints


def _fault(
    words: Sequence[str],
    folder: Path,
    said: tuple[int, str, str],
    made: set[Path],
    complaints: list[str],
) -> str:
    code, out, err = said
    if complaints:
        return complaints[0]
    if code not in ((0, 1, 2) if words[0] == "check" else (0, 2)):
        return f"code {code}: {err}"
    if words[0] == "check" and code < 2:
        return "" if out else "no verdict"
    if code == 2 and (out or len(err.splitlines()) != 1 or not err.endswith("\n")):
        return f"not one line: {out!r} {err!r}"
    if code == 2 and made and words[0] not in ("train", "compare"):  # which write two files
        return f"refused, but there is {made}"
    if code == 0 and "--h" not in words and err:
        return f"done, but it said {err!r}"
    if code == 0 and words[0] in WRITERS and not made and "-h" not in words:
        return "done, but there is nothing"
    if any(path.suffix.lower()[1:] not in SUFFIXES and words[0] in WRITERS for path in made):
        return f"a file of another name: {made}"
    for path in made:
        if _is_table_of_ends(words[0], path.suffix.lower()[1:]):
            continue  # which has no experiment
        try:
            read(path)
        except Exception as error:  # noqa: BLE001 - whatever it is
            return f"{path.name} does not open: {error!r}"
    return ""


def _is_table_of_ends(command: str, suffix: str) -> bool:
    return suffix == "csv" if command == "map" else command == "compare" and suffix not in DRAWN


def report(count: int, first: int) -> int:
    """Run so many command lines, print the faults and return their number."""
    codes: Counter[int] = Counter()
    faults = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "folder")
        folder.mkdir()
        prepare(folder)
        for seed in range(first, first + count):
            words = words_of(seed)
            code, fault = tried(words, folder)
            codes[code] += 1
            if fault:
                faults += 1
                shown = [word if len(word) < 60 else f"{word[:57]}..." for word in words]
                sys.stdout.write(
                    f"{seed}: {shown!a}\n{fault.encode('ascii', 'backslashreplace').decode()}\n"
                )
    sys.stdout.write(f"{count} command lines: {dict(codes)}, {faults} faults\n")
    return faults


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([])
    sys.exit(bool(report(options.count, options.first)))
