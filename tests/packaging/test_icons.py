"""The icons that are made of the drawings, for each system."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.packaging.conftest import ROOT

SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
NAMES = ("apps/backprop-gui", "mimetypes/application-x-backprop-experiment")


@pytest.fixture(scope="module")
def icons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "icons"
    script = ROOT / "packaging" / "icons.py"
    done = subprocess.run(
        [sys.executable, script, folder], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def colours(image: Image.Image) -> int:
    return len(image.convert("RGBA").getcolors(1 << 20) or [])


def test_the_theme_has_each_size_and_the_drawings(icons: Path) -> None:
    made = {str(path.relative_to(icons / "hicolor")) for path in icons.rglob("*/*/*.*g")}
    sizes = {f"{size}x{size}/{name}.png" for size in SIZES_PX for name in NAMES}
    assert made == sizes | {f"scalable/{name}.svg" for name in NAMES}


@pytest.mark.parametrize("size_px", SIZES_PX)
@pytest.mark.parametrize("name", NAMES)
def test_an_icon_has_its_size_and_shows_something(icons: Path, name: str, size_px: int) -> None:
    with Image.open(icons / "hicolor" / f"{size_px}x{size_px}" / f"{name}.png") as image:
        assert image.size == (size_px, size_px)
        assert colours(image) >= 8  # a blank one has one colour
        opaque = image.getchannel("A").histogram()[255] / size_px**2
        assert 0.3 < opaque < 1.0  # something is there, and its corners are not


def test_a_scalable_icon_is_the_drawing_that_the_window_has(icons: Path) -> None:
    drawing = ROOT / "resources" / "icons" / "backprop-gui.svg"
    scalable = icons / "hicolor" / "scalable" / "apps" / "backprop-gui.svg"
    assert scalable.read_bytes() == drawing.read_bytes()


def test_windows_finds_each_size_that_it_asks_for(icons: Path) -> None:
    with Image.open(icons / "backprop-gui.ico") as icon:
        sizes = {(size, size) for size in (16, 24, 32, 48, 64, 128, 256)}
        assert icon.info["sizes"] == sizes
        for size in sizes:
            assert colours(icon.ico.getimage(size)) >= 8  # type: ignore[attr-defined]


def test_a_small_icon_of_windows_is_drawn_and_not_scaled_down(icons: Path) -> None:
    with (
        Image.open(icons / "backprop-gui.ico") as icon,
        Image.open(icons / "hicolor" / "16x16" / "apps" / "backprop-gui.png") as drawn,
    ):
        small = icon.ico.getimage((16, 16))  # type: ignore[attr-defined]
        assert small.convert("RGBA").tobytes() == drawn.convert("RGBA").tobytes()


def test_macos_finds_its_icon_in_every_size(icons: Path) -> None:
    with Image.open(icons / "backprop-gui.icns") as icon:
        pixels = {width * scale for width, _height, scale in icon.info["sizes"]}
        assert {32, 128, 256, 512, 1024} <= pixels
        icon.load()
        assert icon.size == (1024, 1024)
        half = icon.convert("RGBA").resize((512, 512), Image.Resampling.BOX)
    with Image.open(icons / "hicolor" / "512x512" / "apps" / "backprop-gui.png") as drawn:
        blur = ImageStat.Stat(ImageChops.difference(half, drawn.convert("RGBA"))).mean
    assert max(blur) < 0.25  # of 255: it was drawn in that size, and not enlarged
