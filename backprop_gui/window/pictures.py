"""Pictures of what the window shows: for files, for the clipboard, and to be dragged away."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, overload

from PySide6.QtCore import QMimeData, QObject, QSizeF, Qt, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDrag, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QMainWindow, QWidget

from backprop_gui.export import contents, render
from backprop_gui.export.contents import SURFACES, What
from backprop_gui.export.making import Maker, picture_of
from backprop_gui.export.orders import ComparisonOrder, Order, PictureOrder, SlidesOrder
from backprop_gui.export.picture import Look, Picture
from backprop_gui.lesson.dialect import Dialect
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.run_table import rows
from backprop_gui.lesson.start_map import without_start
from backprop_gui.paint.theme import Theme
from backprop_gui.state.session import Session
from backprop_gui.storage.restore_line import Experiment, line
from backprop_gui.system.texts import _
from backprop_gui.views.error_plot import ErrorPlot
from backprop_gui.views.landscape_panel import LandscapePanel
from backprop_gui.window.appearance import Appearance
from backprop_gui.window.lecture_mode import LectureMode
from backprop_gui.window.showing import Views

_TALL = QSizeF(960, 600)  # of what has another shape on the screen, or is not on it
_CLIPBOARD_SCALE = 2.0
_DRAGGED_WIDTH = 240


class Screen(NamedTuple):
    """What is on the screen now: the widgets that a picture can show, and how they look."""

    network: QWidget
    formula: QWidget
    values: QWidget
    error_plot: ErrorPlot
    landscape: LandscapePanel
    runs: QWidget
    cards: QWidget
    theme: Theme
    numerals: Numerals
    is_large: bool
    show_numerals: Callable[[Numerals], None]


def seen(
    views: Views,
    cards: QWidget,
    appearance: Appearance,
    lecture: LectureMode,
    show_numerals: Callable[[Numerals], None],
) -> Screen:
    """Return what a picture can show, as it is now."""
    return Screen(
        views.network,
        views.panels.formula,
        views.panels.values,
        views.error_plot,
        views.landscape,
        views.runs,
        cards,
        appearance.theme,
        appearance.choices.numerals,
        lecture.is_on,
        show_numerals,
    )


class Pictures(QObject):
    """Makes pictures of the moment that is shown, and gives them away.

    Signals:
        said(str): a note on what was done.
    """

    said = Signal(str)

    def __init__(self, session: Session, screen: Callable[[], Screen], window: QMainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._dragged: QTemporaryDir | None = None
        self.screen = screen

    def maker(self) -> Maker:
        """Return what makes pictures of the screen as it is now, with a decimal point.

        It may be called in any thread, but for what is a widget.
        """
        screen, font = self.screen(), self._window.font()

        def make(order: PictureOrder, moment: Moment) -> Picture:
            made = picture_of(order, moment, font, screen.error_plot.twin, screen.cards)
            if order.what is What.WINDOW:
                return made._replace(paint=partial(_paint_as_in_files, made.paint, self.screen))
            return made

        return make

    def picture(self, order: PictureOrder) -> Picture:
        """Return the picture of an order, of the moment that is shown."""
        return self.maker()(self.as_shown(order), self._session.moment)

    @overload
    def as_shown(self, order: PictureOrder) -> PictureOrder: ...
    @overload
    def as_shown(self, order: Order) -> Order: ...
    def as_shown(self, order: Order) -> Order:
        """Return an order with what the screen shows of the landscape: part, colours and runs."""
        if isinstance(order, SlidesOrder):
            return replace(order, picture=self.as_shown(order.picture))
        if isinstance(order, ComparisonOrder):
            return replace(order, look=self._look_of_surface(order.look))
        if not isinstance(order, PictureOrder) or order.what not in SURFACES:
            return order
        return replace(order, look=self._look_of_surface(order.look))

    def _look_of_surface(self, look: Look) -> Look:
        state, surface = self._session.state, self.screen().landscape.map
        chosen, known = state.look, surface.start_map
        return replace(
            look,
            region=surface.region,
            layer=chosen.layer,
            is_linear=chosen.is_linear,
            is_widened=not chosen.is_typed,
            kept=state.kept,
            # Of another setup it is no longer true, of another part it is what the screen shows.
            start_map=known if known and known.setup == without_start(state.run.setup) else None,
        )

    def sizes(self) -> dict[What, QSizeF]:
        """Return the size on the screen of all that can be a picture."""
        screen = self.screen()
        widgets = {What.NETWORK: screen.network, What.WINDOW: screen.cards}
        sizes = {what: QSizeF(widget.size()) for what, widget in widgets.items()}
        return {what: sizes.get(what, _TALL) for what in contents.PICTURES}

    def shown(self, what: What) -> PictureOrder:
        """Return the order for a picture as it is on the screen."""
        screen = self.screen()
        look = Look(theme=screen.theme, is_large=screen.is_large, digits=screen.numerals.digits)
        return PictureOrder(what, look, self.sizes()[what], _CLIPBOARD_SCALE, has_outlines=True)

    def copy(self, order: PictureOrder | None = None) -> None:
        """Put a picture, else the network's, on the clipboard: as pixels, SVG, and text."""
        mime = self._mime(order or self.shown(What.NETWORK))
        QGuiApplication.clipboard().setMimeData(mime)
        self.said.emit(_("Copied as a picture, as SVG, and the step as text"))

    def what_of(self, content: QWidget) -> What:
        """Return what the picture of a card's content is called."""
        screen = self.screen()
        whats = {
            screen.network: What.NETWORK,
            screen.formula: What.FORMULA,
            screen.values: What.VALUES,
            screen.error_plot: What.ERROR,
            screen.landscape: What.LANDSCAPE,
            screen.runs: What.RUNS,
        }
        return whats[content]

    def drag(self, content: QWidget) -> None:
        """Let the pointer carry the picture of a card's content out of the window."""
        what = self.what_of(content)
        mime = self._mime_of_runs(content) if what is What.RUNS else self._mime(self.shown(what))
        pixels = mime.imageData()
        self._dragged = QTemporaryDir()
        if self._dragged.isValid():
            path = Path(self._dragged.path(), f"{what.file}.png")
            with suppress(OSError):  # on a full disk the pixels alone are dragged
                path.write_bytes(render.png(pixels, "", self._line()))
                mime.setUrls([QUrl.fromLocalFile(str(path))])
        drag = QDrag(self._window)
        drag.setMimeData(mime)
        ratio = self._window.devicePixelRatioF()
        width = round(_DRAGGED_WIDTH * ratio)
        small = pixels.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(ratio)
        drag.setPixmap(QPixmap.fromImage(small))
        drag.exec(Qt.DropAction.CopyAction)

    def _mime_of_runs(self, content: QWidget) -> QMimeData:
        """Return the list of runs as a sheet takes it, and as it looks."""
        from backprop_gui.export.runs_table import as_csv

        state, comma = self._session.state, self.screen().numerals.decimal_sign
        mime = QMimeData()
        mime.setImageData(content.grab().toImage())
        mime.setText(as_csv(rows(state.run, state.kept), Dialect("\t", comma)).decode("utf-8-sig"))
        return mime

    def _mime(self, order: PictureOrder) -> QMimeData:
        picture = self.picture(order)
        mime = QMimeData()
        mime.setImageData(render.image(picture, order.scale, order.ground, order.pixels))
        svg = render.svg(
            picture, order.ground, order.look.title, self._line(), outlines=order.has_outlines
        )
        mime.setData("image/svg+xml", svg)
        mime.setText(_step_text(self._session.moment, Numerals(order.look.digits)))
        return mime

    def _line(self) -> str:
        moment = self._session.moment
        return line(Experiment(moment.setup, moment.position))


def _step_text(moment: Moment, numerals: Numerals) -> str:
    """Return the step as text: where it is, what it computes, and why."""
    step = moment.step
    place = _("Iteration {iteration}, step {number} ({phase})").format(
        iteration=numerals.count(moment.iteration),
        number=step.number,
        phase=step.phase.title.lower(),
    )
    return f"{place}: {formula(moment, numerals).text}\n{step.why}"


def _paint_as_in_files(
    paint: Callable[[QPainter, float], None],
    screen: Callable[[], Screen],
    painter: QPainter,
    scale: float,
) -> None:
    """Paint what is on the screen with a decimal point, as in all files."""
    now = screen()
    as_in_files = Numerals(now.numerals.digits)
    if as_in_files == now.numerals:
        paint(painter, scale)
        return
    now.show_numerals(as_in_files)
    try:
        paint(painter, scale)
    finally:
        now.show_numerals(now.numerals)
