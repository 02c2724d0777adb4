"""What the curves of a plot are called: below the plot, where it covers none of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.drawing.run_style import PRESENT_STYLE, style
from backprop_gui.drawing.shapes import Drawing, Ink, Line, Shape, Text, Tint
from backprop_gui.lesson.notation import literal
from backprop_gui.paint.painter import paint, width
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.system.exceptions import handed_on
from backprop_gui.system.texts import _, ngettext
from backprop_gui.widgets.plain import TEXT_PX

SWATCH = 26.0  # in units of a text of 13 pixels, as all lengths here
_GAP, _BETWEEN, _LEADING, _EDGE = 6.0, 16.0, 1.45, 4.0
_LONGEST = 0.6  # of the width
_SHARE = 0.24  # of the height of plot and legend


class Named(NamedTuple):
    """A curve's ink and dash, and its name."""

    ink: Ink
    dash: tuple[float, ...]
    name: str


def entries_of(runs: Iterable[KeptRun]) -> list[Named]:
    """Return the entries of the present run and of these kept ones."""
    return [
        Named(*PRESENT_STYLE, _("this run")),
        *(Named(*style(run.colour), run.name) for run in runs),
    ]


def swatch(entry: Named, x: float, y: float, length: float, stroke: float) -> Line:
    """Return a piece of an entry's curve, from (x, y) to the right."""
    ends = ((x, y), (x + length, y))
    return Line(ends, Tint(entry.ink), stroke, dash=entry.dash, name=entry.name)


class RunLegend(QWidget):
    """The entries side by side, in rows.

    Where there are more of them than a plot can spare, the last one says how many; all of them are
    in the list of runs. The first one, the present run, is then the first to be left out: its
    curve is the thick one with the mark.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_rows: int | None = None
        self._entries: Sequence[Named] = ()
        self._theme = LIGHT
        self._rows: list[list[tuple[float, Named | str]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_entries(self, entries: Sequence[Named]) -> None:
        """Show these; where there is but one, nothing needs a name."""
        self._entries = entries
        self.setVisible(len(entries) > 1)
        self._lay_out()

    def take_of(self, height: int | None) -> None:
        """Have no more rows than a part of so many pixels, or as many as it takes."""
        line = _LEADING * self._size
        most = max(1, int(_SHARE * height / line)) if height is not None else None
        if most != self._most_rows:
            self._most_rows = most
            self._lay_out()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self.update()

    def set_interface_font(self, font: QFont) -> None:
        """Write in this font from now on."""
        self.setFont(font)
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Return the size of the rows."""
        return QSize(100, round(len(self._rows) * _LEADING * self._size + _EDGE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Begin rows where the width asks for them."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows."""
        with handed_on(), QPainter(self) as painter:
            self._paint_into(painter, QRectF(self.rect()))

    def paint_below(self, painter: QPainter, corner: QPointF) -> None:
        """Paint the rows where they stand below a plot whose upper left corner is there."""
        if not self.isHidden():
            self._paint_into(painter, QRectF(self.geometry()).translated(corner))

    def _paint_into(self, painter: QPainter, area: QRectF) -> None:
        drawing = Drawing(area.width(), area.height(), tuple(self._shapes()), ())
        paint(painter, drawing, area, self._theme, self.font())

    @property
    def _size(self) -> float:
        """The letters' size in pixels."""
        return float(QFontInfo(self.font()).pixelSize())

    @property
    def _unit(self) -> float:
        return self._size / TEXT_PX

    def _lay_out(self) -> None:
        self._rows = self._rows_of(self._entries, float(self.width()))
        most, shown = self._most_rows, list(self._entries)
        while most and len(self._rows) > most and len(shown) > 1:
            shown.pop(0 if len(shown) == len(self._entries) else -1)
            left_out = len(self._entries) - len(shown)
            more = ngettext("and {count} more", "and {count} more", left_out)
            count = more.format(count=left_out)
            self._rows = self._rows_of([*shown, count], float(self.width()))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def _rows_of(
        self, entries: Sequence[Named | str], room: float
    ) -> list[list[tuple[float, Named | str]]]:
        rows: list[list[tuple[float, Named | str]]] = [[]]
        x, unit = 0.0, self._unit
        for entry in entries:
            taken = self._width(entry)
            if x and x + taken > room:
                rows.append([])
                x = 0.0
            rows[-1].append((x, entry))
            x += taken + _BETWEEN * unit
        return rows

    def _width(self, entry: Named | str) -> float:
        is_curve = isinstance(entry, Named)
        lead = (SWATCH + _GAP) * self._unit if is_curve else 0.0
        return lead + width(self._text(0, 0, self._name(entry)), self.font().toString())

    def _name(self, entry: Named | str) -> str:
        if isinstance(entry, str):
            return entry
        metrics = QFontMetricsF(self.font())
        most = max(_LONGEST * self.width(), 60.0) - (SWATCH + _GAP) * self._unit
        return metrics.elidedText(entry.name, Qt.TextElideMode.ElideMiddle, most)

    def _text(self, x: float, y: float, text: str) -> Text:
        room = float(max(self.width(), 1))
        return Text(x, y, literal(text), self._size, Ink.TEXT, room, name=text, align=0.0)

    def _shapes(self) -> Iterator[Shape]:
        unit = self._unit
        for number, row in enumerate(self._rows):
            y = _EDGE + (number + 0.5) * _LEADING * self._size
            for x, entry in row:
                if isinstance(entry, Named):
                    yield swatch(entry, x, y, SWATCH * unit, 2.0 * unit)
                    yield self._text(x + (SWATCH + _GAP) * unit, y, self._name(entry))
                else:
                    yield self._text(x, y, entry)._replace(ink=Ink.MUTED)
