"""The dialogs for ranges and sweeps: an answer, or a sentence on what is wrong where it stands."""

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.dialogs.ranges_dialog import RangesDialog
from backprop_gui.dialogs.sweep_dialog import SweepDialog
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.surface import Region

REGION = Region(-5.0, 5.0, -2.5, 4.0)
COMMA = Numerals(decimal_sign=",")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def answered(dialog: RangesDialog | SweepDialog) -> list[object]:
    """Press the button, and return what the dialog answers."""
    found: list[object] = []
    dialog.answered.connect(found.append)
    dialog.go.click()
    return found


@pytest.mark.parametrize("numerals", [Numerals(), COMMA])
def test_the_ranges_begin_with_what_is_shown_and_come_back_as_they_are(
    parent: QWidget, numerals: Numerals
) -> None:
    dialog = RangesDialog(REGION, parent, numerals)
    assert answered(dialog) == [REGION]
    assert dialog.result() == QDialog.DialogCode.Accepted


@pytest.mark.parametrize("span", [1e-7, 0.3, 40.0, 1e9])
def test_ranges_come_back_however_far_one_has_zoomed(parent: QWidget, span: float) -> None:
    shown = Region(4.005620243943087 - span / 2, 4.005620243943087 + span / 2, 0.1, 0.1 + span / 3)
    (found,) = answered(RangesDialog(shown, parent))
    assert found == pytest.approx(shown, abs=span / 500)


@pytest.mark.parametrize(
    ("row", "text", "said"),
    [
        (0, "many", "w₁ from: “many” is not a number."),
        (1, "-5", "must go from a smaller to a larger number"),
        (1, "-6", "must go from a smaller to a larger number"),
        (1, "nan", "w₁ to: “nan” is not a number."),
        (3, "1e300", "must stay between"),
        (3, "-2.4999999999", "must be at least"),
        (2, "", "w₂ from: "),
    ],
)
def test_ranges_that_cannot_be_shown_are_told_and_the_dialog_stays(
    parent: QWidget, row: int, text: str, said: str
) -> None:
    dialog = RangesDialog(REGION, parent)
    dialog.show()
    dialog.lines[row].setText(text)
    assert said in dialog.problem
    assert answered(dialog) == []
    assert dialog.isVisible()
    dialog.reject()


def test_a_sweep_has_a_setup_for_each_value(parent: QWidget) -> None:
    dialog = SweepDialog(Setup(w1=-1.0), 24, parent)
    dialog.values.setText("0.1, 0.5, 20, 0.5")
    assert dialog.go.text() == "Compute 3 runs"
    assert answered(dialog) == [tuple(Setup(w1=-1.0, eta=eta) for eta in (0.1, 0.5, 20.0))]


def test_a_sweep_over_a_range_has_both_ends(parent: QWidget) -> None:
    dialog = SweepDialog(Setup(), 24, parent, COMMA)
    dialog.field_choice.choose("w2")
    dialog.way.choose("linear")
    for line, text in zip(dialog.range, ("-0,5", "0,5", "3"), strict=True):
        line.setText(text)
    assert answered(dialog) == [tuple(Setup(w2=w2) for w2 in (-0.5, 0.0, 0.5))]


@pytest.mark.parametrize(
    ("way", "texts", "said"),
    [
        ("list", [""], "there is no value"),
        ("list", ["0.9"], "a sweep has two different values or more"),
        ("list", ["0.9, 0.9"], "a sweep has two different values or more"),
        ("list", ["1, two"], "“two” is not a number"),
        ("list", ["1, -2"], "must be 0 or more, not -2"),
        ("list", [",".join(map(str, range(10_000)))[:9_999]], "at most 24 values can be compared"),
        ("log", ["0", "1", "5"], "all values are above 0"),
        ("linear", ["1", "0", "5"], "a range goes up"),
        ("linear", ["0", "1", "10000"], "at most 24 values can be compared, not 10,000"),
        ("linear", ["0", "1", "1"], "a range has two values or more"),
        ("linear", ["0", "1", "2.5"], "“2.5” is not a whole number"),
        ("linear", ["0", "x", "3"], "“x” is not a number"),
    ],
)
def test_a_sweep_that_cannot_be_is_told_and_the_dialog_stays(
    parent: QWidget, way: str, texts: list[str], said: str
) -> None:
    dialog = SweepDialog(Setup(), 24, parent)
    dialog.way.choose(way)
    lines = [dialog.values] if way == "list" else dialog.range
    for line, text in zip(lines, texts, strict=True):
        line.setText(text)
    dialog.show()
    assert answered(dialog) == []
    assert said in dialog.problem
    assert dialog.isVisible()
    dialog.reject()


def test_a_key_has_the_answer_worked_out_once(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []
    answer = SweepDialog.answer

    def counted(dialog: SweepDialog) -> tuple[Setup, ...]:
        calls.append(dialog)
        return answer(dialog)

    monkeypatch.setattr(SweepDialog, "answer", counted)
    dialog = SweepDialog(Setup(), 24, parent)
    assert dialog.go.text() == "Compute 5 runs"
    calls.clear()
    dialog.values.setText("0.1, 0.5")
    assert len(calls) == 1
    assert dialog.go.text() == "Compute 2 runs"
    dialog.values.setText("0.1")
    assert dialog.go.text() == "Compute"
