"""The worked example as a file, and what its formats have in common."""

from pathlib import Path

from PySide6.QtCore import QSizeF

from backprop_gui.drawing.network import draw
from backprop_gui.export import formats, render
from backprop_gui.export.handout.worked_example import Document, Figure
from backprop_gui.export.picture import Picture
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import LIGHT, interface_font
from backprop_gui.storage import files

FIGURE = QSizeF(720, 390)


def save_document(document: Document, path: Path) -> None:
    """Write a document as the name of the file says. Raises OSError."""
    from backprop_gui.export.handout.html import html
    from backprop_gui.export.handout.latex import latex
    from backprop_gui.export.handout.markdown import markdown
    from backprop_gui.export.handout.pdf import pdf_document

    kind = formats.of(path, formats.EXAMPLES)
    if kind is formats.PDF:
        files.write(path, pdf_document(document))
    else:
        writers = {formats.MARKDOWN: markdown, formats.LATEX: latex, formats.HTML: html}
        files.write(path, writers[kind](document).encode())


def figure_picture(figure: Figure, *, is_blanked: bool) -> Picture:
    """Return the picture of a figure."""
    aspect = FIGURE.width() / FIGURE.height()
    drawing = draw(figure.moment, aspect, digits=figure.digits, is_blanked=is_blanked)
    area = render.area_of(FIGURE)
    font = interface_font()
    return Picture(FIGURE, lambda painter, _scale: paint(painter, drawing, area, LIGHT, font))


def titled(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]
