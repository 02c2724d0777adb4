"""An axis with few ticks that can be read, over one decade or over all six hundred of a double."""

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pyqtgraph as pg

from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.widgets.plot_scale import Scale

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_DECADES = range(-323, 309)  # in which there are doubles
_SPACINGS = (1, 2, 5, 10, 20, 50, 100, 200)  # decades from one named tick to the next
_ROOM = {"left": 26.0, "bottom": 64.0}  # pixels that a name takes along the axis
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
        texts = super().tickStrings(values, scale, spacing)
        return [self._numerals.signed(_raised_by(text, self._scale.exponent)) for text in texts]

    def _log_ticks(self, least: float, most: float, size: float) -> Levels:
        """Return the named ticks of a logarithmic axis and those between, and keep the names."""
        self._names = {}
        span = most - least
        if span < _LESS_THAN_ONE:
            return self._ticks_within_a_decade(least, most, size)
        per_decade = size / span
        room = _ROOM[self.orientation]
        spacing = next((s for s in _SPACINGS if s * per_decade >= room), _SPACINGS[-1])
        named = [float(v) for v in _multiples(spacing, least, most) if self._has_numbers(v)]
        self._names = {value: _power(1, int(value), self._numerals) for value in named}
        between = self._between(spacing, per_decade, least, most)
        if span <= _HARDLY_MORE_THAN_ONE:
            for tick in between:
                if tick.digit in (2, 5):
                    self._names[tick.place] = _power(tick.digit, tick.decade, self._numerals)
            named = [*named, *(tick.place for tick in between if tick.digit in (2, 5))]
        there = set(named)
        return [
            (float(spacing), named),
            (None, [tick.place for tick in between if tick.place not in there]),
        ]

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
                self._names = {
                    place: _text(value, decade, self._numerals) for place, value in ticks.items()
                }
            levels.append((None, [place for place in ticks if place not in there]))
            there |= set(ticks)
        return levels

    def _has_numbers(self, decade: float) -> bool:
        return decade >= 0 if self._is_whole else decade in _DECADES


class _Tick(NamedTuple):
    """A digit times a power of ten."""

    digit: int
    decade: int

    @property
    def place(self) -> float:
        """Where it is on a logarithmic axis."""
        return self.decade + math.log10(self.digit)


def _multiples(spacing: int, least: float, most: float) -> Iterator[int]:
    first, last = math.ceil(least / spacing), math.floor(most / spacing)
    return (spacing * n for n in range(first, last + 1))


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _power(digit: int, decade: int, numerals: Numerals) -> str:
    """Return a digit times a power of ten as it is written on an axis."""
    if 0 <= decade < 6:
        return numerals.count(digit * 10**decade)
    return _text(Decimal(digit), decade, numerals)


def _text(value: Decimal, decade: int, numerals: Numerals) -> str:
    """Return a number of one to twenty times 10 to the `decade` as it is written on an axis."""
    if -5 < decade < 6:
        return numerals.signed(f"{value.scaleb(decade):f}")
    power = f"10{str(decade).translate(_RAISED)}"
    return power if value == 1 else f"{numerals.signed(f'{value:f}')}·{power}"


def _raised_by(text: str, exponent: int) -> str:
    """Return the text of a number, times 10 to the exponent: 0.5 and -300 are 5e-301."""
    value = Decimal(text)
    raised = f"{value.scaleb(exponent).normalize():e}".replace("e+", "e")
    return text if exponent == 0 or value == 0 else raised
