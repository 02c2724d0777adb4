"""The main window: composes the views and wires them to the session.

What is not part of the first frame is imported where it is used, so that the window opens sooner.
"""

import dataclasses
import math
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QMainWindow, QMenu, QWidget

from backprop_gui.core.network import Setup
from backprop_gui.export import contents
from backprop_gui.export.contents import What
from backprop_gui.lesson.ending import why_it_ends
from backprop_gui.state.navigation import Navigation
from backprop_gui.state.session import Session
from backprop_gui.state.state import Axes
from backprop_gui.storage.experiment_file import Document, View
from backprop_gui.storage.settings import Settings, fitting
from backprop_gui.system.texts import _
from backprop_gui.views.error_plot import ErrorPlot
from backprop_gui.views.network_view import NetworkView
from backprop_gui.views.transport import Transport, nearest_speed
from backprop_gui.widgets.arrangement import Arrangement
from backprop_gui.widgets.card import Page
from backprop_gui.window.appearance import Appearance, Choices
from backprop_gui.window.document import Documents, Unsaved
from backprop_gui.window.gate import Gate, Passing
from backprop_gui.window.help_menu import Guidance
from backprop_gui.window.menus import Entry, fill
from backprop_gui.window.messages import Messages

if TYPE_CHECKING:
    from threading import Thread

    from backprop_gui.dialogs.preferences_dialog import Preferences
    from backprop_gui.views.outcome_panel import OutcomePanel
    from backprop_gui.views.setup_panel import SetupPanel
    from backprop_gui.views.timeline import Timeline
    from backprop_gui.window.exporting import Exporting
    from backprop_gui.window.lecture_mode import Lecture
    from backprop_gui.window.pictures import Screen
    from backprop_gui.window.reading_panels import Readings
    from backprop_gui.window.showing import Showing

_SIZE = QSize(1440, 900)
_FRAME = QSize(8, 40)  # what a desktop puts around a window
_LEAST_SIZE = QSize(640, 400)
_PREPARED_AFTER_MS = 500  # the window is there, and nobody has read the first formula yet
_RUN, _PAUSE = _("&Run"), _("&Pause")


class MainWindow(QMainWindow):
    """Backprop's window. It ends the session's thread when it closes.

    The first frame has the network and the buttons; what takes longer follows when it is on the
    screen, see `complete`.

    Signals:
        opened(): the first frame is on the screen; what takes longer follows.
        completed(): all that belongs to the window is in place.
        remembered(Settings): the person has chosen what to remember.
        closed(Settings): the window is closing; what to remember.
    """

    opened = Signal()
    completed = Signal()
    remembered = Signal(object)
    closed = Signal(object)

    setup_panel: "SetupPanel"
    outcome_panel: "OutcomePanel"
    timeline: "Timeline"
    readings: "Readings"
    lecture: "Lecture"
    showing: "Showing"

    def __init__(self, settings: Settings, log_folder: Path = Path()) -> None:
        super().__init__()
        self.setObjectName("backprop")
        self.appearance = Appearance(Choices.of(settings), self)
        self.session = Session(settings.setup, self)
        self.session.set_speed(nearest_speed(settings.speed or math.inf))
        moment = self.session.moment
        self.network = NetworkView(moment)
        self.session.set_axes(Axes(settings.is_log_iterations, settings.is_log_error))
        self.transport = Transport(self.session.state, self.session.speed)
        self.error_plot = ErrorPlot(self.session.state)
        self.opens_new_windows = settings.opens_new_windows
        self.navigation = Navigation(self.session, self)
        self._is_complete = False
        self._is_discarded = False
        self._is_ended = False
        self._recent = settings.recent
        self.arrangement = Arrangement(
            Page(What.NETWORK.card, self.network, has_picture=True),
            Page("", self.transport),
            Page(What.ERROR.card, self.error_plot, self.error_plot.tools, has_picture=True),
        )
        self.arrangement.set_layout(settings.layout)
        self.arrangement.set_text_scale(self.appearance.text_scale)
        self.messages = Messages(self, self.arrangement)
        self._exporting: Exporting | None = None
        self._preparing: Thread | None = None
        self._gate = Gate(self._take_typed, self._show_wrong)
        self.documents = Documents(
            self.session,
            self._view,
            self._gate,
            self._typed_setup,
            self,
            settings.recent,
            settings.folder,
        )
        self.guidance = Guidance(
            self,
            self.appearance,
            log_folder,
            is_welcome_wanted=settings.is_welcome_wanted,
        )
        self.setAcceptDrops(True)
        self._fill_menus()
        self.network.set_moving(settings.is_moving)
        self.network.first_painted.connect(self.complete)
        self.appearance.theme_changed.connect(self.network.set_theme)
        self.appearance.theme_changed.connect(self.error_plot.set_theme)
        self.appearance.apply("window")
        self.setMinimumSize(_LEAST_SIZE)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))
        self.restoreGeometry(QByteArray(settings.geometry))
        self.network.setFocus()

    def settings(self) -> Settings:
        """Return what to remember of this window; what cannot be is as by default."""
        speed, documents, choices = self.session.speed, self.documents, self.appearance.choices
        return fitting(
            setup=documents.saved_setup,  # what is not saved is asked about, or kept aside
            theme=choices.theme,
            speed=None if math.isinf(speed) else speed,
            **self.session.state.axes._asdict(),
            digits=choices.digits,
            is_moving=choices.is_moving,
            geometry=bytes(self.saveGeometry().data()),
            layout=self.arrangement.layout_chosen,
            text_percent=choices.text_percent,
            decimal_sign=choices.decimal_sign,
            opens_new_windows=self.opens_new_windows,
            is_welcome_wanted=self.guidance.is_welcome_wanted,
            recent=documents.recent,
            folder=documents.folder,
        )

    def complete(self) -> None:
        """Put in place what the first frame does without: timeline, panels, plot and formula."""
        from backprop_gui.system.reduced_motion import ask_whether_reduced

        self.opened.emit()
        self._add_panels()
        self._is_complete = True
        self._wire()
        self.appearance.apply("window", "dialogs")
        self.readings.show_digits(self.appearance.choices.digits)
        self.repaint()  # the panels are on the screen before pyqtgraph is imported
        self.error_plot.load(self.font())
        self.arrangement.add_pages(*self.readings.pages())
        self._set_actions_enabled(True)
        ask_whether_reduced(self, self.appearance.reduce_motion)
        QTimer.singleShot(_PREPARED_AFTER_MS, self, self._prepare)
        self.completed.emit()

    def _prepare(self) -> None:
        from backprop_gui.paint.typesetting import prepare

        if not self._is_ended:
            self._preparing = prepare()

    @property
    def unsaved(self) -> Unsaved | None:
        """The work that is in no file and not given up, or None."""
        return None if self._is_discarded else self.documents.unsaved

    @property
    def exporting(self) -> "Exporting":
        """What gives pictures and files away; it comes into being when it is first needed."""
        if self._exporting is None:
            from backprop_gui.window.exporting import Exporting

            self._exporting = Exporting(self.session, self._on_screen, self)
            self._exporting.said.connect(self.messages.say)
            self._exporting.refused.connect(self.messages.refuse)
        return self._exporting

    def take(self, path: Path | None) -> bool:
        """Open the file of a later start, or come to the front; say whether this window does so.

        It does not while a question waits for its answer.
        """
        is_asked = QApplication.activeModalWidget() is not None
        if is_asked or (path and self.opens_new_windows):
            return False
        self._come_to_front()
        if path:
            # Later: who asked is waiting for the answer, and opening may ask the person.
            QTimer.singleShot(0, self, partial(self.documents.open, path))
        return True

    def _come_to_front(self) -> None:
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is not saved, and end the threads before the window goes."""
        if self._is_complete and not self._is_ended:
            if not (self._may_close_without() and self.documents.may_discard()):
                event.ignore()
                return
            self._is_discarded = True
        self._end()
        super().closeEvent(event)

    def end(self) -> None:
        """Close without asking: what is not saved is to be kept by whoever calls this."""
        self._end()
        self.hide()

    def _end(self) -> None:
        if self._is_ended:
            return
        self._is_ended = True
        self.session.end()
        if self._preparing:
            self._preparing.join()
        if self._exporting:
            self._exporting.end()
        self.leave_alone()
        self.closed.emit(self.settings())

    def event(self, event: QEvent) -> bool:
        """Tell a key that is held down from one that is pressed again."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self.navigation.is_key_held = event.isAutoRepeat()
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file, unless the window gave it away itself."""
        if event.source() is None and _dropped(event) and self._is_complete:
            _accept_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that is dropped."""
        if path := _dropped(event):
            _accept_copy(event)
            # Later: the other program waits for the answer, and opening may ask the person.
            QTimer.singleShot(0, self, partial(self.documents.open, path))

    def toggle_lecture(self) -> None:
        """Show the network and the formula alone on the whole screen, or everything again."""
        if self.lecture.is_on:
            self.leave_alone()
        else:
            self.lecture.begin()

    def leave_alone(self) -> None:
        """Show everything again, whatever is shown alone."""
        if self._is_complete and self.lecture.is_on:
            self.messages.note.end()
            self.lecture.end()
        self.arrangement.restore()

    def _add_panels(self) -> None:
        from backprop_gui.views.outcome_panel import OutcomePanel
        from backprop_gui.views.setup_panel import SetupPanel
        from backprop_gui.views.timeline import Timeline
        from backprop_gui.window.lecture_mode import Lecture
        from backprop_gui.window.reading_panels import Readings

        self.readings = Readings(self.session.moment, self)
        self.setup_panel = SetupPanel(self.session.setup)
        self.outcome_panel = OutcomePanel(self.session.moment)
        self.timeline = Timeline(self.session.moment)
        self.lecture = Lecture(self, self.arrangement, self.network, self.readings.formula)
        self.transport.hold(self.timeline)
        self.arrangement.add_to_sidebar(
            Page(_("Setup"), self.setup_panel), Page(_("Now"), self.outcome_panel)
        )

    def _fill_menus(self) -> None:
        bar, keys, plot = self.menuBar(), QKeySequence.StandardKey, self.error_plot
        session, gate, anyway = self.session, self._gate, Passing.GOES_ON
        go_on, go_back = self.navigation.go_on, self.navigation.go_back
        documents = self.documents
        file = bar.addMenu(_("&File"))
        fill(
            file,
            gate,
            Entry(_("&New"), keys.New, documents.new),
            Entry(_("New &window"), "Ctrl+Shift+N", self._on_new_window, passing=anyway),
            Entry(_("&Open…"), keys.Open, documents.ask_for_file),
        )
        documents.fill_menu(file)
        fill(
            file,
            gate,
            None,
            Entry(_("&Save"), keys.Save, documents.save),
            Entry(_("Save &as…"), "Ctrl+Shift+S", documents.save_as),
            Entry(_("No&te…"), None, documents.edit_note, passing=anyway),
            None,
            Entry(_("&Export picture…"), "Ctrl+E", self._on_export_picture),
            Entry(_("Export s&lides…"), None, self._on_export_slides),
            Entry(_("Wor&ked example…"), None, self._on_export_example),
            Entry(_("Export &data…"), None, self._on_export_data),
            Entry(_("Export a&gain"), "Ctrl+Shift+E", self._on_export_again),
            None,
            Entry(_("&Quit"), "Ctrl+Q", self.close, passing=anyway),
        )
        fill(
            bar.addMenu(_("&Edit")),
            gate,
            Entry(_("&Copy"), keys.Copy, self._on_copy),
            None,
            Entry(
                _("Reset to the &article"),
                "Ctrl+Shift+A",
                self._on_reset_to_article,
                passing=Passing.SEES_TO_IT,
            ),
            None,
            Entry(_("&Preferences…"), "Ctrl+,", self._on_preferences, passing=anyway),
        )
        self._run_action, *_others = fill(
            bar.addMenu(_("&Run")),
            gate,
            Entry(_RUN, "Space", self._toggle_running, passing=Passing.SEES_TO_IT),
            Entry(_("R&eset"), "R", session.reset),
        )
        fill(
            bar.addMenu(_("&Go")),
            gate,
            Entry(_("&Step"), ("Right", "PgDown"), partial(go_on, "step"), repeats=True),
            Entry(_("Step &back"), ("Left", "PgUp"), partial(go_back, "step"), repeats=True),
            Entry(_("&Phase"), "Shift+Right", partial(go_on, "phase"), repeats=True),
            Entry(_("Phase back"), "Shift+Left", partial(go_back, "phase"), repeats=True),
            Entry(_("&Iteration"), "Ctrl+Right", partial(go_on, "iteration"), repeats=True),
            Entry(_("Iteration back"), "Ctrl+Left", partial(go_back, "iteration"), repeats=True),
            None,
            Entry(_("&First step"), "Home", partial(go_back, "run")),
            Entry(_("&End of the run"), "End", partial(go_on, "run")),
        )
        view = bar.addMenu(_("&View"))
        fill(
            view,
            gate,
            Entry(_("&Lecture"), ("F11", "F5"), self.toggle_lecture),
            *(
                Entry(what.alone, what.key, partial(self._enlarge, what.word))
                for what in contents.CARDS
            ),
        )
        everything = Entry(_("&All cards"), "Esc", self.leave_alone, passing=anyway)
        (self._all_action,) = fill(view, gate, everything)
        self._all_action.setEnabled(False)
        self.arrangement.enlarged_changed.connect(self._on_enlarged_changed)
        fill(
            view,
            gate,
            None,
            Entry(_("&Fit the plot"), "Ctrl+0", plot.fit, passing=anyway),
            Entry(_("Zoom &in"), keys.ZoomIn, plot.zoom_in, repeats=True, passing=anyway),
            Entry(_("Zoom &out"), keys.ZoomOut, plot.zoom_out, repeats=True, passing=anyway),
            Entry(_("&Clear kept runs"), "Ctrl+L", session.clear_kept, passing=anyway),
            None,
        )
        self.appearance.fill_menu(view, gate)
        self.guidance.fill_menu(bar.addMenu(_("&Help")), gate)
        # The keys work where the menus are hidden, too, but not before there is what they act on.
        self.addActions([action for menu in bar.findChildren(QMenu) for action in menu.actions()])
        self._set_actions_enabled(False)

    def _set_actions_enabled(self, are_enabled: bool) -> None:
        for action in self.actions():
            action.setEnabled(are_enabled)
        self._all_action.setEnabled(False)

    def _wire(self) -> None:
        session = self.session
        self.showing = self._made_showing()
        self._wire_acts()
        self.setup_panel.setup_edited.connect(session.set_setup)
        self.setup_panel.edit_ended.connect(self.network.setFocus)
        for linked in (self.network, self.timeline, self.outcome_panel, self.readings):
            linked.quantity_pointed.connect(self._on_quantity_pointed)
        session.end_met.connect(self._on_end_met)
        session.beginning_met.connect(self._on_beginning_met)
        session.run_failed.connect(self._on_run_failed)
        self.documents.opened.connect(self._on_opened)
        self.documents.changed.connect(self._on_document_changed)
        self.documents.said.connect(self.messages.say)
        self.documents.refused.connect(self.messages.refuse)
        self.guidance.refused.connect(self.messages.refuse)
        self.guidance.said.connect(self.messages.say)
        self.appearance.theme_changed.connect(self.readings.set_theme)
        self.appearance.digits_changed.connect(self.readings.show_digits)
        self.appearance.text_changed.connect(self._on_text_changed)
        self.appearance.sign_changed.connect(self.showing.refresh)
        self.appearance.motion_changed.connect(self.network.set_moving)

    def _made_showing(self) -> "Showing":
        from backprop_gui.window.showing import Showing, Views

        views = Views(
            self.network,
            self.transport,
            self.timeline,
            self.readings,
            self.setup_panel,
            self.outcome_panel,
            self.error_plot,
        )
        return Showing(
            self.session, self.navigation, views, self.messages, self._show_running, self
        )

    def _wire_acts(self) -> None:
        """Let what a person does in the views pass the gate, as the commands of the menus do."""
        session, transport, before = self.session, self.transport, self._gate.before
        transport.reset_requested.connect(before(session.reset))
        transport.back_requested.connect(before(self.navigation.go_back))
        transport.on_requested.connect(before(self.navigation.go_on))
        transport.iteration_chosen.connect(before(session.go_to_iteration))
        transport.run_toggled.connect(self._set_running)
        transport.speed_chosen.connect(before(session.set_speed, Passing.GOES_ON))
        self.timeline.step_chosen.connect(before(session.go_to_step))
        self.error_plot.iteration_chosen.connect(before(session.go_to_iteration))
        self.error_plot.axes_chosen.connect(before(session.set_axes, Passing.GOES_ON))
        clear = before(session.clear_kept, Passing.GOES_ON)
        self.error_plot.clear_requested.connect(clear)
        go_on = before(session.go_on_computing, Passing.GOES_ON)
        self.error_plot.traces_requested.connect(go_on)
        self.readings.step_chosen.connect(before(session.go_to_step))
        self.readings.digits_chosen.connect(self._on_digits_chosen)
        self.readings.copied.connect(before(self._copy))
        self.readings.article_requested.connect(self._on_reset_to_article)
        for clickable in (self.network, self.outcome_panel, self.readings):
            clickable.number_clicked.connect(before(self._on_number_clicked))
        self.arrangement.drag_started.connect(before(self._on_drag_started))
        self.guidance.tried.connect(before(self._on_tried))

    def _view(self) -> View:
        """How the experiment is looked at."""
        return View(self.appearance.choices.digits, **self.session.state.axes._asdict())

    def _on_opened(self, opened: Document) -> None:
        if opened.view:
            self._on_digits_chosen(opened.view.digits)

    def _on_document_changed(self) -> None:
        self.outcome_panel.show_about(self.documents.note)
        if self.documents.recent != self._recent:
            self._recent = self.documents.recent
            self.remembered.emit(self.settings())

    def _on_digits_chosen(self, digits: int) -> None:
        self.setup_panel.commit()  # not by the gate: the keys stay with the digits
        self.appearance.choose(replace(self.appearance.choices, digits=digits))

    def _on_text_changed(self, scale: float) -> None:
        self.arrangement.set_text_scale(scale)
        self.error_plot.set_interface_font(self.appearance.font)

    def _take_typed(self) -> bool:
        """Take what is typed, as the Enter key does; say whether it could be taken."""
        if not self._is_complete:
            return True
        self.readings.commit()
        is_taken = self.setup_panel.commit()
        if is_taken and isinstance(QApplication.focusWidget(), QAbstractSpinBox):
            self.network.setFocus()
        return is_taken

    def _typed_setup(self) -> Setup:
        """The setup with what is typed and not taken yet."""
        setup = self.session.setup
        return self.setup_panel.typed(setup) if self._is_complete else setup

    def _show_wrong(self) -> None:
        """Bring what cannot be taken before the person's eyes, and all else back as it was."""
        self.transport.show_state(self.session.state)
        if wrong := self.setup_panel.wrong:
            self.arrangement.reveal(self.setup_panel)
            self.setup_panel.begin_correction()
            self.arrangement.scroll_to(wrong)

    def _may_close_without(self) -> bool:
        """Ask about what is typed and cannot be taken; say whether the window may close."""
        from backprop_gui.dialogs.question import ask

        self._gate.take()
        wrong = self.setup_panel.wrong
        if wrong is None:
            return True
        question = _("The text that you typed for {name} is not valid. Close without it?")
        answer = ask(
            self,
            _("Unsaved changes"),
            question.format(name=wrong.title),
            {"close": _("&Close without it")},
            f"{wrong.problem}.",
        )
        is_given_up = answer == "close"
        if is_given_up:
            self.setup_panel.discard_edits()
        else:
            self._show_wrong()
        return is_given_up

    def _toggle_running(self) -> None:
        # What runs is asked first: the run that a typed number begins stands still.
        self._set_running(not self.session.is_running)

    def _set_running(self, is_wanted: bool) -> None:
        """Run, or pause, which needs no number to be right."""
        if not is_wanted:
            self._gate.take()
            self.session.pause()
        elif self._gate.may_go_on():
            self.session.start()

    def _on_new_window(self) -> None:
        from backprop_gui.window.second_window import start_another

        start_another(self, self.messages.refuse)

    def _on_preferences(self) -> None:
        from backprop_gui.dialogs.preferences_dialog import Preferences, PreferencesDialog

        choices = self.appearance.choices
        now = Preferences(
            **dataclasses.asdict(choices),
            opens_new_windows=self.opens_new_windows,
            is_welcome_wanted=self.guidance.is_welcome_wanted,
        )
        dialog = PreferencesDialog(now, self)
        dialog.chosen.connect(self._on_preferred)
        dialog.exec()
        dialog.deleteLater()

    def _on_preferred(self, chosen: "Preferences") -> None:
        self.opens_new_windows = chosen.opens_new_windows
        self.guidance.is_welcome_wanted = chosen.is_welcome_wanted
        fields = (field.name for field in dataclasses.fields(Choices))
        self.appearance.choose(Choices(**{name: getattr(chosen, name) for name in fields}))
        self.remembered.emit(self.settings())

    def _on_tried(self, what: str) -> None:
        """Do what the welcome proposes."""
        from backprop_gui.lesson.samples import SCENARIO

        self.activateWindow()
        if what == "step":
            self.navigation.go_on("step")
            self.network.setFocus()
        elif what == "change":
            self.arrangement.reveal(self.setup_panel)
            self.setup_panel.begin_edit("w1")
        elif what == "sample":
            self.documents.open_sample(SCENARIO["overshooting-rate"])
            self.arrangement.reveal(self.error_plot)
            self.network.setFocus()

    def _on_reset_to_article(self) -> None:
        self.setup_panel.reset_to_article()

    def _show_running(self, is_running: bool) -> None:
        self._run_action.setText(_PAUSE if is_running else _RUN)

    def _on_run_failed(self, problem: str) -> None:
        notice = _("Training failed in iteration {iteration}: {problem}. Reset to start again.")
        iteration = self.session.known_iterations
        self.messages.refuse(notice.format(iteration=iteration, problem=problem))

    def _on_end_met(self) -> None:
        reason = why_it_ends(self.session.moment)
        self.messages.note.say(reason or _("This is the last iteration so far. The run continues."))

    def _on_beginning_met(self) -> None:
        self.messages.note.say(_("This is the first step of the run."))

    def _on_quantity_pointed(self, name: str | None) -> None:
        for linked in (self.network, self.timeline, self.outcome_panel, self.readings):
            linked.show_lit(name)

    def _enlarge(self, word: str) -> None:
        views = {
            "network": self.network,
            "error": self.error_plot,
            "formula": self.readings.formula,
            "values": self.readings.values,
            "program": self.readings.listing,
            "check": self.readings.check,
        }
        self.arrangement.enlarge(views[word])

    def _on_enlarged_changed(self) -> None:
        is_one_alone = self.arrangement.is_one_alone
        self._all_action.setEnabled(is_one_alone)
        if self.lecture.is_on and not is_one_alone:
            self.leave_alone()  # a double click brought the other cards back

    def _on_number_clicked(self, number: str) -> None:
        self._copy(number, _("Copied {number}").format(number=number))

    def _copy(self, text: str, note: str) -> None:
        """Put a text on the clipboard, unless there is none, and say so."""
        if text:
            QGuiApplication.clipboard().setText(text)
        self.messages.note.say(note)

    def _on_copy(self) -> None:
        """Copy what is selected in the table of values, else the network as a picture."""
        focused = QApplication.focusWidget()
        if focused and self.readings.values.isAncestorOf(focused):
            self.readings.values.copy_selection()
            return
        self.exporting.pictures.copy()

    def _on_screen(self) -> "Screen":
        """What a picture can show, as it is now."""
        from backprop_gui.window.pictures import Screen

        return Screen(
            self.network,
            self.readings.formula,
            self.readings.values,
            self.error_plot,
            self.arrangement,
            self.appearance.theme,
            self.appearance.choices.digits,
            self.lecture.is_on,
            self.showing.refresh,
        )

    def _on_export_picture(self) -> None:
        self.exporting.export_picture()

    def _on_export_slides(self) -> None:
        self.exporting.export_slides()

    def _on_export_example(self) -> None:
        self.exporting.export_example()

    def _on_export_data(self) -> None:
        self.exporting.export_data()

    def _on_export_again(self) -> None:
        self.exporting.export_again()

    def _on_drag_started(self, content: QWidget) -> None:
        self.exporting.pictures.drag(content)


def _dropped(event: QDropEvent) -> Path | None:
    """Return the one file that is being dropped, or None."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _accept_copy(event: QDropEvent) -> None:
    """Accept what is dropped, never as a move, after which the other program removes the file."""
    can_copy = event.possibleActions() & Qt.DropAction.CopyAction
    event.setDropAction(Qt.DropAction.CopyAction if can_copy else Qt.DropAction.IgnoreAction)
    event.accept()
