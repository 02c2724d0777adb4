"""Makes the icons that desktops want as pixels from the ones that are drawn as SVG.

    python packaging/icons.py build/icons

Writes backprop-gui.ico for Windows, backprop-gui.icns for macOS, and for Linux the folder hicolor,
with the program's icon and that of its files.
"""

import argparse
import io
import os
import shutil
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "resources" / "icons" / "backprop-gui.svg"
EXPERIMENT = ROOT / "packaging" / "linux" / "application-x-backprop-experiment.svg"
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES_PX = (16, 24, 32, 48, 64, 128, 256)
_ICNS_PX = 1024


def render(svg: Path, size_px: int) -> bytes:
    """Return the drawing as a square PNG."""
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want bytes, Qt a name
    return bytes(data.data())


def _image(svg: Path, size_px: int) -> Image.Image:
    return Image.open(io.BytesIO(render(svg, size_px)))


def write_theme(folder: Path) -> None:
    """Write a folder of the icon theme hicolor, where every desktop looks."""
    for svg, context in ((PROGRAM, "apps"), (EXPERIMENT, "mimetypes")):
        for size in SIZES_PX:
            place = folder / f"{size}x{size}" / context
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{svg.stem}.png").write_bytes(render(svg, size))
        scalable = folder / "scalable" / context
        scalable.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(svg, scalable / svg.name)


def main() -> None:
    """Write all icons into the folder that the argument names."""
    parser = argparse.ArgumentParser(description="Make the icons of every system.")
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    folder: Path = parser.parse_args().folder
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication([])
    write_theme(folder / "hicolor")
    # Each size drawn by itself: a line of one pixel stays one.
    *others, largest = (_image(PROGRAM, size) for size in ICO_SIZES_PX)
    sizes = [(size, size) for size in ICO_SIZES_PX]
    largest.save(folder / "backprop-gui.ico", sizes=sizes, append_images=others)
    _image(PROGRAM, _ICNS_PX).save(folder / "backprop-gui.icns")
    app.quit()


if __name__ == "__main__":
    main()
