"""Everything that the window gives away: pictures, slides, documents, data, clipboard, drags."""

import glob
import re
from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import (
    QMimeData,
    QObject,
    QSizeF,
    QStandardPaths,
    Qt,
    QTemporaryDir,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import QDrag, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QMainWindow, QWidget

from backprop_gui.core.run import Run
from backprop_gui.dialogs.export.data_dialog import DataDialog
from backprop_gui.dialogs.export.handout_dialog import ExampleDialog
from backprop_gui.dialogs.export.picture_dialog import PictureDialog
from backprop_gui.dialogs.export.slides_dialog import SlidesDialog
from backprop_gui.dialogs.file_dialog import ask_for_name
from backprop_gui.dialogs.form import Form
from backprop_gui.dialogs.question import ask
from backprop_gui.export import formats, orders, render
from backprop_gui.export.formats import Format
from backprop_gui.export.orders import (
    DataOrder,
    ExampleOrder,
    Order,
    OrderError,
    PictureOrder,
    SlidesOrder,
)
from backprop_gui.export.picture import Look, Picture, What, moment_picture
from backprop_gui.export.widget_picture import plot_picture, widget_picture
from backprop_gui.lesson import numbers
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.positions import PositionsError
from backprop_gui.paint.theme import Theme
from backprop_gui.state.session import Session
from backprop_gui.state.worker import Cancelled, Worker
from backprop_gui.storage.restore_line import Experiment, line
from backprop_gui.system.exceptions import hand_on
from backprop_gui.system.foreign import shown
from backprop_gui.system.job import Job
from backprop_gui.system.texts import _
from backprop_gui.views.error_plot import ErrorPlot
from backprop_gui.widgets.progress import Progress

_TALL = QSizeF(960, 600)  # of what has another shape on the screen, or is not on it
_CLIPBOARD_SCALE = 2.0
_MOST_IN_PROGRESS = 40  # characters of a name beside the bar
_WIDGETS = (What.WINDOW, What.ERROR)  # they are painted in the window's own thread
_EXPECTED = (PositionsError, OrderError, formats.FormatError)  # what a person asked for is wrong
_NUMBERED = re.compile(r"(.*)-(\d+)$")


class Screen(NamedTuple):
    """What is on the screen now: the widgets that a picture can show, and how they look."""

    network: QWidget
    formula: QWidget
    values: QWidget
    error_plot: ErrorPlot
    cards: QWidget
    theme: Theme
    digits: int
    is_large: bool
    refresh: Callable[[], None]  # write every number anew


class Exporting(QObject):
    """Asks what to export, and has it made in a thread. The window calls `end` as it closes.

    Signals:
        said(str): a note on what was done.
        refused(str): a sentence on what could not be done.
    """

    said = Signal(str)
    refused = Signal(str)

    def __init__(self, session: Session, screen: Callable[[], Screen], window: QMainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._screen = screen
        self._window = window
        self._last: tuple[Order, Path] | None = None
        self._path = Path()
        self._folder = ""
        self._dragged: QTemporaryDir | None = None
        self._dialogs: dict[type[Form], Form] = {}
        self._worker = Worker(self)
        self._worker.ended.connect(self._on_ended)
        self._progress = Progress(window)
        self._progress.cancelled.connect(self._worker.cancel)
        self._worker.progressed.connect(self._progress.show_progress)
        self._painting: Generator[None, None, Job] | None = None
        self._painting_timer = QTimer(self, interval=0)
        self._painting_timer.timeout.connect(self._paint_on)

    @property
    def is_busy(self) -> bool:
        """Whether something is being written."""
        return self._worker.is_busy or self._painting is not None

    def end(self) -> None:
        """Cancel what is being written; when this returns no thread is left."""
        self._stop_painting()
        self._worker.end()
        self._progress.end()

    def export_picture(self) -> None:
        """Ask for a picture."""
        sizes, digits = self._sizes(), self._screen().digits
        dialog = self._dialogs.get(PictureDialog)
        if not isinstance(dialog, PictureDialog):
            dialog = PictureDialog(self.picture, sizes, digits, self._window)
            dialog.copy_button.clicked.connect(self._on_copy_asked)
            self._keep(dialog)
        dialog.prepare(sizes, digits)
        dialog.exec()

    def export_slides(self) -> None:
        """Ask for slides."""
        moment, digits = self._session.moment, self._screen().digits
        dialog = self._dialogs.get(SlidesDialog)
        if not isinstance(dialog, SlidesDialog):
            dialog = SlidesDialog(moment, digits, self._window)
            self._keep(dialog)
        dialog.prepare(moment, digits)
        dialog.exec()

    def export_example(self) -> None:
        """Ask for a worked example."""
        moment = self._session.moment
        dialog = self._dialogs.get(ExampleDialog)
        if not isinstance(dialog, ExampleDialog):
            dialog = ExampleDialog(moment, self._window)
            self._keep(dialog)
        dialog.prepare(moment)
        dialog.exec()

    def export_data(self) -> None:
        """Ask for data."""
        known = self._session.known_iterations
        dialog = self._dialogs.get(DataDialog)
        if not isinstance(dialog, DataDialog):
            dialog = DataDialog(known, self._window)
            self._keep(dialog)
        dialog.prepare(known)
        dialog.exec()

    def export_again(self) -> None:
        """Repeat the last export, of what is shown now, to the next free name."""
        if self._last is None:
            self.export_picture()
            return
        order, path = self._last
        self.write(order, next_name(path))

    def write(self, order: Order, path: Path) -> None:
        """Have an order written to a file; `said` or `refused` tell how that ended."""
        if self.is_busy:
            self.refused.emit(_("Another export is still running: wait, then export again."))
            return
        moment = self._session.moment
        try:
            if isinstance(order, PictureOrder) and order.what in _WIDGETS:
                job, make = None, partial(self.picture, order)
                self._painting = orders.painting(order, make, moment, path)
                formats.of(path, formats.PICTURES)
            else:
                job = self._job(order, path)
        except (OrderError, PositionsError, formats.FormatError) as error:
            self.refused.emit(_refusal(path, error))
            return
        self._last, self._path, self._folder = (order, path), path, str(path.parent)
        if job:
            self._begin(job)
        else:
            self._painting_timer.start()

    def picture(self, order: PictureOrder) -> Picture:
        """Return the picture of an order, of the moment that is shown."""
        with numbers.in_files():
            made = self._made(order)
        refresh = self._screen().refresh if order.what is What.WINDOW else None
        return Picture(made.size, partial(_paint_as_in_files, made.paint, refresh))

    def _made(self, order: PictureOrder) -> Picture:
        moment, font = self._session.moment, self._window.font()
        if order.what is What.WINDOW:
            return widget_picture(self._screen().cards)
        if order.what is What.ERROR:
            plot = self._screen().error_plot.twin()
            return plot_picture(plot, moment, order.size, order.look, font)
        return moment_picture(order.what, moment, order.size, order.look, font)

    def copy(self, what: What = What.NETWORK) -> None:
        """Put a picture on the clipboard, as pixels, as SVG, and the step as text."""
        self._copy(self._shown(what))

    def drag(self, content: QWidget) -> None:
        """Let the pointer carry the picture of a card's content out of the window."""
        screen = self._screen()
        whats = {
            screen.network: What.NETWORK,
            screen.formula: What.FORMULA,
            screen.values: What.VALUES,
            screen.error_plot: What.ERROR,
        }
        order = self._shown(whats[content])
        mime = self._mime(order)
        pixels = mime.imageData()
        self._dragged = QTemporaryDir()
        path = Path(self._dragged.path(), f"{_stem(order)}.png")
        path.write_bytes(render.png(pixels, "", self._line()))
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        drag = QDrag(self._window)
        drag.setMimeData(mime)
        width = round(240 * self._window.devicePixelRatioF())
        small = pixels.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        small.setDevicePixelRatio(self._window.devicePixelRatioF())
        drag.setPixmap(QPixmap.fromImage(small))
        drag.exec(Qt.DropAction.CopyAction)

    def _keep(self, dialog: Form) -> None:
        self._dialogs[type(dialog)] = dialog
        dialog.order_made.connect(self._on_order_made)

    def _on_order_made(self, order: Order, kind: Format) -> None:
        path = self._asked_where(_stem(order), kind)
        if path and self._may_replace(order, kind, path):
            self.write(order, path)

    def _asked_where(self, stem: str, kind: Format) -> Path | None:
        """Ask for a name, which gets the format's ending; whether to replace is asked, too."""
        folder = self._folder or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.PicturesLocation
        )
        names = f"{kind.title} (*{kind.suffix})"
        return ask_for_name(
            self._window, _("Export"), folder, names, stem + kind.suffix, kind.suffix
        )

    def _may_replace(self, order: Order, kind: Format, path: Path) -> bool:
        """Ask before numbered pictures are replaced: the person was asked for another name."""
        is_sequence = isinstance(order, SlidesOrder) and kind in (formats.PNG, formats.SVG)
        there = sorted(path.parent.glob(f"{glob.escape(path.stem)}-[0-9]*{path.suffix}"))
        if not (is_sequence and there):
            return True
        question = _("Numbered pictures such as {name} exist already. Replace them?")
        answer = ask(
            self._window,
            _("Export"),
            question.format(name=shown(there[0].name)),
            {"replace": _("&Replace")},
        )
        return answer == "replace"

    def _on_copy_asked(self) -> None:
        dialog = self._dialogs[PictureDialog]
        try:
            order = dialog.order()
        except OrderError as error:
            dialog.show_problem(str(error))
            return
        if isinstance(order, PictureOrder):
            self._copy(order)

    def _copy(self, order: PictureOrder) -> None:
        QGuiApplication.clipboard().setMimeData(self._mime(order))
        self.said.emit(_("Copied as a picture, as SVG, and the step as text"))

    def _mime(self, order: PictureOrder) -> QMimeData:
        picture = self.picture(order)
        mime = QMimeData()
        mime.setImageData(render.image(picture, order.scale, order.ground, order.pixels))
        svg = render.svg(
            picture, order.ground, order.look.title, self._line(), outlines=order.has_outlines
        )
        mime.setData("image/svg+xml", svg)
        with numbers.in_files():
            mime.setText(step_text(self._session.moment, order.look.digits))
        return mime

    def _shown(self, what: What) -> PictureOrder:
        """The order for a picture as it is on the screen."""
        screen = self._screen()
        look = Look(theme=screen.theme, is_large=screen.is_large, digits=screen.digits)
        return PictureOrder(what, look, self._sizes()[what], _CLIPBOARD_SCALE, has_outlines=True)

    def _sizes(self) -> dict[What, QSizeF]:
        screen = self._screen()
        widgets = {
            What.NETWORK: screen.network,
            What.WINDOW: screen.cards,
        }
        sizes = {what: QSizeF(widget.size()) for what, widget in widgets.items()}
        return {what: sizes.get(what, _TALL) for what in What}

    def _line(self) -> str:
        moment = self._session.moment
        return line(Experiment(moment.setup, moment.position))

    def _job(self, order: Order, path: Path) -> Job:
        # A run of the job's own: the session's is advanced by one thread alone.
        run, moment = Run(self._session.setup), self._session.moment
        if isinstance(order, PictureOrder):
            return orders.picture_job(order, self.picture(order), moment, path)
        if isinstance(order, SlidesOrder):
            curve = self._session.run.trace()
            return orders.slides_job(order, run, curve, self._window.font(), path)
        if isinstance(order, ExampleOrder):
            return orders.example_job(order, run, path)
        return orders.data_job(order, run, path)

    def _begin(self, job: Job) -> None:
        self._progress.begin(
            _("Writing {name}").format(name=shown(self._path.name, _MOST_IN_PROGRESS))
        )
        self._worker.start(job)

    def _paint_on(self) -> None:
        """Paint the next part of a widget's picture; the window lives on in between."""
        if self._painting is None:
            return
        try:
            next(self._painting)
        except StopIteration as end:
            self._stop_painting()
            self._begin(end.value)
        except OSError as error:
            self._stop_painting()
            self.refused.emit(_refusal(self._path, error))

    def _stop_painting(self) -> None:
        self._painting_timer.stop()
        self._painting = None

    def _on_ended(self, failure: Exception | None) -> None:
        self._progress.end()
        name = self._path
        if failure is None:
            self.said.emit(_("Saved {path}").format(path=shown(name)))
        elif isinstance(failure, Cancelled):
            self.said.emit(_("Cancelled: nothing was written"))
        else:
            self.refused.emit(_refusal(name, failure))
            if not isinstance(failure, (OSError, *_EXPECTED)):
                hand_on(failure)


def next_name(path: Path) -> Path:
    """Return the first name after this one that is free: picture.png, picture-2.png …"""
    found = _NUMBERED.fullmatch(path.stem)
    stem, number = (found[1], int(found[2])) if found else (path.stem, 1)
    while True:
        number += 1
        candidate = path.with_name(f"{stem}-{number}{path.suffix}")
        if not candidate.exists():
            return candidate


def step_text(moment: Moment, digits: int) -> str:
    """Return the step as text: where it is, what it computes, and why."""
    step = moment.step
    place = _("Iteration {iteration}, step {number} ({phase})").format(
        iteration=numbers.count(moment.iteration),
        number=step.number,
        phase=step.phase.title.lower(),
    )
    return f"{place}: {formula(moment, digits).text}\n{step.why}"


def _paint_as_in_files(
    paint: Callable[[QPainter, float], None],
    refresh: Callable[[], None] | None,
    painter: QPainter,
    scale: float,
) -> None:
    """Paint with a decimal point; `refresh` writes anew what stands on the screen otherwise."""
    if refresh is None or numbers.decimal_sign() == numbers.POINT:
        with numbers.in_files():
            paint(painter, scale)
        return
    try:
        with numbers.in_files():
            refresh()
            paint(painter, scale)
    finally:
        refresh()


def _stem(order: Order) -> str:
    if isinstance(order, PictureOrder):
        return order.what.value.replace("+", " and ")
    return {SlidesOrder: "steps", ExampleOrder: "worked example", DataOrder: "iterations"}[
        type(order)
    ]


def _refusal(path: Path, error: Exception) -> str:
    if isinstance(error, OSError):
        sentence = _("{path} could not be written: {reason}.")
        return sentence.format(path=shown(path), reason=error.strerror or error)
    if isinstance(error, _EXPECTED):
        return _("Nothing was written: {problem}.").format(problem=error)
    sentence = _(
        "{path} could not be written ({kind}: {problem}). The existing file has not been changed."
    )
    return sentence.format(path=shown(path), kind=type(error).__name__, problem=shown(str(error)))
