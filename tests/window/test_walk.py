"""Through the whole of the article's run with the keyboard alone, every number compared."""

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from backprop_gui.core.network import Setup
from backprop_gui.drawing.shapes import Text
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.window.main_window import MainWindow
from tests.core.article import article_program, iteration, unroll
from tests.extent import extent
from tests.shown import typed

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
WEIGHTS = unroll(Setup()).weights
ROUND = Context(prec=4, rounding=ROUND_HALF_EVEN)
NONE = Qt.KeyboardModifier.NoModifier
NAMES = [step.quantity.name for step in ARTICLE.steps]


def _number(text: str) -> Decimal:
    return Decimal(typed(text))


def _values(k: int) -> dict[str, float]:
    w1, w2 = WEIGHTS[k - 1]
    given = {"input": 0.1, "target": 0.9, "w1": w1, "w2": w2, "eta": 0.9}
    return given | iteration(Setup(), w1, w2)


LESS = Context(prec=ROUND.prec - 1, rounding=ROUND.rounding)


def _rounded(values: dict[str, float]) -> dict[str, Decimal]:
    return {name: ROUND.create_decimal(Decimal(value)) for name, value in values.items()}


def _assert_shown(window: MainWindow, k: int, step: int, rounded: dict[str, Decimal]) -> None:
    """Hold what is on canvas, formula card, table and timeline against the rounded values."""
    moment = window.session.moment
    assert moment.position == (k, step)
    drawing = window.network._laid_out()
    texts = [shape for shape in drawing.shapes if isinstance(shape, Text)]
    expected = {"input", "target", "w1", "w2", *NAMES[:step]}
    # The learning rate stands on the ways back, which the last iteration does not have.
    assert {spot.quantity for spot in drawing.spots} - {"eta"} == expected
    for spot in drawing.spots:
        words = [text.text.split()[-1] for text in texts if spot.contains(text.x, text.y)]
        shown = [_number(word) for word in words if NUMBER.fullmatch(typed(word))]
        whole = rounded[spot.quantity]
        shorter = LESS.create_decimal(Decimal(moment.values[spot.quantity]))
        # Half a neuron has no room for five decimals.
        is_half = spot.quantity[:3] in ("net", "out")
        assert shown in ([whole], [shorter] if is_half else []), spot.quantity

    name = NAMES[step - 1]
    formula = window.panels.formula.canvas.accessibleDescription()
    assert _number(NUMBER.findall(typed(formula))[-1]) == rounded[name]
    cells = window.panels.values.shown_values()
    assert [_number(cell) for cell in cells[:step]] == [rounded[n] for n in NAMES[:step]]
    assert not any(cells[step:])
    assert f"Step {step} of 15" in window.network.accessibleDescription()


def _way(last: tuple[int, int]) -> list[tuple[bool, tuple[int, int]]]:
    """Return the positions of a walk, each with whether a whole iteration leads to it.

    It is through each iteration, and through all fifteen steps of every thirtieth and of the first
    and the last ones: sixteen steps, so that the step that it stays at is the next one each time.
    """
    k, step = 1, 1
    way = [(False, (k, step))]
    while (k, step) != last:
        is_whole = 3 < k < last[0] - 2 and len(way) % 46 > 16
        k, step = (k + 1, step) if is_whole else (k + step // 15, step % 15 + 1)
        way.append((is_whole, (k, step)))
    return way


@pytest.mark.parametrize("is_forwards", [True, False], ids=["forwards", "backwards"])
def test_through_the_article_s_run_the_keys_lead_to_the_article_s_numbers(
    window: MainWindow, is_forwards: bool
) -> None:
    errors, *_end, count = article_program()
    assert count == len(WEIGHTS) == 813
    way = _way((813, 5))
    assert {k for _is_whole, (k, _step) in way} == {*range(1, 814)}
    assert {step for is_whole, (_k, step) in way if is_whole} == {*range(1, 16)}
    wholes, positions = zip(*way, strict=True)
    start, key, end = Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_End
    if not is_forwards:
        start, key, end = Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Home
        wholes, positions = (False, *reversed(wholes[1:])), positions[::-1]
    QTest.keyClick(window.network, start)
    count = extent(len(positions), 110)  # from either end, by steps and by whole iterations
    way = list(zip(positions, (*wholes[1:], False), strict=True))[:count]
    rounded: dict[str, Decimal] = {}
    shown_iteration = 0
    for (k, step), is_whole in way:
        if k != shown_iteration:
            values = _values(k)
            assert abs(values["error"] - errors[k - 1]) <= 1e-16
            rounded, shown_iteration = _rounded(values), k
        _assert_shown(window, k, step, rounded)
        modifier = Qt.KeyboardModifier.ControlModifier if is_whole else NONE
        QTest.keyClick(window.network, key, modifier)
    if count < len(positions):
        QTest.keyClick(window.network, end)
        QTest.keyClick(window.network, key)
    assert window.session.moment.position == positions[-1]
