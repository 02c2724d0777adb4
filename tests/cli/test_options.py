"""Each option does something, or is refused in words: with every format and every content."""

import contextlib
import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from backprop_gui.cli.main import main
from tests.command_lines import WORKING
from tests.extent import extent

SUFFIXES = ("png", "svg", "pdf", "pptx", "gif", "webp", "apng", "mp4", "md", "tex", "html", "csv",
            "json")  # fmt: skip
CONTENTS = ("network", "formula", "network+formula", "error", "landscape", "values")
ONE, SEVERAL = "1:9", "1:9,2:3"
# Of each option another value than the usual one, and of some several.
OPTIONS = {
    "positions": ("3",),
    "theme": ("dark",),
    "transparent": (None,),
    "size": ("64x96", "96x54"),
    "large": (None,),
    "caption": (None,),
    "texts": ("text", "outlines"),
    "digits": ("7",),
    "range-w1": ("-1:2",),
    "range-w2": ("0:3",),
    "title": ("T",),
    "seconds": ("0.2",),
    "loops": ("2",),
    "per-page": ("4",),
    "lines": (None,),
    "paper": ("letter",),
    "orientation": ("landscape",),
    "blanked": (None,),
    "yours": (WORKING,),
    "every": ("2",),
    "separator": ("tab",),
    "decimal": (",",),
}
USUAL = {"svg": ("--texts=outlines",), "pdf": ("--texts=text",)}  # says what is so anyway
SETUP = ("--max-iterations=4",)
STRIDE = extent(
    1, 3
)  # through the contents to which each option is added, another with each format
_CHANGING = re.compile(
    rb"/(Creation|Mod)Date \(.*?\)|/ID \[.*?\]|uuid:[\da-f-]+|\d{4}-\d\d-\d\dT[\d:+Z-]+", re.DOTALL
)


def _content(path: Path) -> bytes:
    """Return what is in a file, but for its dates and its numbers."""
    data = path.read_bytes()
    if path.suffix == ".pptx":
        with zipfile.ZipFile(io.BytesIO(data)) as deck:
            names = [name for name in deck.namelist() if not name.endswith(".xlsx")]
            data = b"".join(name.encode() + deck.read(name) for name in names)
    return _CHANGING.sub(b"", data)


def _exported(folder: Path, suffix: str, words: tuple[str, ...]) -> dict[str, bytes] | str:
    """Return the files by their names, or why there is none."""
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stderr(said), contextlib.suppress(SystemExit):
        main(["export", str(folder / f"p.{suffix}"), *words, *SETUP])
    said.flush()
    files = {path.name: _content(path) for path in folder.iterdir()}
    for path in folder.iterdir():
        path.unlink()
    refusal = said.buffer.getvalue().decode()
    assert bool(files) != bool(refusal)
    return files or refusal


def _word(name: str, value: str | None) -> str:
    return f"--{name}" if value is None else f"--{name}={value}"


def _fault(
    with_it: dict[str, bytes] | str, without: dict[str, bytes], name: str, suffix: str
) -> str:
    if isinstance(with_it, str):
        is_named = f"argument --{name}: " in with_it and f".{suffix}" in with_it
        return "" if is_named else f"refused without its name or .{suffix}: {with_it}"
    return "does nothing" if with_it == without else ""


def _bases(suffix: str, positions: str) -> dict[str, tuple[str, ...]]:
    """Return words to which an option is added, by what is exported; pictures are small ones."""
    if suffix in ("csv", "json", "xlsx"):
        return {"data": ()}
    is_drawn = suffix in SUFFIXES[:8]
    place = (f"--positions={positions}",) if is_drawn else ()
    size = ("--size=96x64",) if is_drawn and suffix not in ("svg", "pdf", "pptx") else ()
    if positions != ONE:
        slides = {"slides": place} if suffix == "pptx" else {}
        pictures = {"network": ("--what=network", *place, *size), "error": ("--what=error", *place)}
        return slides | pictures
    bases = {word: (f"--what={word}", *place, *size) for word in CONTENTS}
    return bases | {"large": ("--large", *place, *size), "example": ("--what=example",)}


@pytest.mark.parametrize(
    ("suffix", "positions"),
    [*((suffix, ONE) for suffix in SUFFIXES), *((suffix, SEVERAL) for suffix in SUFFIXES[:8])],
)
def test_each_option_makes_another_file_or_is_refused_by_name_and_format(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, positions: str
) -> None:
    if suffix == "mp4" and shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    faults, seen = {}, []
    for content, base in _bases(suffix, positions).items():
        without = _exported(tmp_path, suffix, base)
        if isinstance(without, str):
            name = "large" if content == "large" else "what"
            faults[content, ""] = _fault(without, {}, name, suffix)
            continue
        assert without not in seen
        seen.append(without)
        if (len(seen) + SUFFIXES.index(suffix)) % STRIDE and content != "example":
            continue
        for name, values in OPTIONS.items():
            for word in (_word(name, value) for value in values):
                if word in (*base, *USUAL.get(suffix, ())):
                    continue
                if (content, name) == ("large", "per-page"):
                    continue  # large is what is refused then, by its own name
                others = [each for each in base if each.partition("=")[0] != f"--{name}"]
                with_it = _exported(tmp_path, suffix, (*others, word))
                faults[content, word] = _fault(with_it, without, name, suffix)
    assert seen
    assert {option: fault for option, fault in faults.items() if fault} == {}
