"""What is typed and not taken yet: taken before anything else is done, or brought to mind."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractSpinBox, QApplication

from backprop_gui.core.network import Setup
from backprop_gui.lesson.own_working import OwnWorking
from backprop_gui.state.session import Session
from backprop_gui.system.texts import _
from backprop_gui.views.network_view import NetworkView
from backprop_gui.widgets.arrangement import Arrangement
from backprop_gui.widgets.commands import COMMANDS
from backprop_gui.window.document import OpenDocument
from backprop_gui.window.gate import Gate
from backprop_gui.window.messages import Messages

if TYPE_CHECKING:
    from backprop_gui.views.setup_panel import SetupPanel
    from backprop_gui.window.reading_panels import ReadingPanels


class Typed:
    """The numbers that are being typed, with the gate that every command passes.

    Nothing is typed before `watch` is called. `restore` shows the buttons as they were.
    """

    def __init__(
        self,
        messages: Messages,
        session: Session,
        network: NetworkView,
        arrangement: Arrangement,
        restore: Callable[[], object],
    ) -> None:
        self._messages = messages
        self._session = session
        self._network = network
        self._arrangement = arrangement
        self._restore = restore
        self._setup_panel: SetupPanel | None = None
        self._panels: ReadingPanels | None = None
        self._told = ""  # to the person, on what is wrong now
        self.gate = Gate(self._take, self._show_wrong)

    def watch(self, setup_panel: "SetupPanel", panels: "ReadingPanels") -> None:
        """Take what is typed in these panels from now on."""
        self._setup_panel, self._panels = setup_panel, panels
        for box in setup_panel.boxes.values():
            box.problem_changed.connect(self._on_problem_changed)

    def setup(self) -> Setup:
        """Return the setup with what is typed and not taken yet."""
        setup = self._session.setup
        return self._setup_panel.typed(setup) if self._setup_panel else setup

    def working(self) -> OwnWorking:
        """Return the person's working with what is typed and not taken yet."""
        state = self._session.state
        texts = self._panels.typed_texts() if self._panels else {}
        return state.working.with_texts(texts, state.moment) if texts else state.working

    def may_close(self, documents: OpenDocument) -> bool:
        """Ask about what is not saved, and what is typed and cannot be, in one question.

        Say whether the window may close.
        """
        from backprop_gui.dialogs.question import ask

        if self._take() or not (self._setup_panel and self._setup_panel.wrong):
            return documents.may_go()
        wrong = self._setup_panel.wrong
        if documents.is_changed:
            lost = _("The text that you typed for {name} cannot be saved: {problem}.")
            may_close = documents.may_go(lost.format(name=wrong.title, problem=wrong.problem))
        else:
            question = _("The text that you typed for {name} is not valid. Close without it?")
            answer = ask(
                self._arrangement,
                _("Unsaved changes"),
                question.format(name=wrong.title),
                {"close": _("&Close without it")},
                f"{wrong.problem}.",
            )
            may_close = answer == "close"
        if not may_close:
            self._reveal_wrong()
        return may_close

    def set_running(self, is_wanted: bool) -> None:
        """Run, or pause, which needs no number to be right."""
        if not is_wanted:
            self._take()
            self._session.pause()
        elif self.gate.may_go_on(COMMANDS["run"].name):
            self._session.start()

    def toggle_running(self) -> None:
        """Run, or pause; a run that stands still after a typed number goes on."""
        # What runs is asked first: the run that a typed number begins stands still.
        self.set_running(not self._session.is_running)

    def reset_to_article(self) -> None:
        """Put the article's numbers back, in place of whatever was typed."""
        if self._setup_panel:
            self._setup_panel.discard_edits()
        self._session.set_setup(Setup())

    def _take(self) -> bool:
        """Take what is typed, as the Enter key does; say whether it could be taken."""
        if self._setup_panel is None or self._panels is None:
            return True
        self._panels.commit()
        is_taken = self._setup_panel.commit()
        if is_taken and isinstance(QApplication.focusWidget(), QAbstractSpinBox):
            self._network.setFocus()
        return is_taken

    def _show_wrong(self, command: str) -> None:
        """Say that a command, or "", did nothing, and why; bring all else back as it was."""
        self._restore()
        if self._setup_panel and (wrong := self._setup_panel.wrong):
            nothing = _("“{command}” did nothing") if command else _("Nothing was done")
            sentence = _("{nothing}: {problem}. Correct the number, or press Escape.")
            self._told = sentence.format(
                nothing=nothing.format(command=command), problem=wrong.problem
            )
            self._arrangement.reveal(self._setup_panel)  # a lecture's message is a large one
            self._messages.refuse(self._told)
            self._reveal_wrong()

    def _reveal_wrong(self) -> None:
        """Bring what cannot be taken before the person's eyes."""
        if self._setup_panel and (wrong := self._setup_panel.wrong):
            self._arrangement.reveal(self._setup_panel)
            self._setup_panel.begin_correction()
            self._arrangement.scroll_to(wrong)

    def _on_problem_changed(self) -> None:
        if self._setup_panel and not self._setup_panel.wrong:
            self._messages.take_back(self._told)
