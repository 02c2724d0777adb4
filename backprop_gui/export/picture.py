"""Pictures of the network and of the window."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QWidget

from backprop_gui import files
from backprop_gui.i18n import _
from backprop_gui.lesson.drawing import draw
from backprop_gui.lesson.moment import Moment
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import LIGHT, Theme, interface_font

PICTURE_SIZE = QSize(1000, 625)  # of the network where no window gives it one
_MARGIN = 16


def save_network(moment: Moment, path: Path) -> None:
    """Write a picture of the network without a window or a display. Raises OSError."""
    if sys.platform not in ("win32", "darwin"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication.instance() or QGuiApplication([])
    save_png(network_image(moment, PICTURE_SIZE, 2.0, LIGHT, interface_font()), path)
    del app


def network_image(moment: Moment, size: QSize, scale: float, theme: Theme, font: QFont) -> QImage:
    """Return the network alone: `size` in logical pixels, `scale` pixels for each of them."""
    image = _blank(size, scale, theme)
    area = QRectF(0, 0, size.width(), size.height()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    painter = QPainter(image)
    paint(painter, draw(moment, area.width() / area.height()), area, theme, font)
    painter.end()
    return image


def widget_image(widget: QWidget, scale: float, theme: Theme) -> QImage:
    """Return a widget as it is shown, with `scale` pixels for each logical pixel."""
    image = _blank(widget.size(), scale, theme)
    widget.render(image)
    return image


def save_png(image: QImage, path: Path) -> None:
    """Write the image as PNG, whole or not at all. Raises OSError."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise OSError(_("the picture could not be encoded"))
    files.write(path, bytes(buffer.data().data()))


def _blank(size: QSize, scale: float, theme: Theme) -> QImage:
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(theme.ground)
    return image
