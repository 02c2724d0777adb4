"""The values that a person sets: what they are called and by how much a key changes them."""

import dataclasses
import sys
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from backprop_gui.core.network import MOST_ITERATIONS, Setup, SetupError
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.system.texts import _

_LEAST_SCALED = 1e-15  # where stepping down by factors ends
_LADDER = (Decimal(1), Decimal(2), Decimal(5))


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the setup.

    `name` is its code name, `symbol` is in `notation`. One press of an arrow key adds `arrow`
    and one of Page Up adds `page`; where both are None they go up the ladder 1, 2, 5, 10 and
    by a factor of ten. `letter`, the first one like it in the label, leads there with Alt.
    """

    name: str
    label: str
    symbol: str
    hint: str
    arrow: Decimal | None = None
    page: Decimal | None = None
    is_whole: bool = False
    letter: str = ""

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest value that a setup takes."""
        if self.is_whole:
            return 1, MOST_ITERATIONS
        most = sys.float_info.max
        return (0.0 if self.arrow is None else -most), most

    @property
    def title(self) -> str:
        """The label with the symbol, as plain text."""
        return f"{self.label} {notation.plain(self.symbol)}".strip()

    @property
    def marked_title(self) -> str:
        """The title with Qt's mark before the letter that leads there with Alt."""
        return self.title.replace(self.letter, f"&{self.letter}", 1)

    def step_at(self, value: float) -> float:
        """Return by how much one press of the arrow up changes this value."""
        return self.stepped(value, 1) - value if self.arrow is None else float(self.arrow)

    def parse(self, text: str, decimal_sign: str = numbers.POINT) -> float:
        """Return the value that `text` names; raises numbers.NumberError where it names none."""
        read = numbers.parse_whole if self.is_whole else numbers.parse
        return read(text, decimal_sign)

    def text(self, value: float) -> str:
        """Return the shortest text that gives the value back.

        It has no groups of three, which a digit that is typed into them would break: 1100,000.
        """
        return str(value) if self.is_whole else numbers.exact(value)

    def shown(self, value: float, numerals: Numerals) -> str:
        """Return the value as a person reads it."""
        return numerals.count(int(value)) if self.is_whole else numerals.given(value)

    def changed(self, setup: Setup, text: str, decimal_sign: str = numbers.POINT) -> Setup:
        """Return the setup with this value as `text` names it.

        Raises numbers.NumberError or SetupError, whose text is a sentence without a full stop.
        """
        value: Any = self.parse(text, decimal_sign)
        try:
            return dataclasses.replace(setup, **{self.name: value})
        except SetupError as error:
            sentence = _("{title} {problem}, not {text}")
            text = numbers.quoted(text)  # as it was typed
            raise SetupError(
                self.name, sentence.format(title=self.title, problem=error, text=text)
            ) from error

    def stepped(self, value: float, steps: int) -> float:
        """Return the value after `steps` presses of an arrow key; ten of them are one Page Up."""
        if self.arrow is not None and self.page is not None:
            size = steps * self.arrow if abs(steps) < 10 else Decimal(steps) / 10 * self.page
            return float(Decimal(numbers.exact(value)) + size)
        moved = _scaled(value, steps)
        return int(min(max(moved, 1), MOST_ITERATIONS)) if self.is_whole else moved


FIELDS = (
    Field(
        "input",
        _("Input"),
        "i",
        _("The number that the network receives."),
        Decimal("0.1"),
        Decimal(1),
        letter=_("I"),
    ),
    Field(
        "target",
        _("Target"),
        "t",
        _("The output that the network learns. A sigmoid can reach only values between 0 and 1."),
        Decimal("0.05"),
        Decimal("0.5"),
        letter=_("a"),
    ),
    Field(
        "w1",
        _("Weight"),
        "w_1",
        _("The weight from the input to the hidden neuron, at the start."),
        Decimal("0.1"),
        Decimal(1),
        letter=_("W"),
    ),
    Field(
        "w2",
        _("Weight"),
        "w_2",
        _("The weight from the hidden to the output neuron, at the start."),
        Decimal("0.1"),
        Decimal(1),
        letter=_("t"),
    ),
    Field(
        "eta",
        _("Learning rate"),
        "η",
        _("How far an update moves against the gradient."),
        letter=_("L"),
    ),
    Field(
        "tolerance",
        _("Tolerance E <"),
        "",
        _("The run ends when the error is below this."),
        letter=_("o"),
    ),
    Field(
        "max_iterations",
        _("Max. iterations"),
        "",
        _("The run ends at this iteration at the latest."),
        is_whole=True,
        letter=_("M"),
    ),
)


def as_values(setup: Setup) -> dict[str, Any]:
    """Return a setup by the names that files have; "method" only where there is one."""
    values: dict[str, Any] = {field.name: getattr(setup, field.name) for field in FIELDS}
    return values | {"method": setup.method.code} if setup.method else values


def _scaled(value: float, steps: int) -> float:
    if value <= 0:
        return _LEAST_SCALED if steps > 0 else 0.0
    if abs(steps) >= 10:
        moved = Decimal(numbers.exact(value)).scaleb(steps // 10 if steps > 0 else -(-steps // 10))
    else:
        moved = Decimal(numbers.exact(value))
        for _each in range(abs(steps)):
            moved = _rung_above(moved) if steps > 0 else _rung_below(moved)
    if steps < 0 and float(moved) < _LEAST_SCALED:
        return 0.0
    return min(float(moved), sys.float_info.max)


def _rung_above(value: Decimal) -> Decimal:
    power = Decimal(1).scaleb(value.adjusted())
    return next((r * power for r in _LADDER if r * power > value), power * 10)


def _rung_below(value: Decimal) -> Decimal:
    power = Decimal(1).scaleb(value.adjusted())
    return next((r * power for r in reversed(_LADDER) if r * power < value), power / 2)
