"""The setup, and one iteration of training in three functions."""

import math
from dataclasses import FrozenInstanceError, replace

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core import kernel
from backprop_gui.core.network import (
    BackwardPass,
    ForwardPass,
    Setup,
    SetupError,
    Update,
    backward,
    forward,
    update,
)
from tests.core.article import article_program, bits, iteration
from tests.core.setups import ordinary, wild

NUMBERS = ("input", "target", "w1", "w2", "eta", "tolerance")

# The numbers that the article prints. It cuts digits off, and goes on with what is left of them.
CARRIED = 3e-6
PRINTED_FORWARD = {
    "net_h": ".05",
    "out_h": ".51249",
    "net_o": ".25624",
    "out_o": ".563711",
    "error": ".056545",
}
PRINTED_BACKWARD = {
    "de_dout_o": "-.336289",
    "dout_o_dnet_o": ".24594",
    "dnet_o_dw2": ".51249",
    "de_dw2": "-.042386",
    "dnet_o_dout_h": ".5",
    "dout_h_dnet_h": ".24984",
    "dnet_h_dw1": ".1",
    "de_dw1": "-.001033",
}
PRINTED_UPDATE = {"new_w1": "0.5009298654", "new_w2": "0.538148"}


def one_iteration(setup: Setup) -> tuple[ForwardPass, BackwardPass, Update]:
    seen = forward(setup, setup.w1, setup.w2)
    found = backward(setup, setup.w2, seen)
    return seen, found, update(setup, setup.w1, setup.w2, found)


@pytest.mark.parametrize(
    ("part", "printed"), [(0, PRINTED_FORWARD), (1, PRINTED_BACKWARD), (2, PRINTED_UPDATE)]
)
def test_the_first_iteration_has_the_numbers_that_the_article_prints(
    part: int, printed: dict[str, str]
) -> None:
    computed = one_iteration(Setup())[part]
    assert computed._fields == tuple(printed)
    for name, text in printed.items():
        last_place = 10.0 ** -len(text.partition(".")[2])
        assert abs(getattr(computed, name) - float(text)) <= last_place + CARRIED, name


def test_the_article_s_run_ends_with_its_program_s_output() -> None:
    _errors, output, w1, w2, _count = article_program()
    seen = forward(Setup(), w1, w2)
    assert seen.out_o == output == 0.8900135432882583
    assert seen.error < 5e-5


@given(setup=ordinary() | wild())
@settings(deadline=None)
def test_every_quantity_has_the_bits_of_the_article_s_order_of_operations(setup: Setup) -> None:
    computed: dict[str, float] = {}
    for part in one_iteration(setup):
        computed |= part._asdict()
    expected = iteration(setup, setup.w1, setup.w2)
    assert list(computed) == list(expected)
    assert bits(*computed.values()) == bits(*expected.values())


@given(setup=ordinary() | wild())
@settings(deadline=None)
def test_one_update_has_the_bits_of_one_iteration_of_the_kernel(setup: Setup) -> None:
    s = replace(setup, tolerance=0.0)
    *_passes, made = one_iteration(s)
    done, *weights = kernel.advance(s.input, s.target, s.w1, s.w2, s.eta, s.tolerance, 1)
    if done:
        assert bits(*made) == bits(*weights)
    else:
        stays = (made.new_w1, made.new_w2) == (s.w1, s.w2)
        assert stays or not all(map(math.isfinite, (*one_iteration(s)[0], *made)))


def slopes(setup: Setup) -> BackwardPass:
    """Return the derivatives as central differences with a step of 1e-15, from 50 digits."""
    with mpmath.workdps(50):
        i, t, w1, w2 = (mpmath.mpf(x) for x in (setup.input, setup.target, setup.w1, setup.w2))
        step = mpmath.mpf("1e-15")

        def sigma(x: mpmath.mpf) -> mpmath.mpf:
            return 1 / (1 + mpmath.exp(-x))

        def error(w1: mpmath.mpf, w2: mpmath.mpf) -> mpmath.mpf:
            return (t - sigma(sigma(i * w1) * w2)) ** 2 / 2

        def slope(f, x: mpmath.mpf) -> float:
            return float((f(x + step) - f(x - step)) / (2 * step))

        net_h = i * w1
        out_h = sigma(net_h)
        net_o = out_h * w2
        return BackwardPass(
            de_dout_o=slope(lambda out_o: (t - out_o) ** 2 / 2, sigma(net_o)),
            dout_o_dnet_o=slope(sigma, net_o),
            dnet_o_dw2=slope(lambda w: out_h * w, w2),
            de_dw2=slope(lambda w: error(w1, w), w2),
            dnet_o_dout_h=slope(lambda out: out * w2, out_h),
            dout_h_dnet_h=slope(sigma, net_h),
            dnet_h_dw1=slope(lambda w: i * w, w1),
            de_dw1=slope(lambda w: error(w, w2), w1),
        )


@given(setup=ordinary())
@settings(deadline=None)
def test_gradients_and_their_factors_agree_with_finite_differences(setup: Setup) -> None:
    found = backward(setup, setup.w2, forward(setup, setup.w1, setup.w2))
    for name, expected in slopes(setup)._asdict().items():
        # Doubles of size 40 and less go in; 1e-13 is some hundred of their last places.
        assert getattr(found, name) == pytest.approx(expected, rel=1e-13, abs=1e-14), name


@given(setup=ordinary())
@settings(deadline=None)
def test_a_small_step_against_the_gradient_lowers_the_error(setup: Setup) -> None:
    s = replace(setup, eta=1e-3)
    seen, found, made = one_iteration(s)
    if max(abs(found.de_dw1), abs(found.de_dw2)) > 1e-4:
        assert forward(s, *made).error < seen.error


def test_the_defaults_are_the_article_s() -> None:
    assert Setup() == Setup(0.1, 0.9, 0.5, 0.5, 0.9, 0.00005, 10_000_000)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("name", NUMBERS)
def test_a_setup_refuses_what_is_not_finite_and_names_the_field(name: str, value: float) -> None:
    with pytest.raises(SetupError, match="finite") as refusal:
        Setup(**{name: value})
    assert refusal.value.field == name


@pytest.mark.parametrize("value", [-5e-324, -0.9, -1.7e308])
@pytest.mark.parametrize("name", ["eta", "tolerance"])
def test_a_setup_refuses_a_negative_rate_or_tolerance(name: str, value: float) -> None:
    with pytest.raises(SetupError, match="0 or more") as refusal:
        Setup(**{name: value})
    assert refusal.value.field == name


@pytest.mark.parametrize("count", [0, -1, 1.5, 2.0, math.nan, 2_000_000_001, 10**400, "5"])
def test_a_setup_refuses_iterations_that_are_no_whole_number_in_bounds(count: object) -> None:
    with pytest.raises(SetupError, match=r"from 1 to 2,000,000,000") as refusal:
        Setup(max_iterations=count)  # type: ignore[arg-type]
    assert refusal.value.field == "max_iterations"


@pytest.mark.parametrize("count", [1, 2_000_000_000])
def test_a_setup_takes_the_bounds_of_its_iterations(count: int) -> None:
    assert Setup(max_iterations=count).max_iterations == count


@pytest.mark.parametrize("name", NUMBERS)
def test_minus_nought_becomes_nought_and_a_whole_number_a_double(name: str) -> None:
    assert bits(getattr(Setup(**{name: -0.0}), name)) == bits(0.0)
    assert type(getattr(Setup(**{name: 2}), name)) is float


@given(value=st.floats(allow_nan=False, allow_infinity=False).filter(bool))
@settings(deadline=None)
def test_a_setup_keeps_every_other_double_as_it_is(value: float) -> None:
    setup = Setup(input=value, target=value, w1=value, w2=value, eta=abs(value))
    kept = (setup.input, setup.target, setup.w1, setup.w2, setup.eta)
    assert bits(*kept) == bits(value, value, value, value, abs(value))


def test_a_setup_never_changes() -> None:
    with pytest.raises(FrozenInstanceError):
        Setup().w1 = 1.0  # type: ignore[misc]


def test_equal_setups_are_one_key() -> None:
    assert hash(Setup(w1=-0.0)) == hash(Setup(w1=0.0))
    assert Setup(w1=-0.0) == Setup(w1=0.0)
