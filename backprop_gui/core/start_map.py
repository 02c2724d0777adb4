"""Where runs end that start from any weights, without a record of the way there."""

from array import array
from collections.abc import Iterator
from typing import NamedTuple

from backprop_gui.core.iteration import advance, at_once
from backprop_gui.core.network import MOST_ITERATIONS, Setup
from backprop_gui.core.run import Stop, reason_to_stop

# Each way to end, as (stop, is_settled), and the number that stands for it.
KINDS = tuple((stop, is_settled) for stop in Stop for is_settled in (False, True))
_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}


class End(NamedTuple):
    """The last iteration of a run, from 1, why it is, and the weights which it begins with.

    `is_settled` says that no update changed a weight any more, long before the last iteration.
    """

    iterations: int
    stop: Stop
    w1: float
    w2: float
    is_settled: bool


def end_from(setup: Setup, w1: float, w2: float, limit: int = MOST_ITERATIONS) -> End:
    """Return the end of a setup's run that starts from other weights, as a `Run` gives it.

    A run that goes on beyond the iteration `limit`, from 1, ends there with MAX_ITERATIONS.
    """
    w1, w2 = w1 + 0.0, w2 + 0.0  # -0.0 becomes 0.0, as in a setup
    iteration, most = 1, min(limit, setup.max_iterations)
    burst = at_once(setup)
    is_moving = True
    while is_moving and iteration < most:
        wanted = min(most - iteration, burst)
        done, w1, w2 = advance(setup, w1, w2, wanted)
        iteration += done
        is_moving = done == wanted
    stop = reason_to_stop(setup, w1, w2, iteration)
    if stop is not None:
        return End(iteration, stop, w1, w2, is_settled=False)
    last = iteration if is_moving else setup.max_iterations
    return End(last, Stop.MAX_ITERATIONS, w1, w2, is_settled=not is_moving)


class Starts(NamedTuple):
    """A grid of weights to start from: each w1 with each w2. It is counted along w1 first."""

    w1s: tuple[float, ...]
    w2s: tuple[float, ...]

    @property
    def total(self) -> int:
        """How many starts there are."""
        return len(self.w1s) * len(self.w2s)

    def some(self, piece: range) -> Iterator[tuple[float, float]]:
        """Yield the (w1, w2) of the starts with these numbers, from 0."""
        columns = len(self.w1s)
        for number in piece:
            row, column = divmod(number, columns)
            yield self.w1s[column], self.w2s[row]


class Ends:
    """The ends of many runs, one after the other, in 21 bytes each: four equally long columns.

    `kinds` are numbers of `KINDS`.
    """

    SIZE = 21

    def __init__(self) -> None:
        self.iterations = array("I")
        self.w1 = array("d")
        self.w2 = array("d")
        self.kinds = bytearray()

    def __len__(self) -> int:
        return len(self.kinds)

    def __iter__(self) -> Iterator[End]:
        columns = (self.iterations, self.kinds, self.w1, self.w2)
        for iterations, kind, w1, w2 in zip(*columns, strict=True):
            stop, is_settled = KINDS[kind]
            yield End(iterations, stop, w1, w2, is_settled)

    def append(self, end: End) -> None:
        """Add one."""
        self.iterations.append(end.iterations)
        self.kinds.append(_NUMBERS[end.stop, end.is_settled])
        self.w1.append(end.w1)
        self.w2.append(end.w2)

    def extend(self, other: "Ends") -> None:
        """Add all of others."""
        self.iterations.extend(other.iterations)
        self.kinds.extend(other.kinds)
        self.w1.extend(other.w1)
        self.w2.extend(other.w2)

    def to_bytes(self) -> bytes:
        """Return all of it for another process on this computer, `SIZE` bytes for each end."""
        return b"".join((self.w1, self.w2, self.iterations, self.kinds))

    @staticmethod
    def from_bytes(data: bytes) -> "Ends":
        """Return what `to_bytes` gave."""
        made, count = Ends(), len(data) // Ends.SIZE
        made.w1.frombytes(data[: 8 * count])
        made.w2.frombytes(data[8 * count : 16 * count])
        made.iterations.frombytes(data[16 * count : 20 * count])
        made.kinds.extend(data[20 * count :])
        return made


def ends_of(setup: Setup, starts: Starts, piece: range, limit: int = MOST_ITERATIONS) -> Ends:
    """Return the ends of the runs from the starts with these numbers; see `end_from`."""
    made = Ends()
    for w1, w2 in starts.some(piece):
        made.append(end_from(setup, w1, w2, limit))
    return made
