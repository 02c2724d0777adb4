"""Tries a program that was frozen or installed: does it train, and write what it can write?

    python packaging/smoke.py dist/backprop-gui/backprop-gui
    python packaging/smoke.py python -m backprop_gui

What a frozen program lacks is seen here: fonts, templates of slides, plugins of Qt. Needs no
display.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# What the article's program ends with. One that computes with other bits prints other digits.
ARTICLE = {"iterations": "813", "output": "0.8900135432882583"}
# One file for each library that is loaded only when it is needed.
EXPORTS = (
    "network.png",
    "network.svg",
    "network.pdf",
    "curve.png",
    "step.pptx",
    "landscape.svg",
    "landscape.pptx",
    "ends.png",
    "slices.pdf",
    "relief.png",
    "run.gif",
    "run.xlsx",
    "run.json",
)
# The others show the ninth step.
_WORDS = {
    "curve.png": ("--what", "error"),  # by pyqtgraph
    "landscape.svg": ("--what", "landscape"),  # with resources/colours, by NumPy
    "landscape.pptx": ("--what", "landscape", "--positions", "1:9"),
    "ends.png": ("--what", "landscape", "--layer", "ends", "--size", "320x180"),
    "slices.pdf": ("--what", "slices"),
    "relief.png": ("--what", "relief"),
    "run.gif": ("--positions", "1-3"),
    "run.xlsx": ("--every", "100"),
    "run.json": (),
}
# By its first bytes, since a name alone says nothing of what was written.
BEGINNINGS = {
    ".png": b"\x89PNG",
    ".pdf": b"%PDF",
    ".pptx": b"PK",
    ".gif": b"GIF8",
    ".xlsx": b"PK",
}
_LIMIT_S = 180


def run(command: list[str], folder: Path) -> str:
    """Return what the command prints. Ends this program if it fails."""
    # Offscreen is chosen by the program itself; a runner's own choice must not help it.
    environment = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, timeout=_LIMIT_S, check=False
    )
    # A Windows program without a console writes in the system's encoding; numbers are ASCII.
    output, errors = (stream.decode(errors="replace") for stream in (done.stdout, done.stderr))
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{output}{errors}")
    return output


def trains(program: list[str], folder: Path) -> None:
    """End this program if the article's numbers are not printed."""
    pairs = [line.split() for line in run([*program, "train"], folder).splitlines()]
    values = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    for name, value in ARTICLE.items():
        if values.get(name) != value:
            sys.exit(f"{name} should be {value}: it is {values.get(name, 'not printed')}")
        print(f"{name}: {value}")


def exports(program: list[str], folder: Path) -> None:
    """End this program if a kind of file is not written."""
    for name in EXPORTS:
        run([*program, "export", name, *_WORDS.get(name, ("--positions", "1:9"))], folder)
        path = folder / name
        content = path.read_bytes() if path.is_file() else b""
        if not content or not content.startswith(BEGINNINGS.get(path.suffix, b"")):
            sys.exit(f"{name} was not written, or is another kind of file")
        print(f"{name}: {len(content)} bytes")


def compares(program: list[str], folder: Path) -> None:
    """End this program if runs are not compared, with a table and a picture."""
    words = ["--eta", "0.9,5", "--json", "--csv", "ends.csv", "--picture", "curves.png"]
    found = json.loads(run([*program, "compare", *words], folder))
    iterations = [str(each["iterations"]) for each in found]
    if iterations != [ARTICLE["iterations"], "146"]:
        sys.exit(f"compared runs have {iterations} iterations")
    lines = (folder / "ends.csv").read_text("ascii").splitlines()
    if len(lines) != 3 or not (folder / "curves.png").read_bytes().startswith(BEGINNINGS[".png"]):
        sys.exit("ends.csv or curves.png is not as it should be")
    print("ends.csv, curves.png: written")


def maps(program: list[str], folder: Path) -> None:
    """End this program if the runs from many starts are not followed, for which it shares work."""
    run([*program, "map", "starts.csv", "--size", "128", "--range-w2", "-5:5"], folder)
    rows = (folder / "starts.csv").read_text("ascii").splitlines()
    if len(rows) != 1 + 128 * 128:
        sys.exit(f"starts.csv has {len(rows)} lines")
    print(f"starts.csv: {len(rows)} lines")
    run([*program, "map", "starts.png", "--size", "16"], folder)
    if not (folder / "starts.png").read_bytes().startswith(BEGINNINGS[".png"]):
        sys.exit("starts.png is another kind of file")


def main() -> None:
    """Try the program that the arguments name."""
    program = sys.argv[1:]
    if not program:
        sys.exit("Name the program: smoke.py PROGRAM [ARGUMENT ...]")
    if Path(program[0]).is_file():
        program[0] = str(Path(program[0]).absolute())  # a symlink says which environment is meant
    with tempfile.TemporaryDirectory(prefix="smoke ") as folder:  # with a space, as people have
        trains(program, Path(folder))
        exports(program, Path(folder))
        compares(program, Path(folder))
        maps(program, Path(folder))


if __name__ == "__main__":
    main()
