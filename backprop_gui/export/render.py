"""Pictures as pixels, SVG and PDF, each with the line that remakes its experiment."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer

from backprop_gui import __version__
from backprop_gui.export import svg as svg_texts
from backprop_gui.export.metadata import xmp
from backprop_gui.export.picture import Picture
from backprop_gui.i18n import _

_DPI = 96  # a logical pixel is a 96th of an inch
_POINTS = 72 / _DPI
PNG_KEY = "Backprop"
# In SVG 1.1 Qt clips, but goes on clipping where it should not any more.
_VERSION = QSvgGenerator.SvgVersion.SvgTiny12
_COMPRESSION = 50  # 0 to 100, in Qt's words quality: a third of the time, as small


def image(picture: Picture, scale: float, ground: str | None, size: QSize | None = None) -> QImage:
    """Return the picture in pixels, `scale` for each logical one, on a colour or on nothing.

    `size` is how many there shall be, to the last one; else it follows from the scale.
    """
    wanted = size or (picture.size * scale).toSize()
    kind = QImage.Format.Format_RGB32 if ground else QImage.Format.Format_ARGB32_Premultiplied
    made = QImage(wanted, kind)
    if made.isNull():
        raise OSError(_("there is not enough memory for so large a picture"))
    made.fill(QColor(ground) if ground else QColor(0, 0, 0, 0))
    made.setDevicePixelRatio(scale)
    painter = QPainter(made)
    _paint(picture, painter, scale)
    painter.end()
    return made


def png(made: QImage, title: str, line: str) -> bytes:
    """Return an image as PNG, its title and its experiment in text chunks. Raises OSError."""
    made.setText(PNG_KEY, line)
    if title:
        made.setText("Title", " ".join(title.split()))
    buffer = _buffer()
    if not made.save(buffer, "PNG", _COMPRESSION):  # type: ignore[call-overload]
        raise OSError(_("the picture could not be encoded"))
    return bytes(buffer.data().data())


def svg(picture: Picture, ground: str | None, title: str, line: str, *, outlines: bool) -> bytes:
    """Return the picture as SVG, with texts as texts or as outlines."""
    buffer = _buffer()
    generator = QSvgGenerator(_VERSION)
    generator.setOutputDevice(buffer)
    generator.setResolution(_DPI)
    size = picture.size.toSize()
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    painter = QPainter(generator)
    if ground:
        painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(ground))
    _paint(picture, painter, 1.0)
    painter.end()
    sides = size.width(), size.height()
    return svg_texts.finished(bytes(buffer.data().data()), title, line, sides, outlines=outlines)


def pdf(picture: Picture, ground: str | None, title: str, line: str, *, outlines: bool) -> bytes:
    """Return the picture as a PDF of one page, with texts as texts or as outlines."""
    if outlines:
        renderer = QSvgRenderer(QByteArray(svg(picture, None, title, line, outlines=True)))
        area = QRectF(0, 0, picture.size.width(), picture.size.height())
        picture = Picture(picture.size, lambda painter, _scale: renderer.render(painter, area))
    buffer = _buffer()
    writer = pdf_writer(buffer, title, line)
    writer.setPageSize(page_of(picture.size))
    painter = QPainter(writer)
    if ground:
        painter.fillRect(QRectF(0, 0, picture.size.width(), picture.size.height()), QColor(ground))
    _paint(picture, painter, 1.0)
    painter.end()
    return bytes(buffer.data().data())


def pdf_writer(device: QIODevice, title: str, line: str) -> QPdfWriter:
    """Return a writer of PDF without margins, in which a unit is a logical pixel."""
    writer = QPdfWriter(device)
    writer.setTitle(title)
    writer.setCreator(f"Backprop {__version__}")
    writer.setDocumentXmpMetadata(QByteArray(xmp(title, line)))
    writer.setResolution(_DPI)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    return writer


def page_of(size: QSizeF) -> QPageSize:
    """Return a page as large as so many logical pixels."""
    match = QPageSize.SizeMatchPolicy.ExactMatch
    return QPageSize(size * _POINTS, QPageSize.Unit.Point, "", match)


def _paint(picture: Picture, painter: QPainter, scale: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    picture.paint(painter, scale)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
