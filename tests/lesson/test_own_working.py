"""A person's own working: what is read of a paste, and the line with the person's numbers."""

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.lesson.article import (
    ARTICLE,
    de_dout_o,
    dnet_o_dw2,
    dout_o_dnet_o,
    eta,
    net_h,
    out_o,
    t,
    w1,
)
from backprop_gui.lesson.article import de_dw1 as de_dw1_
from backprop_gui.lesson.expression import Expression, Reference, Sum
from backprop_gui.lesson.moment import START, Moment
from backprop_gui.lesson.numbers import COMMA, FILES, Numerals
from backprop_gui.lesson.own_line import own_line
from backprop_gui.lesson.own_working import NO_WORKING, Help, OwnWorking, read_block
from backprop_gui.lesson.working import Cause, CheckedLine, CheckedWorking, Verdict
from backprop_gui.lesson.working_words import (
    explained,
    headline,
    help_text,
    said,
    shown_verdicts,
)

MOMENT = Moment(Setup(), START, 0.5, 0.5)
NAMES = tuple(ARTICLE.step_of)


def working(**texts: str) -> OwnWorking:
    return NO_WORKING.with_texts(texts, MOMENT)


def line(name: str, verdict: Verdict, written: str = "1", *causes: Cause) -> CheckedLine:
    return CheckedLine(name, written, verdict, 2.0, causes, "")


def verdicts(*lines: CheckedLine) -> CheckedWorking:
    wrong = (each.name for each in lines if each.verdict is Verdict.WRONG)
    return CheckedWorking(lines, next(wrong, None), ())


def test_a_column_of_some_numbers_fills_the_lines_from_here_on() -> None:
    found = read_block("½\r\n\r\n−0.3\r\n.5\r\n", "net_o")
    assert found.texts == {"net_o": "½", "error": "−0.3", "de_dout_o": ".5"}
    assert found.problems == ()


def test_a_column_of_all_numbers_fills_all_lines_wherever_it_is_put() -> None:
    column = "\n".join(f"0.{n}" for n in range(15))
    assert list(read_block(column, "error").texts) == list(NAMES)


def test_a_column_with_more_numbers_than_lines_says_so() -> None:
    found = read_block("1\n2\n3", "new_w1")
    assert found.texts == {"new_w1": "1", "new_w2": "2"}
    assert found.problems == ("The column has 3 numbers, and there are 2 lines from here on.",)


def test_lines_with_names_are_read_by_their_names() -> None:
    assert read_block("net_h = 0.05\nout_h = 0.51", "error").texts == {
        "net_h": "0.05",
        "out_h": "0.51",
    }


@pytest.mark.parametrize("text", ["\n" * 10, "x" * 100_000, "1\n" * 100_000])
def test_whatever_is_put_into_a_field_takes_no_time_and_nothing_else_down(text: str) -> None:
    assert len(read_block(text, "net_h").texts) <= len(NAMES)


WORDS = {
    Verdict.CUT_OFF: "✓ cut off, not rounded",
    Verdict.UNCLEAR: "? too few digits to tell",
    Verdict.MISSING: "–",
    Verdict.UNREADABLE: "⚠ cannot be read",
}


@pytest.mark.parametrize("verdict", WORDS)
def test_each_verdict_has_its_sign_and_its_words(verdict: Verdict) -> None:
    one = line("error", verdict)
    assert said(one, verdicts(one)).text == WORDS[verdict]


def test_a_right_number_is_right_or_right_to_the_digits_that_were_written() -> None:
    exact, short = line("error", Verdict.RIGHT, "2.0"), line("error", Verdict.RIGHT, "1.9")
    assert said(exact, verdicts(exact)).text == "✓ right"
    assert said(short, verdicts(short)).text == "✓ right to the digits you wrote"


def test_what_follows_from_a_wrong_number_names_it() -> None:
    wrong, follows = line("out_h", Verdict.WRONG), line("net_o", Verdict.FROM_YOURS)
    assert said(follows, verdicts(wrong, follows)).text == "✓ follows from your outₕ"


def test_the_first_wrong_line_is_named_on_top_and_a_second_one_is_wrong_too() -> None:
    first, second = line("out_h", Verdict.WRONG), line("new_w1", Verdict.WRONG)
    found = verdicts(first, second)
    assert headline(found).text == "✗ First wrong line: outₕ"
    assert [said(each, found).text for each in found.lines] == ["✗ first wrong line", "✗ wrong"]


def test_what_cannot_be_read_is_explained_as_a_number_box_explains_it() -> None:
    one = line("error", Verdict.UNREADABLE, "0.5.5")
    assert "0.5.5" in explained(one, verdicts(one), FILES)


def test_a_test_shows_no_verdict_until_it_is_handed_in_but_what_cannot_be_read() -> None:
    own = working(net_h="0.05", out_h="9", error="x")
    silent = OwnWorking(own.begins, own.lines, is_test=True)
    assert shown_verdicts(silent, FILES).found is None
    assert set(shown_verdicts(silent, FILES).verdicts) == {"error"}
    handed_in = OwnWorking(own.begins, own.lines, is_test=True, is_handed_in=True)
    assert shown_verdicts(handed_in, FILES) == shown_verdicts(own, FILES)


MISTAKES: dict[str, tuple[str, Expression, str, str]] = {
    "a factor replaced": ("dout_o_dnet_o", out_o * out_o, "outₒ", "1 −"),
    "a sign lost": ("de_dout_o", t - out_o, "", "−"),
    "a factor left out": ("de_dw2", de_dout_o * dnet_o_dw2, "", "∂outₒ/∂netₒ"),
    "a factor doubled": ("de_dw2", de_dout_o * dout_o_dnet_o * dnet_o_dw2 * dnet_o_dw2,
                         "∂netₒ/∂w₂", ""),
    "the sigmoid forgotten": ("out_h", net_h, "", "σ(netₕ)"),
    "the rate left out": ("new_w1", w1 - de_dw1_, "∂E/∂w₁", "η ·"),
    "two swapped": ("de_dout_o", -(out_o - t), "outₒ t", "t outₒ"),
    "the other one": ("net_h", w1 * w1, "w₁", "i"),
    "plus for minus": ("new_w1", Sum(w1, eta * de_dw1_), "+", "−"),
    "a weight that is new": ("dnet_o_dout_h", Reference("new_w2"), "new w₂", "w₂"),
    "the step alone": ("new_w1", eta * de_dw1_, "η · ∂E/∂w₁", "w₁ − η · ∂E/∂w₁"),
}  # fmt: skip


@pytest.mark.parametrize("kind", MISTAKES)
def test_the_marks_are_what_tells_the_mistake_from_the_right_line(kind: str) -> None:
    name, tree, in_yours, in_ours = MISTAKES[kind]
    cause = Cause("some", tree, "you did something", "What?")
    lines = [line(each, Verdict.RIGHT, "0.5") for each in NAMES if each != name]
    wrong = line(name, Verdict.WRONG, "7", cause)
    own = own_line(wrong, verdicts(wrong, *lines), working(net_h="0.5"), FILES)

    def marked(shown) -> str:
        symbols = range(
            len(shown.formula.left), len((*shown.formula.left, *shown.formula.rights[0]))
        )
        pieces = shown.formula.pieces
        return " ".join(pieces[n].text for n in sorted(shown.marks) if n in symbols)

    assert own.mistaken
    if kind != "the step alone":
        assert (marked(own.mistaken), marked(own.right)) == (in_yours, in_ours)
    else:
        assert marked(own.right) or marked(own.mistaken)


def test_the_line_has_the_person_s_own_numbers_in_the_person_s_way_of_writing() -> None:
    cause = Cause("some", out_o * out_o, "you did something", "What?")
    wrong = line("dout_o_dnet_o", Verdict.WRONG, "0,3178", cause)
    lines = [line("out_o", Verdict.RIGHT, "0,5637"), wrong]
    own = own_line(wrong, verdicts(*lines), working(out_o="0,5637"), Numerals(4, COMMA))
    assert own.mistaken
    assert own.mistaken.formula.text == "∂outₒ/∂netₒ = outₒ · outₒ = 0,5637 · 0,5637 ≈ 0,3178"
    assert own.right.formula.text == "∂outₒ/∂netₒ = outₒ (1 − outₒ) = 0,5637 (1 − 0,5637) ≈ 2,000"


def test_where_no_mistake_is_known_the_right_line_stands_alone() -> None:
    wrong = line("dout_o_dnet_o", Verdict.WRONG, "9")
    lines = [line("out_o", Verdict.RIGHT, "0.5"), wrong]
    own = own_line(wrong, verdicts(*lines), working(out_o="0.5"), FILES)
    assert (own.mistaken, own.right.marks) == (None, frozenset())


def test_a_number_that_is_exact_stands_behind_an_equals_sign() -> None:
    cause = Cause("some", w1 * w1, "you did something", "What?")
    wrong = line("net_h", Verdict.WRONG, "0.25", cause)
    own = own_line(wrong, verdicts(wrong), working(net_h="0.25"), FILES)
    assert own.mistaken
    assert own.mistaken.formula.text == "netₕ = w₁ · w₁ = 0.5 · 0.5 = 0.25"


def test_a_number_that_cannot_be_read_stands_in_no_formula() -> None:
    wrong = line("net_o", Verdict.WRONG, "9")
    odd = line("out_h", Verdict.UNREADABLE, "0.5.5")
    own = own_line(wrong, verdicts(odd, wrong), working(net_o="9"), FILES)
    assert own.right.formula.text == "netₒ = outₕ · w₂ = 2.000 · 0.5 ≈ 2.000"


def test_all_causes_are_told_the_most_common_one_first() -> None:
    causes = [Cause(n, w1 * w1, text, "What?") for n, text in (("a", "η left out"), ("b", "log"))]
    wrong = line("net_h", Verdict.WRONG, "0.25", *causes)
    told = "0.25 comes out like this: η left out. It may also be this: log."
    assert help_text(wrong, verdicts(wrong), Help.LINE).replace("“", "").replace("”", "") == told
    alone = line("net_h", Verdict.WRONG, "0.25")
    assert help_text(alone, verdicts(alone), Help.LINE).startswith("No mistake that Backprop knows")
