"""What a person has predicted in an iteration."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

Answer = int | str  # one of the three, from 1, or a number as it was typed


@dataclass(frozen=True, slots=True)
class Predicted:
    """Whether a person is asked, what is asked now, and what has been answered.

    `asked` is the code name of the quantity that is asked about, "" for none, and `answer` what
    is chosen or typed. `seen` has the answers of this iteration whose quantity is known now, by
    its code name, in their order; None is none.
    """

    is_on: bool = False
    asked: str = ""
    answer: Answer | None = None
    seen: tuple[tuple[str, Answer | None], ...] = ()

    @property
    def answers(self) -> Mapping[str, Answer | None]:
        """The answers whose quantity is known, by its code name."""
        return dict(self.seen)

    def asking(self, name: str) -> "Predicted":
        """Return the same with a question about a quantity."""
        return replace(self, asked=name, answer=None)

    def shown(self) -> "Predicted":
        """Return the same when the quantity that was asked about is known."""
        return replace(self, asked="", answer=None, seen=(*self.seen, (self.asked, self.answer)))

    def elsewhere(self, *, is_same_iteration: bool) -> "Predicted":
        """Return the same without what is asked, as of another moment."""
        seen = self.seen if is_same_iteration else ()
        return replace(self, asked="", answer=None, seen=seen)


NO_PREDICTIONS = Predicted()
