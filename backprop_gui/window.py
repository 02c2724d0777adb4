"""The main window: composes the views and wires them to the session.

What is not part of the first frame is imported where it is used, so that the window opens sooner.
"""

import math
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QImage, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.core.run import Run
from backprop_gui.i18n import _
from backprop_gui.lesson.moment import Moment
from backprop_gui.menus import Entry, fill, fill_with_choices
from backprop_gui.paint.theme import DARK, LIGHT, Theme
from backprop_gui.session import Session
from backprop_gui.settings import Settings
from backprop_gui.views.error_plot import ErrorPlot
from backprop_gui.views.network_view import NetworkView
from backprop_gui.views.transport import Transport
from backprop_gui.widgets.card import Card

if TYPE_CHECKING:
    from backprop_gui.views.outcome_panel import OutcomePanel
    from backprop_gui.views.setup_panel import SetupPanel

_SIZE = QSize(1440, 900)
_FRAME = QSize(8, 40)  # what a desktop puts around a window
_SIDEBAR_WIDTH = 288
_LEAST_SIZE = QSize(640, 400)
_WIDE = 1280  # from this width on the plot stands beside the network, else below it
_WIDE_SHARES, _NARROW_SHARES = [620, 380], [720, 280]
_NOTE_MS = 6000
_RUN, _PAUSE = _("&Run"), _("&Pause")
_THEMES = {"system": _("As the &system"), "light": _("&Light"), "dark": _("&Dark")}


class MainWindow(QMainWindow):
    """Backprop's window. It ends the session's thread when it closes.

    The first frame has the network and the buttons; what takes longer follows when it is on the
    screen, see `complete`.

    Signals:
        completed(): all that belongs to the window is in place.
        closed(Settings): the window is closing; what to remember.
    """

    completed = Signal()
    closed = Signal(object)

    setup_panel: "SetupPanel"
    outcome_panel: "OutcomePanel"

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("Backprop")
        self.setObjectName("backprop")
        self.session = Session(settings.setup, self)
        self.session.set_speed(settings.speed or math.inf)
        moment = self.session.moment
        self.network = NetworkView(moment)
        self.transport = Transport(moment, self.session.speed)
        self.error_plot = ErrorPlot(self.session.run, moment)
        self._theme_choice = settings.theme
        self._is_outcome_shown = False
        self._note = QLabel()
        self._note.setObjectName("said")
        self._note_end = QTimer(self, singleShot=True)
        self._note_end.timeout.connect(self._note.clear)
        self._compose()
        self._fill_menus()
        self.network.first_painted.connect(self.complete)
        self.error_plot.set_axes(settings.is_log_iterations, settings.is_log_error)
        self.choose_theme(settings.theme)
        self.setMinimumSize(_LEAST_SIZE)
        self._splitter.setSizes(_NARROW_SHARES)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))
        self.restoreGeometry(QByteArray(settings.geometry))
        self.network.setFocus()

    def settings(self) -> Settings:
        """Return what to remember of this window."""
        speed = self.session.speed
        return Settings(
            setup=self.session.setup,
            theme=self._theme_choice,
            speed=None if math.isinf(speed) else speed,
            is_log_error=self.error_plot.is_log_error,
            is_log_iterations=self.error_plot.is_log_iterations,
            geometry=bytes(self.saveGeometry().data()),
        )

    def complete(self) -> None:
        """Put in place what the first frame does without: the panels at the side and the plot."""
        from backprop_gui.views.outcome_panel import OutcomePanel
        from backprop_gui.views.setup_panel import SetupPanel

        self.setup_panel = SetupPanel(self.session.setup)
        self.outcome_panel = OutcomePanel(self.session.moment)
        self._sidebar.addWidget(Card(_("Setup"), self.setup_panel))
        self._sidebar.addWidget(Card(_("Now"), self.outcome_panel), 1)
        self._wire()
        self._on_moment_changed(self.session.moment)
        self.repaint()  # the panels are on the screen before pyqtgraph is imported
        self.error_plot.load(self.font())
        self.completed.emit()

    def choose_theme(self, choice: str) -> None:
        """Show the window as the system, "light" or "dark"."""
        self._theme_choice = choice
        self._theme_actions[choice].setChecked(True)
        self._apply_theme()

    def picture(self, is_window: bool, scale: float) -> QImage:
        """Return the window, or the network alone, at `scale` times its size on the screen."""
        from backprop_gui.export.picture import network_image, widget_image

        if not is_window:
            size, font = self.network.size(), self.network.font()
            return network_image(self.session.moment, size, scale, self._theme, font)
        self.error_plot.set_pen_scale(scale)
        try:
            return widget_image(self, scale, self._theme)
        finally:
            self.error_plot.set_pen_scale(self.devicePixelRatio())

    def say(self, note: str) -> None:
        """Show a short note in the corner of the menu bar for a while."""
        self._note.setText(note)
        self._note.adjustSize()
        self.menuBar().adjustSize()
        self._note_end.start(_NOTE_MS)

    def show_notice(self, notice: str) -> None:
        """Show a sentence on what went wrong, in the status area."""
        self.outcome_panel.show_notice(notice)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the thread before the window goes."""
        self.session.pause()
        self.closed.emit(self.settings())
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the plot beside the network, or below it where the window is narrow."""
        is_wide = event.size().width() >= _WIDE
        orientation = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != orientation:
            self._splitter.setOrientation(orientation)
            self._splitter.setSizes(_WIDE_SHARES if is_wide else _NARROW_SHARES)
        super().resizeEvent(event)

    def _compose(self) -> None:
        practice = QWidget()
        column = QVBoxLayout(practice)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Card(_("Network"), self.network), 1)
        column.addWidget(Card("", self.transport))
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setHandleWidth(8)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(practice)
        self._splitter.addWidget(Card(_("Error"), self.error_plot, self.error_plot.tools))
        ground = QWidget()
        row = QHBoxLayout(ground)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._made_sidebar())
        row.addWidget(_scrolled(self._splitter), 1)
        self.setCentralWidget(ground)

    def _made_sidebar(self) -> QWidget:
        sidebar = QWidget()
        sidebar.setObjectName("sidebar")
        self._sidebar = QVBoxLayout(sidebar)
        self._sidebar.setContentsMargins(0, 0, 0, 0)
        self._sidebar.setSpacing(8)
        scroller = _scrolled(sidebar)
        scroller.setFixedWidth(_SIDEBAR_WIDTH)
        return scroller

    def _fill_menus(self) -> None:
        bar, keys, plot = self.menuBar(), QKeySequence.StandardKey, self.error_plot
        fill(
            bar.addMenu(_("&File")),
            Entry(_("&Save picture…"), "Ctrl+Shift+S", self._on_save_picture),
            None,
            Entry(_("&Quit"), keys.Quit, self.close),
        )
        fill(
            bar.addMenu(_("&Edit")),
            Entry(_("&Copy network"), keys.Copy, self._on_copy_network),
            None,
            Entry(_("Reset to the &article"), "Ctrl+Shift+A", self._on_reset_to_article),
        )
        self._run_action, *_others = fill(
            bar.addMenu(_("&Run")),
            Entry(_RUN, "Space", self.session.toggle_running),
            Entry(_("&Step"), "Right", self.session.step),
            Entry(_("&Back"), "Left", self.session.step_back),
            None,
            Entry(_("R&eset"), "R", self.session.reset),
        )
        view = bar.addMenu(_("&View"))
        fill(
            view,
            Entry(_("&Fit the plot"), "Ctrl+0", plot.fit),
            Entry(_("Zoom &in"), keys.ZoomIn, plot.zoom_in),
            Entry(_("Zoom &out"), keys.ZoomOut, plot.zoom_out),
            Entry(_("&Clear former runs"), "Ctrl+L", plot.clear_former),
            None,
        )
        self._theme_actions = fill_with_choices(
            view.addMenu(_("&Theme")), _THEMES, self.choose_theme
        )
        fill(bar.addMenu(_("&Help")), Entry(_("&About Backprop"), None, self._on_about))
        bar.setCornerWidget(self._note)

    def _wire(self) -> None:
        session = self.session
        self.setup_panel.setup_edited.connect(session.set_setup)
        self.transport.reset_requested.connect(session.reset)
        self.transport.back_requested.connect(session.step_back)
        self.transport.step_requested.connect(session.step)
        self.transport.run_toggled.connect(session.toggle_running)
        self.transport.iteration_chosen.connect(session.go_to_iteration)
        self.transport.speed_chosen.connect(session.set_speed)
        self.error_plot.iteration_chosen.connect(session.go_to_iteration)
        self.network.number_clicked.connect(self._on_number_clicked)
        self.outcome_panel.number_clicked.connect(self._on_number_clicked)
        session.run_started.connect(self._on_run_started)
        session.run_extended.connect(self._on_run_extended)
        session.running_changed.connect(self._on_running_changed)
        session.run_failed.connect(self._on_run_failed)
        session.moment_changed.connect(self._on_moment_changed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply_theme)

    def _apply_theme(self) -> None:
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        by_choice = {"light": LIGHT, "dark": DARK}
        self._theme: Theme = by_choice.get(self._theme_choice, DARK if is_dark else LIGHT)
        QApplication.setPalette(self._theme.palette())
        self.setStyleSheet(self._theme.style_sheet())
        self.network.set_theme(self._theme)
        self.error_plot.set_theme(self._theme)

    def _on_reset_to_article(self) -> None:
        self.setup_panel.reset_to_article()

    def _on_run_started(self, run: Run) -> None:
        self._is_outcome_shown = False
        self.outcome_panel.show_outcome(None)
        self.outcome_panel.show_notice("")
        self.setup_panel.show_setup(run.setup)
        self.error_plot.show_run(run)
        self.transport.show_known(1)

    def _on_run_extended(self) -> None:
        self.error_plot.show_known(self.session.known_iterations)
        self.transport.show_known(self.session.known_iterations)

    def _on_running_changed(self, is_running: bool) -> None:
        self.transport.show_running(is_running)
        self.error_plot.show_running(is_running)
        self._run_action.setText(_PAUSE if is_running else _RUN)
        self._on_moment_changed(self.session.moment)

    def _on_run_failed(self, problem: str) -> None:
        notice = _("Training failed in iteration {iteration}: {problem}. Reset begins anew.")
        iteration = self.session.known_iterations
        self.show_notice(notice.format(iteration=iteration, problem=problem))

    def _on_moment_changed(self, moment: Moment) -> None:
        for view in (self.network, self.transport, self.outcome_panel, self.error_plot):
            view.show_moment(moment)
        if moment.stop and not self._is_outcome_shown and not self.session.is_running:
            from backprop_gui.lesson.outcome import outcome

            self._is_outcome_shown = True
            self.outcome_panel.show_outcome(outcome(self.session.run))

    def _on_number_clicked(self, number: str) -> None:
        QGuiApplication.clipboard().setText(number)
        self.say(_("Copied {number}").format(number=number))

    def _on_copy_network(self) -> None:
        QGuiApplication.clipboard().setImage(self.picture(is_window=False, scale=2))
        self.say(_("Copied the network as a picture"))

    def _on_save_picture(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        from backprop_gui.views.picture_dialog import PictureDialog

        dialog = PictureDialog(self.network.size(), self.size(), self)
        if not dialog.exec():
            return
        image = self.picture(dialog.is_window, dialog.scale)
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save picture"), "backprop.png", _("PNG picture (*.png)")
        )
        if name:
            self._save_picture(image, Path(name))

    def _save_picture(self, image: QImage, path: Path) -> None:
        from backprop_gui.export.picture import save_png

        if not path.suffix:
            path = path.with_suffix(".png")
        try:
            save_png(image, path)
        except OSError as error:
            problem = _("{path} could not be written: {reason}.")
            self.show_notice(problem.format(path=path, reason=error.strerror or error))
            return
        self.say(_("Saved {path}").format(path=path))

    def _on_about(self) -> None:
        from PySide6.QtWidgets import QMessageBox

        from backprop_gui.views.about import about_text

        QMessageBox.about(self, _("About Backprop"), about_text())


def _scrolled(content: QWidget) -> QScrollArea:
    """Return a frame in which the content can be scrolled where the window is too low for it."""
    scroller = QScrollArea()
    scroller.setWidgetResizable(True)
    scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroller.setWidget(content)
    return scroller
