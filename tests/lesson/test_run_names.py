"""Names of runs: what differs, in few words, and never the same twice."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from backprop_gui.core.kept_run import COLOURS, KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.lesson.numbers import COMMA, FILES
from backprop_gui.lesson.run_names import LONGEST, default_name

ARTICLE = Setup()
_any = st.floats(allow_nan=False, allow_infinity=False)
_setups = st.builds(
    Setup, input=_any, target=_any, w1=_any, w2=_any, eta=st.floats(0, 1e308),
    tolerance=st.floats(0, 1e308), max_iterations=st.integers(1, 1_000_000_000),
)  # fmt: skip


def kept(name: str, setup: Setup, id: int = 1) -> KeptRun:
    return KeptRun(id, name, COLOURS[id - 1], setup, 10)


def test_a_run_is_called_by_what_tells_it_from_the_present_one() -> None:
    made = replace(ARTICLE, w1=-3.0, eta=0.25)
    assert default_name(made, ARTICLE, (), FILES) == "w₁ = −3, η = 0.25"
    assert default_name(made, ARTICLE, (), replace(FILES, decimal_sign=COMMA)) == (
        "w₁ = −3, η = 0,25"
    )
    rarely = replace(ARTICLE, tolerance=1e-6, max_iterations=20_000)
    assert default_name(rarely, ARTICLE, (), FILES) == "E < 10⁻⁶, at most 20,000 iterations"


def test_where_that_tells_nothing_another_run_does_or_the_article_s() -> None:
    fast = replace(ARTICLE, eta=5.0)
    other = kept("η = 20", replace(ARTICLE, eta=20.0, w1=1.0))
    assert default_name(fast, fast, [other], FILES) == "w₁ = 0.5, η = 5"
    assert default_name(fast, fast, (), FILES) == "η = 5"
    assert default_name(ARTICLE, ARTICLE, (), FILES) == "The article’s run"


def test_a_namesake_gets_what_tells_them_apart_or_a_number() -> None:
    fast, elsewhere = replace(ARTICLE, eta=5.0), replace(ARTICLE, eta=5.0, w2=2.0)
    namesake = kept("η = 5", elsewhere)
    assert default_name(fast, ARTICLE, [namesake], FILES) == "w₂ = 0.5, η = 5"
    typed = kept("w₂ = 0.5, η = 5", replace(ARTICLE, eta=7.0), 2)
    assert default_name(fast, ARTICLE, [namesake, typed], FILES) == "w₂ = 0.5, η = 5 (2)"


@given(_setups, _setups)
def test_no_name_is_longer_than_a_line_has_room_for(setup: Setup, present: Setup) -> None:
    assert 0 < len(default_name(setup, present, (), FILES)) <= LONGEST
