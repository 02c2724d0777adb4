"""Pictures of what is a widget on the screen: the error plot, and the window as a whole.

They are painted in the window's thread.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QFont, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from backprop_gui.core.kept_run import COLOURS, KeptRun
from backprop_gui.core.run import Run
from backprop_gui.export.picture import Look, Picture, framed, room_within
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.run_names import names_among
from backprop_gui.paint.painter import paints_pdf
from backprop_gui.paint.theme import print_font
from backprop_gui.widgets.curve_plot import CurvePlot

_TEXT_SHARE = {False: 0.024, True: 0.042}  # of the height, for a desk and for a lecture hall


def plot_picture(plot: CurvePlot, moment: Moment, size: QSizeF, look: Look, font: QFont) -> Picture:
    """Return the picture of a plot, which is the picture's own: see `CurvePlot.twin`."""
    plot.set_theme(look.theme)
    area = room_within(size, look)
    letters = QFont(font)
    letters.setPixelSize(max(9, round(size.height() * _TEXT_SHARE[look.is_large])))

    def paint_plot(painter: QPainter, scale: float) -> None:
        plot.lay_out(area.size(), print_font(letters) if paints_pdf(painter) else letters)
        plot.paint(painter, area, scale)

    return framed(Picture(size, paint_plot, is_live=True), moment, look, font)


def run_plot(run: Run, moment: Moment) -> CurvePlot:
    """Return the plot of a run's error, with a mark at the moment."""
    plot = CurvePlot()
    plot.show_tolerance(run.setup.tolerance)
    plot.show_curve(run.trace(), is_growing=False)
    plot.mark(moment.iteration, moment.values["error"])
    return plot


def compared_plot(runs: Sequence[Run]) -> CurvePlot:
    """Return the plot of several runs' errors, named by what differs between them.

    There are at most so many as there are colours.
    """
    plot = CurvePlot()
    plot.show_tolerance(runs[0].setup.tolerance)
    names = names_among([run.setup for run in runs], FILES)
    plot.show_kept(
        (
            KeptRun(n, name, colour, run.setup, run.iteration, run.stop, run.trace(), True)
            for n, (run, name, colour) in enumerate(zip(runs, names, COLOURS, strict=False), 1)
        ),
        is_beside=False,
    )
    plot.fit()
    return plot


def widget_picture(widget: QWidget) -> Picture:
    """Return the picture of a widget as it is shown, such as of all cards of a window.

    A menu bar would say nothing on a slide, and as SVG, where nothing is clipped, it cannot be
    painted.
    """

    def paint_widget(painter: QPainter, _scale: float) -> None:
        area = painter.clipBoundingRect().toAlignedRect() if painter.hasClipping() else QRect()
        part = QRegion(area.intersected(widget.rect())) if not area.isNull() else QRegion()
        widget.render(painter, area.topLeft(), part, QWidget.RenderFlag.DrawChildren)

    return Picture(QSizeF(widget.size()), paint_widget, is_live=True)
