"""The picture of a map of starts."""

from pathlib import Path

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont, QPainter

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.landscape import Scene, draw_landscape
from backprop_gui.drawing.scene import frame_of
from backprop_gui.export.contents import What
from backprop_gui.export.formats import Format
from backprop_gui.export.making import Subject, carry_out
from backprop_gui.export.orders import PictureOrder
from backprop_gui.export.picture import Look, Picture, framed, room_within
from backprop_gui.lesson.moment import START, Moment, moment_at
from backprop_gui.lesson.start_map import StartMap
from backprop_gui.lesson.surface import Layer
from backprop_gui.paint.painter import paint

_HEIGHT, _SCALE = 640.0, 2.0  # logical pixels, and pixels for each
_SHAPES = (0.5, 2.0)  # of the plot, which has equal units within


def save_picture(setup: Setup, start_map: StartMap, kind: Format, path: Path, font: QFont) -> None:
    """Write a map of starts as a picture, with the setup's restore line. Raises OSError."""
    look = Look()
    scene = Scene(setup, start_map.region, Layer.ITERATIONS, start_map=start_map)

    def made(order: PictureOrder, moment: Moment) -> Picture:
        def paint_map(painter: QPainter, _scale: float) -> None:
            area = room_within(order.size, look)
            drawing = draw_landscape(scene, (area.width(), area.height()))
            paint(painter, drawing, area, look.theme, font)

        return framed(Picture(order.size, paint_map), moment, look, font)

    run = Run(setup)
    has_outlines = kind.letters == "outlines"
    order = PictureOrder(What.LANDSCAPE, look, _size(scene, look), _SCALE, None, has_outlines)
    carry_out(order, Subject(run, moment_at(run, START), made), path)


def _size(scene: Scene, look: Look) -> QSizeF:
    """Return the size in logical pixels with which the plot has equal units, if it can have."""
    area = room_within(QSizeF(_HEIGHT, _HEIGHT), look)
    frame = frame_of((area.width(), area.height()), scene.text)
    least, most = _SHAPES
    shape = min(max(scene.region.w1_span / scene.region.w2_span, least), most)
    return QSizeF(round(_HEIGHT - frame.width + shape * frame.height), _HEIGHT)
