"""An axis with few ticks that can be read, over one decade or over all six hundred of a double."""

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo

from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.system.texts import _
from backprop_gui.widgets.plot_scale import Scale

_DECADES = range(-323, 309)  # in which there are doubles
_SPACINGS = (1, 2, 5, 10, 20, 50, 100, 200)  # decades from one named tick to the next
_ROOM = {"left": 2.0, "bottom": 4.9}  # ems that a name takes along the axis
_LETTER = 0.62  # em, of a number's
_PLAIN = range(-3, 4)  # decades that are written without a power of ten, where all are
_BETWEEN = 5.0  # pixels between two ticks without a name, on the average
_DIGITS = 9  # of a decade, each of which has a tick where there is room for all
_HARDLY_MORE_THAN_ONE = 1.5  # decades: 2 and 5 are named as well
_LESS_THAN_ONE = 0.7  # decades: named like a linear axis

Levels = list[tuple[float | None, list[float]]]


class Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis with whole numbers where they are counted, and few words where it is logarithmic.

    pyqtgraph's own logarithmic mode ends at 2.2e-308, and draws a tick for each digit of a decade.
    """

    def __init__(self, orientation: str, is_whole: bool = False) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self._is_whole = is_whole
        self._scale = Scale(False)
        self._numerals = FILES
        self._names: dict[float, str] = {}  # of the ticks of a logarithmic axis

    def show_scale(self, scale: Scale) -> None:
        """Name the ticks as this scale places them."""
        self._scale = scale
        self.renew()

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on."""
        self._numerals = numerals
        self.renew()

    def renew(self) -> None:
        """Write every number again."""
        self.picture = None  # of the axis, which it keeps until its range changes
        self.update()

    def tickValues(self, least: float, most: float, size: float) -> list[Any]:
        """Return the ticks by spacing; of a count only the whole ones."""
        if self._scale.is_log:
            return self._log_ticks(least, most, size)
        levels = super().tickValues(least, most, size)
        if self._is_whole:
            whole = [
                (spacing, [value for value in values if value >= 1])
                for spacing, values in levels
                if spacing >= 1
            ]
            first, last = max(1, math.ceil(least)), math.floor(most)
            return whole or [(1, [float(value) for value in range(first, last + 1)])]
        return list(levels)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Name the ticks."""
        if self._scale.is_log:
            return [self._names.get(value, "") for value in values]
        decimals = max(0, math.ceil(-math.log10(spacing)))
        named = [Decimal(f"{value:.{decimals}f}") for value in values]
        return self._texts([value.scaleb(self._scale.exponent) for value in named])

    def _texts(self, values: list[Decimal], *, are_powers: bool = False) -> list[str]:
        """Return numbers as they are written beside each other: with powers of ten, or without."""
        if self._is_whole:
            return [self._numerals.count(int(value)) for value in values]
        decades = [value.adjusted() for value in values if value]
        if not are_powers and all(decade in _PLAIN for decade in decades):
            return [self._numerals.signed(f"{value:f}" if value else "0") for value in values]
        return [_power(value, self._numerals) for value in values]

    def _log_ticks(self, least: float, most: float, size: float) -> Levels:
        """Return the named ticks of a logarithmic axis and those between, and keep the names."""
        self._names = {}
        span = most - least
        if span < _LESS_THAN_ONE:
            return self._ticks_within_a_decade(least, most, size)
        per_decade = size / span
        room = self._room(most)
        spacing = next((s for s in _SPACINGS if s * per_decade >= room), _SPACINGS[-1])
        multiples = _multiples(spacing, least, most)
        ticks = [_Tick(1, value) for value in multiples if self._has_numbers(value)]
        between = self._between(spacing, per_decade, least, most)
        is_narrow = span <= _HARDLY_MORE_THAN_ONE
        if is_narrow:
            ticks += [tick for tick in between if tick.digit in (2, 5)]
        texts = self._texts([tick.value for tick in ticks], are_powers=not is_narrow)
        self._names = dict(zip((tick.place for tick in ticks), texts, strict=True))
        return [
            (float(spacing), list(self._names)),
            (None, [tick.place for tick in between if tick.place not in self._names]),
        ]

    def _room(self, most: float) -> float:
        """Return how many pixels a name takes along the axis."""
        letters = math.floor(max(most, 0.0)) * 4 / 3 + 1  # of a count, with its commas
        ems = max(_ROOM[self.orientation], _LETTER * letters if self._is_whole else 0.0)
        return ems * QFontInfo(self.style["tickFont"] or self.font()).pixelSize()

    def _between(self, spacing: int, per_decade: float, least: float, most: float) -> list["_Tick"]:
        """Return the ticks that lie between the named ones, as close as can be told apart."""
        if spacing == 1 and per_decade >= _DIGITS * _BETWEEN:
            decades = range(math.floor(least), math.ceil(most))
            ticks = (_Tick(n, decade) for decade in decades for n in range(2, 10))
        else:
            finer = (s for s in _SPACINGS if spacing % s == 0 and s * per_decade >= _BETWEEN)
            step = next(finer, spacing)
            ticks = (_Tick(1, v) for v in _multiples(step, least, most) if v % spacing)
        return [t for t in ticks if least < t.place < most and self._has_numbers(t.decade)]

    def _ticks_within_a_decade(self, least: float, most: float, size: float) -> Levels:
        """Return evenly spaced numbers, with as many digits as tell them apart."""
        decade = math.floor(least)
        low, high = 10.0 ** (least - decade), 10.0 ** (most - decade)
        levels: Levels = []
        there: set[float] = set()
        for spacing, _offset in self.tickSpacing(low, high, size)[:2]:
            step = Decimal(f"{spacing:.12g}")
            values = [n * step for n in range(math.ceil(low / spacing), int(high / spacing) + 1)]
            if self._is_whole:
                values = [value for value in values if _is_whole(value.scaleb(decade))]
            ticks = {decade + math.log10(value): value for value in values}
            if not levels:
                texts = self._texts([value.scaleb(decade) for value in ticks.values()])
                self._names = dict(zip(ticks, texts, strict=True))
            levels.append((None, [place for place in ticks if place not in there]))
            there |= set(ticks)
        return levels

    def _has_numbers(self, decade: float) -> bool:
        return decade >= 0 if self._is_whole else decade in _DECADES


def plot_with_axes() -> Any:
    """Return pyqtgraph's plot with axes for iterations and errors, without its menu and buttons."""
    axes = {"left": Axis("left"), "bottom": Axis("bottom", is_whole=True)}
    # A press, a drag and a release within 10 ms pan, too: of the moves that pyqtgraph leaves out
    # nothing but a click remains.
    pg.setConfigOption("mouseRateLimit", 0)
    plot = pg.PlotWidget(axisItems=axes)
    plot.setFrameShape(plot.Shape.NoFrame)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the view's around it
    plot.setAntialiasing(True)
    item = plot.getPlotItem()
    item.setMenuEnabled(False)
    item.hideButtons()
    item.setLabel("bottom", _("iteration k"))
    item.setLabel("left", _("error E"))
    return plot


class _Tick(NamedTuple):
    """A digit times a power of ten."""

    digit: int
    decade: int

    @property
    def value(self) -> Decimal:
        """The number."""
        return Decimal(self.digit).scaleb(self.decade)

    @property
    def place(self) -> float:
        """Where it is on a logarithmic axis."""
        return self.decade + math.log10(self.digit)


def _multiples(spacing: int, least: float, most: float) -> Iterator[int]:
    first, last = math.ceil(least / spacing), math.floor(most / spacing)
    return (spacing * n for n in range(first, last + 1))


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _power(value: Decimal, numerals: Numerals) -> str:
    """Return a number with a power of ten: 5·10⁻⁵, 10⁻¹; 1, 20 and 0 need none."""
    if not value or value.adjusted() in (0, 1):
        return numerals.signed(f"{value.normalize():f}")
    return numerals.signed(f"{value.normalize():e}")
