"""Pictures as pixels, SVG and PDF, each with the restore line of its experiment."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer

from backprop_gui import __version__
from backprop_gui.export import svg as svg_texts
from backprop_gui.export.metadata import xmp
from backprop_gui.export.pdf_file import described
from backprop_gui.export.picture import Picture
from backprop_gui.system.letters import one_line
from backprop_gui.system.texts import _

_DPI = 96  # a logical pixel is a 96th of an inch
_POINTS = 72 / _DPI
PNG_KEY = "Backprop"
# In SVG 1.1 Qt clips, but goes on clipping where it should not any more.
_VERSION = QSvgGenerator.SvgVersion.SvgTiny12
_COMPRESSION = 50  # 0 to 100, in Qt's words quality: a third of the time, as small


def image(picture: Picture, scale: float, ground: str | None, size: QSize | None = None) -> QImage:
    """Return the picture in pixels, `scale` for each logical one, on a colour or on nothing.

    `size` is their exact number; without it, it follows from the scale.
    """
    made = blank(picture.size, scale, ground, size)
    paint_band(picture, made, 0, made.height())
    return made


def blank(size: QSizeF, scale: float, ground: str | None, pixels: QSize | None = None) -> QImage:
    """Return the pixels on which a picture of this size is painted; see `image`."""
    kind = QImage.Format.Format_RGB32 if ground else QImage.Format.Format_ARGB32_Premultiplied
    made = QImage(pixels or (size * scale).toSize(), kind)
    if made.isNull():
        raise OSError(_("there is not enough memory for a picture of this size"))
    made.fill(QColor(ground) if ground else QColor(0, 0, 0, 0))
    made.setDevicePixelRatio(scale)
    return made


def paint_band(picture: Picture, made: QImage, top: int, height: int) -> None:
    """Paint some rows of pixels of a picture."""
    scale = made.devicePixelRatio()
    painter = QPainter(made)
    if height < made.height():
        painter.setClipRect(QRectF(0, top / scale, made.width() / scale, height / scale))
    _paint(picture, painter, scale)
    painter.end()


def png(made: QImage, title: str, line: str) -> bytes:
    """Return an image as PNG, its title and its experiment in text chunks. Raises OSError."""
    made.setText(PNG_KEY, line)
    if title:
        made.setText("Title", one_line(title))
    buffer = _buffer()
    if not made.save(buffer, "PNG", _COMPRESSION):  # type: ignore[call-overload]
        raise OSError(_("the picture could not be encoded"))
    return bytes(buffer.data().data())


def svg(picture: Picture, ground: str | None, title: str, line: str, *, outlines: bool) -> bytes:
    """Return the picture as SVG, with texts as texts or as outlines."""
    size = picture.size.toSize()
    sides = size.width(), size.height()
    return svg_texts.finished(raw_svg(picture, ground), title, line, sides, outlines=outlines)


def raw_svg(picture: Picture, ground: str | None) -> bytes:
    """Return the picture as Qt's SVG, which `svg.finished` makes fit for others."""
    buffer = _buffer()
    generator = QSvgGenerator(_VERSION)
    generator.setOutputDevice(buffer)
    generator.setResolution(_DPI)
    size = picture.size.toSize()
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    painter = QPainter(generator)
    _fill(painter, QSizeF(size), ground)
    _paint(picture, painter, 1.0)
    painter.end()
    return bytes(buffer.data().data())


def pdf(picture: Picture, ground: str | None, title: str, line: str, *, outlines: bool) -> bytes:
    """Return the picture as a PDF of one page, with texts as texts or as outlines."""
    if outlines:
        picture = svg_picture(svg(picture, None, title, line, outlines=True), picture.size)
    with pdf_painter(title, line, picture.size) as (buffer, _writer, painter):
        _fill(painter, picture.size, ground)
        _paint(picture, painter, 1.0)
    return finished_pdf(buffer)


def finished_pdf(buffer: QBuffer) -> bytes:
    """Return what was painted as a PDF, with what Qt does not say of it."""
    return described(bytes(buffer.data().data()))


def svg_picture(data: bytes, size: QSizeF) -> Picture:
    """Return the picture that an SVG is."""
    renderer = QSvgRenderer(QByteArray(data))
    area = area_of(size)
    return Picture(size, lambda painter, _scale: renderer.render(painter, area))


@contextmanager
def pdf_painter(
    title: str, line: str, page: QSizeF
) -> Iterator[tuple[QBuffer, QPdfWriter, QPainter]]:
    """Yield what paints a PDF without margins, in which a unit is a logical pixel.

    The buffer has the file when the block ends.
    """
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    title = one_line(title) or _("Back-propagation, step by step")
    writer.setTitle(title)
    writer.setCreator(f"Backprop {__version__}")
    writer.setDocumentXmpMetadata(QByteArray(xmp(title, line)))
    writer.setResolution(_DPI)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    match = QPageSize.SizeMatchPolicy.ExactMatch
    writer.setPageSize(QPageSize(page * _POINTS, QPageSize.Unit.Point, "", match))
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield buffer, writer, painter
    finally:
        painter.end()


def area_of(size: QSizeF) -> QRectF:
    """Return the whole of a picture."""
    return QRectF(0, 0, size.width(), size.height())


def _fill(painter: QPainter, size: QSizeF, ground: str | None) -> None:
    if ground:
        painter.fillRect(area_of(size), QColor(ground))


def _paint(picture: Picture, painter: QPainter, scale: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    picture.paint(painter, scale)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
