"""The window's exports: asks what and where, and has it written."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from backprop_gui.core.run import Run
from backprop_gui.dialogs.export.data_dialog import DataDialog
from backprop_gui.dialogs.export.handout_dialog import ExampleDialog
from backprop_gui.dialogs.export.picture_dialog import PictureDialog
from backprop_gui.dialogs.export.runs_dialog import RunsDialog
from backprop_gui.dialogs.export.slides_dialog import SlidesDialog
from backprop_gui.dialogs.file_dialog import ask_for_name
from backprop_gui.dialogs.form import Form
from backprop_gui.dialogs.question import ask
from backprop_gui.export import formats
from backprop_gui.export.contents import What
from backprop_gui.export.formats import Format
from backprop_gui.export.making import Painting, Subject, begin, names_of
from backprop_gui.export.orders import (
    ComparisonOrder,
    DataOrder,
    ExampleOrder,
    Order,
    OrderError,
    PictureOrder,
    RunsOrder,
    SlidesOrder,
)
from backprop_gui.lesson.positions import PositionsError
from backprop_gui.lesson.run_table import rows
from backprop_gui.state.session import Session
from backprop_gui.state.worker import Cancelled, Worker
from backprop_gui.system.exceptions import hand_on
from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _
from backprop_gui.widgets.progress import ProgressPanel
from backprop_gui.window.pictures import Pictures, Screen

_Form = TypeVar("_Form", bound=Form)

_MOST_IN_PROGRESS = 40  # characters of a name beside the bar
_EXPECTED = (PositionsError, OrderError, formats.FormatError)  # what a person asked for is wrong
_NUMBERED = re.compile(r"(.*)-(\d+)$")
_FILES = {
    SlidesOrder: "steps",
    ExampleOrder: What.EXAMPLE.file,
    DataOrder: What.DATA.file,
    RunsOrder: "runs",
    ComparisonOrder: What.COMPARE.file,
}


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
        self._window = window
        self.pictures = Pictures(session, screen, window)
        self.pictures.said.connect(self.said)
        self._order: Order | None = None  # that is being carried out, to `_path`
        self._path = Path()
        self._last: tuple[Order, Path] | None = None
        self._folder = ""
        self._dialogs: dict[type[Form], Form] = {}
        self._worker = Worker(self)
        self._worker.ended.connect(self._on_ended)
        self._progress = ProgressPanel(window)
        self._progress.cancelled.connect(self._on_cancelled)
        self._worker.progressed.connect(self._progress.show_progress)
        self._painting: Painting | None = None
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

    def export_picture(self, what: What | None = None) -> None:
        """Ask for a picture, at first of `what`."""
        now = self.pictures.sizes(), self.pictures.screen().numerals
        dialog = self._kept(
            PictureDialog, lambda: PictureDialog(self.pictures.picture, *now, self._window)
        )
        dialog.prepare(*now)
        if what:
            dialog.what.choose(what.word)
        dialog.exec()

    def export_slides(self) -> None:
        """Ask for slides."""
        now = self._session.moment, self.pictures.screen().numerals
        dialog = self._kept(SlidesDialog, lambda: SlidesDialog(*now, self._window))
        dialog.prepare(*now, has_runs=any(run.is_shown for run in self._session.state.kept))
        dialog.exec()

    def export_example(self) -> None:
        """Ask for a worked example."""
        moment, numerals = self._session.moment, self.pictures.screen().numerals
        dialog = self._kept(ExampleDialog, lambda: ExampleDialog(moment, self._window, numerals))
        dialog.prepare(moment, numerals)
        dialog.exec()

    def export_data(self) -> None:
        """Ask for data."""
        known, numerals = self._session.known_iterations, self.pictures.screen().numerals
        dialog = self._kept(DataDialog, lambda: DataDialog(known, self._window, numerals))
        dialog.prepare(known, numerals)
        dialog.exec()

    def export_runs(self) -> None:
        """Ask for the list of runs."""
        numerals = self.pictures.screen().numerals
        dialog = self._kept(RunsDialog, lambda: RunsDialog(self._window, numerals))
        dialog.prepare(numerals)
        dialog.exec()

    def export_again(self) -> None:
        """Repeat the last export, of what is shown now, to the next free name."""
        if self._last is None:
            self.export_picture()
            return
        order, path = self._last
        self.write(order, next_name(path, lambda name: bool(self._there(order, name))))

    def write(self, order: Order, path: Path) -> None:
        """Have an order written to a file; `said` or `refused` tell how that ended."""
        if self.is_busy:
            self.refused.emit(_("Another export is still running: wait, then export again."))
            return
        session = self._session
        # A run of the export's own: the session's is advanced by one thread alone.
        own, curve = Run(session.setup), session.state.run.trace
        subject = Subject(
            own,
            session.moment,
            self.pictures.maker(),
            curve,
            self.pictures.screen().numerals,
            rows(session.state.run, session.state.kept),
            session.state.working,
        )
        try:
            painting = begin(self.pictures.as_shown(order), subject, path)
        except _EXPECTED as error:
            self.refused.emit(_refusal(path, error))
            return
        self._order, self._path, self._painting = order, path, painting
        name = shown(path.name, _MOST_IN_PROGRESS)
        self._progress.begin(_("Writing {name}").format(name=name))
        self._paint_on()

    def _kept(self, kind: type[_Form], make: Callable[[], _Form]) -> _Form:
        """Return the dialog of a kind: what was chosen in it stays chosen."""
        dialog = self._dialogs.get(kind)
        if isinstance(dialog, kind):
            return dialog
        made = self._dialogs[kind] = make()
        made.order_made.connect(self._on_order_made)
        if isinstance(made, PictureDialog):
            made.copy_asked.connect(self.pictures.copy)
        return made

    def _on_order_made(self, order: Order, kind: Format) -> None:
        stem = order.what.file if isinstance(order, PictureOrder) else _FILES[type(order)]
        path = self._asked_where(stem, kind)
        if path and self._may_replace(order, path):
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

    def _there(self, order: Order, path: Path) -> list[str]:
        """Return the names of files that an order to this name can replace."""
        names = [path.name]
        with suppress(*_EXPECTED):  # which is told when it is written
            numerals = self.pictures.screen().numerals
            names = names_of(order, path, self._session.run, numerals)
        # A wrong name is none that is there.
        return [name for name in names if os.path.lexists(path.parent / name)]

    def _may_replace(self, order: Order, path: Path) -> bool:
        """Ask before numbered pictures are replaced: the person was asked for another name."""
        there = [name for name in self._there(order, path) if name != path.name]
        if not there:
            return True
        question = _("Numbered pictures such as {name} exist already. Replace them?")
        answer = ask(
            self._window,
            _("Export"),
            question.format(name=shown(there[0])),
            {"replace": _("&Replace")},
        )
        return answer == "replace"

    def _paint_on(self) -> None:
        """Do the next step of what this thread has to paint; the window lives on in between."""
        if self._painting is None:
            return
        try:
            next(self._painting)
        except StopIteration as end:
            self._stop_painting()
            self._worker.start(end.value)
        except Exception as error:  # noqa: BLE001 - it ends the export, whatever it is
            self._stop_painting()
            self._on_ended(error)
        else:
            self._painting_timer.start()

    def _stop_painting(self) -> None:
        self._painting_timer.stop()
        self._painting = None

    def _on_cancelled(self) -> None:
        self._worker.cancel()
        if self._painting:
            self._stop_painting()
            self._on_ended(Cancelled())

    def _on_ended(self, failure: Exception | None) -> None:
        self._progress.end()
        if failure is None and self._order:
            self._last, self._folder = (self._order, self._path), str(self._path.parent)
            self.said.emit(_("Saved {path}").format(path=shown(self._path)))
        elif isinstance(failure, Cancelled):
            self.said.emit(_("Cancelled: nothing was written"))
        elif failure:
            self.refused.emit(_refusal(self._path, failure))
            if not isinstance(failure, (OSError, *_EXPECTED)):
                hand_on(failure)


def next_name(path: Path, is_taken: Callable[[Path], bool]) -> Path:
    """Return the first name after this one that is free: picture.png, picture-2.png …"""
    found = _NUMBERED.fullmatch(path.stem)
    stem, number = (found[1], int(found[2])) if found else (path.stem, 1)
    while True:
        number += 1
        candidate = path.with_name(f"{stem}-{number}{path.suffix}")
        if not is_taken(candidate):  # which a name that is too long is not, either
            return candidate


def _refusal(path: Path, error: Exception) -> str:
    if isinstance(error, OSError):
        sentence = _("{path} could not be written: {reason}.")
        return sentence.format(path=shown(path), reason=error.strerror or error)
    if isinstance(error, _EXPECTED):
        return _("Nothing was written: {problem}.").format(problem=error)
    sentence = _(
        "{path} could not be made ({kind}: {problem}). The existing file has not been changed."
    )
    return sentence.format(path=shown(path), kind=type(error).__name__, problem=shown(str(error)))
