"""A person's own working beside the run, and what a person does with it."""

from collections.abc import Mapping
from dataclasses import replace

from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.notation import name as called
from backprop_gui.lesson.own_working import Help, OwnWorking
from backprop_gui.state.comparing import Comparing
from backprop_gui.state.state import Change
from backprop_gui.state.telling import edit
from backprop_gui.system import letters


class Checking(Comparing):
    """The runs, and the numbers that a person has worked out on paper for one iteration.

    A working stays one of the iteration that its first number was typed at, wherever the person
    goes and whatever the setup becomes. Changes of its numbers can be undone.
    """

    @edit
    def set_working_text(self, name: str, text: str) -> None:
        """Have a line of the working as it is typed, by the code name; "" is none."""
        symbol = called(ARTICLE.quantities[name].symbol)
        self._write({name: text}, "working_line", symbol)

    @edit
    def paste_working(self, texts: Mapping[str, str]) -> None:
        """Have several lines of the working, by their code names; the others stay."""
        self._write(texts, "working_paste")

    @edit
    def clear_working(self) -> None:
        """Have no numbers in the working; they come back by undoing."""
        working = self._state.working
        self._put_working(working.with_texts(dict.fromkeys(working.texts, ""), self.moment),
                          "working_clear")  # fmt: skip

    @edit
    def move_working(self) -> None:
        """Have the same numbers as a working of the iteration that is shown."""
        self._put_working(self._state.working.moved_to(self.moment), "working_move")

    @edit
    def ask_help(self, name: str, help: Help) -> None:
        """Open help so far for a line, by its code name."""
        self._change(working=self._state.working.with_help(name, help))

    @edit
    def set_test_mode(self, is_on: bool) -> None:
        """Say nothing about the numbers until the test is handed in, or say it at once."""
        working = replace(self._state.working, is_test=is_on, is_handed_in=False, help=())
        self._change(working=working)

    @edit
    def finish_test(self) -> None:
        """Hand the test in."""
        if self._state.working.is_test:
            self._change(working=replace(self._state.working, is_handed_in=True))

    def _write(self, texts: Mapping[str, str], command: str, about: str = "") -> None:
        held = {name: letters.one_line(text) for name, text in texts.items()}
        self._put_working(self._state.working.with_texts(held, self.moment), command, about)

    def _put_working(self, working: OwnWorking, command: str, about: str = "") -> None:
        now = self._state.working
        if (working.begins, working.lines) != (now.begins, now.lines):
            self._record(Change(self.setup, self.setup, command, about))
            self._change(working=working)
