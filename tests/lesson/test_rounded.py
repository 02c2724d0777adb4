"""Paper arithmetic, against fifteen lines in decimals transcribed by hand."""

import random
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, getcontext, localcontext

import pytest

from backprop_gui.core.iteration import iteration
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson import positions
from backprop_gui.lesson.methods import MethodError, method_of
from backprop_gui.lesson.outcome import outcome
from backprop_gui.lesson.rounded import Rounded
from tests.extent import extent

WAYS = ["1s", "3s", "3s-cut", "8s", "2d", "4d", "4d-cut", "8d-cut"]


def _pencil(code: str, setup: Setup, w1: float, w2: float) -> list[float]:
    digits, kind, how = int(code[0]), code[1], ROUND_DOWN if "cut" in code else ROUND_HALF_UP

    def write(x: Decimal) -> Decimal:
        if kind == "d":
            return x.quantize(Decimal(10) ** -digits, how)
        return Context(prec=digits, rounding=how).plus(x)

    def sigma(x: Decimal) -> Decimal:
        return 1 / (1 + (-x).exp())

    i, t, a, b, eta = (
        Decimal(repr(float(x))) for x in (setup.input, setup.target, w1, w2, setup.eta)
    )
    net_h = write(i * a)
    out_h = write(sigma(net_h))
    net_o = write(out_h * b)
    out_o = write(sigma(net_o))
    error = write((t - out_o) ** 2 / 2)
    de = write(out_o - t)
    slope_o = write(out_o * (1 - out_o))
    de_dw2 = write(de * slope_o * out_h)
    slope_h = write(out_h * (1 - out_h))
    de_dw1 = write(de * slope_o * b * slope_h * i)
    new_w1, new_w2 = write(a - eta * de_dw1), write(b - eta * de_dw2)
    lines = (net_h, out_h, net_o, out_o, error, de, slope_o, out_h, de_dw2, b, slope_h, i, de_dw1)
    return [float(x) + 0.0 for x in (*lines, new_w1, new_w2)]


@pytest.mark.parametrize("code", WAYS)
def test_every_line_is_what_a_pencil_gets_from_the_lines_before_it(code: str) -> None:
    dice = random.Random(code)
    for _each in range(extent(300, 30)):
        values = [round(dice.uniform(-2, 2), dice.choice((1, 2, 3))) for _one in range(4)]
        setup = Setup(*values, eta=round(dice.uniform(0.1, 3), 1), method=method_of(code))
        made = iteration(setup, setup.w1, setup.w2)
        with localcontext(Context(prec=80)):
            expected = _pencil(code, setup, setup.w1, setup.w2)
        assert [value for part in made for value in part] == expected, values


@pytest.mark.parametrize("code", ["1d", "3d", "8d-cut"])
@pytest.mark.parametrize("w2", [1e54, -9.99999999999e56, 1e62, 1e70, -1.2345e300])
def test_a_number_with_more_digits_than_there_are_decimals_to_round_is_written_as_it_is(
    code: str, w2: float
) -> None:
    setup = Setup(w2=w2, method=method_of(code))
    made = iteration(setup, setup.w1, setup.w2)
    with localcontext(Context(prec=400, traps=[])):
        assert [value for part in made for value in part] == _pencil(code, setup, 0.5, w2)


def test_a_half_is_rounded_away_from_zero_also_where_no_double_is_a_half() -> None:
    # 0.35 · 0.65 is 0.2275, of which the nearest double is less.
    setup = Setup(input=0.35, w1=0.65, method=Rounded(3, is_of_decimals=True))
    assert iteration(setup, 0.65, 0.5).seen.net_h == 0.228
    assert iteration(setup, -0.65, 0.5).seen.net_h == -0.228


NASTY = (
    (0.35, 0.9, 0.65, 0.5, 0.9),  # a half that no double is
    (-37.5, 15.1, 20.0, 18.9, 0.7),  # a sigmoid below all doubles
    (1.0, 0.5, 0.0, 0.0, 0.0),  # nothing but zeros
    (1e-59, 0.9, 1e-3, 0.5, 0.9),
    (1e5, 0.9, 9.999999, 0.5, 0.9),
    (1 / 3, 2 / 3, 1 / 7, -1 / 9, 1e-12),
    (0.1, 0.5, 1e300, 1e-300, 1e6),
    (1.0, 1.0, 800.0, 800.0, 0.5),  # E is exactly 0 with few digits
    (10.0, 0.9, 0.1, 1000.0, 0.001),  # powers of ten
)


@pytest.mark.parametrize("code", [*WAYS, "1d"])
def test_what_is_computed_in_doubles_has_the_bits_of_decimals(code: str) -> None:
    method, dice = method_of(code), random.Random(code)
    assert isinstance(method, Rounded)
    some = [
        (*(round(dice.uniform(-2, 2) * large, digits) for _one in range(4)), 0.9)
        for large in (1.0, 20.0, 1e5, 1e-6)
        for digits in (1, 2, 3, 8, 16)
        for _each in range(extent(30, 3))
    ]
    for i, t, w1, w2, eta in (*NASTY, *some):
        setup = Setup(i, t, w1, w2, eta, method=method)
        given = {"input": i, "target": t, "w1": w1, "w2": w2, "eta": eta}
        expected = method.in_decimals(given)
        assert repr(iteration(setup, w1, w2)) == repr(expected), given


@pytest.mark.parametrize("code", ["3d", "4s"])
def test_a_run_goes_on_with_the_rounded_weights(code: str) -> None:
    run = Run(Setup(method=method_of(code)))
    run.advance(20)
    w1, w2 = 0.5, 0.5
    with localcontext(Context(prec=80)):
        for _each in range(20):
            w1, w2 = _pencil(code, run.setup, w1, w2)[-2:]
    assert run.weights(21) == (w1, w2)


def test_a_run_that_rounding_holds_ends_as_one_that_no_longer_changes() -> None:
    run = Run(Setup(eta=0.01, max_iterations=5_000, method=Rounded(2)))
    run.advance(5_000)
    assert run.stop is Stop.MAX_ITERATIONS
    assert run.settled_at == 1


def test_a_run_that_comes_back_to_its_weights_is_known_to_go_round() -> None:
    setup = Setup(1.9, 0.7, -1.8, 0.4, 100.0, 0.0, 1_000_003, Rounded(3))
    states = [(setup.w1, setup.w2)]
    with localcontext(Context(prec=80)):
        while states[-1] not in states[:-1]:
            states.append(tuple(_pencil("3s", setup, *states[-1])[-2:]))
    first = states.index(states[-1]) + 1
    length = len(states) - first
    assert length > 1
    run = Run(setup)
    run.advance(1_000_003)
    assert run.stop is Stop.MAX_ITERATIONS
    assert run.cycle == (first, length)
    for k in (first - 1, first + length, 5_000, 999_998, 1_000_003):
        expected = states[min(k - 1, first - 1 + (k - first) % length)]
        assert run.weights(k) == run.trace().weights(k) == expected
    assert (run.w1, run.w2) == run.weights(1_000_003)
    assert any("come back every 12 iterations" in each for each in outcome(run).remarks)


def test_where_a_run_goes_round_is_known_to_the_iteration_also_late_in_it() -> None:
    weights = 2.8858594384327594, 2.7714056273893544
    setup = Setup(3, 0.7, *weights, 89.63832172248698, 0, 10_000_000, Rounded(7))
    seen: dict[tuple[float, float], int] = {}
    while weights not in seen:
        seen[weights] = 1 + len(seen)
        made = Rounded(7).iteration(setup, *weights)
        weights = made.updated.new_w1, made.updated.new_w2
    first, length = seen[weights], 1 + len(seen) - seen[weights]
    assert first > 8_192  # where checkpoints lie some iterations apart
    run, told = Run(setup), []
    positions.advance(run, 10_000_000, lambda done, most: told.append((done, most)))
    assert run.cycle == (first, length)
    assert len(told) < 20  # nothing is computed of what comes again
    assert f"come back every {length} iterations" in " ".join(outcome(run).remarks)


def test_what_is_copied_keeps_the_digits_of_the_setup() -> None:
    made = iteration(Setup(input=0.123456, method=Rounded(2)), 0.5, 0.654321)
    assert (made.found.dnet_h_dw1, made.found.dnet_o_dout_h) == (0.123456, 0.654321)


@pytest.mark.parametrize(
    ("setup", "name"),
    [
        (Setup(input=1e300, w1=1e300), "net_h"),
        (Setup(target=1e308), "error"),
        (Setup(input=1e308, w1=0.0, eta=1e308), "new_w1"),
        (Setup(w2=1e308, eta=1e308), None),  # large, but each line of it is a double
    ],
)
def test_a_run_on_paper_ends_where_no_double_holds_a_line_and_names_it(
    setup: Setup, name: str | None
) -> None:
    run = Run(replace(setup, tolerance=0.0, method=Rounded(3)))
    run.advance(10)
    assert run.stop is (Stop.NOT_FINITE if name else None)
    assert run.quantity_not_finite() == name


@pytest.mark.parametrize("code", ["", "3s", "de_dw1.sign_lost"])
def test_a_setup_is_on_paper_by_rounding_alone_and_exact_without_any_method(code: str) -> None:
    given = Setup(0.2, 0.8, 0.3, -0.4, 0.7, 1e-3, 99)
    setup = replace(given, method=method_of(code) if code else None)
    assert setup.is_on_paper == (code == "3s")
    assert setup.exact == given


@pytest.mark.parametrize("code", ["0s", "9s", "3x", "3s-up", "", "s", "de_dw1.no_such", "x.y.0"])
def test_what_is_no_method_is_refused(code: str) -> None:
    with pytest.raises(MethodError):
        method_of(code)


@pytest.mark.parametrize("code", WAYS)
def test_a_code_gives_its_method_back(code: str) -> None:
    assert method_of(code).code == code
    assert getcontext().prec == 28
