"""The check of a working, against people with a pencil who were transcribed by hand."""

import math
import random
from collections import Counter
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.lesson.listing import code
from backprop_gui.lesson.working import (
    CheckedLine,
    Verdict,
    check_working,
    read_working,
    verdicts,
)
from tests.extent import extent
from tests.lesson.pencil import CUTTING, RIGHT, WRONG, Person, Values, anybody, setup, sigma, work

NAMES = {"sigmoid": sigma, "tanh": math.tanh, "exp": math.exp, "log": math.log}
WAYS = [(digits, False) for digits in (3, 4, 5, 6)] + [(digits, True) for digits in (3, 4, 5)]
# Numbers that hide no mistake.
GIVEN = {"input": 0.1, "target": 0.9, "w1": 0.5, "w2": 0.5, "eta": 0.9}
VISIBLE = {"input": 0.7, "target": 0.8, "w1": -0.6, "w2": 1.3, "eta": 0.5}

# The article's own numbers, as it prints them.
ARTICLE_TEXT = r"""
neth = i1 * w1 = .1 * .5 = .05
outh = .51249
neto = .25624
outo = .563711
E = .056545
\frac{\partial E}{\partial outo} = -.336289
\frac{\partial outo}{\partial neto} = .24594
\frac{\partial neto}{\partial w2} = outh = .51249
\frac{\partial E}{\partial w2} = -.042386
\frac{\partial neto}{\partial outh} = w2 = .5
\frac{\partial outh}{\partial neth} = .24984
\frac{\partial neth}{\partial w1} = .1
\frac{\partial E}{\partial w1} = -.001033
w1 = 0.5009298654
w2 = 0.538148
"""


def setup_of(values: Values) -> Setup:
    return Setup(*(values[name] for name in ("input", "target", "w1", "w2", "eta")))


def checked(values: Values, texts: dict[str, str]) -> dict[str, CheckedLine]:
    made = setup_of(values)
    return {line.name: line for line in check_working(made, made.w1, made.w2, texts).lines}


def wrong(lines: dict[str, CheckedLine]) -> set[str]:
    return {name for name, line in lines.items() if line.verdict is Verdict.WRONG}


def alarms(count: int, share: float = 1.0, **how: object) -> int:
    """Return how many honest people are told that a line is wrong, who write a share of them."""
    dice, found = random.Random(16), 0
    for _each in range(count):
        digits, are_decimals = dice.choice(WAYS)
        values = setup(dice)
        made = setup_of(values)
        texts = work(values, Person(digits, are_decimals, **how))  # type: ignore[arg-type]
        if share < 1.0:
            texts = {name: text for name, text in texts.items() if dice.random() < share}
        found += Verdict.WRONG in verdicts(made, made.w1, made.w2, texts)
    return found


def test_nobody_honest_is_alarmed_who_goes_on_with_what_was_written() -> None:
    assert alarms(extent(100_000, 300)) == 0


def test_hardly_anybody_honest_is_alarmed_who_keeps_the_calculator_s_digits() -> None:
    count = extent(100_000, 300)
    assert alarms(count, keeps=True) <= count / 1000


@pytest.mark.parametrize("keeps", [False, True])
def test_hardly_anybody_is_alarmed_who_cuts_off(*, keeps: bool) -> None:
    count = extent(10_000, 300)
    assert alarms(count, rounding=CUTTING, keeps=keeps) <= count / 1000


@pytest.mark.parametrize("rounding", [ROUND_HALF_UP, CUTTING])
@pytest.mark.parametrize("keeps", [False, True])
def test_nobody_is_alarmed_who_leaves_lines_out(rounding: str, *, keeps: bool) -> None:
    assert alarms(extent(5_000, 100), 0.6, rounding=rounding, keeps=keeps) == 0


def test_of_one_mistake_the_line_and_the_cause_are_found_and_no_other_line_is_blamed() -> None:
    dice, found = random.Random(1), Counter[str]()
    for _each in range(extent(3_000, 800)):
        values, person = setup(dice), anybody(dice)
        (name, kind), formula = dice.choice(list(WRONG.items()))
        texts = work(values, person, {name: formula})
        if texts[name] == work(values, person)[name]:
            continue  # it cannot be seen
        found["all"] += 1
        lines = checked(values, texts)
        found["line"] += name in wrong(lines)
        found["other"] += bool(wrong(lines) - {name})
        found["cause"] += is_named(lines[name], kind, values, texts)
        assert len(lines[name].causes) <= 3
    assert found["other"] == 0
    assert found["line"] >= 0.98 * found["all"]
    assert found["cause"] >= 0.97 * found["all"]


def is_named(line: CheckedLine, kind: str, values: Values, texts: dict[str, str]) -> bool:
    """Say whether a cause is of this kind, or gives the same number by another name."""
    numbers = values | {name: float(text) for name, text in texts.items()}
    wanted = WRONG[line.name, kind](numbers)
    return any(
        cause.id == kind.partition(" ")[0]
        or math.isclose(eval(code(cause.expression), dict(NAMES), numbers), wanted, rel_tol=1e-9)  # noqa: S307 - ours
        for cause in line.causes
    )


def test_of_two_mistakes_both_lines_are_found_and_no_third_one_is_blamed() -> None:
    dice, both, count = random.Random(2), 0, 0
    for _each in range(extent(2_000, 200)):
        values, person = setup(dice), anybody(dice)
        one, other = dice.sample(list(WRONG), 2)
        alone = (
            work(values, person, {one[0]: WRONG[one]}),
            work(values, person, {other[0]: WRONG[other]}),
        )
        texts = work(values, person, {one[0]: WRONG[one], other[0]: WRONG[other]})
        is_hidden = texts[other[0]] == alone[0][other[0]] or texts[one[0]] == alone[1][one[0]]
        if one[0] == other[0] or is_hidden:
            continue
        count += 1
        blamed = wrong(checked(values, texts))
        assert blamed <= {one[0], other[0]}
        both += blamed == {one[0], other[0]}
    assert both >= 0.97 * count


@pytest.mark.parametrize("mistake", WRONG, ids="-".join)
def test_each_mistake_is_found_and_named(mistake: tuple[str, str]) -> None:
    values = VISIBLE
    name, kind = mistake
    texts = work(values, Person(6), {name: WRONG[mistake]})
    lines = checked(values, texts)
    assert wrong(lines) == {name}
    assert is_named(lines[name], kind, values, texts)
    numbers = values | {each: float(text) for each, text in texts.items()}
    for cause in lines[name].causes:  # as Python, each gives the number
        given = eval(code(cause.expression), dict(NAMES), numbers)  # noqa: S307 - ours
        assert given == pytest.approx(float(texts[name]), rel=1e-4)
    later = list(RIGHT)[list(RIGHT).index(name) + 1 :]
    assert all(lines[n].verdict in (Verdict.RIGHT, Verdict.FROM_YOURS) for n in later)


def moved(text: str) -> str:
    return f"{Decimal(text).scaleb(1):f}"


def swapped(text: str) -> str:
    """Return a number with two digits exchanged, its last different ones."""
    for at in range(len(text) - 2, -1, -1):
        pair = text[at : at + 2]
        if pair.isdigit() and pair[0] != pair[1]:
            return f"{text[:at]}{pair[::-1]}{text[at + 2 :]}"
    raise ValueError(text)


SLIPS = {"point_moved": moved, "digits_swapped": swapped}


@pytest.mark.parametrize("goes_on_with_it", [False, True])
@pytest.mark.parametrize(
    ("name", "kind"),
    # 0.07 has two digits of 0.7 exchanged, and its point moved.
    [
        (name, kind)
        for name in RIGHT
        for kind in SLIPS
        if kind != "digits_swapped" or name != "dnet_h_dw1"
    ],
)
def test_a_slip_is_named_and_no_other_line_blamed_whatever_one_goes_on_with(
    name: str, kind: str, *, goes_on_with_it: bool
) -> None:
    person = Person(4)
    text = SLIPS[kind](work(VISIBLE, person)[name])
    if goes_on_with_it:
        texts = work(VISIBLE, person, {name: lambda _values: float(text)})
    else:
        texts = work(VISIBLE, person)
    lines = checked(VISIBLE, texts | {name: text})
    assert wrong(lines) == {name}
    assert kind in [cause.id for cause in lines[name].causes]
    uses_it = {line.name for line in lines.values() if line.is_recovered}
    assert not (uses_it and goes_on_with_it)
    assert Verdict.FROM_YOURS not in {lines[name].verdict for name in uses_it}


@pytest.mark.parametrize("name", ["net_o", "de_dw2", "de_dw1"])
def test_a_sign_that_is_dropped_is_named(name: str) -> None:
    texts = work(VISIBLE, Person(4))
    text = texts[name].lstrip("-") if texts[name].startswith("-") else f"-{texts[name]}"
    line = checked(VISIBLE, {name: text})[name]
    assert line.verdict is Verdict.WRONG
    assert "sign_lost" in [cause.id for cause in line.causes]


@pytest.mark.parametrize(("one", "other"), [("out_o", "out_h"), ("de_dw1", "de_dw2")])
def test_two_lines_that_are_exchanged_are_named(one: str, other: str) -> None:
    texts = work(VISIBLE, Person(4))
    lines = checked(VISIBLE, texts | {one: texts[other], other: texts[one]})
    assert wrong(lines) == {one, other}
    for name in (one, other):
        assert "lines_exchanged" in [cause.id for cause in lines[name].causes]


def test_two_mistakes_in_one_line_are_found_last() -> None:
    def both(v: Mapping[str, float]) -> float:
        return v["w2"] + v["de_dw2"]

    line = checked(VISIBLE, work(VISIBLE, Person(6), {"new_w2": both}))["new_w2"]
    assert {"plus_for_minus", "rate_left_out"} == set(line.causes[0].id.split("+"))


def test_a_new_weight_that_may_be_the_old_one_is_too_short_to_tell() -> None:
    values = {"input": 0.1, "target": 0.9, "w1": 0.5, "w2": 0.5, "eta": 0.9}
    for text, verdict in (("0.50", Verdict.UNCLEAR), ("0.501", Verdict.RIGHT)):
        assert checked(values, {"new_w1": text})["new_w1"].verdict is verdict


def test_zeros_that_only_give_a_whole_number_its_size_are_no_digits() -> None:
    values = VISIBLE | {"input": 37.0, "w1": 37.0}
    texts = work(values, Person(3))
    assert texts["net_h"] == "1370"
    assert not wrong(checked(values, texts))
    assert wrong(checked(values, texts | {"net_h": "1380"})) == {"net_h"}


def test_a_number_of_the_next_iteration_is_named() -> None:
    values = {"input": 0.1, "target": 0.9, "w1": 0.5, "w2": 0.6, "eta": 0.9}
    first = exact(values)
    later = exact(values | {"w1": first["new_w1"], "w2": first["new_w2"]})
    texts = work(values, Person(5)) | {"error": Person(5).write(later["error"])}
    line = checked(values, texts)["error"]
    assert "next_iteration" in [cause.id for cause in line.causes]


def test_the_article_cuts_off_twice_and_two_lines_have_more_digits_than_follow() -> None:
    lines = check_working(Setup(), 0.5, 0.5, read_working(ARTICLE_TEXT).texts).lines
    assert len([line for line in lines if line.written]) == 15
    cut = [line.name for line in lines if line.verdict is Verdict.CUT_OFF]
    assert cut == ["out_h", "out_o"]
    others = [line for line in lines if line.name not in cut]
    assert {line.verdict for line in others} == {Verdict.RIGHT}
    assert [line.name for line in others if not line.is_exact] == ["new_w1", "new_w2"]


@pytest.mark.parametrize(
    ("name", "text", "verdict"),
    [
        ("net_h", "0.06", Verdict.WRONG),  # it is 0.05
        ("net_h", "0.048", Verdict.WRONG),
        ("out_h", "0.52", Verdict.WRONG),  # 0.5124973…
        ("out_h", "0.513", Verdict.WRONG),
        ("out_h", "0.5124", Verdict.CUT_OFF),
        ("out_o", "0.5638", Verdict.WRONG),  # 0.5637142…
        ("out_o", "0.56371", Verdict.RIGHT),
        ("error", "0.05654", Verdict.RIGHT),  # 0.0565442…
        ("de_dw2", "-0.0423", Verdict.CUT_OFF),  # -0.0423868…
        ("de_dw2", "-0.0425", Verdict.WRONG),
        ("de_dw2", "-0.05", Verdict.WRONG),
    ],
)
def test_cutting_off_never_makes_a_number_larger(name: str, text: str, verdict: Verdict) -> None:
    values = exact(GIVEN)
    texts = {each: repr(values[each]) for each in RIGHT} | {name: text}
    assert checked(GIVEN, texts)[name].verdict is verdict


def test_a_gap_is_bridged_and_what_is_missing_holds_nothing_up() -> None:
    values = VISIBLE
    texts = work(values, Person(5))
    for name in ("out_h", "dout_o_dnet_o", "de_dw2"):
        del texts[name]
    lines = checked(values, texts)
    assert {lines[n].verdict for n in texts} == {Verdict.RIGHT}
    texts["new_w2"] = Person(5).write(1.3 + 0.5 * RIGHT["de_dw2"](exact(values)))
    lines = checked(values, texts)
    assert wrong(lines) == {"new_w2"}
    assert lines["new_w2"].causes[0].id == "plus_for_minus"


def exact(values: Values) -> Values:
    found = dict(values)
    for name, formula in RIGHT.items():
        found[name] = formula(found)
    return found


def test_zeros_at_the_end_count_as_digits() -> None:
    texts = {"out_h": "0.5"}
    assert check_working(Setup(), 0.5, 0.5, texts).lines[1].verdict is Verdict.RIGHT
    texts = {"out_h": "0.50"}
    assert check_working(Setup(), 0.5, 0.5, texts).lines[1].verdict is Verdict.WRONG
    texts = {"de_dw1": "0.00"}
    assert check_working(Setup(), 0.5, 0.5, texts).lines[12].verdict is Verdict.UNCLEAR


def test_numbers_of_another_setup_or_iteration_are_told() -> None:
    values = {"input": 0.1, "target": 0.9, "w1": 0.3, "w2": 0.5, "eta": 0.9}
    texts = work(values, Person(5))
    assert (
        "These look like the numbers of w₁ = 0.3" in check_working(Setup(), 0.5, 0.5, texts).remarks
    )
    second = exact({"input": 0.1, "target": 0.9, "w1": 0.5, "w2": 0.5, "eta": 0.9})
    later = values | {"w1": second["new_w1"], "w2": second["new_w2"]}
    remarks = check_working(Setup(), 0.5, 0.5, work(later, Person(6))).remarks
    assert remarks == ("These look like the numbers of iteration 2",)


def test_equal_weights_are_told_to_hide_a_mistake() -> None:
    values = {"input": 0.1, "target": 0.9, "w1": 0.5, "w2": 0.5, "eta": 0.9}
    (remark,) = check_working(Setup(), 0.5, 0.5, work(values, Person(5))).remarks
    assert "this mistake: the other weight. With w₂ = 0.6 it would show" in remark


@pytest.mark.parametrize(
    ("name", "value", "nearest", "line", "kind"),
    [
        ("eta", 1.0, "η = 1.1", "new_w2", "rate_left_out"),
        ("input", 1.0, "i = 1.1", "net_h", "left_out"),
        ("w2", 1.0, "w₂ = 1.1", "net_o", "left_out w2"),
        ("w2", -0.6, "w₂ = -0.5", "net_o", "other_weight"),
    ],
)
def test_numbers_that_hide_a_mistake_are_told_with_the_nearest_that_show_it(
    name: str, value: float, nearest: str, line: str, kind: str
) -> None:
    values = VISIBLE | {name: value}
    given = setup_of(values)
    (remark,) = check_working(given, given.w1, given.w2, work(values, Person(5))).remarks
    assert f"With {nearest} it would show" in remark.replace("−", "-")
    mistaken = {line: WRONG[line, kind]}
    assert work(values, Person(5), mistaken) == work(values, Person(5))
    other = values | {name: float(nearest.split()[-1])}
    assert wrong(checked(other, work(other, Person(5), mistaken))) == {line}


def test_numbers_that_hide_nothing_are_left_alone() -> None:
    given = setup_of(VISIBLE)
    assert check_working(given, given.w1, given.w2, work(VISIBLE, Person(5))).remarks == ()


def test_lines_that_are_all_equal_are_told() -> None:
    remarks = check_working(Setup(), 0.5, 0.5, dict.fromkeys(RIGHT, "0.5")).remarks
    assert remarks == ("All lines have the same number",)


@pytest.mark.parametrize(
    ("line", "name", "number"),
    [
        ("net_h = 0.05", "net_h", "0.05"),
        ("neth: .05  # the first one", "net_h", ".05"),
        ("dE/dw2\t-0,0424", "de_dw2", "-0,0424"),
        ("∂E/∂w₂ ≈ −0.0424", "de_dw2", "−0.0424"),
        (r"\frac{\partial E}{\partial w_2} = -0.0424", "de_dw2", "-0.0424"),
        ("out_o = 1/(1+e^-0.25) = 0.5637", "out_o", "0.5637"),
        ("w₁ ← 0.5009", "new_w1", "0.5009"),
        ("new w2 = 0.538", "new_w2", "0.538"),
        ("1. net_h = 0.05", "net_h", "0.05"),
        ("(3) net_o: 0.26", "net_o", "0.26"),
        ("- ∂E/∂w₂ = -0.0424", "de_dw2", "-0.0424"),
        ("net_h 0.05", "net_h", "0.05"),
        ("dE/dw2   −0.0424", "de_dw2", "−0.0424"),
        ("E_total = 0.0565", "error", "0.0565"),
        ("dOut_o / dNet_o = 0.2459", "dout_o_dnet_o", "0.2459"),
    ],
)
def test_a_line_is_read_in_many_spellings(line: str, name: str, number: str) -> None:
    written = read_working(line)
    assert written.texts == {name: number}
    assert written.problems == ()


def test_a_column_of_numbers_is_read_in_the_lesson_s_order() -> None:
    values = VISIBLE
    texts = work(values, Person(5))
    assert read_working("\n".join(texts.values())).texts == texts


def test_odd_lines_are_told_in_a_sentence_each_and_hold_nothing_up() -> None:
    text = "foo = 3\nnet_h = 0.05\nnet_h = 0.06\nno number here\nout_h = \u202ezehn\ni = 0.1\n"
    written = read_working(text)
    assert written.texts["net_h"] == "0.05"
    assert len(written.problems) == 3
    lines = check_working(Setup(), 0.5, 0.5, written.texts).lines
    assert (lines[0].verdict, lines[1].verdict) == (Verdict.RIGHT, Verdict.UNREADABLE)
    same = read_working("net_h = 1\n" * 1_000_000)
    assert same.problems == (
        "Only the first 1,000 lines were read",
        "net_h is there twice; the first one counts",
    )
    others = read_working("".join(f"x{number} = 1\n" for number in range(1_000_000))).problems
    assert len(others) == 11
    assert others[-1] == "991 more lines could not be read"


@pytest.mark.parametrize(
    ("text", "new_w1"),
    [
        ("w1 = 0.5\nw2 = 0.5\nnet_h = 0.05\nnew w1 = 0.5009", "0.5009"),
        ("i = 0.1\nw1 = 0.5\nnet_h = 0.05\nw1 = 0.5009", "0.5009"),
        ("net_h = 0.05\nw1 = 0.5\nnew_w1 = 0.5009", "0.5009"),
        ("net_h = 0.05\nw1 = 0.5009", "0.5009"),
        ("w1 = 0.5009\nw2 = 0.5381", "0.5009"),
        ("w1 = 0.5\nnet_h = 0.05", None),
        ("w1 ← 0.6\nnet_h = 0.05", "0.6"),
        ("w1 <- 0.6\nnet_h = 0.05", "0.6"),
        ("w1 = 0.5\nw1 = 0.6\nnet_h = 0.05", "0.6"),
    ],
)
def test_a_weight_that_is_given_is_no_new_one(text: str, new_w1: str | None) -> None:
    written = read_working(text)
    assert written.texts.get("new_w1") == new_w1
    assert written.problems == ()


@settings(max_examples=200, deadline=None)
@given(
    st.builds(Setup, *(st.floats(allow_nan=False, allow_infinity=False) for _each in range(4))),
    st.dictionaries(
        st.sampled_from(list(RIGHT)),
        st.one_of(st.text(max_size=12), st.floats().map(repr), st.just("9" * 400)),
    ),
)
@example(Setup(-746.0, 2.69e55, 1.0, 2.67e253), {"de_dw1": "1"})  # dE/dw1 is not a number
def test_nothing_that_is_written_is_too_odd_to_be_checked(
    setup: Setup, texts: dict[str, str]
) -> None:
    lines = check_working(setup, setup.w1, setup.w2, texts).lines
    for line in lines:
        is_there = bool(texts.get(line.name, "").strip())
        assert (line.verdict is Verdict.MISSING) is not is_there
        for cause in line.causes:
            assert code(cause.expression)
