"""What is typed comes first: the gate that every command and every act of a view passes."""

from collections.abc import Callable

from backprop_gui.widgets.command import Passing


class Gate:
    """Has what is typed taken before anything else is done.

    `take` takes it and says whether it could be; `show` brings what could not before the person's
    eyes, with the sentence on why. It gets the name of the command that stops, or "".
    """

    def __init__(self, take: Callable[[], bool], show: Callable[[str], None]) -> None:
        self.take = take
        self._show = show

    def may_go_on(self, name: str = "") -> bool:
        """Take what is typed; where it cannot be taken, show that, and say no."""
        is_taken = self.take()
        if not is_taken:
            self._show(name)
        return is_taken

    def before(
        self, act: Callable[..., object], passing: Passing = Passing.STOPS, name: str = ""
    ) -> Callable[..., None]:
        """Return an act that takes what is typed first, and stops or goes on where it cannot."""

        def guarded(*values: object) -> None:
            if passing is Passing.STOPS and not self.may_go_on(name):
                return
            if passing is Passing.GOES_ON:
                self.take()
            act(*values)

        return guarded
