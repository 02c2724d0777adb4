"""The worked example, as data."""

import re
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

import mpmath
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.shapes import Text
from backprop_gui.export.handout.figure import figure_drawing
from backprop_gui.export.handout.worked_example import (
    Figure,
    Handout,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    WorkedStep,
    worked_example,
)
from backprop_gui.lesson import article, numbers
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.methods import method_of
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.own_working import NO_WORKING, checked
from backprop_gui.storage.restore_line import Experiment, find
from tests.core.article import iteration
from tests.core.setups import ordinary, wild
from tests.shown import typed

ARTICLE = moment_at(Run(Setup()), Position(1, 15))


def _of(handout: Handout, kind: type) -> list:
    return [block for block in handout.blocks if isinstance(block, kind)]


def test_the_person_s_numbers_stand_beside_ours_where_they_are_wanted() -> None:
    lines = {"net_h": "0.05", "de_dout_o": "-0.3363", "error": "a|b{\\"}
    found = checked(NO_WORKING.with_texts(lines, ARTICLE))
    plain, with_yours = worked_example(ARTICLE), worked_example(ARTICLE, yours=found)
    assert with_yours.blocks[: len(plain.blocks)] == plain.blocks
    table = _of(with_yours, Table)[-1]
    yours, ours = ({row[1]: row[n] for row in table.rows} for n in (2, 4))
    assert (yours["netₕ"], yours["∂E/∂outₒ"], yours["E"]) == ("0.05", "−0.3363", "a|b{\\")
    assert yours["outₕ"] == ""
    assert (ours["netₕ"], ours["E"]) == ("0.050000", "0.056544")


def _last(setup: Setup) -> Moment:
    run = Run(setup)
    run.advance(1000)
    return moment_at(run, Position(run.iteration, 15))


def _rounded(value: float, digits: int) -> Decimal:
    return Context(prec=digits).create_decimal(Decimal(value))


@pytest.mark.parametrize("digits", [3, 5, 17])
def test_every_step_has_its_formula_and_ends_with_the_oracle_s_value(digits: int) -> None:
    handout = worked_example(ARTICLE, digits)
    oracle = iteration(Setup(), 0.5, 0.5)
    works = _of(handout, WorkedStep)
    assert [work.step for work in works] == list(article.ARTICLE.steps)
    for work in works:
        text = work.formula.pieces[-1].text.replace(numbers.MINUS, "-").strip("()")
        assert Decimal(text) == _rounded(oracle[work.step.quantity.name], digits)


@given(setup=ordinary())
@settings(deadline=None, max_examples=40)
def test_in_full_the_formulas_are_those_of_the_lesson(setup: Setup) -> None:
    moment = moment_at(Run(setup), Position(1, 15))
    for work in _of(worked_example(moment), WorkedStep):
        at_step = Moment(setup, Position(1, work.step.number), moment.w1, moment.w2, moment.stop)
        assert work.formula == formula(at_step, Numerals(5))


def _before_answers(handout: Handout) -> str:
    texts = []
    for block in handout.blocks:
        if isinstance(block, PageBreak):
            break
        if isinstance(block, WorkedStep):
            texts.append(block.formula.text)
        elif isinstance(block, Paragraph | Heading):
            texts.append(block.text)
        elif isinstance(block, Table):
            texts += [cell for row in block.rows for cell in row]
    return "\n".join(texts)


@given(setup=ordinary())
@settings(deadline=None, max_examples=60)
def test_blanked_no_computed_number_is_told_before_the_answers(setup: Setup) -> None:
    moment = moment_at(Run(setup), Position(1, 15))
    handout = worked_example(moment, 5, is_blanked=True)
    given_texts = {moment.text(q.name, Numerals(5)).strip("−") for q in article.ARTICLE.given}
    told = set(re.findall(r"[\d.]+(?:e-?\d+)?", typed(_before_answers(handout))))
    for step in article.ARTICLE.steps[: moment.position.step]:
        text = moment.text(step.quantity.name, Numerals(5))
        if text.strip("−") not in given_texts and len(text.strip("−")) > 2:
            assert text.strip("−") not in told, step


@given(setup=wild())
@settings(deadline=None, max_examples=60)
def test_blanked_the_answers_have_every_value_in_order(setup: Setup) -> None:
    moment = _last(setup)
    handout = worked_example(moment, 6, is_blanked=True)
    answers = _of(handout, Table)[-1].rows
    steps = article.ARTICLE.steps[: moment.position.step]
    assert [row[2] for row in answers[: len(steps)]] == [
        moment.text(step.quantity.name, Numerals(6)) for step in steps
    ]


def test_gaps_stand_for_computed_numbers_and_given_ones_stay() -> None:
    handout = worked_example(ARTICLE, is_blanked=True)
    texts = {w.step.quantity.name: w.formula.text for w in _of(handout, WorkedStep)}
    assert texts["net_h"] == "netₕ = i · w₁ = 0.1 · 0.500000 = ______"
    assert texts["out_h"] == "outₕ = σ(netₕ) = σ(______) ≈ ______"
    assert texts["error"].endswith("(0.9 − ______)² ≈ ______")
    assert texts["new_w1"].endswith("0.500000 − 0.9 · ______ ≈ ______")


# The article's fifteen formulas, for mpmath; each takes what was written before.
BY_HAND = {
    "net_h": lambda v: v["input"] * v["w1"],
    "out_h": lambda v: 1 / (1 + mpmath.exp(-v["net_h"])),
    "net_o": lambda v: v["out_h"] * v["w2"],
    "out_o": lambda v: 1 / (1 + mpmath.exp(-v["net_o"])),
    "error": lambda v: (v["target"] - v["out_o"]) ** 2 / 2,
    "de_dout_o": lambda v: -(v["target"] - v["out_o"]),
    "dout_o_dnet_o": lambda v: v["out_o"] * (1 - v["out_o"]),
    "dnet_o_dw2": lambda v: v["out_h"],
    "de_dw2": lambda v: v["de_dout_o"] * v["dout_o_dnet_o"] * v["dnet_o_dw2"],
    "dnet_o_dout_h": lambda v: v["w2"],
    "dout_h_dnet_h": lambda v: v["out_h"] * (1 - v["out_h"]),
    "dnet_h_dw1": lambda v: v["input"],
    "de_dw1": lambda v: v["de_dout_o"] * v["dout_o_dnet_o"] * v["dnet_o_dout_h"]
    * v["dout_h_dnet_h"] * v["dnet_h_dw1"],
    "new_w1": lambda v: v["w1"] - v["eta"] * v["de_dw1"],
    "new_w2": lambda v: v["w2"] - v["eta"] * v["de_dw2"],
}  # fmt: skip


def _filled_in(handout: Handout, given: dict[str, str], way: str) -> list[tuple[str, Decimal]]:
    """Return what a person writes who does as the sheet says, from the given numbers' texts."""
    write = int(re.search(r"Fill in the gaps with (\d+) significant", _rule(handout))[1])
    rows = []

    def do(name: str) -> None:
        rows.append((name, Context(write, way).plus(Decimal(str(BY_HAND[name](v))))))
        v[name] = mpmath.mpf(str(rows[-1][1]))

    with mpmath.workdps(90):
        v = {name: mpmath.mpf(typed(text)) for name, text in given.items()}
        for work in _of(handout, WorkedStep):
            do(work.step.quantity.name)
        if "new_w2" in v:
            v |= {"w1": v["new_w1"], "w2": v["new_w2"]}
            for name in ("net_h", "out_h", "net_o", "out_o", "error"):
                do(name)
            del rows[-5:-1]
    return rows


def _rule(handout: Handout) -> str:
    return _of(handout, Paragraph)[1].text


def _given_in_formulas(handout: Handout) -> dict[str, str]:
    pieces = (
        p for work in _of(handout, WorkedStep) for right in work.formula.rights[1:] for p in right
    )
    names = {quantity.name for quantity in article.ARTICLE.given}
    return {p.quantity: p.text.strip("()") for p in pieces if p.quantity in names and not p.is_gap}


@pytest.mark.parametrize("digits", [3, 4, 5, 8, 12, 17])
@given(setup=ordinary(), iterations=st.integers(1, 200))
@example(setup=Setup(), iterations=1)
@example(setup=Setup(max_iterations=1000), iterations=813)
@settings(deadline=None, max_examples=20)
def test_whoever_fills_in_the_gaps_as_told_gets_the_answers(
    digits: int, setup: Setup, iterations: int
) -> None:
    run = Run(setup)
    run.advance(iterations)
    moment = moment_at(run, Position(run.iteration, 15))
    handout = worked_example(moment, digits, is_blanked=True)
    answers = _of(handout, Table)[-1].rows
    in_table = {
        q.name: row[2]
        for q, row in zip(article.ARTICLE.given, _of(handout, Table)[0].rows, strict=True)
    }
    sentence, _full_stop, remark = _rule(handout).partition("last page.")
    compare = re.search(r"rounded to (\d+) digits", sentence)
    assert int(compare[1]) == digits if compare else f"with {digits} significant" in sentence
    off = set()
    for begun in (in_table, in_table | _given_in_formulas(handout)):
        for way in (ROUND_HALF_EVEN, ROUND_HALF_UP):
            written = _filled_in(handout, begun, way)
            for (_name, value), (_step, symbol, answer) in zip(written, answers, strict=True):
                if Context(digits, way).plus(value) != Decimal(typed(answer)):
                    off.add(symbol)
    told = remark.partition(" may differ")[0].strip()
    assert off == set(told.split(", ") if told else ())


def test_the_sheet_of_the_article_asks_for_what_gives_the_answers() -> None:
    handout = worked_example(ARTICLE, is_blanked=True)
    assert _rule(handout) == (
        "Fill in the gaps with 6 significant digits, and continue with what you wrote: rounded "
        "to 5 digits, these are the answers on the last page."
    )
    written = dict(_filled_in(handout, _given_in_formulas(handout), ROUND_HALF_UP)[:15])
    assert written["error"] == Decimal("0.0565441")  # with five digits it would be 0.056545
    assert _of(handout, Table)[-1].rows[4][2] == "0.056544"


@pytest.mark.parametrize("code", ["3s", "4d", "3s-cut"])
@pytest.mark.parametrize("iterations", [1, 10])
def test_whoever_fills_in_the_gaps_as_on_paper_gets_the_answers(code: str, iterations: int) -> None:
    run = Run(Setup(input=0.35, w1=0.65, method=method_of(code)))
    run.advance(iterations - 1)
    moment = moment_at(run, Position(iterations, 15))
    handout = worked_example(moment, is_blanked=True)
    assert moment.setup.method
    assert f"write each number with {moment.setup.method.title}, and continue" in _rule(handout)
    answers = [typed(row[2]) for row in _of(handout, Table)[-1].rows]
    texts = {name: typed(text) for name, text in _given_in_formulas(handout).items()}
    v = {name: Decimal(text) for name, text in texts.items()}
    digits, rounding = int(code[0]), ROUND_DOWN if "cut" in code else ROUND_HALF_UP
    written = []

    def do(name: str) -> None:
        x = Decimal(str(BY_HAND[name]({each: mpmath.mpf(str(value)) for each, value in v.items()})))
        unit = Decimal(1).scaleb(-digits if code[1] == "d" else x.adjusted() - digits + 1)
        is_copied = name in ("dnet_o_dw2", "dnet_o_dout_h", "dnet_h_dw1")
        v[name] = x if is_copied else x.quantize(unit, rounding)
        written.append(v[name])

    with mpmath.workdps(60):
        for name in BY_HAND:
            do(name)
        v |= {"w1": v["new_w1"], "w2": v["new_w2"]}
        for name in ("net_h", "out_h", "net_o", "out_o", "error"):
            do(name)
    del written[-5:-1]
    assert [Decimal(text) for text in answers] == [
        value.normalize() if value else value for value in written
    ]


def test_a_sheet_that_is_not_on_paper_says_that_the_last_digit_can_differ() -> None:
    def says(handout: Handout) -> bool:
        return any("your last digit can differ" in each.text for each in _of(handout, Paragraph))

    assert says(worked_example(ARTICLE, is_blanked=True))
    assert not says(worked_example(ARTICLE))
    on_paper = replace(ARTICLE, setup=Setup(method=method_of("3s")))
    assert not says(worked_example(on_paper, is_blanked=True))


def test_in_ordinary_runs_no_answer_is_out_of_reach() -> None:
    for iteration_number in (1, 10, 100, 813):
        run = Run(Setup())
        run.advance(iteration_number)
        moment = moment_at(run, Position(iteration_number, 15))
        for digits in range(3, 13):
            assert "may differ" not in _rule(worked_example(moment, digits, is_blanked=True))


@pytest.mark.parametrize("is_blanked", [False, True])
@given(setup=ordinary(), digits=st.integers(3, 14))
@settings(deadline=None, max_examples=40)
def test_a_figure_has_the_digits_of_its_text_or_the_text_says_that_it_has_fewer(
    is_blanked: bool, setup: Setup, digits: int
) -> None:
    handout = worked_example(moment_at(Run(setup), Position(1, 15)), digits, is_blanked=is_blanked)
    (figure,) = _of(handout, Figure)
    shapes = figure_drawing(figure.moment, figure.digits, is_blanked=is_blanked).shapes
    lines: dict[str, str] = {}  # a long number has two; the learning rate stands there twice
    for shape in shapes:
        if isinstance(shape, Text) and shape.name.startswith("value of ") and "η" not in shape.text:
            lines[shape.name] = lines.get(shape.name, "") + shape.text
    numbers_in_it = set(lines.values())
    numbers_in_it |= {s.text.split()[-1] for s in shapes if isinstance(s, Text) and "η" in s.text}
    if is_blanked:
        assert f"with {figure.digits} significant digits" in _rule(handout)
        wanted = set(_given_in_formulas(handout).values())
    else:
        wanted = {work.formula.pieces[-1].text for work in _of(handout, WorkedStep)}
    assert wanted <= numbers_in_it or _has_fewer(handout)


def _has_fewer(handout: Handout) -> bool:
    return any("drawing" in each.text for each in _of(handout, Paragraph))


def test_a_figure_of_the_article_has_five_digits_and_six_of_what_is_given() -> None:
    for digits in range(3, 18):
        for is_blanked in (False, True):
            made = worked_example(
                moment_at(Run(Setup()), Position(1, 15)), digits, is_blanked=is_blanked
            )
            (figure,) = _of(made, Figure)
            assert _has_fewer(made) == (figure.digits > (6 if is_blanked else 5))


def test_two_errors_that_differ_are_told_apart() -> None:
    handout = worked_example(moment_at(Run(Setup(eta=1e-6)), Position(1, 15)), 3)
    (sentence,) = (p.text for p in _of(handout, Paragraph) if "It was" in p.text)
    after, before = map(Decimal, re.findall(r"0\.\d+", sentence))
    assert after < before
    assert "it has fallen" in sentence


def test_the_stopping_iteration_has_no_backward_pass_and_says_why() -> None:
    handout = worked_example(_last(Setup()))
    assert [work.step.number for work in _of(handout, WorkedStep)] == [1, 2, 3, 4, 5]
    assert "E is below the tolerance" in _of(handout, Paragraph)[-1].text
    assert not any("Backward" in heading.text for heading in _of(handout, Heading))


def test_what_goes_beyond_the_doubles_ends_there() -> None:
    handout = worked_example(_last(Setup(input=1e308, w1=1e308)))
    assert len(_of(handout, WorkedStep)) == 1
    assert "no longer finite" in _of(handout, Paragraph)[-1].text


@pytest.mark.parametrize(
    ("setup", "words"),
    [(Setup(), "It was 0.056544, so it has fallen"), (Setup(eta=0), "as it was before"),
     (Setup(target=0.6, w1=1, input=1, eta=300, tolerance=0), "it has risen: the learning rate")],
)  # fmt: skip
def test_the_check_tells_whether_the_error_fell(setup: Setup, words: str) -> None:
    handout = worked_example(moment_at(Run(setup), Position(1, 15)))
    assert any(words in paragraph.text for paragraph in _of(handout, Paragraph))


def test_it_carries_what_remakes_it_and_its_title_on_one_line() -> None:
    handout = worked_example(ARTICLE, title=" Week\n3 ")
    assert handout.title == "Week 3"
    assert find(handout.line) == Experiment(Setup(), Position(1, 15))
    assert worked_example(ARTICLE).title == "Back-propagation by hand: iteration 1"
