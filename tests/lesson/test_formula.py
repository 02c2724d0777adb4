"""The formulas of the steps, against the oracle's values rounded by Python's decimals."""

import math
import random
import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import partial

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.layout import DESK, LECTURE, Measures
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Text
from backprop_gui.lesson import article
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.steps import Step
from backprop_gui.lesson.written import Piece
from tests.core.article import iteration
from tests.core.setups import ordinary, wild
from tests.extent import extent
from tests.shown import typed

NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
ARTICLE = Run(Setup())
every_step = pytest.mark.parametrize(
    "step", article.ARTICLE.steps, ids=lambda step: step.quantity.name
)


def rounded(value: float, digits: int) -> Decimal:
    """Return the double, rounded to significant digits from its exact value."""
    return Context(prec=digits, rounding=ROUND_HALF_EVEN).create_decimal(Decimal(value))


def written(name: str, value: float, digits: int) -> Decimal:
    """Return a value as it is shown: what a person gave, as it was given if it is short."""
    is_given = name in ("input", "target", "eta") and len(repr(value)) <= digits + 3
    return Decimal(repr(value)) if is_given else rounded(value, digits)


def number(text: str) -> Decimal:
    return Decimal(typed(text.strip("()")))


def random_setups(count: int) -> list[Setup]:
    chance = random.Random(20261124)
    return [
        Setup(
            input=chance.uniform(-5, 5),
            target=chance.uniform(-0.5, 1.5),
            w1=chance.choice([1, 1, 1, 1e-6, 1e5]) * chance.uniform(-4, 4),
            w2=chance.choice([1, 1, 1, 1e-6, 1e5]) * chance.uniform(-4, 4),
            eta=chance.uniform(0, 20),
            tolerance=0.0,
        )
        for _each in range(count)
    ]


def shown_values(moment: Moment) -> dict[str, float]:
    s = moment.setup
    given = {"input": s.input, "target": s.target, "w1": s.w1, "w2": s.w2, "eta": s.eta}
    return given | iteration(s, s.w1, s.w2)


@pytest.mark.parametrize("digits", [4, 17])
def test_formulas_of_a_thousand_setups_show_the_values_as_rounded(digits: int) -> None:
    for place, setup in enumerate(random_setups(extent(1000, 120))):
        run = Run(setup)
        for step in article.ARTICLE.steps[place % 5 :: 5]:  # each of a fifth of them
            moment = moment_at(run, Position(1, step.number))
            values = shown_values(moment)
            made = formula(moment, Numerals(digits))
            pieces = [piece for right in made.rights[1:] for piece in right if piece.quantity]
            shown = [number(found) for p in pieces for found in re.findall(NUMBER, typed(p.text))]
            names = [piece.quantity for piece in made.rights[0] if piece.quantity]
            names = [*(names if len(made.rights) == 3 else ()), step.quantity.name]
            assert len(shown) == len(names), step.quantity.name
            for name, text in zip(names, shown, strict=True):
                least = written(name, values[name], digits)
                more = rounded(values[name], max(digits, len(text.as_tuple().digits)))
                assert text in (least, more), (step.quantity.name, name)
            # A single symbol's number is the value itself.
            assert shown[-1] == written(step.quantity.name, values[step.quantity.name], digits)


def by_hand(expression: str) -> Decimal:
    """Return what a person computes who has a formula's numbers on paper, and nothing else."""
    plain = typed(expression).replace("½", "0.5 *").replace("·", "*")
    plain = re.sub(r"(\d) \(1", r"\1 * (1", plain.replace(")²", ")**2"))
    with mpmath.workdps(200):
        read = {"mpf": mpmath.mpf, "σ": lambda x: 1 / (1 + mpmath.exp(-x))}
        code = re.sub(r"\d[\d.]*(e-?\d+)?", r"mpf('\g<0>')", plain)
        return Decimal(str(eval(code, read)))  # noqa: S307 - made by the test itself


def gives(expression: str, value: str, digits: int) -> bool:
    """Say whether a value is what an expression gives, however halves are rounded."""
    result, shown = by_hand(expression), number(value)
    digits = max(digits, len(shown.as_tuple().digits))  # halfway between two it has one more
    ways = (ROUND_HALF_EVEN, ROUND_HALF_UP)
    return all(Context(digits, way).plus(result) == shown for way in ways)


def sides(moment: Moment, digits: int) -> tuple[str, str] | None:
    """Return the numbers put in and the value, as text; None where there is nothing to compute."""
    _left, *rights = re.split(" [=≈←] ", formula(moment, Numerals(digits)).text)
    return (rights[1], rights[2]) if len(rights) == 3 else None


def test_with_the_digits_shown_the_end_of_the_article_is_below_the_tolerance() -> None:
    ARTICLE.advance(1000)
    moment = moment_at(ARTICLE, Position(ARTICLE.iteration, 5))
    for digits in range(3, 16):
        put_in, value = sides(moment, digits)
        assert gives(put_in, value, digits)
        assert by_hand(put_in) < Decimal("5e-5")


def made_of_symbols(moment: Moment) -> tuple[Piece, ...]:
    _equals, *pieces = formula(moment).rights[0]
    return tuple(pieces)


def with_all_digits(moment: Moment, piece: Piece) -> str:
    if piece.quantity is None:
        return piece.text
    symbol = plain(article.ARTICLE.quantities[piece.quantity].symbol)
    return piece.text.replace(symbol, f"({Decimal(moment.value(piece.quantity)):f})")


@pytest.mark.parametrize("digits", range(3, 18))
@given(setup=ordinary(), iterations=st.integers(1, 200))
@settings(deadline=None, max_examples=extent(15, 4))
def test_whoever_computes_with_the_digits_shown_gets_the_digits_shown(
    digits: int, setup: Setup, iterations: int
) -> None:
    run = Run(setup)
    run.advance(iterations)
    for step in article.ARTICLE.steps:
        moment = moment_at(run, Position(run.iteration, step.number))
        shown = sides(moment, digits)
        if shown is None or gives(*shown, digits):
            continue
        # A double is rounded in each operation: these are numbers that no digits of them give.
        with_all = " ".join(map(partial(with_all_digits, moment), made_of_symbols(moment)))
        assert not gives(with_all.replace(") ( 1", ") * (1"), shown[1], digits), with_all
        assert formula(moment, Numerals(digits)).text.endswith(f" ≈ {shown[1]}")


@pytest.mark.parametrize(
    ("setup", "step", "digits"),
    [
        (Setup(input=0.21, w1=-2.35), 1, 3),
        (Setup(input=0.5, w1=0.15625), 1, 4),
        (Setup(input=1.05, w1=2.5), 1, 3),
        (Setup(target=0.25, w2=0.0), 5, 3),
    ],
)
def test_a_value_halfway_between_two_is_what_a_person_gets_who_rounds_up(
    setup: Setup, step: int, digits: int
) -> None:
    assert gives(*sides(moment_at(Run(setup), Position(1, step)), digits), digits)


def test_where_all_digits_cancel_the_numbers_put_in_do_not_mislead() -> None:
    setup = Setup(-0.9, 0.03803315013641173, -1.85, 0.454, 4.025438661875361)
    put_in, value = sides(moment_at(Run(setup), Position(1, 15)), 5)
    assert value == "5.5511·10⁻¹⁷"
    assert abs(by_hand(put_in)) < Decimal("1e-15")


@given(setup=wild(), step=st.sampled_from(article.ARTICLE.steps), digits=st.integers(3, 17))
@settings(deadline=None, max_examples=extent(300, 60))
def test_any_doubles_have_a_formula_that_is_about_equal_or_gives_its_value(
    setup: Setup, step: Step, digits: int
) -> None:
    moment = moment_at(Run(setup), Position(1, step.number))
    shown = sides(moment, digits)
    if shown is not None and not {"∞", "−∞", "not a number"} & set(shown):
        made = formula(moment, Numerals(digits)).text
        assert made.endswith(f" ≈ {shown[1]}") or gives(*shown, digits)


@given(setup=ordinary(), step=st.sampled_from(article.ARTICLE.steps), digits=st.integers(3, 17))
@settings(deadline=None, max_examples=extent(100, 30))
def test_latex_has_the_numbers_of_the_text(setup: Setup, step: Step, digits: int) -> None:
    made = formula(moment_at(Run(setup), Position(1, step.number)), Numerals(digits))
    for piece in (piece for right in made.rights[1:] for piece in right if piece.quantity):
        latex = re.sub(r"\\cdot 10\^\{(-?\d+)\}", r"e\1", piece.latex)
        latex = re.sub(r"\b10\^\{(-?\d+)\}", r"1e\1", latex)
        found = re.findall(NUMBER, latex.removeprefix(r"\frac{1}{1+e^{-"))
        assert [number(piece.text.removeprefix("σ"))] == list(map(number, found)), piece


def test_a_value_that_the_numbers_shown_do_not_give_is_about_equal() -> None:
    # 0.1 · 0.1 is 0.010000000000000002 in doubles, whatever digits of 0.1 are put in.
    made = formula(moment_at(Run(Setup(w1=0.1)), Position(1, 1)), Numerals(17))
    assert made.text.endswith("≈ 0.010000000000000002")


@pytest.mark.parametrize("measures", [DESK, LECTURE], ids=["desk", "lecture"])
def test_drawings_of_a_thousand_setups_show_the_values_as_rounded(measures: Measures) -> None:
    for place, setup in enumerate(random_setups(extent(1000, 120))):
        run = Run(setup)
        for step in article.ARTICLE.steps[place % 5 :: 5]:  # each of a fifth of them
            moment = moment_at(run, Position(1, step.number))
            values = shown_values(moment)
            drawing = draw(moment, 1.6, measures)
            texts = [shape for shape in drawing.shapes if isinstance(shape, Text)]
            for spot in drawing.spots:
                lines: dict[tuple[str, float], str] = {}  # a long number has two
                for text in texts:
                    if text.name.startswith("value") and spot.contains(text.x, text.y):
                        at = text.name, spot.x
                        lines[at] = lines.get(at, "") + text.text.split()[-1]
                at_spot = list(lines.values())
                shown = [number(text) for text in at_spot if re.fullmatch(NUMBER, typed(text))]
                digits = range(1, measures.digits + 1)
                allowed = {written(spot.quantity, values[spot.quantity], d) for d in digits}
                assert len(shown) == 1, (spot.quantity, at_spot)
                assert shown[0] in allowed, spot.quantity


@every_step
def test_a_formula_begins_with_the_step_s_symbol_and_ends_with_its_value(step: Step) -> None:
    made = formula(moment_at(ARTICLE, Position(1, step.number)))
    assert made.left[0].quantity == made.rights[-1][-1].quantity == step.quantity.name
    assert {p.quantity for p in made.rights[0] if p.quantity} == set(step.quantity.uses)


@every_step
def test_braces_of_the_latex_are_balanced_and_it_is_plain_ascii(step: Step) -> None:
    latex = formula(moment_at(ARTICLE, Position(1, step.number))).latex
    assert latex.count("{") == latex.count("}")
    assert latex.isascii()


def test_a_number_that_is_rounded_is_about_equal_and_an_exact_one_equal() -> None:
    assert (
        formula(moment_at(ARTICLE, Position(1, 1))).text == "netₕ = i · w₁ = 0.1 · 0.5000 = 0.05000"
    )
    assert formula(moment_at(ARTICLE, Position(1, 8))).text == "∂netₒ/∂w₂ = outₕ ≈ 0.5125"
    assert "≈" not in formula(moment_at(ARTICLE, Position(1, 13)), Numerals(17)).text


def test_a_negative_number_behind_an_operator_stands_in_brackets() -> None:
    run = Run(Setup(w1=-0.5, target=-1.0))
    assert "0.1 · (−0.5000)" in formula(moment_at(run, Position(1, 1))).text
    assert "(−1 − " in formula(moment_at(run, Position(1, 5))).text
    assert "e^{-(-0.05000)}" in formula(moment_at(run, Position(1, 2))).latex
    assert "− 0.9 · 0." in formula(moment_at(run, Position(1, 15))).text


@pytest.mark.parametrize("value", [1e300, -1e300, 1e-300])
def test_extreme_values_have_formulas_too(value: float) -> None:
    run = Run(Setup(input=value, w1=value, w2=value, target=value, tolerance=0.0))
    last = moment_at(run, Position(1, 15)).position.step
    for step in range(1, last + 1):
        made = formula(moment_at(run, Position(1, step)), Numerals(17))
        assert made.text
        assert "e+" not in made.latex


def test_an_infinite_value_is_written_as_infinity() -> None:
    run = Run(Setup(target=1e200))
    made = formula(moment_at(run, Position(1, 5)))
    assert made.text.endswith("∞")
    assert made.latex.endswith(r"\infty")
    assert math.isinf(moment_at(run, Position(1, 5)).values["error"])
