"""The keys and buttons that go through a run, to and fro."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from backprop_gui.state.session import Session


class Navigation(QObject):
    """Moves a session's position by "step", "phase", "iteration", or to an end of the "run".

    A key that is held down moves again only when the move before is on the screen, so that
    nothing queues up.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.is_key_held = False
        self._is_going_on = False
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._ons: dict[str, Callable[[], None]] = {
            "step": session.step_on,
            "phase": session.phase_on,
            "iteration": session.iteration_on,
            "run": session.go_to_last,
        }
        self._backs: dict[str, Callable[[], None]] = {
            "step": session.step_back,
            "phase": session.phase_back,
            "iteration": session.iteration_back,
            "run": session.go_to_first,
        }

    @property
    def is_going_on(self) -> bool:
        """Whether the moment that changes right now does so by a move forwards."""
        return self._is_going_on

    def go_on(self, by: str) -> None:
        """Go on by one of these, or to the run's end."""
        self._is_going_on = True
        try:
            self._go(self._ons[by])
        finally:
            self._is_going_on = False

    def go_back(self, by: str) -> None:
        """Go back by one of these, or to the run's beginning."""
        self._go(self._backs[by])

    def _go(self, move: Callable[[], None]) -> None:
        # The timer runs out when nothing else waits: all events handled, the frame painted.
        if not (self.is_key_held and self._settling.isActive()):
            move()
            self._settling.start()
