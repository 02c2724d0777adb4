"""One edit, one state, one signal."""

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from backprop_gui.state.state import State

_Act = TypeVar("_Act", bound=Callable[..., None])


class Telling(QObject):
    """Holds a state and tells when there is another one: once for each method that is an `edit`.

    Signals:
        state_changed(State): an edit has made another state.
    """

    state_changed = Signal(object)

    def __init__(self, state: State, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = self._told = state
        self._is_telling = False
        self._events: list[Callable[[], object]] = []  # to be told after the state

    @property
    def state(self) -> State:
        """All that the views show."""
        return self._state

    def _change(self, **facts: Any) -> None:
        """Have other facts in the state; where they are as they were, it stays."""
        if any(getattr(self._state, name) != fact for name, fact in facts.items()):
            self._state = replace(self._state, **facts)

    def edit(self, act: Callable[[], None]) -> None:
        """Do something, and tell the state at its end, if it is another, and then the events.

        A slot may change the state again: all who listen are told of both, in their order.
        """
        if self._is_telling:
            act()
            return
        self._is_telling = True
        try:
            act()
        finally:
            try:
                while self._told is not self._state:
                    self._told = self._state
                    self.state_changed.emit(self._state)
            finally:
                self._is_telling = False
            while self._events:
                self._events.pop(0)()


def edit(act: _Act) -> _Act:
    """Have one signal tell all that a method changes, however much that is."""

    @functools.wraps(act)
    def edited(told: Telling, *args: object, **kwargs: object) -> None:
        told.edit(functools.partial(act, told, *args, **kwargs))

    return cast("_Act", edited)
