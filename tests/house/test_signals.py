"""Numbers that cross a signal: Qt holds an int in 32 bits, and what is larger ends in an error."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

import backprop_gui
from backprop_gui.core.network import MOST_ITERATIONS, Setup
from backprop_gui.lesson import numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.state.session import Session
from backprop_gui.views.transport import Transport
from backprop_gui.widgets.progress import ProgressPanel

LARGEST_INT = 2**31 - 1
# The largest number that each signal with an int in it can carry, and why it cannot be larger.
LARGEST = {
    "step_chosen": ARTICLE.last_step,
    "chosen": ARTICLE.last_step,
    "digits_chosen": numbers.DIGITS_RANGE.stop,
}


def _classes() -> Iterator[type[QObject]]:
    """All classes of the program that can have signals."""
    for module in pkgutil.walk_packages(backprop_gui.__path__, "backprop_gui."):
        if module.name.endswith("__main__"):
            continue
        for _name, found in inspect.getmembers(importlib.import_module(module.name)):
            is_ours = inspect.isclass(found) and found.__module__ == module.name
            if is_ours and issubclass(found, QObject):
                yield found


def test_every_number_that_crosses_a_signal_fits_it(qapp) -> None:
    seen = set()
    for found in _classes():
        meta = found.staticMetaObject
        for place in range(meta.methodOffset(), meta.methodCount()):
            signature = meta.method(place).methodSignature().data().decode()
            name, kinds = re.fullmatch(r"(\w+)\((.*)\)", signature).groups()
            if {"int", "uint", "short", "long", "qlonglong"} & set(kinds.split(",")):
                assert name in LARGEST, f"{found.__name__}.{signature} may be given any number"
                seen.add(name)
    assert seen == set(LARGEST), "a signal is justified that there is not"
    assert max(LARGEST.values()) <= LARGEST_INT


def test_a_slider_has_a_place_for_every_iteration_that_there_can_be(qtbot: QtBot) -> None:
    assert MOST_ITERATIONS <= LARGEST_INT
    session = Session(Setup(eta=0, max_iterations=MOST_ITERATIONS))
    session.run.advance(MOST_ITERATIONS)
    session.go_to_last()
    transport = Transport(session.state, 100.0)
    qtbot.addWidget(transport)
    scrubber = next(s for s in transport.findChildren(QSlider) if s.accessibleName() == "Iteration")
    chosen: list[int] = []
    transport.iteration_chosen.connect(chosen.append)
    assert scrubber.value() == MOST_ITERATIONS
    acts = QSlider.SliderAction
    for act in (acts.SliderPageStepSub, acts.SliderToMinimum, acts.SliderToMaximum):
        scrubber.triggerAction(act)
    scrubber.triggerAction(acts.SliderPageStepAdd)
    assert chosen == [MOST_ITERATIONS - MOST_ITERATIONS // 20, 1, MOST_ITERATIONS]


@pytest.mark.parametrize("speed", [5e-324, 1e-300, 1e300, float("inf")])
def test_any_speed_has_a_mark_on_the_slider(qtbot: QtBot, speed: float) -> None:
    transport = Transport(Session().state, speed)
    qtbot.addWidget(transport)
    slider = next(s for s in transport.findChildren(QSlider) if s.accessibleName() == "Speed")
    assert slider.value() == (slider.minimum() if speed < 1 else slider.maximum())


def test_progress_of_any_size_has_a_place_on_the_bar(qtbot: QtBot, window) -> None:
    progress = ProgressPanel(window)
    progress.show_progress(10**20, 2 * 10**20)
    assert progress._bar.value() == progress._bar.maximum() // 2


def test_a_click_far_out_in_the_window_goes_to_the_last_iteration_known(window) -> None:
    window.session.go_to_last()
    window.session.go_to_first()
    window.error_plot._plot.clicked_at.emit(10**30)
    assert window.session.moment.iteration == window.session.known_iterations == 813
    window.error_plot._plot.pointed_at.emit(10**30)
