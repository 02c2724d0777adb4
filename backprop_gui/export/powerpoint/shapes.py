"""The shapes of a drawing as PowerPoint's own, which can be edited."""

from functools import singledispatchmethod
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from backprop_gui.drawing.shapes import (
    Box,
    Disc,
    Drawing,
    HalfDisc,
    HalfRing,
    Ink,
    Line,
    Patch,
    Raster,
    Ring,
    Shape,
    Text,
    Tint,
    pieces,
)
from backprop_gui.drawing.widths import PLATE_HEIGHT, PLATE_MARGIN
from backprop_gui.export.render import png
from backprop_gui.paint.colour_map import pixels
from backprop_gui.paint.painter import HALO, fit, paint, width
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _

PIXEL = 9525  # EMU in a 96th of an inch
_MOST_PX = 1_000_000  # units of a raster that have two pixels to each side
_PLATE = "88000"  # thousandths of a per cent of the plate behind a text that are opaque
_POINT = 0.75  # of a pixel
_CORNER = 10.0
_SERIF = "Times New Roman"  # as the formula's letters; every office has it, or one like it
_LOWERED = "-25000"  # thousandths of a per cent of the size
_LEAST_POINTS = 6.0
_ROOM = 1.5  # of a text's box, in units of the text, for the font that sets it elsewhere
# A chord's two angles, clockwise from three o'clock, as python-pptx counts them: 1/100,000ths of
# what PowerPoint counts, 60,000ths of a degree.
_TOP, _BOTTOM = 270 * 0.6, 90 * 0.6
# The places where connectors can be glued, by their numbers: left, right, top and bottom.
_SITES = {"oval": (2, 6, 0, 4), "box": (1, 3, 0, 2)}


class _Site(NamedTuple):
    """A place on a native shape to which a connector can be glued."""

    x: int
    y: int
    shape: Any
    number: int


def add_drawing(shapes: Any, drawing: Drawing, area: QRectF, theme: Theme, name: str) -> Any:
    """Add a drawing to a slide's shapes as one group, as large as it fits into `area`.

    `area` is in pixels of the slide, 96 to an inch. Returns the group.
    """
    maker = _ShapeMaker(shapes, drawing, area, theme)
    made = []
    for is_surface, some in groupby(drawing.shapes, lambda shape: isinstance(shape, Patch)):
        if is_surface:
            made.append(maker.add_surface(tuple(some)))
        else:
            made += [each for shape in some for each in maker.add_all(shape)]
    maker.glue()
    group = shapes.add_group_shape(made)  # last: a group is measured again with each shape
    group.name = name
    return group


def colour_of(value: str) -> RGBColor:
    """Return the colour #rrggbb as PowerPoint has it."""
    red, green, blue = bytes.fromhex(value[1:])
    return RGBColor(red, green, blue)


def add_arrow(line: Any) -> None:
    """Give a line an arrow at its end."""
    etree.SubElement(line._get_or_add_ln(), qn("a:tailEnd"), type="triangle", w="med", len="med")


def _add_dash(line: Any, lengths: list[float]) -> None:
    """Give a line dashes of these lengths on and off, in units of its width."""
    dashes = etree.SubElement(line._get_or_add_ln(), qn("a:custDash"))
    for on, off in zip(lengths[::2], lengths[1::2], strict=True):
        sides = {"d": f"{on * 100_000:.0f}", "sp": f"{off * 100_000:.0f}"}
        etree.SubElement(dashes, qn("a:ds"), sides)


class _ShapeMaker:
    """A group of native shapes being made of a drawing."""

    def __init__(self, shapes: Any, drawing: Drawing, area: QRectF, theme: Theme) -> None:
        self._shapes = shapes
        self._theme = theme
        self._scale, self._offset = fit(drawing, area)
        self._sites: list[_Site] = []
        self._connectors: list[Any] = []

    def add_surface(self, patches: tuple[Shape, ...]) -> Any:
        """Add patches as one picture: as shapes they would be some two thousand."""
        corners = [point for each in patches if isinstance(each, Patch) for point in each.points]
        xs, ys = zip(*corners, strict=True)
        left, top, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
        image = QImage(round(2 * wide), round(2 * high), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor(0, 0, 0, 0))
        with QPainter(image) as painter:
            painter.scale(2, 2)
            painter.translate(-left, -top)
            whole = Drawing(left + wide, top + high, patches, ())
            paint(painter, whole, QRectF(0, 0, whole.width, whole.height), self._theme, QFont())
        place = self._place(left + wide / 2, top + high / 2, wide, high)
        made = self._shapes.add_picture(BytesIO(png(image, "", "")), *place)
        made.name = _("relief")
        return made

    def add_all(self, shape: Shape) -> list[Any]:
        """Add what stands for a shape: for a line with a halo two lines."""
        if isinstance(shape, Line) and shape.halo:
            below = shape._replace(
                stroke=Tint(Ink.LINE, 0.0),
                width=shape.width + 2 * HALO,
                halo=False,
                is_dashed=False,
                dash=(),
                has_arrow=False,
            )
            return [self.add(below), self.add(shape)]
        return [self.add(shape)]

    def add(self, shape: Shape) -> Any:
        """Add a native shape for this one, and return it."""
        made = self._made(shape)
        made.name = shape.name
        # What the theme would add to it: shadows and bevels.
        for style in made._element.findall(qn("p:style")):
            made._element.remove(style)
        return made

    def glue(self) -> None:
        """Connect each connector that ends at a site of a circle or a box with that."""
        for connector in self._connectors:
            begin = self._site(connector.begin_x, connector.begin_y)
            end = self._site(connector.end_x, connector.end_y)
            if begin:
                connector._connect_begin_to(begin.shape, begin.number)
            if end:
                connector._connect_end_to(end.shape, end.number)

    def _site(self, x: int, y: int) -> _Site | None:
        near = (s for s in self._sites if abs(s.x - x) <= PIXEL and abs(s.y - y) <= PIXEL)
        return next(near, None)

    @singledispatchmethod
    def _made(self, shape: Shape) -> Any:
        raise TypeError(f"no native shape for a {type(shape).__name__}")

    @_made.register
    def _(self, shape: HalfDisc) -> Any:
        made = self._part(shape, MSO_SHAPE.CHORD)
        self._fill(made, shape.fill)
        made.line.fill.background()
        return made

    @_made.register
    def _(self, shape: HalfRing) -> Any:
        made = self._part(shape, MSO_SHAPE.ARC if shape.is_open else MSO_SHAPE.CHORD)
        made.fill.background()
        self._stroke(made.line, shape.stroke, shape.width)
        return made

    @_made.register
    def _(self, shape: Disc) -> Any:
        made = self._oval(shape)
        self._fill(made, shape.fill)
        made.line.fill.background()
        return made

    @_made.register
    def _(self, shape: Ring) -> Any:
        made = self._oval(shape)
        made.fill.background()
        self._stroke(made.line, shape.stroke, shape.width, is_dashed=shape.is_dashed)
        self._add_sites(made, "oval")
        return made

    @_made.register
    def _(self, shape: Box) -> Any:
        place = self._place(shape.x, shape.y, shape.width, shape.height)
        made = self._shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *place)
        made.adjustments[0] = min(0.5, _CORNER / min(shape.width, shape.height))
        if shape.fill:
            self._fill(made, shape.fill)
            self._add_sites(made, "box")
        else:
            made.fill.background()
        self._stroke(made.line, shape.stroke, shape.stroke_width, is_dashed=shape.is_dashed)
        return made

    @_made.register
    def _(self, shape: Line) -> Any:
        points = [self._point(x, y) for x, y in shape.points]
        if len(points) == 2:
            made = self._shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *points[0], *points[1])
            self._connectors.append(made)
        else:
            builder = self._shapes.build_freeform(*points[0])
            builder.add_line_segments(points[1:], close=False)
            made = builder.convert_to_shape()
            made.fill.background()
        self._stroke(made.line, shape.stroke, shape.width, is_dashed=shape.is_dashed)
        if shape.dash:
            _add_dash(made.line, [length / shape.width for length in shape.dash])
        if shape.has_arrow:
            add_arrow(made.line)
        return made

    @_made.register
    def _(self, shape: Raster) -> Any:
        place = self._place(shape.x, shape.y, shape.width, shape.height)
        share = min(1.0, (_MOST_PX / (shape.width * shape.height)) ** 0.5)
        sides = (max(1, round(2 * side * share)) for side in (shape.width, shape.height))
        data = png(pixels(shape.field, *sides), "", "")
        return self._shapes.add_picture(BytesIO(data), *place)

    @_made.register
    def _(self, shape: Text) -> Any:
        measured = max(
            1.0, width(shape, QFont().toString())
        )  # a usual font, none of the narrow ones
        room = min(shape.max_width, _ROOM * measured)
        if shape.halo:
            room = min(shape.max_width, measured) + 2 * PLATE_MARGIN * shape.size
        centre = shape.x + (0.5 - shape.align) * room
        high = (PLATE_HEIGHT if shape.halo else 1.6) * shape.size
        made = self._shapes.add_textbox(*self._place(centre, shape.y, room, high))
        made.rotation = shape.turn
        if shape.halo:
            self._fill(made, Tint(Ink.LINE, 0.0))
            colour = made._element.spPr.find(f".//{qn('a:srgbClr')}")
            etree.SubElement(colour, qn("a:alpha"), val=_PLATE)
        frame = made.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap = False
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = frame.paragraphs[0]
        alignments = {0.0: PP_ALIGN.LEFT, 0.5: PP_ALIGN.CENTER, 1.0: PP_ALIGN.RIGHT}
        paragraph.alignment = alignments[0.5 if shape.halo else shape.align]
        size = shape.size * min(1.0, shape.max_width / measured) * self._scale * _POINT
        points = max(_LEAST_POINTS, int(2 * size) / 2)
        for piece in pieces(shape.text, shape.symbols):
            run = paragraph.add_run()
            run.text = piece.text
            run.font.size = Pt(points)
            run.font.bold = shape.is_bold
            run.font.color.rgb = colour_of(self._theme.ink(shape.ink).name())
            if piece.is_symbol:
                run.font.name = _SERIF
                run.font.italic = not piece.text.isdigit()
            if piece.is_lowered:
                run.font._element.set("baseline", _LOWERED)
        return made

    def _part(self, shape: HalfDisc | HalfRing, kind: Any) -> Any:
        made = self._shapes.add_shape(kind, *self._around(shape))
        angles = (_TOP, _BOTTOM) if shape.is_right else (_BOTTOM, _TOP)
        made.adjustments[0], made.adjustments[1] = angles
        return made

    def _oval(self, shape: Disc | Ring) -> Any:
        return self._shapes.add_shape(MSO_SHAPE.OVAL, *self._around(shape))

    def _fill(self, made: Any, tint: Tint) -> None:
        made.fill.solid()
        made.fill.fore_color.rgb = self._rgb(tint)

    def _stroke(self, line: Any, tint: Tint, width: float, *, is_dashed: bool = False) -> None:
        line.fill.solid()
        line.fill.fore_color.rgb = self._rgb(tint)
        line.width = Emu(round(width * self._scale * PIXEL))
        if is_dashed:
            line.dash_style = MSO_LINE.DASH

    def _rgb(self, tint: Tint) -> RGBColor:
        return colour_of(self._theme.colour(tint).name())

    def _add_sites(self, made: Any, kind: str) -> None:
        x, y, width, height = made.left, made.top, made.width, made.height
        middles = ((x, y + height // 2), (x + width, y + height // 2))
        ends = ((x + width // 2, y), (x + width // 2, y + height))
        for (at_x, at_y), number in zip((*middles, *ends), _SITES[kind], strict=True):
            self._sites.append(_Site(at_x, at_y, made, number))

    def _point(self, x: float, y: float) -> tuple[Emu, Emu]:
        across = (x * self._scale + self._offset.x()) * PIXEL
        down = (y * self._scale + self._offset.y()) * PIXEL
        return Emu(round(across)), Emu(round(down))

    def _place(self, x: float, y: float, width: float, height: float) -> tuple[Emu, ...]:
        """Return left, top, width and height of a rectangle around a centre."""
        left, top = self._point(x - width / 2, y - height / 2)
        right, bottom = self._point(x + width / 2, y + height / 2)
        return left, top, Emu(right - left), Emu(bottom - top)

    def _around(self, shape: HalfDisc | HalfRing | Disc | Ring) -> tuple[Emu, ...]:
        return self._place(shape.x, shape.y, 2 * shape.radius, 2 * shape.radius)
