"""The kernel, compiled or plain: the article's arithmetic, many iterations in one call."""

import importlib.util
import math
from types import ModuleType

import mpmath
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import backprop_gui.core
from backprop_gui.core import kernel
from backprop_gui.core.network import Setup
from tests.core.article import article_program, bits, iteration
from tests.core.setups import ordinary, wild

SHARP = Setup(tolerance=iteration(Setup(), 0.5, 0.5)["error"])  # not below it at first
LARGEST_EXPONENT = math.log(math.nextafter(math.inf, 0.0))  # of the largest double


def plain_kernel() -> ModuleType:
    """Load the source, whether or not a compiled kernel is in use."""
    source = f"{backprop_gui.core.__path__[0]}/kernel.py"
    spec = importlib.util.spec_from_file_location("plain_kernel", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


every_kernel = pytest.mark.parametrize(
    "used", [kernel, plain_kernel()], ids=["in use", "from source"]
)


def advanced(used: ModuleType, setup: Setup, count: int) -> tuple[int, float, float]:
    s = setup
    done, w1, w2 = used.advance(s.input, s.target, s.w1, s.w2, s.eta, s.tolerance, count)
    return done, w1, w2


def looped(setup: Setup, count: int) -> tuple[int, float, float]:
    w1, w2 = setup.w1, setup.w2
    for done in range(count):
        found = iteration(setup, w1, w2)
        after = found["new_w1"], found["new_w2"]
        cannot_go_on = not all(map(math.isfinite, found.values()))
        if found["error"] < setup.tolerance or cannot_go_on or after == (w1, w2):
            return done, w1, w2
        w1, w2 = after
    return count, w1, w2


@every_kernel
def test_the_article_s_weights_come_out_after_812_updates(used: ModuleType) -> None:
    _errors, _output, *weights, count = article_program()
    assert (count, *weights) == (813, 0.8800250148952212, 4.005620243943087)
    assert advanced(used, Setup(), 10_000_000) == (count - 1, *weights)


@every_kernel
@given(setup=ordinary() | wild(), count=st.integers(0, 200))
@example(setup=SHARP, count=5)
@example(setup=Setup(target=1e200), count=5)  # only E is not finite
@settings(deadline=None)
def test_advancing_gives_the_bits_of_the_article_s_loop(
    used: ModuleType, setup: Setup, count: int
) -> None:
    done, *weights = advanced(used, setup, count)
    expected, *expected_weights = looped(setup, count)
    assert (done, bits(*weights)) == (expected, bits(*expected_weights))


@every_kernel
@given(setup=ordinary() | wild(), parts=st.lists(st.integers(0, 40), max_size=5))
@settings(deadline=None)
def test_advancing_in_parts_gives_the_bits_of_advancing_at_once(
    used: ModuleType, setup: Setup, parts: list[int]
) -> None:
    s, total, w1, w2 = setup, 0, setup.w1, setup.w2
    for part in parts:
        done, w1, w2 = used.advance(s.input, s.target, w1, w2, s.eta, s.tolerance, part)
        total += done
    at_once, *weights = advanced(used, setup, sum(parts))
    assert (total, bits(w1, w2)) == (at_once, bits(*weights))


@every_kernel
@given(x=st.floats())
@example(math.nan)
@example(math.inf)
@example(-math.inf)
@example(-0.0)
@example(5e-324)
@example(-1.7976931348623157e308)
@settings(deadline=None)
def test_sigmoid_of_any_double_is_from_0_to_1_and_only_that_of_nan_is_nan(
    used: ModuleType, x: float
) -> None:
    y = used.sigmoid(x)
    assert math.isnan(y) if math.isnan(x) else 0.0 <= y <= 1.0


@every_kernel
@given(x=st.floats(-LARGEST_EXPONENT, 800) | st.floats(-40, 40))
@example(-LARGEST_EXPONENT)
@example(math.inf)
@example(-0.0)
@settings(deadline=None)
def test_sigmoid_has_the_bits_of_the_plain_form_wherever_that_does_not_overflow(
    used: ModuleType, x: float
) -> None:
    assert bits(used.sigmoid(x)) == bits(1 / (1 + math.exp(-x)))


def test_the_plain_form_overflows_right_beyond_the_kernel_s_bound() -> None:
    assert math.isfinite(math.exp(kernel.LARGEST_EXPONENT))
    with pytest.raises(OverflowError):
        math.exp(math.nextafter(kernel.LARGEST_EXPONENT, math.inf))


@every_kernel
@given(x=st.floats(-750, -LARGEST_EXPONENT, exclude_max=True))
@example(math.nextafter(-LARGEST_EXPONENT, -math.inf))
@example(-745.0)
@settings(deadline=None)
def test_sigmoid_is_right_to_the_last_place_where_the_plain_form_overflows(
    used: ModuleType, x: float
) -> None:
    with mpmath.workdps(400):
        exact = 1 / (1 + mpmath.exp(-mpmath.mpf(x)))
        assert abs(used.sigmoid(x) - exact) <= math.ulp(0.0)


@every_kernel
@given(x=st.floats(-700, 700), y=st.floats(-700, 700))
@settings(deadline=None)
def test_sigmoid_never_falls(used: ModuleType, x: float, y: float) -> None:
    assume(x <= y)
    assert used.sigmoid(x) <= used.sigmoid(y)
