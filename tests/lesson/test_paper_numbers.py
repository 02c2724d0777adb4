"""The numbers of paper arithmetic as they are shown, against fifteen lines by hand."""

import random
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Text
from backprop_gui.lesson import by_hand, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.listing import program
from backprop_gui.lesson.methods import method_of
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.numbers import COMMA, FILES, Numerals
from tests.extent import extent
from tests.lesson.pencil import RIGHT

WAYS = ["1s", "3s", "3s-cut", "8s", "2d", "4d", "4d-cut", "8d"]


def _written(code: str, x: Decimal) -> Decimal:
    rounding = ROUND_DOWN if "cut" in code else ROUND_HALF_UP
    digits = int(code[0])
    if code[1] == "d":
        return x.quantize(Decimal(10) ** -digits, rounding)
    return Context(prec=digits, rounding=rounding).plus(x)


@pytest.mark.parametrize("code", WAYS)
def test_a_person_who_computes_with_the_operands_shown_writes_the_value_shown(code: str) -> None:
    dice = random.Random(code)
    for _each in range(extent(60, 6)):
        values = [round(dice.uniform(-2, 2), dice.choice((1, 2, 3))) for _one in range(4)]
        run = Run(Setup(*values, eta=round(dice.uniform(0.1, 3), 1), method=method_of(code)))
        run.advance(2)
        for step in ARTICLE.steps[: 5 if run.stop else 15]:
            moment = moment_at(run, Position(run.iteration, step.number))
            for numerals in (Numerals(3), Numerals(9)):
                shown = by_hand.operands(moment, numerals)
                name = step.quantity.name
                operands = {each: numbers.decimal(text) for each, text in shown.texts.items()}
                value = Decimal(RIGHT[name](operands))  # type: ignore[arg-type]
                if name not in ("dnet_o_dw2", "dnet_o_dout_h", "dnet_h_dw1"):
                    value = _written(code, value)
                assert numbers.decimal(shown.value) == value, (values, name, shown)
                assert "≈" not in formula(moment, numerals).text


@pytest.mark.parametrize(
    ("code", "x", "text"),
    [
        ("3s", 0.025, "0.0250"),
        ("3s", 2.5e-05, "2.50·10⁻⁵"),
        ("3s", 0.0, "0.00"),
        ("1s", 5.0, "5"),
        ("1s", 20.0, "2·10¹"),
        ("3d", 0.025, "0.025"),
        ("5d", -0.025, "−0.02500"),
        ("3d", 0.0, "0.000"),
        ("2d", 12345.6, "12345.60"),
        ("3d", 0.123456, "0.123456"),  # given with more, and copied
        ("3s", 0.123456, "0.123456"),
        ("2d", 1e12, "10¹²"),
    ],
)
def test_a_number_has_the_digits_that_a_pencil_writes(code: str, x: float, text: str) -> None:
    numerals = Numerals(5).of(Setup(method=method_of(code)))
    assert numerals.short(x) == text
    assert float(numbers.decimal(text)) == x
    assert numerals.full(x) == text
    with_comma = Numerals(5, COMMA).of(Setup(method=method_of(code)))
    assert with_comma.short(x) == text.replace(".", ",")


def test_what_is_exact_or_only_mistaken_has_the_digits_that_were_chosen() -> None:
    for setup in (Setup(), Setup(method=method_of("de_dw1.sign_lost"))):
        assert FILES.of(setup) == FILES
        assert FILES.of(Setup(method=method_of("3s"))).of(setup) == FILES


@pytest.mark.parametrize("digits", [3, 12])
def test_the_drawing_has_all_digits_on_paper_and_no_more(digits: int) -> None:
    run = Run(Setup(method=method_of("5d")))
    run.advance(6)
    moment = moment_at(run, Position(7, 15))
    texts = [each.text for each in draw(moment, 1.6, numerals=Numerals(digits)).shapes
             if isinstance(each, Text)]  # fmt: skip
    for name in ("net_h", "out_h", "net_o", "out_o", "de_dw1", "de_dw2", "new_w1", "new_w2"):
        digits_shown = f"{Decimal(repr(moment.values[name])):.5f}".replace("-", numbers.MINUS)
        assert any(digits_shown in text for text in texts), (name, digits_shown)


def test_the_program_says_that_it_does_not_round() -> None:
    head, *lines = program(Setup(method=method_of("3s"))).splitlines()
    assert head == "# It keeps all digits of a double. The run on paper has 3 significant digits."
    assert lines == program(Setup()).splitlines()
